"""Projects of 项目支出表: which rows are projects, and what a table of targets lists too."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from tests.documents.pdf import Cell
from tests.documents.project_forms import NATIONAL, form, page, plain

Rows = dict[str, Any]


def parsed(*parts: str) -> Rows:
    return dict(parse_document("0" * 64, page(*parts).encode(), Context()).rows)


def listed(rows: Rows) -> list[tuple[str, str | None, Decimal | None]]:
    return [(each["project_name"], each["unit_name"], each["budget"]) for each in rows["projects"]]


def kinds(rows: Rows) -> dict[str, str]:
    return {each["kind"]: each["reason"] for each in rows["issues"] if each["kind"].startswith("project")}


def test_the_national_form_with_kinds_and_projects_of_two_levels() -> None:
    rows = parsed(
        form(
            NATIONAL,
            """
特定目标类||||474.56|474.56|0.00|0.00|0.00|0.00|0.00
|综合/管理|||444.56|444.56|0.00|0.00|0.00|0.00|0.00
||专项/经费|某局本级|300.00|300.00|0.00|0.00|0.00|0.00|0.00
||接待中心/运行费|某局信息中心|144.56|144.56|0.00|0.00|0.00|0.00|0.00
|其他管理|||30.00|30.00|0.00|0.00|0.00|0.00|0.00
||驻外经费|某局本级|30.00|30.00|0.00|0.00|0.00|0.00|0.00
其他运转类||||25.00|10.00|0.00|5.00|0.00|4.00|6.00
|运转|||25.00|10.00|0.00|5.00|0.00|4.00|6.00
||聘用人员经费|某局本级|25.00|10.00|0.00|5.00|0.00|4.00|6.00
""",
        )
    )
    assert listed(rows) == [
        ("专项经费", "某局本级", Decimal("3000000.00")),
        ("接待中心运行费", "某局信息中心", Decimal("1445600.00")),
        ("驻外经费", "某局本级", Decimal("300000.00")),
        ("聘用人员经费", "某局本级", Decimal("250000.00")),
    ]
    assert {each["in_tables"] for each in rows["projects"]} == {"expenditure"}
    assert rows["projects"][3]["other_funds"] == Decimal("100000.00")
    sums = {each["label"] for each in rows["line_items"] if each["row_kind"] == "subtotal"}
    assert {"综合管理", "其他管理", "运转"} <= sums


def test_a_higher_project_that_is_not_the_sum_of_those_under_it_leaves_the_form_unread() -> None:
    rows = parsed(
        form(
            NATIONAL,
            """
特定目标类||||30.00|30.00|0.00|0.00|0.00|0.00|0.00
|综合管理|||35.00|35.00|0.00|0.00|0.00|0.00|0.00
||专项经费|某局|20.00|20.00|0.00|0.00|0.00|0.00|0.00
||运行费|某局|10.00|10.00|0.00|0.00|0.00|0.00|0.00
""",
        )
    )
    assert listed(rows) == []
    assert "projects_unread" in kinds(rows)


def test_units_stand_over_their_projects() -> None:
    rows = parsed(
        plain(
            """
支出项目类别（资金使用单位）|总计|财政拨款|其他资金|绩效目标
合计|60.00|55.00|5.00|
某市某局|40.00|40.00|0.00|
运行辅助经费|14.00|14.00|0.00|辅助人员到岗
宣传经费|26.00|26.00|0.00|
某市某局信息中心|20.00|15.00|5.00|
运行辅助经费|20.00|15.00|5.00|系统不断
""",
            "部门预算项目支出预算表",
        )
    )
    assert listed(rows) == [
        ("运行辅助经费", "某市某局", Decimal("140000.00")),
        ("宣传经费", "某市某局", Decimal("260000.00")),
        ("运行辅助经费", "某市某局信息中心", Decimal("200000.00")),
    ]
    assert [each["goals"] for each in rows["projects"]] == ["辅助人员到岗", None, "系统不断"]
    assert rows["projects"][2]["fiscal_funds"] == Decimal("150000.00")


def test_codes_of_units_and_sums_by_what_projects_are_for() -> None:
    rows = parsed(
        plain(
            """
