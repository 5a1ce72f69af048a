"""Columns that are only there for their width: the blank strip that spreadsheets keep beside a table.

Such a strip is ruled like the rest, so that it becomes a column of blank cells; it is too narrow for any text, and no
reader counts it.
"""

from __future__ import annotations

import dataclasses

from gongkai.parsing.text.grid import Cell, Grid

NARROW = 8.0
"""Points; the smallest type printed in tables has characters of 5, and cells leave room beside them."""


def without_spacers(grid: Grid) -> Grid:
    """The grid without its blank columns narrower than ``NARROW``; as it is where its cells have no boxes."""
    spacers = _spacers(grid)
    if not spacers or len(spacers) >= grid.column_count - 1:
        return grid
    place = {}
    kept = 0
    for column in range(grid.column_count + 1):
        place[column] = kept
        kept += column not in spacers and column < grid.column_count
    cells = []
    for cell in grid.cells:
        column, end = place[cell.column], place[cell.column + cell.column_span]
        if end > column:
            cells.append(cell._replace(column=column, column_span=end - column))
    return dataclasses.replace(grid, column_count=kept, cells=tuple(cells))


def _spacers(grid: Grid) -> set[int]:
    alone: dict[int, list[Cell]] = {}
    for cell in grid.cells:
        if cell.column_span == 1:
            alone.setdefault(cell.column, []).append(cell)
    return {column for column, cells in alone.items() if all(_is_blank_strip(cell) for cell in cells)}


def _is_blank_strip(cell: Cell) -> bool:
    return not cell.text.strip() and cell.box is not None and cell.box.x1 - cell.box.x0 < NARROW
