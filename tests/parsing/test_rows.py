"""Columns that the parser judges, so that no query has to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.lake.rows import LineItemRow
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context

SHEET = """某县财政局2024年部门决算

收入支出决算总表

单位：{unit}

收入项目\t决算数\t支出项目\t决算数
财政拨款收入\t{amount}\t一般公共服务支出\t{amount}
本年收入合计\t{amount}\t本年支出合计\t{amount}
总计\t{amount}\t总计\t{amount}
"""


def line_items(unit: str, amount: str) -> list[LineItemRow]:
    text = SHEET.format(unit=unit, amount=amount)
    return parse_document("a" * 64, text.encode(), Context()).rows["line_items"]


@pytest.mark.parametrize(
    ("unit", "amount", "digit"),
    [
        ("万元", "70.00", "100.00"),
        ("万元", "70", "10000.00"),
        ("千元", "70.0", "100.00"),
        ("元", "70", "1.00"),
        ("元", "70.000", "0.01"),
        ("万元", "—", None),
    ],
)
def test_the_last_digit_is_that_of_the_unit_and_the_decimals(unit: str, amount: str, digit: str | None) -> None:
    rows = line_items(unit, amount)
    assert {row["last_digit"] for row in rows} == {Decimal(digit) if digit else None}


def test_every_row_that_states_a_total_is_marked() -> None:
    rows = line_items("万元", "70.00")
    assert {row["label"] for row in rows if row["is_total"]} == {"本年收入合计", "本年支出合计", "总计"}


def test_a_total_laid_out_across_is_a_total_too() -> None:
    text = """某县财政局2024年部门决算

“三公”经费支出决算表

单位：万元

合计\t因公出国（境）费\t公务接待费
3.00\t1.00\t2.00
"""
    rows = parse_document("a" * 64, text.encode(), Context()).rows["line_items"]
    assert [(row["label"], row["is_total"]) for row in rows] == [
        ("合计", True),
        ("因公出国（境）费", False),
        ("公务接待费", False),
    ]
