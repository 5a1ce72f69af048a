"""From placed characters to lines of text: pure geometry, in page points from the top left.

Characters come in *runs*: consecutive ones on one baseline, as a page draws them.  Lines are told by the baselines,
never by the characters' boxes: punctuation such as ``、`` and ``.`` has another box than the characters beside it.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import operator
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from gongkai.parsing.text.grid import Box

Owner = TypeVar("Owner")

SAME_LINE = 0.4
"""Share of the type size by which baselines of one line may differ; lines stand at least one size apart."""

DOUBLED = 0.15
"""Share of the type size within which the same character twice is one, printed twice to look bold."""

WIDE_GAP = 1.0
"""Gap between two Chinese characters, in sizes, that is a space; below it is spread or justified setting."""

WORD_GAP = 0.15
"""Gap between a Chinese character and a letter or digit, in sizes, from which a space of the file is one."""

NARROW = 0.5
"""Advance of a Latin letter or digit in sizes, where the file does not tell it."""

CLOSE = 0.15
"""Gap in sizes up to which two characters were set as one word."""

LIFT = 0.35
"""Height above the baseline, in sizes, of a character's middle: a point that lies on its ink for certain."""

RISE, FALL = 0.88, 0.12
"""Extent of a character above and below its baseline, in sizes."""

WORD = re.compile(r"\S+")
"""Characters without white space between them."""

_TWICE = re.compile(r"(\S)\1")
_SPACE = re.compile(r"\s")


@dataclasses.dataclass(slots=True)
class Run:
    """Characters on one baseline: ``x``, ``y`` where it starts, each character's offset along it, type size in points.

    ``direction`` counts quarter turns counter-clockwise from the usual left to right.
    """

    text: str
    x: float
    y: float
    offsets: list[float]
    size: float
    direction: int = 0

    def ends(self) -> tuple[float, float]:
        """Where an upright run begins and ends across the page."""
        return self.x + self.offsets[0], self.x + self.offsets[-1] + ADVANCE[self.text[-1]] * self.size

    def is_close(self, index: int) -> bool:
        """True where a character was set close to the one before it, both Chinese or both not."""
        before, character = self.text[index - 1], self.text[index]
        if before.isspace() or character.isspace() or is_wide(before) != is_wide(character):
            return False
        return self.offsets[index] - self.offsets[index - 1] <= (ADVANCE[before] + CLOSE) * self.size

    def word_round(self, index: int) -> tuple[int, int]:
        """(start, end) of the characters set close together round one."""
        start, end = index, index + 1
        while start > 0 and self.is_close(start):
            start -= 1
        while end < len(self.text) and self.is_close(end):
            end += 1
        return start, end

    def centres(self, start: int, end: int) -> list[float]:
        """The middle of each character of an upright run across the page, from ``start`` to ``end``."""
        x, half = self.x, self.size / 2
        return [
            x + offset + ADVANCE[character] * half
            for character, offset in zip(self.text[start:end], self.offsets[start:end], strict=True)
        ]


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its box."""

    text: str
    box: Box


def is_wide(character: str) -> bool:
    """True where a character is a Chinese character or full-width punctuation."""
    return unicodedata.east_asian_width(character) in "WF"


class _Advances(dict[str, float]):
    """Width of each character met so far, in sizes."""

    def __missing__(self, character: str) -> float:
        width = self[character] = 1.0 if is_wide(character) else NARROW
        return width


ADVANCE = _Advances()
"""Width of a character in sizes: a full-width one is a square, any other half of it."""


def turned(box: tuple[float, float, float, float], quarters: int, width: float, height: float) -> Box:
    """A box after the page, ``width`` x ``height`` before, was turned clockwise by that many quarters."""
    x0, y0, x1, y1 = box
    match quarters % 4:
        case 1:
            return Box(height - y1, x0, height - y0, x1)
        case 2:
            return Box(width - x1, height - y1, width - x0, height - y0)
        case 3:
            return Box(y0, width - x1, y1, width - x0)
    return Box(x0, y0, x1, y1)


def turned_run(run: Run, quarters: int, width: float, height: float) -> Run:
    """A run after the page was turned clockwise by that many quarters."""
    start = turned((run.x, run.y, run.x, run.y), quarters, width, height)
    return Run(run.text, start.x0, start.y0, run.offsets, run.size, (run.direction - quarters) % 4)


def lines_of(runs: Iterable[Run]) -> list[Line]:
    """The lines that runs make, top to bottom; those set sideways or upside down follow the upright ones."""
    return [
        Line(text, box if direction == 0 else turned(box, -direction, 0, 0))
        for direction, row in _rows(runs)
        if (text := _text(row)) and (box := _box(row))
    ]


def text_of(runs: Sequence[Run]) -> str:
    """The lines that runs make, joined by line feeds: what a cell holds."""
    if len(runs) == 1:
        return _text(runs)
    return "\n".join(text for _, row in _rows(runs) if (text := _text(row)))


def _rows(runs: Iterable[Run]) -> Iterator[tuple[int, list[Run]]]:
    """Each line's direction, and its runs from left to right, turned upright and without those printed twice."""
    by_direction: dict[int, list[Run]] = {}
    for run in runs:
        by_direction.setdefault(run.direction, []).append(run)
    for direction, group in sorted(by_direction.items()):
        upright = [turned_run(run, direction, 0, 0) for run in group] if direction else group
        for row in rows_of(upright):
            yield direction, _without_doubles(row)


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Upright runs by the line they stand on, top to bottom."""
    rows: list[list[Run]] = []
    before: Run | None = None
    for run in sorted(runs, key=_BY_HEIGHT):
        if before is not None and run.y - before.y <= SAME_LINE * min(run.size, before.size):
            rows[-1].append(run)
        else:
            rows.append([run])
        before = run
    return rows


_BY_HEIGHT = operator.attrgetter("y", "x")


def _box(row: list[Run]) -> Box:
    """The extent of a line of upright runs."""
    if len(row) == 1:
        run = row[0]
        start, end = run.ends()
        return Box(start, run.y - RISE * run.size, end, run.y + FALL * run.size)
    ends = [run.ends() for run in row]
    top, bottom = min(run.y - RISE * run.size for run in row), max(run.y + FALL * run.size for run in row)
    return Box(min(start for start, _ in ends), top, max(end for _, end in ends), bottom)


def _without_doubles(row: list[Run]) -> list[Run]:
    """A line's runs left to right, each once that was printed again in (almost) the same place."""
    if len(row) == 1:
        return row
    kept: list[Run] = []
    for run in sorted(row, key=_beginning):
        near, start = DOUBLED * run.size, _beginning(run)
        if not any(run.text == other.text and abs(start - _beginning(other)) <= near for other in kept[-3:]):
            kept.append(run)
    return kept


