"""What documents say never steers a terminal and is never calculated by a spreadsheet."""

from __future__ import annotations

import io
import json
import re
import unicodedata

import pyarrow as pa
import pytest

from gongkai.queries.output import Format, write
from gongkai.queries.printable import json_escaped, printable, shortened

HOSTILE = (
    "\x1b[2J\x1b]0;title\x07",
    "\x9b31m",
    "\u202e00.001\u202c",
    "\u2066x\u2069",
    "a\u200bb",
    "x\u2028y",
    "\ufeff预算",
    "\U000e0041",
    "\ud800",
    "12\r34",
    "\x7f",
)


def steers(text: str) -> bool:
    """A character of the categories control, format, surrogate or separator of lines, but tab and line feed."""
    return any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and each not in "\t\n" for each in text)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_control_or_bidirectional_character_is_left(text: str) -> None:
    assert steers(text)
    assert not steers(printable(text))


def test_every_control_and_bidirectional_character_of_unicode_is_spelt_out() -> None:
    wanted = [chr(code) for code in range(0x110000) if unicodedata.bidirectional(chr(code)) in BIDIRECTIONAL]
    wanted += [chr(code) for code in range(0xA0) if unicodedata.category(chr(code)) == "Cc" and code not in (9, 10)]
    assert not [f"{ord(each):x}" for each in wanted if printable(each) == each]


BIDIRECTIONAL = {"LRE", "LRO", "PDF", "RLE", "RLO", "LRI", "RLI", "FSI", "PDI"}


def test_ordinary_text_stays_as_it_is() -> None:
    text = "石家庄市财政局 “三公”经费\t1,234.56 万元（含税）\n𠮷 é ①"
    assert printable(text) == text
    assert json_escaped(text) == text


def answered(text: str, form: Format, width: int | None = None) -> str:
    rows = pa.table({text: [text]}).to_reader()
    stream = io.BytesIO()
    write(rows, form, stream, lambda _: None, width)
    return stream.getvalue().decode("utf-8-sig")


STORED = [text for text in HOSTILE if "\ud800" not in text]


@pytest.mark.parametrize("text", STORED)
def test_tables_and_csv_on_a_terminal_are_clean_in_headings_and_values(text: str) -> None:
    assert not steers(answered(text, "table"))
    assert not steers(answered(text, "table", 40))
    assert not steers(answered(text, "csv", 80))


@pytest.mark.parametrize("text", STORED)
def test_json_is_clean_and_loses_nothing(text: str) -> None:
    shown = answered(text, "json")
    assert not steers(shown)
    assert json.loads(shown) == [{text: text}]


def test_csv_in_a_file_keeps_the_text_as_stored() -> None:
    assert "\u202e" in answered("\u202e00.001", "csv")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1+cmd|'x'", "@SUM(A1)", "\t=1", "  =1", "\r=1", "＝1+1", "|calc"])
def test_csv_for_spreadsheets_holds_no_formula(text: str) -> None:
    value = (
        answered(text, "csv-spreadsheet").splitlines()[-1] if "\r" not in text else answered(text, "csv-spreadsheet")
    )
    assert re.search(r"(^|\n)\"?'", value)


def test_csv_for_spreadsheets_keeps_numbers_and_names_its_encoding() -> None:
    rows = pa.table({"amount": pa.array([-5], pa.int64()), "label": ["合计"]}).to_reader()
    stream = io.BytesIO()
    write(rows, "csv-spreadsheet", stream, lambda _: None)
    assert stream.getvalue() == b"\xef\xbb\xbf" + "amount,label\n-5,合计\n".encode()


def test_long_addresses_are_cut_in_their_middle() -> None:
    message = shortened(f"https://example.cn/{'a' * 3000}.pdf answered 404; see gongkai crawl")
    assert len(message) < 200
    assert message.startswith("https://example.cn/aaa")
    assert message.endswith("a.pdf answered 404; see gongkai crawl")
