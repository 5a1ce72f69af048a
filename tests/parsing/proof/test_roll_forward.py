"""年初 + 本年收入 − 本年支出 = 年末."""

from __future__ import annotations

import pytest

from gongkai.parsing.proof.check import BROKEN, HOLDS
from gongkai.parsing.proof.roll_forward import check_roll_forward
from tests.parsing.tables.test_line_items import statement

TITLE = "政府性基金预算财政拨款收入支出决算表"
ROWS = """
科目编码|科目名称|年初结转和结余|本年收入|本年支出|本年支出|本年支出|年末结转和结余
科目编码|科目名称|年初结转和结余|本年收入|小计|基本支出|项目支出|年末结转和结余
|合计|10.00|50.00|40.00||40.00|{closing}
212|城乡社区支出|10.00|50.00|40.00||40.00|{closing}
"""


@pytest.mark.parametrize(("closing", "outcomes"), [("20.00", [HOLDS, HOLDS]), ("25.00", [BROKEN]), ("", [])])
def test_every_row_rolls_forward_and_one_error_is_told_once(closing: str, outcomes: list[str]) -> None:
    found = statement(TITLE, ROWS.format(closing=closing))
    assert [check.outcome for check in check_roll_forward(found)] == outcomes


def test_balances_and_revenue_are_no_spending() -> None:
    found = statement(TITLE, ROWS.format(closing="20.00"))
    told = {item.measure.split("/")[0]: (item.direction, item.spending, item.period) for item in found.items}
    assert told["年初结转和结余"] == ("revenue", None, "opening")
    assert told["本年收入"] == ("revenue", None, "current")
    assert told["年末结转和结余"] == ("expenditure", None, "closing")
    spent = [item for item in found.items if item.direction == "expenditure" and item.spending == "total"]
    assert {str(item.amount) for item in spent} == {"400000.00"}


def test_a_form_without_balances_has_none() -> None:
    assert list(check_roll_forward(statement("部门支出总表", "科目名称|合计|基本支出\n合计|3.00|3.00"))) == []
