"""Rows without rules between them: told by the baselines of what stands in them.

Some tables are ruled only round the whole and between the columns, so that by its rules a table has one row that holds
every line; others have two names one over the other in a cell (total income, carried over).  A column of amounts shows
where the rows are: an amount never stands on two lines.  Where it could be one that is wrapped (``822`` over ``5``) the
lines are of rows only if they had room on one.
"""

from __future__ import annotations

import bisect
import collections
import dataclasses
import itertools
import math
import re
import statistics

from gongkai.parsing.formats.layout.lattice import Lattice
from gongkai.parsing.formats.layout.spans import Span
from gongkai.parsing.formats.layout.typesetting import LIFT, Run, rows_of, text_of
from gongkai.parsing.formats.layout.words import NO_WORDS, TableWords

AMOUNT = re.compile(r"[-−－(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?[)）]?%?|[-—－]+")
"""A line that is wholly a number, or the dash that stands for none."""

SURE = re.compile(r".*\d[.．]\d\d?[)）]?|.*\d[,，]\d{3}[)）]?")
"""An amount that cannot be a code, a year or a running number: it has decimals or separators."""

REGULAR = 0.75
"""Share of the usual distance between two rows below which a line of a label continues the line above it."""

PADDING = 12.0
"""Points at both sides of a text together that programs leave free in a cell, at most."""

Texts = dict[int, list[Run]]
"""The runs of each cell by the index of its span."""


@dataclasses.dataclass(slots=True)
class _Line:
    """The runs on one baseline of one cell."""

    y: float
    size: float
    runs: list[Run]
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class _CellLines:
    """A cell's lines; they are ``apart`` if they had room on one line, so that no wrapping made them several."""

    lines: list[_Line]
    apart: bool
    is_amounts: bool

    @property
    def sure(self) -> int:
        return sum(bool(SURE.fullmatch(line.text)) for line in self.lines)


def rows_told_apart(lattice: Lattice, texts: Texts, words: TableWords = NO_WORDS) -> tuple[Lattice, Texts]:
    """The table with every row that holds several lines of amounts taken apart; as it was where none does."""
    apart: collections.Counter[int] = collections.Counter()
    for index, runs in texts.items():
        if len(runs) > 1:
            row = lattice.spans[index].row
            if sum(bool(SURE.fullmatch(run.text)) for run in runs) > 1:
                apart[row] += 2
            elif _had_room(runs, _width(lattice, index)):
                apart[row] += 1
    for row in sorted((row for row, count in apart.items() if count > 1), reverse=True):
        lattice, texts = _row_told_apart(lattice, texts, row, words)
    return lattice, texts


def _width(lattice: Lattice, index: int) -> float:
    span = lattice.spans[index]
    return lattice.xs[span.column + span.columns] - lattice.xs[span.column]


def _had_room(runs: list[Run], width: float) -> bool:
    """True for upright runs on several lines that would have fitted on one."""
    lengths, heights = 0.0, []
    for run in runs:
        start, end = run.ends()
        lengths += end - start
        heights.append(run.y)
        if lengths > width - PADDING or run.direction:
            return False
    return max(heights) - min(heights) > 0.5 * runs[0].size


def _row_told_apart(lattice: Lattice, texts: Texts, row: int, words: TableWords) -> tuple[Lattice, Texts]:
    inside = [index for index, span in enumerate(lattice.spans) if span.row <= row < span.row + span.rows]
    if any(lattice.spans[index].rows > 1 for index in inside):
        return lattice, texts
    lines = {index: _lines_of(texts[index]) for index in inside if index in texts}
    heights = _heights(
        [
            _CellLines(
                own,
                _had_room(texts[index], _width(lattice, index)),
                all(AMOUNT.fullmatch(line.text.replace(" ", "")) for line in own),
            )
            for index, own in lines.items()
        ],
        words,
    )
    return _divided(lattice, texts, row, lines, heights) if heights else (lattice, texts)


def _lines_of(runs: list[Run]) -> list[_Line]:
    found = []
    for group in rows_of([run for run in runs if run.direction == 0]):
        size = max(run.size for run in group)
        found.append(_Line(statistics.median(run.y for run in group), size, group, text_of(group)))
    return found


