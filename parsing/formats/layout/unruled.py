"""Rows without rules between them: told by the baselines of what stands in them.

Some tables are ruled only round the whole and between the columns, so that by its rules a table has one row that holds
every line.  A column of amounts shows where the rows are: an amount never stands on two lines.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
import math
import re
import statistics

from gongkai.parsing.formats.layout.lattice import Lattice
from gongkai.parsing.formats.layout.spans import Span
from gongkai.parsing.formats.layout.typesetting import LIFT, Run, rows_of, text_of

AMOUNT = re.compile(r"[-−－(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d+)?[)）]?%?|[-—－]+")
"""A line that is wholly a number, or the dash that stands for none."""

SURE = re.compile(r".*\d[.．]\d\d?[)）]?|.*\d[,，]\d{3}[)）]?")
"""An amount that cannot be a code, a year or a running number: it has decimals or separators."""

REGULAR = 0.75
"""Share of the usual distance between two rows below which a line of a label continues the line above it."""

Texts = dict[int, list[Run]]
"""The runs of each cell by the index of its span."""


@dataclasses.dataclass(slots=True)
class _Line:
    """The runs on one baseline of one cell."""

    y: float
    size: float
    runs: list[Run]
    text: str


def rows_told_apart(lattice: Lattice, texts: Texts) -> tuple[Lattice, Texts]:
    """The table with every row that holds several lines of amounts taken apart; as it was where none does."""
    several = {lattice.spans[index].row for index, runs in texts.items() if _has_several_amounts(runs)}
    for row in sorted(several, reverse=True):
        lattice, texts = _row_told_apart(lattice, texts, row)
    return lattice, texts


def _has_several_amounts(runs: list[Run]) -> bool:
    return len(runs) > 1 and sum(bool(SURE.fullmatch(run.text)) for run in runs) > 1


def _row_told_apart(lattice: Lattice, texts: Texts, row: int) -> tuple[Lattice, Texts]:
    inside = [index for index, span in enumerate(lattice.spans) if span.row <= row < span.row + span.rows]
    if any(lattice.spans[index].rows > 1 for index in inside):
        return lattice, texts
    lines = {index: _lines_of(texts[index]) for index in inside if index in texts}
    heights = _heights(list(lines.values()))
    return _divided(lattice, texts, row, lines, heights) if heights else (lattice, texts)


def _lines_of(runs: list[Run]) -> list[_Line]:
    found = []
    for group in rows_of([run for run in runs if run.direction == 0]):
        size = max(run.size for run in group)
        found.append(_Line(statistics.median(run.y for run in group), size, group, text_of(group)))
    return found


def _heights(cells: list[list[_Line]]) -> list[float]:
    """The baselines of a band's rows; empty where it is one row, or where its rows cannot be told."""
    amounts = [lines for lines in cells if all(AMOUNT.fullmatch(line.text.replace(" ", "")) for line in lines)]
    if not any(sum(bool(SURE.fullmatch(line.text)) for line in lines) > 1 for lines in amounts):
        return []
    anchors = _merged([line for lines in amounts for line in lines])
    labels = (lines for lines in cells if lines not in amounts)
    named = next((lines for lines in labels if all(_is_named(anchor, lines, anchors) for anchor in anchors)), None)
    return _with_blank_rows(anchors, named) if named else []


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
