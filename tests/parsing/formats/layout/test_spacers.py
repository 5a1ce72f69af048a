"""Blank strips beside a table are no columns."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.parsing.formats.layout.spacers import without_spacers
from gongkai.parsing.text.grid import Box, Cell, Grid


def _grid(xs: Sequence[float], rows: Sequence[Sequence[tuple[int, int, str]]]) -> Grid:
    """A grid of (column, span, text) cells with edges at ``xs``."""
    cells = tuple(
        Cell(row, column, text, 1, span, 1, Box(xs[column], 20.0 * row, xs[column + span], 20.0 * row + 20))
        for row, texts in enumerate(rows)
        for column, span, text in texts
    )
    return Grid(len(rows), len(xs) - 1, cells, page=1)


def test_blank_strip_beside_a_table_is_dropped() -> None:
    grid = _grid([0, 6, 100, 200], [[(0, 3, "收支总表")], [(0, 1, ""), (1, 1, "合计"), (2, 1, "1.00")]])
    kept = without_spacers(grid)
    assert kept.column_count == 2
    assert [(cell.column, cell.column_span, cell.text) for cell in kept.cells] == [
        (0, 2, "收支总表"),
        (0, 1, "合计"),
        (1, 1, "1.00"),
    ]


def test_narrow_column_with_text_and_wide_blank_one_are_kept() -> None:
    narrow = _grid([0, 7, 100, 200], [[(0, 1, "1"), (1, 1, "合计"), (2, 1, "1.00")]])
    wide = _grid([0, 30, 100, 200], [[(0, 1, ""), (1, 1, "合计"), (2, 1, "1.00")]])
    assert without_spacers(narrow) is narrow
    assert without_spacers(wide) is wide


def test_cells_without_boxes_are_left_alone() -> None:
    grid = Grid(1, 2, (Cell(0, 0, ""), Cell(0, 1, "合计")))
    assert without_spacers(grid) is grid
