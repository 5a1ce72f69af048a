"""Tables of projects as readers return them, made from rows of texts."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.project_cards import Project
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.grid import Block, Box, Cell, Grid, TextLine

Span = tuple[int, int]


def grid(rows: Sequence[Sequence[str]], page: int | None = None, *, left: float = 50, spans_known: bool = True) -> Grid:
    """Rows of equal length, 50 points wide each column."""
    cells = tuple(
        Cell(row, column, text, page=page, box=_box(row, column, left) if page else None)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Grid(len(rows), max(map(len, rows)), cells, page, spans_known=spans_known)


def _box(row: int, column: int, left: float) -> Box:
    return Box(left + 50 * column, 100 + 20 * row, left + 50 * column + 50, 120 + 20 * row)


def merged(first: Grid, spans: dict[Span, int]) -> Grid:
    """The grid with cells, by place, that reach down over so many rows."""
    hidden = {(row + lower, column) for (row, column), count in spans.items() for lower in range(1, count)}
    cells = tuple(
        cell._replace(row_span=spans.get((cell.row, cell.column), 1))
        for cell in first.cells
        if (cell.row, cell.column) not in hidden
    )
    return Grid(first.row_count, first.column_count, cells, first.page)


def table_of(*blocks: Block) -> Table:
    (table,) = assemble([TextLine("项目绩效目标表"), *blocks]).tables
    return table


def said(projects: Sequence[Project]) -> list[tuple[str | None, list[tuple[str | None, str | None]]]]:
    return [(project.name, [(item.level3, item.target) for item in project.indicators]) for project in projects]