def _heights(cells: list[_CellLines], words: TableWords) -> list[float]:
    """The baselines of a band's rows; empty where it is one row, or where its rows cannot be told.

    Where no cell holds several amounts, names on equal heights are rows if one is a total's, which no name goes on
    from: what was carried over is left blank under this year's total.
    """
    amounts = [cell for cell in cells if cell.is_amounts]
    labels = [cell for cell in cells if not cell.is_amounts]
    anchors = _merged([line for cell in amounts for line in cell.lines])
    if _are_stacked(amounts):
        named = next((own.lines for own in labels if all(_is_named(at, own.lines, anchors) for at in anchors)), None)
        return _with_blank_rows(anchors, named) if named else []
    totals = [own for own in labels if any(words.total.search(line.text) for line in own.lines)]
    alike = (own for own in totals if any(_are_alike(own, other) for other in labels if other is not own))
    names = next((_merged(own.lines) for own in alike), [])
    is_on_a_name = all(any(abs(at - height) <= 1.0 for height in names) for at in anchors)
    return names if is_on_a_name and any(cell.sure for cell in amounts) else []


def _are_stacked(amounts: list[_CellLines]) -> bool:
    """True where a cell holds several amounts: sure ones, or such as had room on one line, beside a sure one or alike
    in another cell."""
    if any(cell.sure > 1 or (cell.sure and cell.apart) for cell in amounts):
        return True
    return any(_are_alike(one, other) for one, other in itertools.combinations(amounts, 2))


def _are_alike(one: _CellLines, other: _CellLines) -> bool:
    """True for two cells with lines on equal heights that no wrapping made several."""
    first, second = _merged(one.lines), _merged(other.lines)
    return (
        one.apart
        and other.apart
        and len(first) == len(second) > 1
        and all(abs(a - b) <= 1.0 for a, b in zip(first, second, strict=True))
    )


def _is_named(anchor: float, lines: list[_Line], anchors: list[float]) -> bool:
    """True where a label stands on a row's height, or its lines are centred on it."""
    if any(_is_on(line, anchor) for line in lines):
        return True
    above = max((other for other in anchors if other < anchor), default=-math.inf)
    below = min((other for other in anchors if other > anchor), default=math.inf)
    own = [line.y for line in lines if above < line.y < below and not any(_is_on(line, a) for a in (above, below))]
    return any(y < anchor for y in own) and any(y > anchor for y in own)


def _is_on(line: _Line, height: float) -> bool:
    return abs(line.y - height) <= 0.5 * line.size


def _merged(lines: list[_Line]) -> list[float]:
    heights: list[float] = []
    for line in sorted(lines, key=lambda line: line.y):
        if not heights or line.y - heights[-1] > 0.5 * line.size:
            heights.append(line.y)
    return heights


def _with_blank_rows(anchors: list[float], labels: list[_Line]) -> list[float]:
    """The rows with amounts and those with a label alone; what is set closer than rows are is the next row's label."""
    pitch = min((b - a for a, b in itertools.pairwise(anchors)), default=0.0)
    heights = list(anchors)
    for line in labels:
        distance = min(abs(line.y - height) for height in heights)
        if distance > REGULAR * pitch and distance > 0.5 * line.size:
            heights.append(line.y)
    return sorted(heights)


def _shared_out(lines: list[_Line], heights: list[float]) -> list[list[_Line]]:
    """A cell's lines by row: on its height; else round the height that has none of its own, or under the last one."""
    named = [any(_is_on(line, height) for line in lines) for height in heights]
    rows: list[list[_Line]] = [[] for _ in heights]
    for line in lines:
        near = min(range(len(heights)), key=lambda at: abs(line.y - heights[at]))
        above = max(bisect.bisect_right(heights, line.y) - 1, 0)
        rows[near if _is_on(line, heights[near]) or not named[near] else above].append(line)
    return rows


def _divided(
    lattice: Lattice, texts: Texts, row: int, lines: dict[int, list[_Line]], heights: list[float]
) -> tuple[Lattice, Texts]:
    """The lattice with one row per height in the place of ``row``, each line in the row it stands on or under."""
    size = max(line.size for found in lines.values() for line in found)
    tops = [height - (1 - LIFT) * size for height in heights[1:]]
    more = len(heights) - 1
    spans: list[Span] = []
    divided: Texts = {}
    for index, span in enumerate(lattice.spans):
        if span.row != row:
            if index in texts:
                divided[len(spans)] = texts[index]
            spans.append(span._replace(row=span.row + more) if span.row > row else span)
            continue
        for at, own in enumerate(_shared_out(lines.get(index, []), heights)):
            if own:
                divided[len(spans)] = [run for line in own for run in line.runs]
            spans.append(span._replace(row=row + at))
    ys = (*lattice.ys[: row + 1], *tops, *lattice.ys[row + 1 :])
    order = sorted(range(len(spans)), key=lambda index: (spans[index].row, spans[index].column))
    place = {index: at for at, index in enumerate(order)}
    return Lattice(lattice.xs, ys, tuple(spans[index] for index in order)), {
        place[index]: runs for index, runs in divided.items()
    }