单位编码|单位（项目）名称|项目金额|项目简介
|合计|900.50|
121|某市某局|900.50|
121001|某市某局|900.50|
|通用项目|300.50|
|物业管理服务项目|300.50|
|食堂服务|200.25|包厨
|物业管理|100.25|
|专用项目|600.00|
|接待事务|600.00|
|接待中心运维|350.00|
|接待中心安保|250.00|
""",
            "专项业务经费支出表",
            "元",
        )
    )
    assert listed(rows) == [
        ("食堂服务", "某市某局", Decimal("200.25")),
        ("物业管理", "某市某局", Decimal("100.25")),
        ("接待中心运维", "某市某局", Decimal("350.00")),
        ("接待中心安保", "某市某局", Decimal("250.00")),
    ]


BY_CLASS = (
    "项目编码",
    "项目名称",
    "项目单位",
    "功能科目编码",
    "功能科目名称",
    "经济科目编码",
    "经济科目名称",
    "合计",
    "一般公共预算",
)


@pytest.mark.parametrize("repeated", [False, True], ids=["merged", "printed again"])
def test_a_project_whose_money_is_printed_by_class_is_one(repeated: bool) -> None:
    again = "530300210000000017533|信访保障|某局" if repeated else "^|^|^"
    rows = parsed(
        form(
            [[Cell(text) for text in BY_CLASS]],
            f"""
|合计||||||60.00|60.00
530300210000000017533|信访保障|某局|2010308|信访事务|30201|办公费|10.00|10.00
{again}|2010308|信访事务|30211|差旅费|20.00|20.00
{again}|2010308|信访事务|30227|委托业务费|5.00|5.00
530300210000000017599|业务培训|某局|2010308|信访事务|30216|培训费|25.00|25.00
""",
            "部门项目支出预算表",
        )
    )
    assert [(each["project_code"], each["project_name"], each["budget"]) for each in rows["projects"]] == [
        ("530300210000000017533", "信访保障", Decimal("350000.00")),
        ("530300210000000017599", "业务培训", Decimal("250000.00")),
    ]


def test_a_form_by_classes_lists_no_projects() -> None:
    rows = parsed(
        plain(
            """
部门预算支出经济科目|预算
合计|30.00
[302]商品和服务支出|30.00
[30205]水费|10.00
[30206]电费|20.00
""",
            "一般公共预算项目支出情况表（按经济分类科目）",
        )
    )
    assert (listed(rows), kinds(rows)) == ([], {})


def test_a_form_of_one_fund_prints_no_whole_budget() -> None:
    rows = parsed(
        plain(
            """
