"""Columns that the parser judges, so that no query has to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.lake.rows import LineItemRow
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from gongkai.parsing.tables.column_dimensions import stated_basis

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
    assert [(row["label"], row["is_total"], row["item"]) for row in rows] == [
        ("合计", True, "total"),
        ("因公出国（境）费", False, "abroad"),
        ("公务接待费", False, "reception"),
    ]


def test_the_budget_beside_the_outcome_is_told_by_its_basis() -> None:
    text = """某县财政局2024年部门决算

“三公”经费支出决算表

单位：万元

项目\t预算数\t决算数
“三公”经费合计\t4.00\t3.00
公务接待费\t4.00\t3.00
"""
    rows = parse_document("a" * 64, text.encode(), Context()).rows["line_items"]
    assert {(row["basis"], row["amount"]) for row in rows} == {
        ("outcome", Decimal("30000.00")),
        ("budget", Decimal("40000.00")),
    }
    assert {row["item"] for row in rows} == {"total", "reception"}
    assert {row["basis"] for row in line_items("万元", "1.00")} == {"outcome"}


@pytest.mark.parametrize(
    ("measure", "basis"),
    [
        ("决算数/公务接待费", "outcome"),
        ("预算数/公务用车购置及运行费/小计", "budget"),
        ("支出/全年预算数", "adjusted_budget"),
        ("一般公共预算拨款收入", None),
        ("2024年完成", "outcome"),
        ("2024年快报数", "outcome"),
        ("变动预算", "adjusted_budget"),
        ("调整后", "adjusted_budget"),
        ("收入/调整数", "change"),
        ("调整前预算数", "budget"),
    ],
)
def test_a_heading_says_what_kind_of_figure_stands_below_it(measure: str, basis: str | None) -> None:
    assert stated_basis(measure.split("/"), None, None) == basis


def test_a_table_that_names_another_body_is_of_that_unit() -> None:
    sheets = [
        SHEET.format(unit="万元", amount=amount)
        .replace("某县财政局2024年部门决算", title)
        .replace("单位：万元", f"编制单位：{body}\n\n单位：万元")
        for title, body, amount in (
            ("某县教育局2024年部门决算", "某县教育局", "70.00"),
            ("", "某县第一中学", "20.00"),
        )
    ]
    sheets[1] = sheets[1].replace("收入支出决算总表", "财政拨款收入支出决算总表")
    document = parse_document("a" * 64, "\n".join(sheets).encode(), Context())
    assert document.rows["documents"][0]["entity"] == "某县教育局"
    assert {(row["table_index"], row["unit_name"]) for row in document.rows["line_items"]} == {
        (0, None),
        (1, "某县第一中学"),
    }


def test_a_caption_that_cuts_the_publishers_name_names_no_unit() -> None:
    whole, cut = (
        SHEET.format(unit="万元", amount="70.00").replace("单位：万元", f"部门：{name}\n\n单位：万元")
        for name in ("某县人大常委会办公室", "某县人大常委会")
    )
    text = whole + cut.replace("收入支出决算总表", "财政拨款收入支出决算总表").replace("某县财政局2024年部门决算", "")
    rows = parse_document("a" * 64, (text + whole).encode(), Context()).rows["line_items"]
    assert {row["unit_name"] for row in rows} == {None}


def test_a_unit_without_a_printed_name_has_none() -> None:
    text = """某县财政局2024年部门预算

部门收入总表

单位：万元

单位编码\t合计\t一般公共预算
015\t90.00\t90.00
015001\t60.00\t60.00
015002\t30.00\t30.00
合计\t90.00\t90.00
"""
    rows = parse_document("a" * 64, text.encode(), Context()).rows["units"]
    assert [(row["unit_code"], row["unit_name"]) for row in rows] == [("015001", None), ("015002", None)]
