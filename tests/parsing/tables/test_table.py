"""Tables and their cells."""

from __future__ import annotations

from gongkai.parsing.tables.table import TableCell, is_contents, leaf, plain_text
from tests.parsing.tables.grids import grid, table_of


def test_a_cell_s_comparable_text_follows_its_text() -> None:
    cell = TableCell(0, 0, "机关 事业（一）")
    assert cell.plain == "机关事业(一)"
    cell.append("单位")
    assert (cell.text, cell.plain) == ("机关 事业（一）\n单位", "机关事业(一)单位")


def test_rows_by_number_and_cells_by_column() -> None:
    table = table_of(grid([["科目", "金额"], ["教育", "1.00"]], 1))
    assert [[cell.text for cell in cells] for cells in table.rows().values()] == [["科目", "金额"], ["教育", "1.00"]]
    (row,) = table.body()
    assert plain_text(row, 0) == "教育"
    assert plain_text(row, 7) == ""


def test_contents_drawn_as_a_table() -> None:
    entries = [["第一部分 概况", "1"], ["一、收支总表", "3"], ["二、收入总表", "4"]]
    assert is_contents(table_of(grid(entries, 1)))
    assert not is_contents(table_of(grid([["科目", "金额"], ["教育", "1.00"], ["卫生", "2.00"]], 1)))


def test_the_lowest_heading() -> None:
    assert leaf("支出/基本支出/小计") == "小计"
    assert leaf("") == ""
