"""XLSX and XLS: merged ranges, hidden parts, formats as shown, tables set apart by blank rows."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from openpyxl.styles import Border, Side
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.parsing.formats.sheets.sheet import Merge, Sheet, sheet_blocks
from gongkai.parsing.formats.sheets.xls import read_xls
from gongkai.parsing.formats.sheets.xlsb import read_xlsb
from gongkai.parsing.formats.sheets.xlsx import read_xlsx
from gongkai.parsing.text.grid import Doubt, Grid, Reading, TextLine, UnreadableDocumentError

THIN = Border(left=Side("thin"), right=Side("thin"), top=Side("thin"), bottom=Side("thin"))


def _xlsx(fill: Callable[[Worksheet], None], title: str = "收支总表") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    fill(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


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

    reading = read_xlsx(_xlsx(fill))
    assert reading.doubts == ()
    assert _shown(reading) == [
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

    assert _shown(read_xlsx(_xlsx(fill)))[1] == [["编码", "208 0505", "TRUE", "2025年3月", "1.50", "2080505"]]


def test_blank_rows_part_tables_unless_ruled() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (1, 2, 3, 4):
            for column in (1, 2):
                sheet.cell(row, column).border = THIN
        sheet["A1"], sheet["B1"], sheet["A4"], sheet["B4"] = "项目", "金额", "合计", 1
        sheet["A6"] = "注：无"
        sheet["A8"], sheet["B8"], sheet["A9"], sheet["B9"] = "单位", "人数", "某局", 3

    assert _shown(read_xlsx(_xlsx(fill))) == [
        "收支总表",
        [["项目", "金额"], ["", ""], ["", ""], ["合计", "1"]],
        "注：无",
        [["单位", "人数"], ["某局", "3"]],
    ]


def test_a_column_of_sentences_is_text_and_one_of_numbers_is_not() -> None:
    def fill(sheet: Worksheet) -> None:
        for row in (["某某局"], ["2025年部门预算"], [None], ["金额"], [1]):
            sheet.append(row)

    assert _shown(read_xlsx(_xlsx(fill)))[1:] == ["某某局", "2025年部门预算", [["金额"], ["1"]]]


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


def test_hidden_parts_are_named() -> None:
    """A hidden row of the table is read, a hidden margin of numbers is not; a merged title over it stays."""

    def fill(sheet: Worksheet) -> None:
        for row in (["辅助", "题", None, None], [9, "项目", "金额", "x"], [9, "旧", 1, "x"], [9, "工资", 2, "x"]):
            sheet.append(row)
        sheet.merge_cells("A1:C1")
        sheet.column_dimensions["A"].hidden = True
        sheet.row_dimensions[3].hidden = True
        assert sheet.parent is not None
        other = sheet.parent.create_sheet("底稿")
        other["A1"] = "草稿"
        other.sheet_state = "hidden"

    reading = read_xlsx(_xlsx(fill))
    assert _shown(reading) == ["收支总表", [["辅助", ""], ["项目", "金额", "x"], ["旧", "1", "x"], ["工资", "2", "x"]]]
    assert [doubt.kind for doubt in reading.doubts] == ["hidden_cells", "hidden_sheet"]
    assert "3 filled cells in hidden rows or columns, which were read" in reading.doubts[0].reason
    assert reading.doubts[1].reason == "sheet '底稿' is hidden and was not read"


def test_formulas_without_result_are_named() -> None:
    """Libraries write formulas without results; only Excel calculates them."""

    def fill(sheet: Worksheet) -> None:
        sheet.append([1, 2, "=A1+B1"])

    reading = read_xlsx(_xlsx(fill))
    assert _shown(reading)[1] == [["1", "2"]]
    assert [doubt.kind for doubt in reading.doubts] == ["formula_without_value"]


def test_sheets_without_zeros() -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.sheet_view.showZeros = False
        sheet.append(["合计", 0, 5])

    assert _shown(read_xlsx(_xlsx(fill)))[1] == [["合计", "", "5"]]


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


def _rewritten(data: bytes, part: str, old: str, new: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode())
            target.writestr(name, content)
    return out.getvalue()


def test_positions_left_out_by_the_writer() -> None:
    data = _xlsx(lambda sheet: sheet.append([1, 2]))
    data = _rewritten(data, "xl/worksheets/sheet1.xml", ' r="B1"', "")
    assert _shown(read_xlsx(data))[1] == [["1", "2"]]


@pytest.mark.parametrize(
    ("part", "kind"),
    [("xl/workbook.xml", "corrupt"), ("xl/worksheets/sheet1.xml", "corrupt"), ("xl/styles.xml", "corrupt")],
)
def test_damaged_parts(part: str, kind: str) -> None:
    data = _rewritten(_xlsx(lambda sheet: sheet.append([1, 2])), part, "<", "<<")
    with pytest.raises(UnreadableDocumentError) as caught:
        read_xlsx(data)
    assert caught.value.kind == kind


def test_xls_that_is_none() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_xls(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert caught.value.kind == "corrupt"


def test_values_through_calamine() -> None:
    """What has no reader of its own goes through calamine: no formats, but exact numbers and merged ranges."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["收支总表", None])
        sheet.merge_cells("A1:B1")
        sheet.append(["工资", 0.1 + 0.2])
        sheet.append([dt.datetime(2025, 3, 1), True])  # noqa: DTZ001

    reading = read_xlsb(_xlsx(fill))
    assert _shown(reading)[1] == [["收支总表"], ["工资", "0.3"], ["2025-03-01", "TRUE"]]
    assert reading.format == "xlsb"
