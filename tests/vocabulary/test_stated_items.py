"""The items that narratives name amounts for."""

from __future__ import annotations

import pytest

from gongkai.vocabulary.stated_items import stated_item, stated_items


@pytest.mark.parametrize(
    ("text", "item"),
    [
        ("收入支出总计", "balance_total"),
        ("收、支预算总计", "balance_total"),
        ("预算收支安排", "balance_total"),
        ("财政拨款收、支总预算", "appropriation_balance_total"),
        ("本年收入合计", "revenue_current"),
        ("支出预算", "expenditure_total"),
        ("一般公共预算财政拨款收入", "general_public_revenue"),
        ("政府性基金预算拨款支出", "government_fund_expenditure"),
        ("财政专户管理资金", "fiscal_account_revenue"),
        ("年初结转和结余", "carried_over"),
        ("日常公用经费", "public"),
        ("因公出国(境)费用", "abroad"),
        ("公务用车购置及运行维护费", "vehicles"),
        ("公务用车购置费", "vehicle_purchase"),
        ("公务用车运维费", "vehicle_running"),
        ("机关(机构)运转经费", "operating_expenses"),
        ("政府采购支出预算总额", "procurement"),
        ("拟采购货物", "procurement_goods"),
        ("拟购买货物", "procurement_goods"),
        ("购买工程", "procurement_works"),
        ("授予中小企业合同金额", "procurement_sme"),
        ("授予小微企业合同金额", "procurement_small"),
        ("机构运行经费", "operating_expenses"),
        ("当年收入合计", "revenue_current"),
        ("用于保障某县统计局等机构正常运转的日常支出", "basic"),
        ("共有车辆", "vehicles_held"),
    ],
)
def test_one_item_has_the_name(text: str, item: str) -> None:
    fits = [each.id for each in stated_items() if each.pattern.fullmatch(text)]
    assert fits == [item]


def test_a_fund_and_a_direction_come_with_the_names_that_fix_them() -> None:
    assert (stated_item("business_revenue").fund, stated_item("business_revenue").direction) == ("business", "revenue")
    assert stated_item("project").fund is None
