from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.parsing.text.amounts import UNITS, Printed, in_yuan, is_blank, read_number, stated_unit


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("16523.44", "16523.44", 2),
        ("11,844.10", "11844.10", 2),
        ("１，２３４．５０", "1234.50", 2),
        ("0", "0", 0),
        ("0.00", "0.00", 2),
        ("-131.40", "-131.40", 2),
        ("(131.40)", "-131.40", 2),
        ("△5.2", "-5.2", 1),
        ("9,616.\n338314", "9616.338314", 6),
        (" 2.5 ", "2.5", 1),
    ],
)
def test_numbers_as_publishers_print_them(text: str, value: str, decimals: int) -> None:
    assert read_number(text) == Printed(Decimal(value), decimals)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("412.16①", "412.16"),
        ("412.16 ⑫", "412.16"),
        ("412.16¹", "412.16"),
        ("412.16[1]", "412.16"),
        ("412.16（注1）", "412.16"),
        ("412.16注", "412.16"),
        ("-3.5❶", "-3.5"),
    ],
)
def test_the_mark_of_a_footnote_is_no_digit(text: str, value: str) -> None:
    assert read_number(text) == Printed(Decimal(value), len(value.partition(".")[2]))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("￥412.16", "412.16", None),
        ("¥ 1,412.16", "1412.16", None),
        ("-¥412.16", "-412.16", None),
        ("¥-412.16", "-412.16", None),
        ("￥(412.16)", "-412.16", None),
        ("(￥412.16)", "-412.16", None),
        ("人民币412.16元", "412.16", "元"),
        ("412.16元", "412.16", "元"),
        ("-412.16 万元", "-412.16", "万元"),
        ("1,412元整", "1412", "元"),
        ("RMB 5.00", "5.00", None),
    ],
)
def test_currency_and_unit_beside_a_number(text: str, value: str, unit: str | None) -> None:
    assert read_number(text) == Printed(Decimal(value), len(value.partition(".")[2]), unit)


def test_a_number_with_its_own_unit_is_in_that_unit() -> None:
    printed = read_number("8.5元")
    assert printed is not None
    assert in_yuan(printed, "万元") == Decimal("8.50")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "—",
        "——",
        "合计",
        "95%",
        "≥120件",
        "1,23",
        "12.3.4",
        "2025年",
        "1 2月",
        "①412.16",
        "41²2",
        "¥",
        "元",
        "5美元",
    ],
)
def test_what_is_no_number_is_not_read_as_one(text: str) -> None:
    assert read_number(text) is None


@pytest.mark.parametrize("text", ["", "  ", "-", "—", "——", "\n", "－"])
def test_blanks(text: str) -> None:
    assert is_blank(text)


def test_a_zero_is_not_blank() -> None:
    assert not is_blank("0")
    assert not is_blank("0.00")


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("单位：万元", "万元"),
        ("金额单位:元", "元"),
        ("项目金额（万元）", "万元"),
        ("价值（金额单位：万元）", "万元"),
        ("单位：人民币亿元", "亿元"),
        ("部门：某局  单位：千元", "千元"),
        ("单位名称：某局", None),
        ("计量单位", None),
        ("元", None),
    ],
)
def test_stated_units(text: str, unit: str | None) -> None:
    assert stated_unit(text) == unit


def test_finer_than_a_fen_is_refused() -> None:
    assert in_yuan(Printed(Decimal("1.2345678"), 7), "万元") is None
    assert in_yuan(Printed(Decimal("9616.338314"), 6), "万元") == Decimal("96163383.14")


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2), st.sampled_from(sorted(UNITS)))
def test_printed_amounts_come_back_exactly(value: Decimal, unit: str) -> None:
    for text in (f"{value}", f"{value:,}"):
        printed = read_number(text)
        assert printed is not None
        assert in_yuan(printed, unit) == value * UNITS[unit]
