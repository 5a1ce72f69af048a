"""XLSX: values as they are shown, and files that are damaged."""

from __future__ import annotations

import datetime as dt

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.parsing.formats.sheets.xlsx import read_xlsx
from gongkai.parsing.text.grid import Grid, TextLine, UnreadableDocumentError
from tests.parsing.formats.sheets.xlsx_files import rewritten, shown, xlsx_of


def test_statement_as_shown() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet["B2"] = "收支预算总表"
        sheet.merge_cells("B2:D2")
        sheet["D3"] = "单位：万元"
        sheet["B4"], sheet["C4"], sheet["C5"], sheet["D5"] = "项目", "金额", "合计", "其中"
        sheet.merge_cells("B4:B5")
        sheet.merge_cells("C4:D4")
        for row, (name, total, part) in enumerate((("工资", 13297.11, 0), ("合计", 13297.115, None)), start=6):
            sheet.cell(row, 2, name)
            sheet.cell(row, 3, total).number_format = "#,##0.00"
            sheet.cell(row, 4, part).number_format = "0.00"

    reading = read_xlsx(xlsx_of(fill))
    assert reading.doubts == ()
    assert shown(reading) == [
        "收支总表",
        [
            ["收支预算总表"],
            ["", "", "单位：万元"],
            ["项目", "金额"],
            ["合计", "其中"],
            ["工资", "13,297.11", "0.00"],
            ["合计", "13,297.12", ""],
        ],
    ]
    assert reading.blocks[0] == TextLine("收支总表", heading=1)
    grid = reading.blocks[1]
    assert isinstance(grid, Grid)
    spans = {cell.text: (cell.row_span, cell.column_span) for cell in grid.cells if cell.row in (0, 2)}
    assert spans == {"收支预算总表": (1, 3), "项目": (2, 1), "金额": (1, 2)}


def test_kinds_of_values() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["编码", "208 0505 ", True, dt.date(2025, 3, 1), "1.50", 2080505])
        sheet["D1"].number_format = "yyyy年m月"
        sheet["F1"].number_format = "@"

    assert shown(read_xlsx(xlsx_of(fill)))[1] == [["编码", "208 0505", "TRUE", "2025年3月", "1.50", "2080505"]]


def test_formulas_without_result_are_named() -> None:
    """Libraries write formulas without results; only Excel calculates them."""

    def fill(sheet: Worksheet) -> None:
        sheet.append([1, 2, "=A1+B1"])

    reading = read_xlsx(xlsx_of(fill))
    assert shown(reading)[1] == [["1", "2"]]
    assert [doubt.kind for doubt in reading.doubts] == ["formula_without_value"]


def test_sheets_without_zeros() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.sheet_view.showZeros = False
        sheet.append(["合计", 0, 5])

    assert shown(read_xlsx(xlsx_of(fill)))[1] == [["合计", "", "5"]]


def test_positions_left_out_by_the_writer() -> None:
    data = xlsx_of(lambda sheet: sheet.append([1, 2]))
    data = rewritten(data, "xl/worksheets/sheet1.xml", ' r="B1"', "")
    assert shown(read_xlsx(data))[1] == [["1", "2"]]


@pytest.mark.parametrize(
    ("part", "kind"),
    [("xl/workbook.xml", "corrupt"), ("xl/worksheets/sheet1.xml", "corrupt"), ("xl/styles.xml", "corrupt")],
)
def test_damaged_parts(part: str, kind: str) -> None:
    data = rewritten(xlsx_of(lambda sheet: sheet.append([1, 2])), part, "<", "<<")
    with pytest.raises(UnreadableDocumentError) as caught:
        read_xlsx(data)
    assert caught.value.kind == kind