def _beginning(run: Run) -> float:
    return run.x + run.offsets[0]


def _without_twins(run: Run) -> Run:
    """A run with each character once that was printed again in (almost) the same place."""
    text, offsets, near = run.text, run.offsets, DOUBLED * run.size
    twins: set[int] = set()
    found = _TWICE.search(text)
    while found:
        at = found.start()
        if abs(offsets[at + 1] - offsets[at]) <= near:
            twins.add(at)
        found = _TWICE.search(text, at + 1)
    if not twins:
        return run
    kept = [index for index in range(len(text)) if index not in twins]
    text = "".join(text[index] for index in kept)
    return Run(text, run.x, run.y, [offsets[index] for index in kept], run.size, run.direction)


def _text(row: Sequence[Run]) -> str:
    """The characters of a line with single spaces where the setting shows one."""
    if len(row) == 1:
        run = row[0]
        text = run.text
        if not _SPACE.search(text):
            return text if _TWICE.search(text) is None else _without_twins(run).text
    parts: list[str] = []
    before, end, spaced = "", 0.0, False
    for run in map(_without_twins, row):
        size, text, x, offsets = max(run.size, 0.1), run.text, run.x, run.offsets
        for word in WORD.finditer(text):
            first, stop = word.span()
            gap = x + offsets[first] - end
            spaced = spaced or first > 0
            if before:
                # Is it the character before, printed again in (almost) the same place?
                if not spaced and before == text[first] and gap + ADVANCE[before] * size <= DOUBLED * size:
                    first += 1
                elif gap >= size * (_gap_of_a_space(before, text[first]) if spaced else WIDE_GAP):
                    parts.append(" ")
            parts.append(text[first:stop])
            before, spaced = text[stop - 1], False
            end = x + offsets[stop - 1] + ADVANCE[before] * size
        spaced = text[-1].isspace()
    return "".join(parts)


def _gap_of_a_space(left: str, right: str) -> float:
    """From which gap in sizes a space of the file between two characters is one.

    Between Chinese characters only the width counts: files print spaces there to spread a heading.
    """
    if ADVANCE[left] == ADVANCE[right]:
        return -math.inf if ADVANCE[left] == NARROW else WIDE_GAP
    return WORD_GAP


def part(run: Run, start: int, end: int) -> Run | None:
    """The characters of a run from ``start`` to ``end`` without white space round them; None where there are none."""
    text = run.text[start:end]
    kept = text.strip()
    if not kept:
        return None
    if len(kept) < len(text):
        start += len(text) - len(text.lstrip())
        end = start + len(kept)
    return Run(kept, run.x, run.y, run.offsets[start:end], run.size, run.direction)


def split(run: Run, owners: Sequence[Owner]) -> list[tuple[Owner, Run]]:
    """A run cut where the owner of its characters changes, each piece with its owner, white space round it dropped."""
    pieces: list[tuple[Owner, Run]] = []
    start = 0
    for owner, group in itertools.groupby(owners):
        end = start + sum(1 for _ in group)
        piece = part(run, start, end)
        if piece is not None:
            pieces.append((owner, piece))
        start = end
    return pieces
