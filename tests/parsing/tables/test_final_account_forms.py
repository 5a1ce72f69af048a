"""Forms of final accounts as the ministry's and the provinces' templates print them, each with its right dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.parsing.document import parse_original
from gongkai.parsing.publisher import Context
from tests.documents.hebei_html import html_table
from tests.documents.pdf import Cell

Row = Mapping[str, Any]


def cell(text: str) -> Cell:
    """A cell; ``项目~2`` spans two columns, ``项目~1x3`` three rows, ``项目~4x2`` both."""
    plain, _, spans = text.strip().partition("~")
    columns, _, rows = spans.partition("x")
    return Cell(plain, int(columns or 1), int(rows or 1))


def items(title: str, rows: str, *captions: str) -> list[Row]:
    """The line items of a page of final accounts with one form."""
    table = html_table([[cell(text) for text in line.split("|")] for line in rows.strip().split("\n")])
    lines = "".join(f"<p>{text}</p>" for text in ("某市某局2023年度部门决算", title, *captions, "单位：万元"))
    page = f"<html><head><meta charset=utf-8></head><body>{lines}{table}</body></html>"
    (document,) = parse_original("0" * 64, page.encode(), Context())
    return list(document.rows["line_items"])


def told(found: Sequence[Row], *dimensions: str) -> dict[str, tuple[object, ...]]:
    """The dimensions of each printed amount."""
    return {each["printed"]: tuple(each[name] for name in dimensions) for each in found if each["amount"] is not None}


ROLLING = """
项目~4|年初结转和结余~3|本年收入~3|本年支出~5|年末结转和结余~3
支出功能分类科目编码~3x2|科目名称~1x2|合计~1x2|基本支出结转~1x2|项目支出结转和结余~1x2|合计~1x2|基本支出~1x2\
|项目支出~1x2|合计~1x2|基本支出~3|项目支出~1x2|合计~1x2|基本支出结转~1x2|项目支出结转和结余~1x2
小计|人员经费|公用经费
类|款|项|栏次|1|2|3|4|5|6|7|8|9|10|11|12|13|14
|||合计|10.00|4.00|6.00|630.00|430.00|200.00|625.00|426.00|400.00|26.00|199.00|15.00|8.00|7.00
201|||一般公共服务支出|10.00|4.00|6.00|630.00|430.00|200.00|625.00|426.00|400.00|26.00|199.00|15.00|8.00|7.00
201|03||政府办公厅（室）及相关机构事务|10.00|4.00|6.00|630.00|430.00|200.00|625.00|426.00|400.00|26.00|199.00\
|15.00|8.00|7.00
201|03|01|行政运行|10.00|4.00|6.00|630.00|430.00|200.00|625.00|426.00|400.00|26.00|199.00|15.00|8.00|7.00
"""


def test_shares_of_the_balances_are_of_them() -> None:
    found = items("一般公共预算财政拨款收入支出决算表", ROLLING)
    assert told(found, "direction", "spending", "period") == {
        "10.00": ("revenue", None, "opening"),
        "4.00": ("revenue", "basic", "opening"),
        "6.00": ("revenue", "project", "opening"),
        "630.00": ("revenue", None, "current"),
        "430.00": ("revenue", "basic", "current"),
        "200.00": ("revenue", "project", "current"),
        "625.00": ("expenditure", "total", "current"),
        "426.00": ("expenditure", "basic", "current"),
        "400.00": ("expenditure", "personnel", "current"),
        "26.00": ("expenditure", "public", "current"),
        "199.00": ("expenditure", "project", "current"),
        "15.00": ("expenditure", None, "closing"),
        "8.00": ("expenditure", "basic", "closing"),
        "7.00": ("expenditure", "project", "closing"),
    }
    assert {each["function_code"] for each in found} == {None, "201", "20103", "2010301"}


def test_the_form_of_both_sides_by_class_is_no_revenue() -> None:
    rows = """
    科目编码|科目名称|上年结转和结余|本年收入|本年支出|年末结转和结余
    合计~2|10.00|630.00|625.00|15.00
    201|一般公共服务支出|10.00|630.00|625.00|15.00
    """
    found = items("收入支出决算表", rows, "财决02表")
    assert {each["form"] for each in found} == {"balance"}
    assert told(found, "direction", "period") == {
        "10.00": ("revenue", "opening"),
        "630.00": ("revenue", "current"),
        "625.00": ("expenditure", "current"),
        "15.00": ("expenditure", "closing"),
    }


def test_a_merged_heading_over_three_columns_heads_one_code() -> None:
    rows = """
    科目编码~3|科目名称|本年支出合计|基本支出|项目支出
    201|||一般公共服务支出|625.00|425.00|200.00
    201|03||政府办公厅（室）及相关机构事务|625.00|425.00|200.00
    201|03|01|行政运行|425.00|425.00|
    """
    found = items("支出决算表", rows)
    assert [each["function_code"] for each in found if each["spending"] == "total"] == ["201", "20103", "2010301"]


OLD_BALANCE = """
收入~3|支出~3
项目|行次|决算数|项目（按功能分类）|行次|决算数
栏次||1|栏次||2
一、财政拨款收入|1|600.00|一、一般公共服务支出|29|480.00
三、事业收入|3|30.00|八、社会保障和就业支出|36|145.00
本年收入合计|22|630.00|本年支出合计|50|625.00
用事业基金弥补收支差额|23|2.00|结余分配|51|1.00
年初结转和结余|24|10.00|其中：提取职工福利基金|52|0.40
其中：基本支出结转|25|4.00|转入事业基金|53|0.60
项目支出结转和结余|26|5.00|年末结转和结余|54|16.00
经营结余|27|0.90|其中：项目支出结转和结余|55|11.00
总计|28|642.00|总计|56|642.00
"""


def test_rows_below_a_balance_are_its_shares_and_none_of_the_sum() -> None:
    found = items("收入支出决算总表", OLD_BALANCE, "财决公开01表")
    said = told(found, "direction", "period", "status")
    assert said["10.00"] == ("revenue", "opening", "confirmed")
    assert said["642.00"] == ("expenditure", "total", "confirmed")
    assert {said[share][1] for share in ("4.00", "5.00", "0.90")} == {"opening"}
    assert said["1.00"] == ("expenditure", "total", "confirmed")
    assert {said[part][1] for part in ("0.40", "0.60")} == {"total"}
    assert said["16.00"] == ("expenditure", "closing", "confirmed")
    assert said["11.00"][1] == "closing"
    assert "doubtful" not in {each["status"] for each in found}


def test_counts_are_no_money() -> None:
    rows = """
    项目|行次|全年预算数|统计数
    一、“三公”经费支出|1|—|—
    （一）支出合计|2|28.00|20.00
    1．因公出国（境）费|3|10.00|8.00
    2．公务用车购置及运行维护费|4|14.00|11.00
    （1）公务用车购置费|5|0.00|0.00
    （2）公务用车运行维护费|6|14.00|11.00
    3．公务接待费|7|4.00|1.00
    其中：外事接待费|9|—|0.20
    （二）相关统计数|11|—|—
    1．因公出国（境）团组数（个）|12|—|2
    4．公务用车保有量（辆）|15|—|6
    6．国内公务接待人次（人）|18|—|150
    二、机关运行经费|22|—|38.00
    """
    found = items("“三公”经费、行政参公单位机关运行经费情况表", rows)
    printed = {each["printed"] for each in found}
    assert not printed & {"2", "6", "150"}
    outcome = {each["label"]: each["item"] for each in found if each["basis"] == "outcome" and each["amount"]}
    assert outcome == {
        "（一）支出合计": "total",
        "1．因公出国（境）费": "abroad",
        "2．公务用车购置及运行维护费": "vehicles",
        "（2）公务用车运行维护费": "running",
        "3．公务接待费": "reception",
        "其中：外事接待费": None,
        "二、机关运行经费": None,
    }


def test_classes_across_are_of_the_spending_above_them() -> None:
    rows = """
    科目编码~1x2|科目名称~1x2|本年支出合计~1x2|基本支出~3|项目支出~3
    小计|工资福利支出|商品和服务支出|小计|对个人和家庭的补助|资本性支出
    201|一般公共服务支出|625.00|390.00|300.00|90.00|235.00|5.00|230.00
    """
    found = items("支出决算表", rows)
    assert told(found, "spending", "economic_code") == {
        "625.00": ("total", None),
        "390.00": ("basic", None),
        "300.00": ("wages", None),
        "90.00": ("basic", "302"),
        "235.00": ("project", None),
        "5.00": ("project", "303"),
        "230.00": ("project", "310"),
    }


def test_the_subtotal_of_a_class_is_the_class() -> None:
    rows = """
    科目编码~1x2|科目名称~1x2|合计~1x2|工资福利支出~2|商品和服务支出~2
    小计|基本工资|小计|办公费
    201|一般公共服务支出|340.00|250.00|240.00|90.00|80.00
    """
    found = items("一般公共预算财政拨款基本支出决算明细表", rows)
    assert told(found, "economic_code")["90.00"] == ("302",)
    assert "doubtful" not in {each["meaning"] for each in found}


def test_a_total_across_both_blocks_and_an_amount_over_two_columns() -> None:
    rows = """
    人员经费~3|公用经费~3
    科目编码|科目名称|金额|科目编码|科目名称|金额
    301|工资福利支出|300.00|302|商品和服务支出|50.00
    303|对个人和家庭的补助|35.00|310|资本性支出|5.00
    人员经费合计|335.00~2|公用经费合计~2|55.00
    合计~5|390.00
    """
    said = told(items("一般公共预算财政拨款基本支出决算表", rows), "label", "spending")
    assert said["335.00"] == ("人员经费合计", "personnel")
    assert said["55.00"] == ("公用经费合计", "public")
    assert said["390.00"] == ("合计", "basic")


def test_of_two_years_the_later_is_the_document_s() -> None:
    rows = [
        [Cell(text) for text in ("项目", "2022年决算数", "2023年决算数")],
        [Cell(text) for text in ("因公出国（境）费", "9.00", "8.00")],
    ]
    page = f"<p>“三公”经费支出决算表</p><p>单位：万元</p>{html_table(rows)}"
    (document,) = parse_original("0" * 64, page.encode(), Context())
    assert told(document.rows["line_items"], "basis") == {"9.00": ("prior_outcome",), "8.00": ("outcome",)}


def test_a_column_says_what_a_row_counts() -> None:
    rows = """
    项目|单位|年初预算数|决算数
    1.因公出国（境）费|万元|10.00|8.00
    其中：因公出国（境）团组|个||2
    2.公务接待费|万元|5.00|1.00
    国内公务接待|批次||20
    """
    found = items("“三公”经费及相关统计情况表", rows)
    assert set(told(found, "item")) == {"10.00", "8.00", "5.00", "1.00"}


def test_classes_of_a_list_of_projects_are_project_spending() -> None:
    rows = """
    科目编码|科目名称|项目名称|合计|工资福利支出|商品和服务支出
    2010302|一般行政管理事务|信息化建设|177.00|30.00|147.00
    """
    found = items("一般公共预算财政拨款项目支出决算表", rows)
    assert told(found, "spending", "economic_code") == {
        "177.00": ("project", None),
        "30.00": ("project", "301"),
        "147.00": ("project", "302"),
    }


def test_rows_named_like_projects_are_no_shares_of_a_balance() -> None:
    rows = """
    项目名称|合计|一般公共预算财政拨款
    合计|30.00|30.00
    普惠金融发展资金（2023年结转）|10.00|10.00
    人事考试考务经费（2023年结转）|20.00|20.00
    """
    found = items("项目支出决算表", rows)
    assert {each["row_kind"] for each in found} == {"total", "line"}


def test_a_difference_is_a_change() -> None:
    rows = """
    收入~4|支出~4
    项目|年初预算数|决算数|差异额|项目|年初预算数|决算数|差异额
    一、财政拨款收入|520.00|600.00|80.00|一、一般公共服务支出|520.00|590.00|70.00
    """
    found = items("收入支出决算总表", rows)
    assert {each["printed"] for each in found if each["basis"] == "change"} == {"80.00", "70.00"}


def test_the_sum_of_this_year_and_of_a_balance_is_of_both() -> None:
    rows = """
    科目编码|科目名称|总计|本年支出合计|基本支出|项目支出|年末结转和结余
    201|一般公共服务支出|641.00|625.00|390.00|235.00|16.00
    """
    assert told(items("支出决算表", rows), "spending", "period") == {
        "641.00": ("total", "total"),
        "625.00": ("total", "current"),
        "390.00": ("basic", "current"),
        "235.00": ("project", "current"),
        "16.00": (None, "closing"),
    }


def test_parts_of_what_is_distributed_are_none_of_the_sum() -> None:
    rows = """
    收入~2|支出~2
    项目|决算数|项目|决算数
    一、财政拨款收入|640.00|一、一般公共服务支出|625.00
    本年收入合计|640.00|本年支出合计|625.00
    年初结转和结余|2.00|结余分配|1.00
    ||其中：提取专用结余|0.40
    ||转入非财政拨款结余|0.60
    ||年末结转和结余|16.00
    总计|642.00|总计|642.00
    """
    said = told(items("收入支出决算总表", rows), "period", "status")
    assert {said["1.00"][1], said["16.00"][1], said["642.00"][1]} == {"confirmed"}
    assert {said["0.40"][0], said["0.60"][0]} == {"total"}
