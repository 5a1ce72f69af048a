"""XLSB by calamine."""

from __future__ import annotations

import datetime as dt

from openpyxl.worksheet.worksheet import Worksheet

from gongkai.parsing.formats.sheets.xlsb import read_xlsb
from tests.parsing.formats.sheets.xlsx_files import shown, xlsx_of


def test_values_through_calamine() -> None:
    """What has no reader of its own goes through calamine: no formats, but exact numbers and merged ranges."""

    def fill(sheet: Worksheet) -> None:
        sheet.append(["收支总表", None])
        sheet.merge_cells("A1:B1")
        sheet.append(["工资", 0.1 + 0.2])
        sheet.append([dt.datetime(2025, 3, 1), True])  # noqa: DTZ001

    reading = read_xlsb(xlsx_of(fill))
    assert shown(reading)[1] == [["收支总表"], ["工资", "0.3"], ["2025-03-01", "TRUE"]]
    assert reading.format == "xlsb"
