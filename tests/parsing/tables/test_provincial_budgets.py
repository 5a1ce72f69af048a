"""Forms of departmental budgets as the provinces print them, each with the dimensions its headings and rows say."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from gongkai.parsing.proof.row_kinds import mark_row_kinds
from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.line_items import interpret, mark_total_of
from gongkai.parsing.tables.recognition import form_of, has_amounts
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.grid import TextLine
from gongkai.parsing.text.numbering import is_form_number
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.forms import FormId, form, form_of_title
from gongkai.vocabulary.headings import meaning
from tests.parsing.tables.grids import grid


def table(title: str, heading: list[list[str]], rows: str) -> Table:
    """A table with a heading of several rows, merged cells printed in each place they cover."""
    body = [[cell.strip() for cell in line.split("|")] for line in rows.strip().split("\n")]
    drawn = grid([*heading, *body], 1)
    (made,) = assemble([TextLine(title), drawn]).tables
    return dataclasses.replace(
        made, headers=["/".join(dict.fromkeys(filter(None, each))) for each in zip(*heading, strict=True)]
    )


def read(title: str, heading: list[list[str]] | str, rows: str, identifier: FormId | None = None) -> Statement:
    """A budget of 2025; ``heading`` as one line where it has one row."""
    levels = [heading.split("|")] if isinstance(heading, str) else heading
    made = table(title, levels, rows)
    known = form(identifier) if identifier else form_of_title(title)
    assert known is not None
    return interpret(made, known, "万元", 2025, "approved")


def of(statement: Statement, name: str) -> list[LineItem]:
    return [item for item in statement.items if item.name == name]


INCOME = """
一、一般公共预算拨款收入 | 900.00 | 一、社会保障和就业支出 | 1000.00
经费拨款 | 700.00 | 二、卫生健康支出 |
纳入预算管理的行政事业性收费 | 100.00 | |
其他收入 | 100.00 | |
二、政府性基金预算拨款收入 | 70.00 | |
三、其他收入 | 30.00 | |
收入总数 | 1000.00 | 支出总数 | 1000.00
"""


def test_parts_of_a_public_fund_are_of_it_whatever_they_are_called() -> None:
    heading = [["收入", "收入", "支出", "支出"], ["项目", "预算数", "项目", "预算数"]]
    budget = read("部门收支总表", heading, INCOME)
    for name in ("经费拨款", "纳入预算管理的行政事业性收费"):
        assert [item.fund for item in of(budget, name)] == ["general_public"]
    assert [item.fund for item in of(budget, "其他收入")] == ["general_public"]
    assert [item.fund for item in of(budget, "三、其他收入")] == ["other"]


def test_numbered_parts_of_a_public_fund_are_of_it() -> None:
    heading = [["收入", "收入", "支出", "支出"], ["项目", "预算数", "项目", "预算数"]]
    rows = """
    一、一般公共预算拨款 | 900.00 | 一、基本支出 | 500.00
    （一）经费拨款（补助） | 700.00 | 商品和服务支出 | 500.00
    （二）纳入预算管理的非税收入 | 200.00 | 二、项目支出 | 400.00
    1.专项收入 | 200.00 | |
    二、政府性基金 | | |
    收入总计 | 900.00 | 支出总计 | 900.00
    """
    budget = read("部门收支总表", heading, rows)
    for name in ("(一)经费拨款(补助)", "(二)纳入预算管理的非税收入", "1.专项收入"):
        assert [item.fund for item in of(budget, name)] == ["general_public"]
    assert [item.spending for item in of(budget, "商品和服务支出")] == ["basic"]


def test_columns_below_a_public_fund_are_of_it() -> None:
    heading = [["单位名称", "合计", *["一般公共预算"] * 3, "其他收入"], ["", "", "小计", "经费拨款", "其他收入", ""]]
    budget = read("部门收入总表", heading, "某局 | 10.00 | 9.00 | 8.00 | 1.00 | 1.00")
    assert [item.fund for item in budget.items] == ["total", *["general_public"] * 3, "other"]


def test_a_deficit_that_is_made_up_for_is_no_change() -> None:
    assert meaning("用事业基金弥补收支差额", "basis") is None
    assert meaning("差额", "basis") == "change"


def test_a_title_of_several_funds_is_of_neither() -> None:
    for title in (
        "财政拨款（含一般公共预算和政府性基金预算）“三公”经费支出表",
        "一般公共预算、政府性基金预算“三公”经费表",
    ):
        budget = read(title, "项目|2025年预算数", "合计 | 1.00", "three_public")
        assert [item.fund for item in budget.items] == ["fiscal_appropriation"]
    several = form_of_title("一般公共预算和政府性基金预算财政拨款支出表")
    assert several is not None
    assert several.id == "appropriation_expenditure"


def test_the_fund_of_the_title_is_narrower_than_an_appropriation_in_a_heading() -> None:
    heading = [["单位名称", *["当年财政拨款预算安排"] * 2], ["", "合计", "公务接待费"]]
    budget = read("一般公共预算“三公”经费支出预算表", heading, "某局 | 1.00 | 1.00")
    assert {item.fund for item in budget.items} == {"general_public"}


def test_what_a_title_leaves_out_is_no_period_of_it() -> None:
    title = "一般公共预算支出明细表（按支出经济分类科目-不含上年结转）"
    budget = read(title, "科目编码|科目名称|合计", "301 | 工资福利支出 | 1.00")
    assert {item.period for item in budget.items} == {"total"}


def test_the_name_of_a_budget_before_2014() -> None:
    found = form_of_title("公共财政预算支出表")
    assert found is not None
    assert found.id == "general_public"


@pytest.mark.parametrize("name", ["收入总数", "支出总数", "支出总额"])
def test_chongqing_calls_its_totals_so(name: str) -> None:
    assert is_total(name)


@pytest.mark.parametrize(
    "number",
    ["部门公开表3", "预算02-1表", "部门预算01表", "省级部门预算公开01表", "2025年预算公开01表", "（部门公开01表）"],
)
def test_numbers_of_forms(number: str) -> None:
    assert is_form_number(number)


def test_a_line_no_one_knows_may_stand_over_a_title() -> None:
    rows = [["GK-01", "", ""], ["部门支出总表", "", ""], ["科目名称", "合计", "基本支出"], ["教育支出", "1.00", "1.00"]]
    (made,) = assemble([grid(rows, 1)]).tables
    found = form_of(made)
    assert made.title == "部门支出总表"
    assert found is not None
    assert found.id == "expenditure"


def test_classes_below_project_spending_are_project_spending() -> None:
    heading = [
        ["科目名称", *["基本支出"] * 2, *["项目支出"] * 3],
        ["", "机关工资福利支出", "对个人和家庭的补助", "机关工资福利支出", "对个人和家庭的补助", "特定目标类"],
    ]
    budget = read("支出总表（按政府预算经济分类）", heading, "行政运行 | 1.00 | 1.00 | 1.00 | 1.00 | 1.00")
    kinds = ["wages", "individual_family", "project", "project", "project_specific"]
    assert [item.spending for item in budget.items] == kinds
    budget = read("一般公共预算项目支出情况表", "项目名称|工资福利支出", "养老 | 1.00")
    assert [item.spending for item in budget.items] == ["project"]


def test_the_sum_of_a_class_is_of_the_class() -> None:
    heading = [["科目名称", *["商品和服务支出"] * 2], ["", "小计", "办公费"]]
    budget = read("支出预算表（按部门预算经济分类）", heading, "行政运行 | 1.00 | 1.00")
    assert [(item.economic_code, item.meaning) for item in budget.items] == [("302", "implied"), ("30201", "implied")]


def test_a_class_with_its_code_in_the_heading() -> None:
    budget = read("支出总表", "科目名称|502机关商品和服务支出", "行政运行 | 1.00")
    assert [item.government_economic_code for item in budget.items] == ["502"]


UNITS = """
306001 | 市民政局本级 | | | 7.00
306001 | 市民政局本级 | 2080201 | 行政运行 | 7.00
306002 | 市救助站 | 2082002 | 流浪乞讨人员救助支出 | 3.00
"""


def test_a_row_is_called_by_its_class_and_belongs_to_its_unit() -> None:
    budget = read("部门支出总表", "单位编码|单位名称|科目编码|科目名称|合计", UNITS)
    assert [(item.label, item.unit_code, item.unit_name) for item in budget.items] == [
        ("市民政局本级", "306001", "市民政局本级"),
        ("行政运行", "306001", "市民政局本级"),
        ("流浪乞讨人员救助支出", "306002", "市救助站"),
    ]


def test_a_unit_in_two_rows_of_heading_behind_the_class() -> None:
    heading = [["功能科目", "功能科目", "单位", "单位", "总计"], ["编码", "名称", "编码", "名称", ""]]
    budget = read("部门支出总表", heading, "2080201 | 行政运行 | 302001 | 市民政局本级 | 7.00")
    (item,) = budget.items
    assert (item.label, item.codes, item.unit_name) == (
        "行政运行",
        {"function": "2080201", "unit": "302001"},
        "市民政局本级",
    )


def test_the_total_of_a_list_of_projects_belongs_to_no_unit() -> None:
    rows = """
    合计 | | | 2080299 | 10.00
    市民政局 | 市救助站 | 救助 | 2082002 | 4.00
    市民政局 | 市民政局本级 | 养老 | 2080201 | 6.00
    """.replace("2080299", "")
    budget = read("项目支出表", "主管部门|单位|项目名称|功能科目|总计", rows)
    assert [(item.label, item.unit_name, item.function_code) for item in budget.items] == [
        ("合计", None, None),
        ("救助", "市救助站", "2082002"),
        ("养老", "市民政局本级", "2080201"),
    ]


def test_a_project_is_called_by_its_name_and_its_years_are_no_money() -> None:
    heading = "科目编码|科目名称|项目代码|项目名称|起始年|终止年|本年预算|其中：政府采购"
    rows = "2080201 | 行政运行 | 53010022T0000001 | 养老 | 2024 | 2026 | 6.00 | 1.00"
    budget = read("项目支出预算明细表", heading, rows)
    assert [(item.label, item.measure, item.codes) for item in budget.items] == [
        ("养老", "本年预算", {"function": "2080201"})
    ]


def test_a_column_of_bare_years_says_which_year_a_row_is_of() -> None:
    rows = "某局 | 2024 | 12.00 | 12.00\n某局 | 2025 | 10.00 | 10.00"
    budget = read("“三公”经费支出表", "单位名称|年度|合计|公务接待费", rows)
    assert {item.basis for item in budget.items} == {"budget"}
    assert {item.basis for other in budget.beside for item in other.items} == {"prior_budget"}


def test_a_subtotal_before_last_years_balance_is_of_this_year() -> None:
    heading = [["收入", "收入", "支出", "支出"], ["项目", "预算数", "项目", "预算数"]]
    rows = """
    财政拨款（补助） | 9.00 | 社会保障和就业支出 | 10.00
    小计 | 9.00 | 小计 | 10.00
    单位上年结余（不包括国库集中支付额度结余） | 1.00 | |
    收入总计 | 10.00 | 支出总计 | 10.00
    """
    budget = read("部门收支总体情况表", heading, rows)
    income = [(item.name, item.period) for item in budget.items if item.direction == "revenue"]
    assert [period for _, period in income] == ["current", "current", "carried_over", "total"]


def test_all_that_is_no_appropriation_is_of_no_one_fund() -> None:
    heading = [["收入", "收入", "支出", "支出"], ["项目", "预算数", "项目", "预算数"]]
    rows = """
    一、财政拨款收入 | 9.00 | 一、教育支出 | 10.00
    二、非财政拨款收入 | 1.00 | |
    其中：事业收入 | 1.00 | |
    收入总计 | 10.00 | 支出总计 | 10.00
    """
    budget = read("收支总表", heading, rows)
    assert [(item.fund, item.meaning) for item in of(budget, "二、非财政拨款收入")] == [(None, "doubtful")]


@pytest.mark.parametrize(
    ("title", "form_id"),
    [
        ("部门基本支出预算表（人员类、运转类公用经费项目）", "basic_expenditure"),
        ("部门专户资金支出预算表", "fiscal_account"),
        ("非财政拨款收支总表", None),
        ("非财政拨款支出预算表", None),
        ("非同级财政拨款收入预算表", None),
        ("债务支出预算表", None),
        ("住房保障支出预算表", None),
        ("基本支出和项目支出预算表", "project_expenditure"),
        ("部门收支总表", "balance"),
    ],
)
def test_titles_of_parts_are_not_those_of_the_whole(title: str, form_id: str | None) -> None:
    named = form_of_title(title)
    assert (named.id if named else None) == form_id


YUNNAN = "单位名称|项目名称|功能科目编码|功能科目名称|经济科目编码|经济科目名称|总计|一般公共预算|单位资金"


def test_basic_spending_by_projects_of_staff_is_named_by_project_and_coded_twice() -> None:
    rows = """
    合计 |  |  |  |  |  | 9.00 | 8.00 | 1.00
    某局 | 行政人员工资支出 | 2010301 | 行政运行 | 30101 | 基本工资 | 5.00 | 5.00 |
    某局 | 公务用车运行维护费 | 2010301 | 行政运行 | 30231 | 公务用车运行维护费 | 4.00 | 3.00 | 1.00
    """
    budget = read("部门基本支出预算表（人员类、运转类公用经费项目）", YUNNAN, rows)
    wages = of(budget, "行政人员工资支出")[0]
    assert (wages.function_code, wages.economic_code, wages.unit_name) == ("2010301", "30101", "某局")
    assert (wages.fund, wages.spending) == ("total", "basic")
    assert [item.fund for item in of(budget, "公务用车运行维护费")] == ["total", "general_public", "unit_funds"]


@pytest.mark.parametrize(
    ("total", "kinds"),
    [("12.00", ["subtotal", "line", "subtotal", "line", "line", "total"]), ("24.00", ["line"] * 5 + ["total"])],
)
def test_a_kind_of_projects_without_a_code_is_a_sum_where_the_lines_add_up_without_it(
    total: str, kinds: list[str]
) -> None:
    rows = f"""
    专项业务类 | | | 5.00
     | 某专项经费 | 2010302 | 5.00
    事业发展类 | | | 7.00
     | 某工程 | 2010350 | 3.00
     | 某设备 | 2010350 | 4.00
    合计 | | | {total}
    """
    budget = read("项目支出预算表", "项目分类|项目名称|功能科目编码|总计", rows)
    mark_row_kinds(budget)
    assert [item.row_kind for item in budget.items] == kinds


def test_purchased_services_are_no_second_statement_of_spending() -> None:
    titles = ("2025年政府购买服务支出表", "预算11表财政拨款政府购买服务明细表", "一般公共预算购买服务支出预算表")
    assert {named.id for title in titles if (named := form_of_title(title))} == {"purchased_services"}
    of_purchases = form_of_title("部门综合预算政府采购（资产配置、购买服务）预算表")
    assert of_purchases is not None
    assert of_purchases.id == "procurement"
    assert form_of_title("2025年一般公共预算会议费支出表") is None


def test_units_by_code_alone_have_no_name_and_the_row_without_a_code_is_their_total() -> None:
    rows = """
    015 | 9.00 | 8.00 | 1.00
    015001 | 6.00 | 5.00 | 1.00
    015002 | 3.00 | 3.00 |
      | 9.00 | 8.00 | 1.00
    """
    budget = read("收入总表", "单位编码|合计|本年收入|上年结转结余", rows)
    mark_row_kinds(budget)
    whole = [item for item in budget.items if item.column == 1]
    assert [(item.unit_code, item.label, item.is_total, item.row_kind) for item in whole] == [
        ("015", "", False, "unit"),
        ("015001", "", False, "line"),
        ("015002", "", False, "line"),
        (None, "合计", True, "total"),
    ]
    assert whole[1].called == "015001"


def test_rows_of_one_name_that_state_its_figures_have_that_name() -> None:
    rows = """
    某局 | 2024年 | 5.58 | 2.98
     | 2025年 | 6.00 | 3.00
     | 增减变化金额 | 0.42 | 0.02
     | 2024年 | 1.00 | 1.00
    某中心 | 2024年 | 2.00 | 1.00
     | 2025年 | 3.00 | 1.00
    """
    budget = read("财政拨款“三公”经费支出表", "预算单位|年度|合计|公务接待费", rows)
    assert [(item.name, item.row) for item in budget.items] == [("某局", 2), ("某局", 2), ("某中心", 6), ("某中心", 6)]
    before = next(each for each in budget.beside if each.basis == "prior_budget")
    assert [item.name for item in before.items if item.column == 2] == ["某局", "合计", "某中心"]


def test_codes_behind_the_amounts_and_the_unit_before_a_project_are_the_rows_own() -> None:
    heading = "预算单位代码|预算单位名称|预算项目名称|金额|功能分类科目代码|功能分类科目名称|政府经济分类科目代码"
    rows = """
    125001 | 某局 | 某专项 | 9.00 | 2150510 | 工业和信息产业支持 | 50299
    125001 | 某局 | 某工程 | 2.61 | 2150605 | 安全监管监察专项 | 50299
    """
    budget = read("部门综合预算财政拨款上年结转资金支出表", heading, rows)
    mark_total_of(budget, "某局")
    mark_row_kinds(budget)
    assert [(item.name, item.function_code, item.government_economic_code) for item in budget.items] == [
        ("某专项", "2150510", "50299"),
        ("某工程", "2150605", "50299"),
    ]
    assert {(item.unit_code, item.unit_name, item.period) for item in budget.items} == {
        ("125001", "某局", "carried_over")
    }
    without_codes = read(
        "项目支出表", "单位编码|单位名称|项目名称|金额", "125001|某局|某专项|9.00\n125001|某局|某工程|2.61"
    )
    mark_row_kinds(without_codes)
    for statement in (budget, without_codes):
        assert [(item.unit_name, item.row_kind, item.is_total) for item in statement.items] == [
            ("某局", "line", False)
        ] * 2


def test_a_column_of_kinds_of_projects_sorts_them_by_its_heading() -> None:
    rows = """
    22-其他运转类 | 某运维 | 3.00
    31-部门项目 | 某专项 | 6.00
    合计 | | 9.00
    """
    budget = read("项目支出表", "项目类别|项目名称|合计", rows)
    assert [(item.name, item.spending) for item in budget.items] == [
        ("某运维", "project_operating"),
        ("某专项", "project"),
        ("合计", "project"),
    ]


def test_a_unit_that_prints_its_code_before_its_name_has_both() -> None:
    budget = read("项目支出表", "项目名称|项目单位|合计", "某专项|101001-某局|9.00\n某工程|[101002]某中心|2.61")
    assert [(item.unit_code, item.unit_name) for item in budget.items] == [("101001", "某局"), ("101002", "某中心")]


def test_a_units_code_behind_the_amounts_is_not_the_rows_own() -> None:
    budget = read("项目支出表", "项目名称|金额|单位编码|单位名称", "某专项|9.00|125001|某局\n某工程|2.61|125002|某中心")
    assert [(item.name, item.unit_code, item.unit_name) for item in budget.items] == [
        ("某专项", None, None),
        ("某工程", None, None),
    ]


def test_several_rows_of_the_publishers_name_are_no_total() -> None:
    rows = "某局 | 某专项 | 9.00\n某局 | 某工程 | 2.61"
    listed = read("支出预算表", "单位|用途|金额", rows)
    mark_total_of(listed, "某局")
    assert [item.is_total for item in listed.items] == [False, False]


def test_a_column_that_takes_something_off_is_no_second_total() -> None:
    heading = [["功能分类科目", "2025年预算数", "2025年预算数"], ["科目名称", "小计", "扣除中央基建投资后预算数"]]
    budget = read("一般公共预算支出表", heading, "教育支出 | 9.00 | 7.00\n合计 | 9.00 | 7.00")
    assert [item.meaning for item in of(budget, "教育支出")] == ["stated", "doubtful"]


def test_expenditure_of_operating_is_of_no_fund_of_its_own() -> None:
    budget = read("部门支出总表", "科目名称|合计|基本支出|事业单位经营支出", "教育支出 | 9.00 | 7.00 | 2.00")
    assert [(item.fund, item.spending) for item in of(budget, "教育支出")] == [
        ("total", "total"),
        ("total", "basic"),
        ("total", "operating"),
    ]


def test_figures_of_years_further_back_are_none_of_this_or_last_year() -> None:
    heading = "科目名称|前年决算数|2023年决算数|上年决算数|2025年预算数|以前年度结转"
    budget = read("一般公共预算支出表", heading, "教育支出 | 5.00 | 5.00 | 6.00 | 7.00 | 1.00")
    amounts = [item for statement in (budget, *budget.beside) for item in statement.items]
    assert [(item.basis, item.column) for item in amounts] == [("budget", 4), ("budget", 5), ("prior_outcome", 3)]
    by_rows = read("“三公”经费预算表", "项目|年度|合计", "某局|前年决算数|5.00\n|上年预算数|6.00\n|本年预算数|7.00")
    assert [(item.name, item.amount) for item in by_rows.items] == [("某局", Decimal(70_000))]


def test_scores_and_rates_are_no_amounts() -> None:
    scores = table("综合评价得分情况表", [["一级指标", "分值", "得分", "得分率"]], "决策 | 20.00 | 17.90 | 89.50%")
    assert not has_amounts(scores)
    trainings = table("培训费明细表", [["培训名称", "人数", "金额"]], "党务培训 | 44 | 7.28")
    assert has_amounts(trainings)


PURCHASED = """
合 计 | | | 120.000000
01-公共服务 | 0117-技术性公共服务 | 测绘服务 | 38.000000
02-履职辅助性服务 | 0201-法律服务 | 法律顾问服务 | 62.000000
02-履职辅助性服务 | 0212-其他辅助性服务 | | 20.000000
"""


def test_the_lowest_level_of_the_catalogue_names_a_purchased_service() -> None:
    heading = [["指导性目录", "指导性目录", "指导性目录", "预算金额"], ["一级", "二级", "三级", "预算金额"]]
    budget = read("财政拨款政府购买服务明细表", heading, PURCHASED)
    assert [(item.name, item.amount) for item in budget.items] == [
        ("合计", Decimal(1_200_000)),
        ("测绘服务", Decimal(380_000)),
        ("法律顾问服务", Decimal(620_000)),
        ("其他辅助性服务", Decimal(200_000)),
    ]
    dimensions = {(each.fund, each.spending, each.period, each.basis, each.direction) for each in budget.items}
    assert dimensions == {("fiscal_appropriation", None, "total", "budget", "expenditure")}
    assert [item.is_total for item in budget.items] == [True, False, False, False]
    blank = read("财政拨款政府购买服务明细表", heading, "合计 | | | 778.930000")
    assert [(item.name, item.column, item.amount) for item in blank.items] == [("合计", 3, Decimal(7_789_300))]


def test_a_purchased_service_is_named_by_its_project_and_given_to_its_unit() -> None:
    heading = "单位名称|一级目录|二级目录|购买服务项目名称|合计|一般公共预算"
    rows = """
    合计 | | | | 9.00 | 9.00
    某局本级 | 履职辅助性服务 | 法律服务 | 常年法律顾问 | 9.00 | 9.00
    """
    budget = read("政府购买服务支出预算表", heading, rows)
    (whole, part) = of(budget, "常年法律顾问")
    assert (whole.fund, part.fund, whole.unit_name) == ("total", "general_public", "某局本级")


def test_a_column_that_repeats_a_part_keeps_its_name() -> None:
    heading = [["单位名称", *["一般公共预算"] * 2], ["", "小计", "其中：财政拨款"]]
    budget = read("部门收入总表", heading, "某局 | 9.00 | 8.00")
    assert [item.fund for item in budget.items] == ["general_public", "fiscal_appropriation"]
