"""Headings that the end of a page cuts: what spans columns stands on one page, what they are called on the next."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence

from gongkai.parsing.tables.pieces import Piece
from gongkai.parsing.text.grid import Box, Cell, Grid

SAME_RULE = 2.0
"""Points by which a rule may move from page to page."""


def rules(cells: Iterable[tuple[int, int, Box | None]]) -> dict[int, float]:
    """The place where each column begins, of cells by column, span and box; the last key is where the last one ends."""
    found: dict[int, float] = {}
    for column, span, box in cells:
        if box is not None:
            found.setdefault(column, box.x0)
            found.setdefault(column + span, box.x1)
    return found


def widened(grid: Grid, columns: Sequence[int], width: int) -> Grid:
    """A piece with its cells in other columns: for each of its own the new one, and at last where they end."""
    cells = tuple(
        cell._replace(
            column=columns[cell.column], column_span=columns[cell.column + cell.column_span] - columns[cell.column]
        )
        for cell in grid.cells
    )
    return dataclasses.replace(grid, column_count=width, cells=cells)


def whole_heading(above: Piece, below: Piece) -> Grid | None:
    """The grid that two pieces were before the page's end cut its heading; None where they are not one.

    Above stands heading alone, and a cell of it spans columns that only the heading below tells apart.  Both have the
    same outer rules, and each rule above stands below too.
    """
    follows = above.grid.page is not None and below.grid.page == above.grid.page + 1
    is_bare = above.captions < above.heading == above.grid.row_count
    if not follows or not is_bare or below.captions or not 0 < below.heading < below.grid.row_count:
        return None
    columns = _columns_below(above.grid, below.grid)
    if columns is None:
        return None
    upper = widened(above.grid, columns, below.grid.column_count)
    if not any(cell.column_span > 1 for cell in upper.cells if cell.text.strip()):
        return None
    lower: Iterable[Cell] = (cell._replace(row=cell.row + upper.row_count) for cell in below.grid.cells)
    rows = upper.row_count + below.grid.row_count
    return dataclasses.replace(upper, row_count=rows, cells=(*upper.cells, *lower))


def _columns_below(above: Grid, below: Grid) -> list[int] | None:
    """For each column above, and for their end, where it begins below; None where rules above do not stand below."""
    known = rules((cell.column, cell.column_span, cell.box) for cell in above.cells)
    wanted = rules((cell.column, cell.column_span, cell.box) for cell in below.cells)
    columns: list[int] = []
    for column in range(above.column_count + 1):
        there = [number for number, x in wanted.items() if column in known and abs(known[column] - x) <= SAME_RULE]
        if len(there) != 1:
            return None
        columns += there
    is_whole = columns[0] == 0 and columns[-1] == below.column_count and columns == sorted(set(columns))
    return columns if is_whole else None
