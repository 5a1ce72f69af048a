"""Rows that declare the edges of their own cells, to grids."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.word import declared_rows
from gongkai.parsing.formats.word.declared_rows import CellEdge, DeclaredRow, declared_blocks, declared_grid
from gongkai.parsing.text.grid import Doubt, Grid, TextLine


def _row(*cells: tuple[int, str] | tuple[int, str, str], left: int = 0) -> DeclaredRow:
    """Cells as (right edge, text, marks): ``<`` goes on the cell to the left, ``^`` the one above."""
    edges = [CellEdge(right, "<" in "".join(mark), "^" in "".join(mark)) for right, _, *mark in cells]
    return DeclaredRow(left, edges, [cell[1] for cell in cells])


def _cells(*rows: DeclaredRow) -> list[tuple[int, int, int, int, str]]:
    grid = declared_grid(rows)
    assert grid is not None
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]


def test_a_cell_covers_the_columns_of_other_rows() -> None:
    assert _cells(_row((2000, "a")), _row((1000, "b"), (2000, "c"))) == [
        (0, 0, 1, 2, "a"),
        (1, 0, 1, 1, "b"),
        (1, 1, 1, 1, "c"),
    ]


def test_cells_that_go_on_another() -> None:
    rows = _row((1000, "a"), (2000, "b"), (3000, "", "<")), _row((1000, "", "^"), (2000, "c"), (3000, "d"))
    assert _cells(*rows) == [(0, 0, 2, 1, "a"), (0, 1, 1, 2, "b"), (1, 1, 1, 1, "c"), (1, 2, 1, 1, "d")]


def test_rows_that_begin_late_and_end_early() -> None:
    rows = _row((1000, "a"), (2000, "b"), (3000, "c")), _row((2000, "d"), left=1000)
    assert _cells(*rows)[3:] == [(1, 0, 1, 1, ""), (1, 1, 1, 1, "d"), (1, 2, 1, 1, "")]


def test_ragged_rows_are_lines() -> None:
    doubts: dict[str, Doubt] = {}
    ragged = DeclaredRow(0, [CellEdge(1000, from_left=False, from_above=False)], ["a", "b"])
    blank = DeclaredRow(0, [], [""])
    assert declared_blocks([ragged, blank], doubts) == [TextLine("a\tb")]
    assert list(doubts) == ["ragged_table"]


def test_tables_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    doubts: dict[str, Doubt] = {}
    rows = [_row((1000, "a"), (2000, "b"))] * 2
    (grid,) = declared_blocks(rows, doubts)
    assert isinstance(grid, Grid)
    monkeypatch.setattr(declared_rows, "MAX_POSITIONS", 3)
    assert declared_blocks(rows, doubts) == []
    assert list(doubts) == ["too_large"]
    assert declared_blocks([], {}) == []