项目名称|合计
河道整治|120.50
堤防养护|30.00
合计|150.50
""",
            "一般公共预算项目支出表",
        )
    )
    assert listed(rows) == [("河道整治", None, None), ("堤防养护", None, None)]
    assert [each["fiscal_funds"] for each in rows["projects"]] == [Decimal("1205000.00"), Decimal("300000.00")]


def test_a_form_of_one_fund_beside_that_of_all_funds_adds_no_project() -> None:
    one = plain("项目名称|合计\n合计|100.00\n河道整治|100.00", "一般公共预算项目支出表")
    rows = parsed(plain("项目名称|合计\n合计|120.50\n河道整治|120.50"), one)
    assert listed(rows) == [("河道整治", None, Decimal("1205000.00"))]


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        ("项目名称|合计\n合计|100.00\n河道整治|60.00\n堤防养护|20.00", "do not add up"),
        ("项目名称|合计\n水利工程|60.00\n河道整治|40.00\n堤防养护|20.00", "may be the sum of rows below it"),
        ("用途说明|合计\n合计|60.00\n河道整治|40.00\n堤防养护|20.00", "is known to name projects"),
        ("项目名称|合计\n合计|60.00\n河道整治|40.00\n|20.00", "do not add up"),
    ],
    ids=["a total that is not theirs", "no total", "a heading that names none", "a row without a name"],
)
def test_what_is_not_understood_is_told_and_no_project(form: str, reason: str) -> None:
    rows = parsed(plain(form))
    assert listed(rows) == []
    assert reason in kinds(rows)["projects_unread"]
    assert any(each["amount"] for each in rows["line_items"])


def test_an_empty_form_and_outcomes_list_no_projects() -> None:
    assert listed(parsed(plain("项目名称|合计\n|\n合计|"))) == []
    outcome = page(plain("项目名称|决算数\n合计|60.00\n河道整治|60.00", "项目支出决算表")).replace("预算", "决算")
    assert parse_document("0" * 64, outcome.encode(), Context()).rows["projects"] == []


TARGETS = """
单位名称|项目名称|预算数（万元）|绩效目标
某局本级|河道整治|120.50|水清
某局本级|堤防养护|31.00|堤固
某局本级|2026年防汛经费|20.00|平安
某局信息中心|系统运维|9.00|不断
"""
FORM = """
项目单位|项目名称|合计
|合计|194.50
某局本级|河道整治|120.50
某局本级|堤防养护|30.00
某局本级|2026防汛经费|20.00
某局信息中心|系统运维|9.00
某局本级|系统运维|9.00
某局本级|聘用人员|6.00
"""


def test_what_both_tables_list_stands_once_and_what_is_not_sure_is_told() -> None:
    rows = parsed(plain(FORM), plain(TARGETS, "项目绩效目标表"))
    assert sorted((each["in_tables"], each["project_name"], each["budget"]) for each in rows["projects"]) == [
        ("both", "河道整治", Decimal("1205000.00")),
        ("both", "系统运维", Decimal("90000.00")),
        ("expenditure", "2026防汛经费", Decimal("200000.00")),
        ("expenditure", "堤防养护", Decimal("300000.00")),
        ("expenditure", "系统运维", Decimal("90000.00")),
        ("expenditure", "聘用人员", Decimal("60000.00")),
        ("unsettled", "2026年防汛经费", Decimal("200000.00")),
        ("unsettled", "堤防养护", Decimal("310000.00")),
    ]
    river = next(each for each in rows["projects"] if each["project_name"] == "河道整治")
    assert (river["goals"], river["table_index"]) == ("水清", 0)
    counted = [each["budget"] for each in rows["projects"] if each["in_tables"] != "unsettled"]
    assert sum(counted) == Decimal("1945000.00")
    assert sum(issue["kind"] == "project_unsettled" for issue in rows["issues"]) == 2


def test_two_of_one_name_and_amount_without_units_are_not_settled() -> None:
    targets = "项目名称|预算数（万元）|绩效目标\n系统运维|9.00|不断"
    rows = parsed(plain(FORM), plain(targets, "项目绩效目标表"))
    assert [each["in_tables"] for each in rows["projects"] if each["goals"]] == ["unsettled"]


def test_a_row_of_a_project_over_its_money_by_class_is_the_project_once() -> None:
    rows = parsed(
        plain(
            """
项目分类|项目单位|项目编码|项目名称|功能科目|经济科目|总计|财政拨款
合计||||||60.00|60.00
其他运转类|某局|530300210000000017533|信访保障|||35.00|35.00
|某局|530300210000000017533|信访保障|2010308-信访事务|30201-办公费|10.00|10.00
|某局|530300210000000017533|信访保障|2010308-信访事务|30211-差旅费|25.00|25.00
特定目标类|某局|530300210000000017599|业务培训|||25.00|25.00
|某局|530300210000000017599|业务培训|2010308-信访事务|30216-培训费|25.00|25.00
""",
            "部门项目支出预算表",
        )
    )
    assert listed(rows) == [("信访保障", "某局", Decimal("350000.00")), ("业务培训", "某局", Decimal("250000.00"))]


def test_names_below_classes_under_a_heading_of_units_are_told_and_no_projects() -> None:
    rows = parsed(
        plain(
            """
科目编码|单位代码|单位名称（科目）|金额
||合计|100.00
|101001|某局|100.00
2010302|101001|一般行政管理事务|100.00
||信访接待经费|60.00
||公务用车更新|40.00
""",
            "项目支出预算表",
        )
    )
    assert listed(rows) == []
    assert "projects_unread" in kinds(rows)


def test_numbers_of_a_list_keep_no_project_from_its_targets() -> None:
    numbered = "项目名称|金额\n合计|60.00\n一、特定目标类|60.00\n（一）河道整治|45.00\n（二）堤防养护|15.00"
    targets = "项目名称|预算数（万元）|绩效目标\n河道整治|45.00|水清"
    rows = parsed(plain(numbered), plain(targets, "项目绩效目标表"))
    assert [(each["project_name"], each["in_tables"]) for each in rows["projects"]] == [
        ("（二）堤防养护", "expenditure"),
        ("河道整治", "both"),
    ]
