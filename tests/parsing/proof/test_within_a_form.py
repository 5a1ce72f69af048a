"""Identities of one form, rule by rule: holding, broken by one digit, and not assessable."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.proof.check import BROKEN, HOLDS, NOT_ASSESSABLE, Check
from gongkai.parsing.proof.within_a_form import check_statement
from tests.parsing.tables.test_line_items import statement


def checks(title: str, rows: str, rule: str) -> list[Check]:
    """The checks of one rule, over a small statement."""
    return [check for check in check_statement(statement(title, rows)) if check.rule == rule]


def outcomes(title: str, rows: str, rule: str) -> list[str]:
    return [check.outcome for check in checks(title, rows, rule)]


ROWS = """
科目编码|科目名称|合计|基本支出|项目支出
|合计|{total}|10.00|20.00
208|社会保障和就业支出|30.00|10.00|20.00
"""


@pytest.mark.parametrize(
    ("total", "expected"), [("30.00", [HOLDS, HOLDS]), ("30.03", [BROKEN, HOLDS]), ("", [NOT_ASSESSABLE, HOLDS])]
)
def test_a_row_sums_its_parts(total: str, expected: list[str]) -> None:
    assert outcomes("部门支出总表", ROWS.format(total=total), "row") == expected


def test_a_blank_subtotal_stands_for_its_parts() -> None:
    rows = """
科目名称|合计|基本支出|基本支出|基本支出|项目支出
|合计|小计|人员经费|公用经费|项目支出
合计|60.00||10.00|20.00|30.00
"""
    found = checks("部门支出总表", rows, "row")
    assert [check.outcome for check in found if check.expected == Decimal(600000)] == [HOLDS]


OF_WHICH = """
科目名称|合计|基本支出|其中：政府采购|项目支出
合计|30.00|10.00|5.00|20.00
"""


def test_a_part_named_beside_the_others_is_not_summed() -> None:
    assert outcomes("部门支出总表", OF_WHICH, "row") == [HOLDS]
    assert outcomes("部门支出总表", OF_WHICH.replace("其中：政府采购", "经营支出"), "row") == [BROKEN]


@pytest.mark.parametrize(("item", "expected"), [("20.00", HOLDS), ("20.02", BROKEN)])
def test_a_code_sums_the_codes_below_it(item: str, expected: str) -> None:
    rows = f"科目编码|科目名称|金额\n208|社会保障|30.00\n20801|甲|10.00\n20802|乙|{item}\n"
    assert outcomes("财政拨款支出预算表（功能科目）", rows, "hierarchy") == [expected]


@pytest.mark.parametrize(("unit", "expected"), [("20.00", HOLDS), ("21.00", BROKEN)])
def test_a_total_sums_its_units_and_a_unit_its_lines(unit: str, expected: str) -> None:
    rows = f"""
