"""Which rows of a form are lines that add up, and which are sums of lines or parts of them."""

from __future__ import annotations

import pytest

from gongkai.parsing.proof.row_kinds import mark_row_kinds
from gongkai.parsing.proof.whole_codes import imply_codes
from gongkai.parsing.tables.statement import Statement
from tests.parsing.tables.test_line_items import checks, statement


def kinds(found: Statement) -> dict[str, str | None]:
    imply_codes(found)
    mark_row_kinds(found)
    return {item.name: item.row_kind for item in reversed(found.items)}


def lines_of(found: Statement) -> list[str]:
    return [name for name, kind in reversed(kinds(found).items()) if kind == "line"]


def test_codes_that_nest() -> None:
    rows = """
科目编码|科目名称|合计|基本支出|项目支出
|合计|30.00|10.00|20.00
208|社会保障和就业支出|30.00|10.00|20.00
20801|人力资源和社会保障管理事务|30.00|10.00|20.00
2080101|行政运行|10.00|10.00|
2080102|一般行政管理事务|20.00||20.00
"""
    assert kinds(statement("部门支出总表", rows)) == {
        "合计": "total",
        "社会保障和就业支出": "subtotal",
        "人力资源和社会保障管理事务": "subtotal",
        "行政运行": "line",
        "一般行政管理事务": "line",
    }


def test_a_class_stays_a_sum_where_one_of_its_items_has_no_known_name() -> None:
    rows = """
项目|合计
合计|30.00
工资福利支出|30.00
基本工资|20.00
某种未列名的缴费|10.00
"""
    assert lines_of(statement("一般公共预算基本支出表", rows)) == ["基本工资", "某种未列名的缴费"]


@pytest.mark.parametrize(
    "rows",
    [
        """
单位代码|单位（项目）名称|合计
|合计|60.00
029|某局|60.00
029001|某局机关|40.00
029001|信访专项|25.00
029001|大厅运行|15.00
029002|某中心|20.00
029002|热线|20.00
""",
        """
单位编码|单位（项目）名称|合计
|合计|60.00
029|某局|60.00
029001|某局机关|40.00
|信访专项|25.00
|大厅运行|15.00
029002|某中心|20.00
|热线|20.00
""",
        """
支出项目类别（资金使用单位）|合计
合计|60.00
某局机关|40.00
信访专项|25.00
大厅运行|15.00
某中心|20.00
热线|20.00
""",
    ],
)
def test_units_one_under_another(rows: str) -> None:
    found = kinds(statement("项目支出预算表", rows))
    assert {name for name, kind in found.items() if kind == "line"} == {"信访专项", "大厅运行", "热线"}
    assert {found["某局机关"], found["某中心"]} == {"unit"}
    assert found["合计"] == "total"


def test_categories_of_a_list_are_told_by_the_one_way_to_add_up() -> None:
    rows = """
项目名称|合计
合计|84.90
通用项目|36.50
大型活动|1.50
审计培训|1.50
购买服务|35.00
中介审计服务|35.00
专用项目|48.40
审计事务|28.40
专项补助|20.00
"""
    assert lines_of(statement("项目支出预算表", rows)) == ["审计培训", "中介审计服务", "审计事务", "专项补助"]


def test_lines_that_are_not_the_total_are_not_known() -> None:
    found = kinds(statement("项目支出预算表", "项目名称|合计\n合计|50.00\n甲|31.00\n乙|20.00\n"))
    assert found == {"合计": "total", "甲": None, "乙": None}


def test_of_which_rows_and_what_follows_them() -> None:
    rows = """
收入||支出|
项目|预算数|项目|预算数
一、一般公共预算|90.00|一、社会保障和就业支出|110.00
其中：财政拨款|50.00||
上级提前下达|30.00||
二、政府性基金预算|10.00||
本年收入合计|100.00|本年支出合计|110.00
上年结转|10.00||
一般公共预算|10.00||
收入总计|110.00|支出总计|110.00
"""
    found = kinds(statement("部门收支总表", rows))
    assert {found["其中:财政拨款"], found["上级提前下达"], found["一般公共预算"]} == {"of_which"}
    assert {found["一、一般公共预算"], found["二、政府性基金预算"], found["上年结转"]} == {"line"}


def test_of_which_rows_that_are_all_of_their_sum_are_lines() -> None:
    rows = """
项目|预算数
合计|8.00
一、因公出国（境）费|1.00
二、公务用车购置及运行费|5.00
其中：1.公务用车购置费|3.00
2.公务用车运行费|2.00
三、公务接待费|2.00
"""
    found = kinds(statement("“三公”经费支出表", rows))
    assert found["二、公务用车购置及运行费"] == "subtotal"
    assert {found["其中:1.公务用车购置费"], found["2.公务用车运行费"]} == {"line"}


def test_a_row_whose_purpose_is_not_disclosed() -> None:
    found = kinds(statement("项目支出预算表", "项目名称|合计\n合计|50.00\n涉密项目|30.00\n乙|20.00\n"))
    assert (found["涉密项目"], found["乙"]) == ("withheld", "line")


def test_units_with_their_code_in_every_row() -> None:
    rows = """
单位代码|科目编码|科目名称|合计
||合计|60.00
029||某局|60.00
029001||某局机关|40.00
029001|208|社会保障和就业支出|40.00
029001|2080101|行政运行|40.00
029002||某中心|20.00
029002|208|社会保障和就业支出|20.00
029002|2080101|行政运行|20.00
"""
    found = statement("部门支出总表", rows)
    mark_row_kinds(found)
    assert [item.row_kind for item in found.items] == [
        "total",
        *["unit"] * 2,
        "subtotal",
        "line",
        "unit",
        "subtotal",
        "line",
    ]
    assert {(item.unit_code, item.unit_name) for item in found.items if item.row_kind == "line"} == {
        ("029001", "某局机关"),
        ("029002", "某中心"),
    }
    assert {check.outcome for check in checks(found)} == {"holds"}
    assert {check.rule for check in checks(found)} == {"units", "hierarchy", "total"}


def test_units_as_a_code_column_alone() -> None:
    rows = """
单位代码|科目编码|科目名称|合计
||合计|60.00
029001|208|社会保障和就业支出|40.00
029001|2080101|行政运行|40.00
029002|208|社会保障和就业支出|20.00
029002|2080101|行政运行|20.00
"""
    found = statement("部门支出总表", rows)
    mark_row_kinds(found)
    assert [item.row_kind for item in found.items] == ["total", "subtotal", "line", "subtotal", "line"]
    assert [item.unit_code for item in found.items] == [None, "029001", "029001", "029002", "029002"]
    assert {check.outcome for check in checks(found)} == {"holds"}


def test_the_spending_of_this_year_is_a_sum_though_what_is_printed_below_it_does_not_reach_it() -> None:
    rows = """
项目|预算数|项目|预算数
一、本年收入|90.00|一、本年支出|90.00
（一）一般公共预算资金|90.00|一、一般公共服务支出|60.00
（二）政府性基金预算资金||二、外交支出|
||三、国防支出|
||四、公共安全支出|
||五、教育支出|10.00
收入总计|90.00|支出总计|90.00
"""
    told = kinds(statement("财政拨款收支总表", rows))
    assert told["一、本年支出"] == "subtotal"
    assert told["一、一般公共服务支出"] == told["五、教育支出"] == "line"
