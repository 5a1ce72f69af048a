"""A sheet's filled positions to grids and lines."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from gongkai.parsing.formats.sheets.sheet import Merge, Sheet, sheet_blocks
from gongkai.parsing.formats.sheets.xlsx import read_xlsx
from gongkai.parsing.text.grid import Doubt, Grid
from tests.parsing.formats.sheets.xlsx_files import THIN, shown, xlsx_of


def test_blank_rows_part_tables_unless_ruled() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (1, 2, 3, 4):
            for column in (1, 2):
                sheet.cell(row, column).border = THIN
        sheet["A1"], sheet["B1"], sheet["A4"], sheet["B4"] = "项目", "金额", "合计", 1
        sheet["A6"] = "注：无"
        sheet["A8"], sheet["B8"], sheet["A9"], sheet["B9"] = "单位", "人数", "某局", 3

    assert shown(read_xlsx(xlsx_of(fill))) == [
        "收支总表",
        [["项目", "金额"], ["", ""], ["", ""], ["合计", "1"]],
        "注：无",
        [["单位", "人数"], ["某局", "3"]],
    ]


def test_a_column_of_sentences_is_text_and_one_of_numbers_is_not() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["某某局"], ["2025年部门预算"], [None], ["金额"], [1]):
            sheet.append(row)

    assert shown(read_xlsx(xlsx_of(fill)))[1:] == ["某某局", "2025年部门预算", [["金额"], ["1"]]]


def test_blank_rows_where_borders_are_unknown() -> None:
    """A row of totals continues the table, a new heading begins another."""
    texts = {
        (0, 0): "项目",
        (0, 1): "金额",
        (3, 0): "合计",
        (3, 1): "1",
        (5, 0): "单位",
        (5, 1): "人数",
        (6, 0): "某局",
    }
    blocks = sheet_blocks(Sheet("甲", texts, {(3, 1)}), [])
    assert [block.row_count for block in blocks if isinstance(block, Grid)] == [4, 2]


def test_overlapping_and_endless_merges() -> None:
    texts = {(0, 0): "题", (1, 0): "a", (1, 1): "1", (2, 0): "b"}
    merges = [Merge(0, 0, 0, 16_383), Merge(0, 1, 1, 1), Merge(2, 0, 1_048_575, 0), Merge(5, 5, 4, 4)]
    (_, grid) = sheet_blocks(Sheet("甲", texts, merges=merges), [])
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.row_span, cell.column_span) for cell in grid.cells] == [
        ("题", 1, 2),
        ("a", 1, 1),
        ("1", 1, 1),
        ("b", 1, 1),
        ("", 1, 1),
    ]


def test_stray_cell_in_the_last_corner() -> None:
    doubts: list[Doubt] = []
    texts = {(0, 0): "题", (1, 16_383): "x", (2, 0): "a", **{(row, 0): "y" for row in range(3, 100)}}
    assert sheet_blocks(Sheet("甲", texts), doubts) == []
    assert [doubt.kind for doubt in doubts] == ["too_large"]
