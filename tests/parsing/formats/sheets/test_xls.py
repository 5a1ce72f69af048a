"""XLS: number formats, hidden parts, merged cells and dates of workbooks that another library writes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
import xlwt  # type: ignore[import-untyped]

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.formats.sheets.xls import read_xls
from gongkai.parsing.text.grid import Grid, Reading, TextLine, UnreadableDocumentError
from tests.places import SHARED

CORPUS = SHARED / "corpus" / "office"


def _xls(fill: Callable[[Any], None]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def _statement(book: Any) -> None:
    sheet = book.add_sheet("收支总表")
    amount = xlwt.easyxf(num_format_str="#,##0.00")
    sheet.write_merge(0, 0, 0, 3, "收支预算总表")
    for column, heading in enumerate(("项目", "预算数", "占比", "日期")):
        sheet.write(1, column, heading)
    sheet.write(2, 0, "工资")
    sheet.write(2, 1, 13297.115, amount)
    sheet.write(2, 2, 0.125, xlwt.easyxf(num_format_str="0.0%"))
    sheet.write(2, 3, dt.date(2025, 3, 1), xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    sheet.write(3, 0, "合计")
    sheet.write(3, 1, xlwt.Formula("B3"), amount)


def test_values_as_shown() -> None:
    reading = read_xls(_xls(_statement))
    assert _shown(reading) == [
        "收支总表",
        [
            ["收支预算总表"],
            ["项目", "预算数", "占比", "日期"],
            ["工资", "13,297.12", "12.5%", "2025年3月"],
            ["合计", "", "", ""],  # a formula counts with the result stored beside it, here an empty text
        ],
    ]
    grid = reading.blocks[1]
    assert isinstance(grid, Grid)
    assert grid.cells[0].column_span == 4


def test_hidden_parts() -> None:
    """The code column and a row of the table are read; the margin that a system filled is not."""

    def fill(book: Any) -> None:
        sheet = book.add_sheet("支出")
        rows: list[list[Any]] = [
            ["T_XXGK", "", "SET_YEAR#2025", ""],
            ["VALID#", "", "支出预算表", ""],
            ["VALID#", "科目编码", "项目", "预算数"],
            ["VALID#", "201", "一般公共服务支出", 3.5],
            ["VALID#", "20101", "人大事务", 3.5],
        ]
        for index, row in enumerate(rows):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(index, column, value)
        sheet.col(0).hidden = sheet.col(1).hidden = True
        sheet.row(0).hidden = sheet.row(4).hidden = True
        other = book.add_sheet("底稿")
        other.write(0, 0, "草稿")
        other.visibility = 1

    reading = read_xls(_xls(fill))
    assert _shown(reading) == [
        "支出",
        [
            ["", "支出预算表", ""],
            ["科目编码", "项目", "预算数"],
            ["201", "一般公共服务支出", "3.5"],
            ["20101", "人大事务", "3.5"],
        ],
    ]
    assert [(doubt.kind, doubt.reason) for doubt in reading.doubts] == [
        (
            "hidden_cells",
            (
                "sheet '支出' has 5 filled cells in hidden rows or columns, which were read "
                "and 6 hidden cells outside its table, which were left out"
            ),
        ),
        ("hidden_sheet", "sheet '底稿' is hidden and was not read"),
    ]


def test_single_number() -> None:
    """A run of one cell that is a number stays a grid: the columns of a sheet come from its filled cells alone."""
    assert _shown(read_xls(_xls(lambda book: book.add_sheet("甲").write(3, 3, 1.5)))) == ["甲", [["1.5"]]]


def _kind(data: bytes) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_xls(data)
    return caught.value.kind


def test_cut_off() -> None:
    data = _xls(_statement)
    assert _kind(data[: len(data) // 2]) == "truncated"


def test_damaged() -> None:
    """Its first record is no longer the one that opens a workbook."""
    data = _xls(_statement)
    assert _kind(data[:512] + b"\x48" + data[513:]) == "corrupt"


def test_directory_that_leads_back_to_itself() -> None:
    """The entry of the workbook names itself as its neighbour."""
    data = _xls(_statement)
    entry = data.index("Workbook".encode("utf-16-le"))
    assert _kind(data[: entry + 68] + b"\x01\x00\x00\x00" + data[entry + 72 :]) == "corrupt"


def test_encrypted() -> None:
    """A FILEPASS record at the start of the workbook, in place of the record that names its writer."""
    data = _xls(_statement)
    at = data.index(b"\x5c\x00\x70\x00")
    assert _kind(data[:at] + b"\x2f\x00" + data[at + 2 :]) == "encrypted"


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no shared corpus at {CORPUS}")
@pytest.mark.parametrize("name", ["北京_2021_57687.zip", "西藏_2020_57745.zip"])
def test_workbook_and_its_print_agree(name: str) -> None:
    """Archives that hold a workbook (XLS, or XLSX under that name) and the PDF printed from it: every amount of one
    is in the other, as often; system columns are in neither."""
    with zipfile.ZipFile(CORPUS / name, metadata_encoding="gbk") as archive:
        readings = {info.filename[-3:]: read(identified(archive.read(info))) for info in archive.infolist()}

    def words(reading: Reading) -> list[str]:
        cells = (cell.text for block in reading.blocks if isinstance(block, Grid) for cell in block.cells)
        return sorted(line.strip() for text in cells for line in text.split("\n") if "." in line)

    amounts = words(readings["xls"])
    assert len(amounts) > 14
    assert amounts == words(readings["pdf"])


def test_xls_that_is_none() -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_xls(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    assert caught.value.kind == "corrupt"
