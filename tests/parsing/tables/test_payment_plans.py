"""Plans of payments as provinces print them: months, quarters, shares, amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.tables.payment_plans import read_plan
from gongkai.parsing.tables.table import TableCell


def rows(*texts: list[str]) -> dict[int, list[TableCell]]:
    return {
        row: [TableCell(row, column, text, is_header=False) for column, text in enumerate(line)]
        for row, line in enumerate(texts)
    }


def plan(*texts: list[str], budget: str | None = "1000000") -> list[tuple[str, Decimal | None, Decimal | None]]:
    found = read_plan(rows(*texts), len(texts), budget=Decimal(budget) if budget else None, unit="万元")
    return [(payment.period, payment.amount, payment.share) for payment in found]


def test_quarters_above_amounts() -> None:
    assert plan(["用款计划", "一季度", "二季度", "第3季度"], ["", "10.00", "20.00", "30.00"]) == [
        ("一季度", Decimal("100000.00"), None),
        ("二季度", Decimal("200000.00"), None),
        ("第3季度", Decimal("300000.00"), None),
    ]


def test_months_beside_shares() -> None:
    assert plan(["资金支出计划（%）", "6月", "50", "12月", "100"]) == [
        ("6月", None, Decimal(50)),
        ("12月", None, Decimal(100)),
    ]


def test_period_and_amount_in_one_cell() -> None:
    assert plan(["资金支出计划（%）", "3月底", "", ""], ["", "", "", "12月底 100.00"]) == [
        ("12月底", Decimal("1000000.00"), None)
    ]


@pytest.mark.parametrize(
    ("text", "amount", "share"), [("25%", None, 25), ("120.00", None, None), ("按进度", None, None)]
)
def test_a_text_is_a_share_an_amount_within_the_budget_or_neither(
    text: str, amount: int | None, share: int | None
) -> None:
    assert plan(["支出计划", "上半年", text]) == [("上半年", amount, share)]


def test_a_plan_ends_at_the_goals_and_needs_its_heading() -> None:
    assert plan(["资金支出计划", "3月底"], ["", "1.00"], ["绩效目标", "12月底", "2.00"]) == [
        ("3月底", Decimal("10000.00"), None)
    ]
    assert plan(["时效指标", "3月底", "1.00"]) == []
