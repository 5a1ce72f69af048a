"""Lines of a page cut into pieces: what stands in different columns has white space between."""

from __future__ import annotations

import dataclasses
import re
import statistics
from collections.abc import Iterator

from gongkai.parsing.formats.layout.typesetting import ADVANCE, Run, is_wide, part, text_of
from gongkai.parsing.formats.layout.unruled import AMOUNT, SURE

GAP = 1.2
"""White space in sizes between two texts of one line that stand in different columns."""

_CLOSE = 0.1
"""White space in sizes behind a code or an amount, neither of which more text of its cell ever follows."""

_NUMBER = re.compile(r"[1-9]\d{2}(?:\d{2}){0,2}|.*\d[.．]\d\d")


@dataclasses.dataclass(slots=True)
class Piece:
    """The runs in one column of one line."""

    x0: float
    x1: float
    runs: list[Run]
    text: str

    @property
    def middle(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def is_amount(self) -> bool:
        return bool(AMOUNT.fullmatch(self.text.replace(" ", "")))


@dataclasses.dataclass(slots=True)
class Line:
    """One line of the page: its baseline, type size, pieces from left to right, and the runs it was made from."""

    y: float
    size: float
    pieces: list[Piece]
    runs: list[Run]

    @property
    def has_amounts(self) -> bool:
        return len(self.pieces) > 1 and any(SURE.fullmatch(piece.text) for piece in self.pieces)


def line_of(row: list[Run]) -> Line:
    """The line that runs on one baseline make, cut where its gaps are those of columns."""
    pieces: list[list[Run]] = []
    end = 0.0
    for run in sorted(row, key=lambda run: run.x):
        for word in words_of(run):
            start, stop = word.ends()
            if not pieces or start - end > (_CLOSE if _is_number(pieces[-1]) else GAP) * run.size:
                pieces.append([])
            pieces[-1].append(word)
            end = max(end, stop)
    found = [
        Piece(min(run.ends()[0] for run in piece), max(run.ends()[1] for run in piece), piece, text_of(piece))
        for piece in pieces
    ]
    return Line(statistics.median(run.y for run in row), max(run.size for run in row), found, row)


def _is_number(piece: list[Run]) -> bool:
    """True where a piece so far is a code of three, five or seven digits, or an amount."""
    return bool(_NUMBER.fullmatch("".join(run.text for run in piece)))


def words_of(run: Run) -> Iterator[Run]:
    """A run cut at its spaces and wide gaps."""
    start = 0
    for index in range(1, len(run.text)):
        before = run.offsets[index - 1] + ADVANCE[run.text[index - 1]] * run.size
        wide = run.offsets[index] - before > (_CLOSE if is_wide(run.text[index]) else GAP) * run.size
        if wide or (run.text[index].isspace() and index > start):
            if word := part(run, start, index):
                yield word
            start = index
    if word := part(run, start, len(run.text)):
        yield word
