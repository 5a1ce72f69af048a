"""Headings of statement forms: the longest name decides, and what is left out is left out."""

from __future__ import annotations

import pytest

from gongkai.vocabulary.headings import meaning


@pytest.mark.parametrize(
    ("heading", "fund"),
    [
        ("使用非财政拨款结余", "non_fiscal_surplus"),
        ("用事业基金弥补收支差额", "non_fiscal_surplus"),
        ("上年实户资金余额", "non_fiscal_surplus"),
        ("事业收入(不含教育收费)", "business"),
        ("教育收费", "fiscal_account"),
        ("国有资本经营收入", "state_capital"),
        ("事业单位经营收入", "operating"),
        ("政府性基金预算财政拨款", "government_fund"),
        ("一般公共预算财政拨款", "general_public"),
        ("非同级财政拨款收入", "other"),
        ("财政拨款收入", "fiscal_appropriation"),
        ("非财政拨款", None),
    ],
)
def test_funds(heading: str, fund: str | None) -> None:
    assert meaning(heading, "fund") == fund


@pytest.mark.parametrize(
    ("heading", "spending"),
    [
        ("人员经费和公用经费支出", "basic"),
        ("人员经费", "personnel"),
        ("公用经费", "public"),
        ("商品和服务支出", None),
        ("机关商品和服务支出", None),
        ("单位预留机动经费", "reserve"),
    ],
)
def test_kinds_of_spending(heading: str, spending: str | None) -> None:
    assert meaning(heading, "spending") == spending


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("年初结转和结余", "opening"),
        ("年初财政拨款结转和结余", "opening"),
        ("年末结转和结余", "closing"),
        ("结转下年", "closing"),
        ("结转结余下年", "closing"),
        ("上年结转", "carried_over"),
        ("本年收入合计", "current"),
        ("本年预算", None),
        ("收入总计", None),
    ],
)
def test_periods(heading: str, period: str | None) -> None:
    assert meaning(heading, "period") == period


@pytest.mark.parametrize(
    ("heading", "basis"),
    [
        ("上年预算数", "prior_budget"),
        ("上年执行数", "prior_outcome"),
        ("上年数", "prior"),
        ("上年结转", None),
        ("增减额", "change"),
        ("全年预算数", "adjusted_budget"),
        ("决算数", "outcome"),
        ("年初预算数", "budget"),
    ],
)
def test_kinds_of_figures(heading: str, basis: str | None) -> None:
    assert meaning(heading, "basis") == basis
