"""Revenue above expenditure in one column: the rows say which side an amount stands on."""

from __future__ import annotations

import pytest

from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from gongkai.parsing.tables.stacked_sides import sides_of

FORM = """丽江市2025年政府预算

2025年丽江市{form}

单位：万元

项目\t2024年执行数\t2025年预算数
"""


def directions(form: str, *rows: str) -> dict[str, tuple[str | None, str | None]]:
    text = FORM.format(form=form) + "".join(f"{row}\t60\t70\n" for row in rows)
    items = parse_document("a" * 64, text.encode(), Context()).rows["line_items"]
    return {item["label"] or "": (item["direction"], item["function_code"]) for item in items}


@pytest.mark.parametrize("form", ["政府性基金收支预算表", "一般公共预算收支总表"])
def test_totals_close_their_side(form: str) -> None:
    found = directions(form, "上级补助收入", "收入合计", "城乡社区支出", "支出合计")
    assert found == {
        "上级补助收入": ("revenue", None),
        "收入合计": ("revenue", None),
        "城乡社区支出": ("expenditure", "212"),
        "支出合计": ("expenditure", None),
    }


def test_a_heading_row_or_a_first_total_opens_its_side() -> None:
    assert list(sides_of(dict(enumerate(("一、收入", "税收收入", "二、支出", "教育支出"))))) == [0, 1, 2, 3]
    assert list(sides_of(dict(enumerate(("收入合计", "税收收入", "支出合计", "教育支出")))).values()) == [
        "revenue",
        "revenue",
        "expenditure",
        "expenditure",
    ]


def test_rows_that_nothing_reaches_are_of_no_known_side() -> None:
    assert sides_of({0: "税收收入", 1: "收入合计", 2: "预备费"}) == {0: "revenue", 1: "revenue"}
    found = parse_document(
        "a" * 64, (FORM.format(form="一般公共预算收支总表") + "预备费\t60\t70\n").encode(), Context()
    ).rows["line_items"]
    assert {(item["meaning"], item["status"]) for item in found} == {("doubtful", "doubtful")}
