"""Workbooks: amounts are numbers of two decimals, texts are texts, an independent reader agrees."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pyarrow as pa
import pytest

from gongkai.queries.errors import OutputError
from gongkai.queries.output import write
from gongkai.queries.spreadsheet import MOST_CHARACTERS

MONEY = pa.decimal128(20, 2)


def workbook(table: pa.Table) -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(table))).worksheets[0]


def written(table: pa.Table) -> bytes:
    stream = io.BytesIO()
    write(table.to_reader(), "xlsx", stream, lambda _: None)
    return stream.getvalue()


def test_amounts_are_numbers_with_two_decimals() -> None:
    sheet = workbook(pa.table({"label": ["合计", "其他"], "amount": pa.array([Decimal("1234.50"), None], MONEY)}))
    assert [cell.value for cell in sheet[1]] == ["label", "amount"]
    assert sheet["B2"].value == 1234.5
    assert sheet["B2"].number_format == "#,##0.00"
    assert sheet["B3"].value is None
    assert sheet["A1"].font.bold


def test_an_amount_that_a_spreadsheet_would_round_is_a_text() -> None:
    amount = Decimal("123456789012345.67")
    sheet = workbook(pa.table({"amount": pa.array([amount], MONEY)}))
    assert sheet["A2"].value == str(amount)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+cmd|'x'", "@SUM(A1)", "\t=1", "{=1}", '=HYPERLINK("x")'])
def test_no_text_is_a_formula(text: str) -> None:
    sheet = workbook(pa.table({text: [text]}))
    for cell in (sheet["A1"], sheet["A2"]):
        assert cell.data_type == "s"
        assert cell.value == text


@pytest.mark.parametrize("text", ['a<b>&"c"', "_x0041_", "两行\n文字", " 前后 ", "𠮷"])
def test_texts_come_back_as_they_were(text: str) -> None:
    assert workbook(pa.table({"text": [text]}))["A2"].value in (text, text.replace("_x", "_x005F_x"))


def test_control_characters_are_spelt_out() -> None:
    assert workbook(pa.table({"text": ["a\x1bb\u202ec"]}))["A2"].value == "a\\x1bb\\u202ec"


def test_what_no_cell_holds_is_refused() -> None:
    with pytest.raises(OutputError, match="characters"):
        written(pa.table({"text": ["长" * (MOST_CHARACTERS + 1)]}))


def test_the_same_answer_gives_the_same_bytes() -> None:
    table = pa.table({"text": ["一"]})
    assert written(table) == written(table)
