"""Money that several forms of one document state: agreeing, contradicting, and covering only part of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.proof.between_forms import check_agreement
from gongkai.parsing.proof.check import BROKEN, HOLDS, NOT_ASSESSABLE
from gongkai.parsing.proof.left_out import excuse_what_is_left_out
from gongkai.parsing.tables.listed import ListedAmount
from gongkai.parsing.tables.statement import Statement
from gongkai.parsing.tables.table import TableCell
from tests.parsing.tables.test_line_items import statement


def outcomes(rule: str, *statements: Statement, budgets: tuple[str | None, ...] = ()) -> list[str]:
    """The outcomes of one rule; ``budgets`` of projects are in yuan."""
    projects = [listed(budget) if budget else None for budget in budgets]
    return [check.outcome for check in check_agreement(statements, projects) if check.rule == rule]


def listed(yuan: str) -> ListedAmount:
    return ListedAmount(TableCell(0, 0, yuan), 9, 0, Decimal(yuan), Decimal("0.01"))


def balance(revenue: str = "30.00", expenditure: str = "30.00") -> Statement:
    rows = f"""
收入||支出|
项目|预算数|项目|预算数
一、一般公共预算拨款收入|{revenue}|一、社会保障和就业支出|{expenditure}
收入总计|{revenue}|支出总计|{expenditure}
"""
    return statement("部门收支总表", rows)


def expenditure(total: str = "30.00", basic: str = "10.00", project: str = "20.00") -> Statement:
    rows = f"""
科目编码|科目名称|合计|基本支出|项目支出
|合计|{total}|{basic}|{project}
208|社会保障和就业支出|{total}|{basic}|{project}
"""
    return statement("部门支出总表", rows)


def revenue(total: str = "30.00") -> Statement:
    rows = f"""
科目编码|科目名称|合计|本年收入|本年收入
||合计|一般公共预算|事业收入
|合计|{total}|{total}|
208|社会保障和就业支出|{total}|{total}|
"""
    return statement("部门收入总表", rows)


def of_fund(title: str, total: str, basic: str, project: str) -> Statement:
    rows = f"""
科目编码|科目名称|合计|基本支出|项目支出
|合计|{total}|{basic}|{project}
208|社会保障和就业支出|{total}|{basic}|{project}
"""
    return statement(title, rows)


def general_public(total: str = "30.00", basic: str = "10.00", project: str = "20.00") -> Statement:
    return of_fund("一般公共预算支出表", total, basic, project)


@pytest.mark.parametrize(("total", "expected"), [("30.00", HOLDS), ("31.00", BROKEN)])
def test_the_balance_agrees_with_revenue_and_expenditure(total: str, expected: str) -> None:
    assert outcomes("revenue_total", balance(), revenue(total)) == [expected]
    assert outcomes("expenditure_total", balance(), expenditure(total)) == [expected]
    assert outcomes("revenue_total", balance()) == [], "nothing to compare with"


def test_expenditure_may_count_what_is_carried_to_next_year() -> None:
    rows = """
收入||支出|
项目|预算数|项目|预算数
一、一般公共预算拨款收入|30.00|一、社会保障和就业支出|25.00
本年收入合计|30.00|本年支出合计|25.00
||结转下年|5.00
收入总计|30.00|支出总计|30.00
"""
    both = statement("部门收支总表", rows)
    assert outcomes("expenditure_total", both, expenditure("25.00")) == [HOLDS]
    assert outcomes("expenditure_total", both, expenditure("30.00")) == [HOLDS]
    assert outcomes("expenditure_total", both, expenditure("27.00")) == [BROKEN]


@pytest.mark.parametrize(("total", "expected"), [("30.00", HOLDS), ("30.04", BROKEN)])
def test_the_summary_by_economic_class_sums_all_that_is_spent(total: str, expected: str) -> None:
    rows = f"科目编码|科目名称|合计\n|合计|{total}\n301|工资福利支出|{total}\n"
    assert outcomes("economic_total", expenditure(), statement("支出经济分类汇总表", rows)) == [expected]


@pytest.mark.parametrize(("listed", "expected"), [("20.00", HOLDS), ("15.00", HOLDS), ("12.00", NOT_ASSESSABLE)])
def test_a_list_of_projects_covers_all_or_the_general_public_ones(listed: str, expected: str) -> None:
    rows = f"项目名称|合计\n合计|{listed}\n甲项目|{listed}\n"
    made = statement("项目支出表", rows)
    assert outcomes("project_total", made, expenditure(), general_public("25.00", "10.00", "15.00")) == [expected]


def appropriation_balance(spent: str, received: str = "30.00") -> Statement:
    rows = f"""
