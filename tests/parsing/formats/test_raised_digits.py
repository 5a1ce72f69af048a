"""Digits that formatting alone raises: marks of footnotes in every format, never part of the number before them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.text.amounts import read_number
from gongkai.parsing.text.grid import Grid, Reading
from gongkai.parsing.text.raised import raised
from tests.parsing.formats.html.pages import read_page
from tests.parsing.formats.sheets.xlsx_files import xlsx_of
from tests.parsing.formats.word.docx_files import cell, docx_of

BOOK = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">
<Worksheet ss:Name="a"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell><Cell><ss:Data ss:Type="String"
 xmlns="http://www.w3.org/TR/REC-html40">412.16<Sup>1</Sup></ss:Data></Cell></Row></Table></Worksheet></Workbook>"""


def _docx() -> bytes:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>1</w:t></w:r>'
    amount = f"<w:tc><w:p><w:r><w:t>412.16</w:t></w:r>{mark}</w:p></w:tc>"
    return docx_of(f"<w:tbl><w:tr>{cell('x')}{amount}</w:tr></w:tbl>")


def _xlsx() -> bytes:
    def fill(sheet: Worksheet) -> None:
        sheet["A1"] = "x"
        sheet["B1"] = CellRichText("412.16", TextBlock(InlineFont(vertAlign="superscript"), "1"))

    return xlsx_of(fill)


def _rtf(mark: str) -> bytes:
    return (r"{\rtf1\ansi\trowd\cellx1000\cellx3000\pard\intbl x\cell 412.16" + mark + r"\cell\row}").encode()


def _amount(reading: Reading) -> str:
    (grid,) = (block for block in reading.blocks if isinstance(block, Grid))
    return grid.cells[-1].text


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(_docx(), id="docx"),
        pytest.param(_xlsx(), id="xlsx"),
        pytest.param(BOOK.encode(), id="spreadsheet_xml"),
        pytest.param(_rtf(r"{\super 1}"), id="rtf group"),
        pytest.param(_rtf(r"\super 1\nosupersub "), id="rtf switch"),
        pytest.param(_rtf(r"{\super\u49 ?}"), id="rtf unicode"),
    ],
)
def test_raised_digit_is_no_part_of_the_number(data: bytes) -> None:
    text = _amount(read(identified(data)))
    assert text == "412.16¹"
    number = read_number(text)
    assert number is not None
    assert number.value == Decimal("412.16")


@pytest.mark.parametrize(
    "mark", ["<sup>1</sup>", "<sup><a href=#n>1</a></sup>", "<span style='vertical-align:super'>1</span>"]
)
def test_raised_digit_of_a_page(mark: str) -> None:
    reading = read_page(f"<table><tr><td>x</td><td>412.16{mark}</td></tr></table>")
    assert _amount(reading) == "412.16¹"


def test_only_digits_are_raised() -> None:
    assert [raised(text) for text in ("12", " 1 ", "[1]", "注1", "1.5", "a")] == ["¹²", " ¹ ", "[1]", "注1", "1.5", "a"]


@pytest.mark.parametrize("text", ["412.16[1]", "412.16[¹]", "412.16①"])
def test_marks_in_brackets(text: str) -> None:
    number = read_number(text)
    assert number is not None
    assert number.value == Decimal("412.16")


@pytest.mark.parametrize("word", [r"\sub 1", r"\super0 1", r"\super\plain 1"])
def test_what_is_not_raised_stays(word: str) -> None:
    assert _amount(read(identified(_rtf("{" + word + "}")))) == "412.161"
