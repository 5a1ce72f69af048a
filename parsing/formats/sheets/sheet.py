"""From a sheet's filled positions to grids: the part that all spreadsheet formats share."""

from __future__ import annotations

import bisect
import dataclasses
import itertools
from collections.abc import Iterator

from gongkai.parsing.text.grid import Block, Cell, Doubt, Grid, TextLine

MAX_POSITIONS = 500_000
"""Rows times columns of one table; real ones stay below 50,000, a stray cell in the last row makes billions."""


MAX_CELLS = 1_000_000
"""Filled cells read of one workbook."""

MAX_CHARACTERS = 2**24
"""Characters of one sheet's cells: thousands of cells may share one endless string, which costs the file nothing."""

MAX_COLUMNS = 16_384
"""Columns that a sheet can have."""

MAX_SHEETS = 500
"""Sheets read of one workbook."""


@dataclasses.dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, rows and columns from 0, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclasses.dataclass(slots=True)
class Sheet:
    """A sheet as shown.  ``texts`` holds (row, column) of every filled position, numbers already formatted.

    ``ruled`` are the rows that have borders drawn; None where the format's reader cannot tell.
    """

    name: str
    texts: dict[tuple[int, int], str] = dataclasses.field(default_factory=dict)
    numbers: set[tuple[int, int]] = dataclasses.field(default_factory=set)
    merges: list[Merge] = dataclasses.field(default_factory=list)
    ruled: set[int] | None = None


def sheet_blocks(sheet: Sheet, doubts: list[Doubt]) -> list[Block]:
    """The sheet's name as a heading, then a grid for every run of rows that blank rows set apart.

    Blank borders are trimmed.  A blank row inside a frame of borders belongs to the table; where borders are not
    known, so does one that a row with a number follows (totals stand below blank rows).  A run whose filled cells
    stand in one column, without numbers, is text: a title, a cover, notes.
    """
    texts = {at: text.strip() for at, text in sheet.texts.items() if text.strip()}
    if (characters := sum(map(len, texts.values()))) > MAX_CHARACTERS:
        reason = f"sheet {sheet.name!r} has {characters} characters, more than {MAX_CHARACTERS}"
        doubts.append(Doubt("too_large", f"{reason}; it was not read"))
        return []
    merges = _shown(sheet.merges, texts)
    blocks: list[Block] = []
    in_order = sorted(texts)
    for first, last in _row_runs(sheet, texts, merges):
        within = in_order[bisect.bisect_left(in_order, (first, 0)) : bisect.bisect_left(in_order, (last + 1, 0))]
        inside = {at: texts[at] for at in within}
        if len({column for _, column in inside}) == 1 and sheet.numbers.isdisjoint(inside):
            blocks += [TextLine(text) for _, text in sorted(inside.items())]
        else:
            blocks += _grid(inside, merges, (first, last), sheet.name, doubts)
    return [TextLine(sheet.name.strip(), heading=1), *blocks] if blocks else []


def _shown(merges: list[Merge], texts: dict[tuple[int, int], str]) -> list[Merge]:
    """Merged ranges within the filled part of the sheet, none over another; text under their cover is taken out."""
    bottom, right = max((row for row, _ in texts), default=-1), max((column for _, column in texts), default=-1)
    covered: set[tuple[int, int]] = set()
    kept: list[Merge] = []
    for merge in sorted(merges, key=lambda merge: (merge.top, merge.left)):
        cut = Merge(merge.top, merge.left, min(merge.bottom, bottom), min(merge.right, right))
        height, width = cut.bottom - cut.top + 1, cut.right - cut.left + 1
        if height < 1 or width < 1 or height * width + len(covered) > 2 * MAX_POSITIONS:
            continue
        area = set(_positions(cut))
        if covered.isdisjoint(area):
            kept.append(cut)
            covered |= area
    anchors = {(merge.top, merge.left) for merge in kept}
    for at in (covered & texts.keys()) - anchors:
        del texts[at]
    return kept


def _positions(merge: Merge) -> Iterator[tuple[int, int]]:
    return itertools.product(range(merge.top, merge.bottom + 1), range(merge.left, merge.right + 1))


def _row_runs(sheet: Sheet, texts: dict[tuple[int, int], str], merges: list[Merge]) -> list[tuple[int, int]]:
    """(first, last) row of each run between separating blank rows."""
    ends = {row: row for row, _ in texts}
    for merge in merges:
        if (merge.top, merge.left) in texts:
            ends[merge.top] = max(ends[merge.top], merge.bottom)
    with_number = {row for row, _ in sheet.numbers}
    runs: list[tuple[int, int]] = []
    for row, end in sorted(ends.items()):
        if runs and (row <= runs[-1][1] + 1 or _continues(sheet, runs[-1][1], row, with_number)):
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((row, end))
    return runs


def _continues(sheet: Sheet, above: int, below: int, with_number: set[int]) -> bool:
    """True where the blank rows between two filled ones belong to one table."""
    if sheet.ruled is None:
        return below in with_number
    return sheet.ruled.issuperset(range(above + 1, below))


def _grid(
    texts: dict[tuple[int, int], str], merges: list[Merge], rows: tuple[int, int], name: str, doubts: list[Doubt]
) -> list[Grid]:
    """The grid of a run of rows; merged ranges are cut to it."""
    left, right = _columns(texts, merges)
    area = Merge(rows[0], left, rows[1], right)
    height, width = area.bottom - area.top + 1, area.right - area.left + 1
    if height * width > MAX_POSITIONS:
        reason = f"a table of sheet {name!r} has {height} rows and {width} columns, more than {MAX_POSITIONS} positions"
        doubts.append(Doubt("too_large", f"{reason}; it was not read"))
        return []
    cells: list[Cell] = []
    covered: set[tuple[int, int]] = set()
    for merge in merges:
        cut = Merge(
            max(merge.top, area.top), max(merge.left, left), min(merge.bottom, area.bottom), min(merge.right, right)
        )
        if cut.top <= cut.bottom and cut.left <= cut.right:
            covered.update(_positions(cut))
            span = (cut.bottom - cut.top + 1, cut.right - cut.left + 1)
            cells.append(Cell(cut.top - area.top, cut.left - left, texts.get((cut.top, cut.left), ""), *span))
    for row, column in _positions(area):
        if (row, column) not in covered:
            cells.append(Cell(row - area.top, column - left, texts.get((row, column), "")))
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return [Grid(height, width, tuple(cells))]


def _columns(texts: dict[tuple[int, int], str], merges: list[Merge]) -> tuple[int, int]:
    """The first and last column that text stands in or is merged over."""
    left = min(column for _, column in texts)
    over = [merge.right for merge in merges if (merge.top, merge.left) in texts]
    return left, max([column for _, column in texts] + over)
