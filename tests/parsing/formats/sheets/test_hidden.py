"""Hidden sheets, rows and columns."""

from __future__ import annotations

from openpyxl.worksheet.worksheet import Worksheet

from gongkai.parsing.formats.sheets.xlsx import read_xlsx
from tests.parsing.formats.sheets.xlsx_files import shown, xlsx_of


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

    reading = read_xlsx(xlsx_of(fill))
    assert shown(reading) == ["收支总表", [["辅助", ""], ["项目", "金额", "x"], ["旧", "1", "x"], ["工资", "2", "x"]]]
    assert [doubt.kind for doubt in reading.doubts] == ["hidden_cells", "hidden_sheet"]
    assert "3 filled cells in hidden rows or columns, which were read" in reading.doubts[0].reason
    assert reading.doubts[1].reason == "sheet '底稿' is hidden and was not read"