单位编码|科目编码|科目名称|合计
||合计|50.00
301001||某局本级|30.00
|2080101|行政运行|30.00
301002||某中心|{unit}
|2080101|行政运行|20.00
"""
    assert outcomes("部门支出总表", rows, "total") == [expected]
    assert outcomes("部门支出总表", rows, "units") == [HOLDS, expected]


NUMBERED = """
收入||支出|
项目|预算数|项目|预算数
一、本年收入|{whole}|一、社会保障和就业支出|30.00
（一）一般公共预算拨款|20.00||
（二）政府性基金预算拨款|10.00||
收入总计|30.00|支出总计|{spent}
"""


@pytest.mark.parametrize(("whole", "expected"), [("30.00", HOLDS), ("31.00", BROKEN)])
def test_a_number_sums_its_inner_numbers(whole: str, expected: str) -> None:
    rows = NUMBERED.format(whole=whole, spent="30.00")
    assert outcomes("财政拨款收支总表", rows, "numbering") == [expected]


@pytest.mark.parametrize(("spent", "expected"), [("30.00", HOLDS), ("31.00", BROKEN)])
def test_the_sides_of_a_balance_agree(spent: str, expected: str) -> None:
    assert outcomes("财政拨款收支总表", NUMBERED.format(whole="30.00", spent=spent), "balance") == [expected]


CARRIED = """
收入||支出|
项目|预算数|项目|预算数
一、一般公共预算拨款收入|20.00|一、社会保障和就业支出|25.00
本年收入合计|20.00|本年支出合计|25.00
上年结转结余|5.00||
一般公共预算拨款|{share}||
收入总计|25.00|支出总计|25.00
"""


@pytest.mark.parametrize(("share", "expected"), [("5.00", HOLDS), ("4.00", BROKEN)])
def test_shares_of_the_funds_break_down_what_is_carried_over(share: str, expected: str) -> None:
    assert outcomes("部门收支总表", CARRIED.format(share=share), "carried_over") == [expected]
    totals = [
        check for check in checks("部门收支总表", CARRIED.format(share=share), "total") if len(check.addends) == 2
    ]
    assert [check.outcome for check in totals] == [HOLDS], "收入总计 = 本年收入合计 + 上年结转结余"


THREE_PUBLIC = """
项目|合计
合计|{whole}
“三公”经费小计|10.00
因公出国（境）费|1.00
公务用车购置及运行维护费|{vehicles}
其中：公务用车购置费|2.00
公务用车运行维护费|5.00
公务接待费|2.00
其中：外宾接待费|1.00
会议费|3.00
培训费|4.00
"""


@pytest.mark.parametrize(
    ("whole", "vehicles", "expected"),
    [
        ("17.00", "7.00", [HOLDS, HOLDS, HOLDS]),
        ("17.00", "8.00", [BROKEN, BROKEN, HOLDS]),
        ("10.00", "7.00", [HOLDS, HOLDS, BROKEN]),
    ],
)
def test_three_public_is_the_sum_of_its_parts(whole: str, vehicles: str, expected: list[str]) -> None:
    rows = THREE_PUBLIC.format(whole=whole, vehicles=vehicles)
    assert outcomes("“三公”经费、会议费、培训费支出预算表", rows, "three_public") == expected


def test_rows_that_may_not_be_all_do_not_break_a_total() -> None:
    rows = "项目|合计\n合计|10.00\n办公费|3.00\n印刷费|4.00\n"
    [check] = checks("机关运行经费支出预算表", rows, "total")
    assert (check.outcome, check.reason) == (
        NOT_ASSESSABLE,
        "the form does not say that these rows are all that the total sums",
    )


VEHICLES = """
项目|2025年预算数
“三公”经费合计|{total}
因公出国（境）费|1.00
{vehicles}|{whole}
{purchase}|4.00
{running}|6.00
公务接待费|5.00
会议费|7.00
"""


@pytest.mark.parametrize(
    "names",
    [
        ("公务用车购置及运行费", "其中：公务用车购置费", "公务用车运行费"),
        ("公务用车购置及运行维护费", "（1）公务用车购置", "（2）公务用车运行维护费"),
        ("公务用车运行维护及购置费", "公务用车购置费（含购置税等）", "公务用车运行维护费"),
        ("公务用车费", "公车购置费", "公务车运行维护费"),
        ("车辆购置和运行维护费", "车辆购置费", "车辆运行维护费"),
    ],
)
@pytest.mark.parametrize(
    ("total", "whole", "expected"), [("16.00", "10.00", [HOLDS, HOLDS]), ("17.00", "11.00", [BROKEN, HOLDS])]
)
def test_purchase_and_running_make_up_the_vehicles(
    names: tuple[str, str, str], total: str, whole: str, expected: list[str]
) -> None:
    vehicles, purchase, running = names
    rows = VEHICLES.format(vehicles=vehicles, purchase=purchase, running=running, total=total, whole=whole)
    assert outcomes("“三公”经费支出表", rows, "three_public") == expected


def test_three_public_across_the_page_over_one_kind_of_figure() -> None:
    rows = """
合计|因公出国（境）费|公务用车购置及运行费|公务用车购置及运行费|公务用车购置及运行费|公务接待费
合计|因公出国（境）费|小计|公务用车购置费|公务用车运行费|公务接待费
决算数|决算数|决算数|决算数|决算数|决算数
15.00|0.00|10.00|4.00|{running}|5.00
"""
    title = "财政拨款“三公”经费支出决算表"
    assert outcomes(title, rows.format(running="6.00"), "row") == [HOLDS, HOLDS]
    assert outcomes(title, rows.format(running="5.00"), "row") == [HOLDS, BROKEN]


SUBTOTALS = """
项目|2025年预算数
一、税收收入|3.00
二、非税收入|4.00
一般公共预算收入小计|7.00
转移性收入小计|{transfers}
上级补助收入|5.00
收入合计|12.00
"""


@pytest.mark.parametrize(("transfers", "expected"), [("5.00", HOLDS), ("6.00", NOT_ASSESSABLE)])
def test_a_total_of_subtotals_is_no_sum_of_the_numbered_rows(transfers: str, expected: str) -> None:
    [outcome, *_] = outcomes("部门收入总表", SUBTOTALS.format(transfers=transfers), "total")
    assert outcome == expected