收入||支出||
项目|预算数|项目|合计|一般公共预算
一、一般公共预算拨款|{received}|一、社会保障和就业支出|{spent}|{spent}
收入总计|{received}|支出总计|{spent}|{spent}
"""
    return statement("财政拨款收支总表", rows)


@pytest.mark.parametrize(("spent", "expected"), [("30.00", HOLDS), ("28.00", BROKEN)])
def test_a_fund_s_form_agrees_with_the_appropriation_balance(spent: str, expected: str) -> None:
    made = appropriation_balance(spent, received=spent)
    assert outcomes("fund_total", made, general_public()) == [expected]


def test_what_a_fund_brings_in_need_not_be_spent() -> None:
    rows = """
收入||支出|
项目|预算数|项目|预算数
一、一般公共预算拨款|35.00|一、社会保障和就业支出|30.00
收入总计|35.00|支出总计|30.00
"""
    assert outcomes("fund_total", statement("财政拨款收支总表", rows), general_public()) == [NOT_ASSESSABLE]


def test_each_code_agrees_between_forms() -> None:
    fund = general_public("20.00", "10.00", "10.00")
    other = of_fund("政府性基金预算支出表", "10.00", "", "10.00")
    assert outcomes("funds_total", expenditure(), fund, other) == [HOLDS]
    assert outcomes("function_line", expenditure(), fund, other) == [HOLDS] * 3
    wrong = of_fund("政府性基金预算支出表", "10.00", "", "10.00")
    next(item for item in wrong.items if item.function_code == "208").amount = Decimal(90000)
    assert outcomes("function_line", expenditure(), fund, wrong) == [BROKEN, HOLDS, HOLDS]


def test_funds_that_do_not_cover_all_prove_nothing() -> None:
    fund = general_public("20.00", "10.00", "10.00")
    assert outcomes("funds_total", expenditure(), fund) == [NOT_ASSESSABLE]
    assert outcomes("function_line", expenditure(), fund) == []


@pytest.mark.parametrize(("total", "expected"), [("30.00", [HOLDS]), ("29.00", [BROKEN])])
def test_a_code_of_the_revenue_form(total: str, expected: list[str]) -> None:
    assert outcomes("function_line", revenue(total), expenditure()) == expected


@pytest.mark.parametrize(("spent", "expected"), [("30.00", [HOLDS]), ("30.02", [BROKEN])])
def test_a_category_of_the_balance_is_its_code(spent: str, expected: list[str]) -> None:
    assert outcomes("category", balance(expenditure=spent), expenditure()) == expected


@pytest.mark.parametrize(("spent", "expected"), [("30.00", [HOLDS]), ("29.00", [NOT_ASSESSABLE]), ("30.02", [BROKEN])])
def test_an_appropriation_is_at_most_what_its_category_spends(spent: str, expected: list[str]) -> None:
    assert outcomes("category", appropriation_balance(spent), expenditure()) == expected


@pytest.mark.parametrize(
    ("budgets", "expected"),
    [
        (("150000", "50000"), [HOLDS]),
        (("150000",), [NOT_ASSESSABLE]),
        (("150000", "50000", None), [NOT_ASSESSABLE]),
        ((None,), []),
        (("150000", "50001"), [HOLDS]),
        (("150000", "60000"), [BROKEN]),
    ],
)
def test_budgets_of_projects(budgets: tuple[str | None, ...], expected: list[str]) -> None:
    assert outcomes("project_budgets", expenditure(), budgets=budgets) == expected


@pytest.mark.parametrize(
    ("title", "total", "expected"),
    [
        ("一般公共预算支出表（不含基本建设）", "20.00", NOT_ASSESSABLE),
        ("一般公共预算支出表（不含基本建设）", "40.00", BROKEN),
        ("一般公共预算支出表", "20.00", BROKEN),
    ],
)
def test_figures_without_capital_construction_may_be_less(title: str, total: str, expected: str) -> None:
    own = of_fund(title, total, total, "")
    own.table.index = 1
    for item in own.items:
        item.table_index = 1
    checks = list(check_agreement([own, appropriation_balance("30.00")], []))
    (check,) = [each for each in excuse_what_is_left_out(checks, [own.table]) if each.rule == "fund_total"]
    assert check.outcome == expected
