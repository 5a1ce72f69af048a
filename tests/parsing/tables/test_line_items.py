"""Small statements drawn by hand, each showing one way publishers lay out a form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.formats.text import read_text
from gongkai.parsing.proof.between_forms import check_agreement
from gongkai.parsing.proof.check import BROKEN, HOLDS, Check
from gongkai.parsing.proof.slid_rows import settle_slid_rows
from gongkai.parsing.proof.statuses import assign_statuses
from gongkai.parsing.proof.whole_codes import give_to_units, imply_codes
from gongkai.parsing.proof.within_a_form import check_statement
from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.line_items import interpret
from gongkai.parsing.tables.statement import Statement
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import unspaced
from gongkai.vocabulary.forms import form_of_title


def tables(text: str) -> list[Table]:
    return list(assemble(read_text(text).blocks).tables)


def statement(title: str, rows: str, unit: str = "万元") -> Statement:
    """A statement of one tabbed table; ``|`` stands for the tab."""
    text = f"{title}\n\n单位：{unit}\n\n" + unspaced_rows(rows)
    table = tables(text)[0]
    form = form_of_title(title)
    assert form is not None
    assert table.unit is not None
    return interpret(table, form, table.unit, None, None)


def unspaced_rows(rows: str) -> str:
    lines = ["\t".join(unspaced(cell) for cell in line.split("|")) for line in rows.strip().split("\n")]
    return "\n".join(lines) + "\n"


def checks(found: Statement) -> list[Check]:
    made = list(check_statement(found))
    assign_statuses([found], [], made)
    return made


def amounts(found: Statement, name: str) -> dict[str | None, Decimal | None]:
    return {item.spending: item.amount for item in found.items if item.name == name}


EXPENDITURE = """
科目编码|科目名称|合计|基本支出|项目支出
|合计|30.00|10.00|20.00
208|社会保障和就业支出|30.00|10.00|20.00
20801|人力资源管理|30.00|10.00|20.00
2080101|行政运行|10.00|10.00|
2080102|一般行政管理事务|20.00||20.00
"""


def test_codes_levels_and_kinds_of_spending() -> None:
    found = statement("部门支出总表", EXPENDITURE)
    item = next(item for item in found.items if item.name == "行政运行" and item.spending == "basic")
    assert (item.function_code, item.function_level, item.direction, item.fund) == (
        "2080101",
        "item",
        "expenditure",
        "total",
    )
    assert item.amount == Decimal(100000)
    assert amounts(found, "行政运行")["project"] is None


def test_every_amount_of_a_sound_statement_is_confirmed() -> None:
    found = statement("部门支出总表", EXPENDITURE)
    assert {check.outcome for check in checks(found)} <= {HOLDS}
    assert {item.status for item in found.items if item.amount is not None} == {"confirmed"}
    assert {item.status for item in found.items if item.amount is None} == {"unchecked"}


def test_a_wrong_digit_breaks_its_identities_and_no_other() -> None:
    found = statement(
        "部门支出总表",
        EXPENDITURE.replace("2080102|一般行政管理事务|20.00||20.00", "2080102|一般行政管理事务|20.00||21.00"),
    )
    broken = [check for check in checks(found) if check.outcome == BROKEN]
    assert {check.rule for check in broken} == {"row", "hierarchy"}
    assert all(check.difference == Decimal(10000) for check in broken)
    wrong = next(item for item in found.items if item.name == "一般行政管理事务" and item.spending == "project")
    assert wrong.status == "doubtful"
    sound = next(item for item in found.items if item.name == "合计" and item.spending == "project")
    assert sound.status == "confirmed"


@pytest.mark.parametrize(("leaf", "outcome"), [("10.01", HOLDS), ("10.02", BROKEN)])
def test_tolerance_is_what_rounding_can_explain(leaf: str, outcome: str) -> None:
    """Two addends and their total, each within half a unit of the last digit: 0.015 at most, so 0.01 as printed."""
    text = f"科目编码|科目名称|金额\n208|社会保障|30.00\n20801|甲|{leaf}\n20802|乙|20.00\n"
    found = statement("财政拨款支出预算表（功能科目）", text)
    assert [check.outcome for check in checks(found) if check.rule == "hierarchy"] == [outcome]


def test_codes_in_three_columns() -> None:
    text = """
科目编码|||科目名称|合计|基本支出|项目支出
类|款|项||||
|||合计|5.00|3.00|2.00
208|01|01|行政运行|3.00|3.00|
208|01|02|一般行政管理事务|2.00||2.00
"""
    found = statement("一般公共预算支出预算表", text)
    assert {item.function_code for item in found.items} == {None, "2080101", "2080102"}
    assert {item.fund for item in found.items} == {"general_public"}
    assert any(check.rule == "total" and check.outcome == HOLDS for check in checks(found))


def test_two_sides_of_a_balance() -> None:
    text = """
收入||支出|
项目|预算数|项目|预算数
一、一般公共预算拨款收入|90.00|一、社会保障和就业支出|95.00
二、政府性基金预算拨款收入||二、卫生健康支出|5.00
本年收入合计|90.00|本年支出合计|100.00
上年结转|10.00|年终结转|
收入总计|100.00|支出总计|100.00
"""
    found = statement("部门收支总表", text)
    sides = {(item.name, item.direction, item.fund, item.period) for item in found.items if item.amount is not None}
    assert ("一、一般公共预算拨款收入", "revenue", "general_public", "current") in sides
    assert ("上年结转", "revenue", "total", "carried_over") in sides
    assert ("支出总计", "expenditure", "total", "total") in sides
    assert {check.outcome for check in checks(found)} == {HOLDS}
    assert {item.status for item in found.items if item.amount is not None} == {"confirmed"}


def test_three_public_laid_out_across() -> None:
    text = """
“三公”经费合计|因公出国（境）费|公务用车购置及运行费|||公务接待费
||小计|公务用车购置费|公务用车运行费|
8.00||7.50||7.50|0.50
"""
    found = statement("一般公共预算“三公”经费预算表", text)
    assert [(item.label, item.amount) for item in found.items if item.amount is not None] == [
        ("“三公”经费合计", Decimal(80000)),
        ("公务用车购置及运行费", Decimal(75000)),
        ("公务用车运行费", Decimal(75000)),
        ("公务接待费", Decimal(5000)),
    ]
    assert {check.outcome for check in checks(found)} == {HOLDS}


def test_codes_printed_before_names_in_one_cell() -> None:
    text = (
        "支出功能分类科目|合计|基本支出|项目支出\n2010301-行政运行|44.08|44.08|\n2010302-一般行政管理事务|3.00||3.00\n"
    )
    found = statement("支出总表", text)
    assert {(item.function_code, item.label) for item in found.items} == {
        ("2010301", "行政运行"),
        ("2010302", "一般行政管理事务"),
    }


def test_last_years_figures_and_changes_are_left_to_the_cells() -> None:
    text = "科目编码|科目名称|上年预算数|本年预算数|增减%\n2010301|行政运行|40.00|44.08|10.2\n"
    found = statement("财政拨款支出预算表（功能科目）", text)
    assert [(item.measure, item.amount) for item in found.items] == [("本年预算数", Decimal(440800))]


def test_unreadable_text_in_an_amount_column_is_refused_not_dropped() -> None:
    text = EXPENDITURE.replace("2080101|行政运行|10.00|10.00|", "2080101|行政运行|10.00|见附注|")
    found = statement("部门支出总表", text)
    assert [(cell.text, "不" in reason) for cell, reason in found.refused] == [("见附注", False)]
    item = next(item for item in found.items if item.cell.text == "见附注")
    assert item.amount is None


SLID = """
科目编码|科目名称|合计|基本支出|||项目支出||
||| 小计|人员经费|公用经费|小计|其他运转类|特定目标类
|合计|35.00|10.00|8.00|2.00|25.00|5.00|20.00
2080101|行政运行|10.00|10.00|8.00|2.00|||
2080102|一般行政管理事务|5.00||||5.00|5.00|
2080799|其他就业补助支出|20.00|||20.00||20.00|
"""


def test_a_slid_row_is_put_back_by_row_and_column_sums() -> None:
    found = statement("部门支出总表", SLID)
    moved = settle_slid_rows([found])
    assert ["其他就业补助支出" in each.reason for each in moved] == [True]
    now = amounts(found, "其他就业补助支出")
    assert (now["total"], now["public"], now["project"], now["project_specific"]) == (
        Decimal(200000),
        None,
        Decimal(200000),
        Decimal(200000),
    )
    assert {check.outcome for check in checks(found)} == {HOLDS}
    assert [item.status for item in found.items if item.doubted] == ["doubtful", "doubtful"]
    assert all(item.cell.text == "20.00" for item in found.items if item.doubted)


def test_a_row_that_two_placements_would_satisfy_stays_as_printed() -> None:
    undecided = SLID.replace("|合计|35.00|10.00|8.00|2.00|25.00|5.00|20.00\n", "")
    found = statement("部门支出总表", undecided)
    assert [(each.settled, "2 placements" in each.reason) for each in settle_slid_rows([found])] == [(False, True)]
    checks(found)
    left = next(item for item in found.items if item.name == "其他就业补助支出" and item.spending == "public")
    assert (left.amount, left.status) == (Decimal(200000), "doubtful")


def test_a_publishers_error_is_not_taken_for_a_slid_row() -> None:
    wrong = EXPENDITURE.replace("2080101|行政运行|10.00|10.00|", "2080101|行政运行|10.00|11.00|")
    found = statement("部门支出总表", wrong)
    assert settle_slid_rows([found]) == []
    assert any(check.outcome == BROKEN for check in checks(found))


def outcomes(found: Statement, name: str, rule: str) -> list[str]:
    """Of one rule, for the rows of one name."""
    sides = ((check, side) for check in checks(found) if check.rule == rule for side in check.total)
    return [check.outcome for check, side in sides if getattr(side, "name", None) == name]


@pytest.mark.parametrize(("transfer", "outcome"), [("30.00", HOLDS), ("31.00", BROKEN)])
def test_a_transfer_under_a_code_of_its_own_is_part_of_the_row_it_stands_under(transfer: str, outcome: str) -> None:
    found = statement(
        "政府性基金预算支出表",
        f"""
科目编码|科目名称|预算数
209|社会保险基金支出|150.00
20904|工伤保险基金支出|100.00
2090401|工伤保险待遇|70.00
2301804|工伤保险基金补助支出|{transfer}
20902|失业保险基金支出|50.00
2090201|失业保险金|50.00
""",
    )
    assert outcomes(found, "工伤保险基金支出", "hierarchy") == [outcome]
    assert outcomes(found, "社会保险基金支出", "hierarchy") == [HOLDS]


@pytest.mark.parametrize(("total", "outcome"), [("30.00", HOLDS), ("31.00", BROKEN)])
def test_a_total_counts_rows_whose_upper_level_is_not_printed(total: str, outcome: str) -> None:
    found = statement(
        "一般公共预算基本支出表",
        f"""
科目编码|科目名称|合计|公用经费
30201|办公费|10.00|10.00
3021101|差旅费|20.00|20.00
|合计|{total}|{total}
""",
    )
    assert outcomes(found, "合计", "total") == [outcome, outcome]


@pytest.mark.parametrize(("total", "found_broken"), [("110.00", False), ("111.00", True)])
def test_a_total_under_the_last_of_two_columns_of_one_list(total: str, found_broken: bool) -> None:
    found = statement(
        "一般公共预算财政拨款基本支出决算表",
        f"""
科目编码|科目名称|公用经费/决算数|科目编码|科目名称|公用经费/决算数
302|商品和服务支出|100.00|310|资本性支出|10.00
30201|办公费|100.00|31002|办公设备购置|10.00
|||公用经费合计|公用经费合计|{total}
""",
    )
    assert (BROKEN in outcomes(found, "公用经费合计", "total")) == found_broken
    assert (HOLDS in outcomes(found, "公用经费合计", "total")) != found_broken


@pytest.mark.parametrize(("purchase", "outcome"), [("20.00", HOLDS), ("10.00", "not_assessable")])
def test_of_which_before_a_number_opens_an_inner_list(purchase: str, outcome: str) -> None:
    found = statement(
        "一般公共预算“三公”经费支出表",
        f"""
项目|预算数
合计|52.00
1、因公出国（境）费用|0.00
2、公务接待费|2.00
3、公务用车购置及运行费|50.00
其中：（1）公务用车购置费|{purchase}
（2）公务用车运行费|30.00
""",
    )
    assert outcomes(found, "3、公务用车购置及运行费", "numbering") == [outcome]


def test_two_rows_of_one_unit_are_no_total_and_its_part() -> None:
    found = statement(
        "部门支出总表",
        """
单位编码|单位名称|金额|科目编码
125001|安全生产监督管理局|9.00|2150510
125001|安全生产监督管理局|2.61|2150605
""",
    )
    assert [check for check in checks(found) if check.rule == "units"] == []


def test_totals_named_after_their_half_of_basic_spending() -> None:
    found = statement(
        "一般公共预算财政拨款基本支出决算表",
        """
科目编码|科目名称|决算数|科目编码|科目名称|决算数
301|工资福利支出|90.00|302|商品和服务支出|10.00
|人员经费合计|90.00||公用经费合计|10.00
""",
    )
    assert {item.name: item.spending for item in found.items if item.is_total} == {
        "人员经费合计": "personnel",
        "公用经费合计": "public",
    }


BASIC = """
支出项目类别|总计|财政拨款/小计|单位资金
某市信访局|40.00|40.00|0.00
工资福利支出|30.00|30.00|0.00
基本工资|20.00|20.00|0.00
一种新津贴|10.00|10.00|0.00
商品和服务支出|10.00|10.00|0.00
办公费|10.00|10.00|0.00
"""


def test_economic_names_alone_imply_their_codes() -> None:
    found = statement("基本支出总表", BASIC)
    imply_codes(found)
    codes = {item.name: (item.economic_code, item.line_code) for item in found.items}
    assert {item.unit_name for item in found.items} == {"某市信访局"}
    assert codes == {
        "某市信访局": (None, None),
        "工资福利支出": ("301", None),
        "基本工资": ("30101", None),
        "一种新津贴": (None, None),
        "商品和服务支出": ("302", None),
        "办公费": ("30201", None),
    }
    assert BROKEN not in {check.outcome for check in checks(found)}


def test_economic_names_of_the_governments_classification_imply_its_codes() -> None:
    found = statement(
        "一般公共预算政府预算经济分类表（基本支出）",
        """
经济科目名称|2026年预算数
机关工资福利支出|50.00
工资奖金津补贴|50.00
对事业单位经常性补助|30.00
工资福利支出|30.00
""",
    )
    imply_codes(found)
    codes = {item.name: (item.economic_code, item.government_economic_code) for item in found.items}
    assert codes == {
        "机关工资福利支出": (None, "501"),
        "工资奖金津补贴": (None, "50101"),
        "对事业单位经常性补助": (None, "505"),
        "工资福利支出": (None, "50501"),
    }


TWO_SIDED = """
收入||支出||
项目|预算数|项目|预算数|项目|预算数
一、财政拨款|90.00|一、一般公共服务支出|60.00|1、工资福利支出|80.00
二、上年结转|10.00|二、其他支出|40.00|2、其他支出|20.00
收入总计|100.00|支出总计|100.00|支出总计|100.00
"""


def test_names_of_a_balance_imply_their_function() -> None:
    found = statement("部门收支总表", TWO_SIDED)
    imply_codes(found)
    told = {(item.block, item.name): (item.line_code, item.meaning) for item in found.items}
    assert told[1, "一、一般公共服务支出"] == ("201", "implied")
    assert told[1, "二、其他支出"] == ("229", "implied")
    assert told[1, "支出总计"] == (None, "stated")
    assert told[0, "一、财政拨款"] == (None, "implied"), "this year's, for it stands beside 上年结转"
    assert told[2, "1、工资福利支出"] == (None, "stated")
    assert told[2, "2、其他支出"] == (None, "stated"), "399 below economic classes, and not 229"


def test_blocks_of_economic_classes_in_a_balance_imply_their_codes() -> None:
    found = statement(
        "财政拨款收支总表",
        """
收入||支出||||
项目|预算数|支出功能分类科目|预算数|政府预算支出经济分类科目|预算数
一、一般公共预算|9.00|1、教育支出|9.00|1、机关工资福利支出|5.00
||||2、其他支出|4.00
收入总计|9.00|支出总计|9.00|支出总计|9.00
""",
    )
    imply_codes(found)
    told = [(item.name, item.line_code, item.government_economic_code, item.spending) for item in found.items]
    assert ("1、教育支出", "205", None, None) in told
    assert ("1、机关工资福利支出", None, "501", None) in told
    assert ("2、其他支出", None, "599", None) in told
    assert {item.fund for item in found.items} == {"fiscal_appropriation", "general_public"}


def test_categories_without_spending_in_their_names_and_last_year_s_figures_imply_codes() -> None:
    found = statement(
        "支出总表", "项目|2024年预算数|2025年预算数\n9、社会保险基金|1|2\n10、卫生健康|1|2\n20、住房保障|3|4\n"
    )
    for each in (found, *found.beside):
        imply_codes(each)
        assert [item.line_code for item in each.items] == ["209", "210", "221"]
    assert [each.basis for each in found.beside] == ["prior_budget"]


def test_a_row_without_a_name_is_the_total() -> None:
    found = statement("收入总表", "合计|上年结转|一般公共预算拨款收入\n3.00|1.00|2.00\n")
    assert [item.is_total for item in found.items] == [True, True, True]


def test_a_name_of_two_levels_is_the_one_that_the_next_row_is_part_of() -> None:
    found = statement(
        "支出总表",
        """
功能分类科目名称|合计
交通运输支出|30.00
超长期特别国债安排的支出|10.00
公路水路运输|10.00
其他交通运输支出|20.00
公共交通运营补助|20.00
""",
    )
    imply_codes(found)
    assert [item.line_code for item in found.items] == ["214", "21498", "2149801", "21499", "2149901"]
    last = statement("支出总表", "科目名称|合计\n交通运输支出|9\n超长期特别国债安排的支出|9\n其他交通运输支出|9\n")
    imply_codes(last)
    assert [item.line_code for item in last.items] == ["214", "21498", "2149899"]


def test_a_merged_name_gives_its_rows_fund_and_period() -> None:
    found = statement(
        "收入预算总表",
        """
项目名称|明细|金额
一般公共预算资金|小计|90.00
|专项收入|90.00
财政专户管理资金|小计|10.00
|其他非税收入|10.00
上年结转和结余资金|小计|5.00
|其中：动用|5.00
债务收入||1.00
""",
    )
    assert [(item.name, item.fund, item.period) for item in found.items] == [
        ("一般公共预算资金", "general_public", "total"),
        ("专项收入", "general_public", "total"),
        ("财政专户管理资金", "fiscal_account", "total"),
        ("其他非税收入", "fiscal_account", "total"),
        ("上年结转和结余资金", "total", "carried_over"),
        ("其中:动用", "total", "carried_over"),
        ("债务收入", "total", "total"),
    ]


def test_what_is_left_over_is_closing_under_any_heading_and_code() -> None:
    found = statement(
        "收支总表",
        """
收入|||支出||
项目|本年预算|上年结转|项目|本年预算|上年结转
一、财政拨款|9.00|1.00|一、教育支出|8.00|1.00
|||结转下年|1.00|0.00
|||结余分配|0.00|0.00
收入总计|9.00|1.00|支出总计|9.00|1.00
""",
    )
    periods = {item.name: [other.period for other in found.items if other.name == item.name] for item in found.items}
    assert periods["结转下年"] == ["closing", "closing"]
    assert periods["结余分配"] == ["total", "carried_over"]
    assert periods["收入总计"] == ["total", "carried_over"]
    coded = statement("政府性基金支出表", "科目编码|项目|预算数\n230|转移性支出|9.00\n23009|年终结余|9.00\n")
    assert [item.period for item in coded.items] == ["total", "closing"]


def test_the_budget_of_the_year_is_current_where_a_sum_holds_what_was_carried_over_too() -> None:
    found = statement(
        "支出总表",
        """
科目编码|科目名称|合计|当年预算|当年预算|上年结转结余
|||小计|基本支出|小计
|总计：|10.00|9.00|9.00|1.00
205|教育支出|10.00|9.00|9.00|1.00
""",
    )
    assert [item.period for item in found.items if item.is_total] == ["total", "current", "current", "carried_over"]


def test_rows_below_a_listed_unit_are_its() -> None:
    revenue = statement("收入总体情况表", "单位名称|合计\n合计|3.00\n某市贸易服务中心|2.00\n某市商务局|1.00\n")
    projects = statement(
        "项目支出预算表",
        """
支出项目类别（资金使用单位）|总计
合计|3.00
某市商务局|1.00
2026慰问金-拱北海关|1.00
某市贸易服务中心|2.00
业务专项经费|2.00
""",
    )
    give_to_units([revenue, projects])
    assert [(item.name, item.unit_name) for item in projects.items] == [
        ("合计", None),
        ("某市商务局", "某市商务局"),
        ("2026慰问金-拱北海关", "某市商务局"),
        ("某市贸易服务中心", "某市贸易服务中心"),
        ("业务专项经费", "某市贸易服务中心"),
    ]


@pytest.mark.parametrize(
    ("title", "form", "printed", "outcome"),
    [
        ("财政拨款基本支出预算表（经济科目）", "appropriation_basic", "30.00", HOLDS),
        ("基本支出总表", "basic_expenditure", "30.00", HOLDS),
        ("基本支出总表", "basic_expenditure", "31.00", BROKEN),
    ],
)
def test_basic_spending_agrees_with_the_form_it_breaks_down(title: str, form: str, printed: str, outcome: str) -> None:
    whole = "财政拨款支出预算表" if form == "appropriation_basic" else "部门支出总表"
    spent = statement(whole, EXPENDITURE.replace("|30.00|10.00|20.00", f"|{printed}|{printed}|"))
    basic = statement(title, "科目编码|科目名称|金额\n|合计|30.00\n301|工资福利支出|30.00\n30101|基本工资|30.00\n")
    assert basic.form.id == form
    (check,) = [check for check in check_agreement([spent, basic], []) if check.rule == "basic_total"]
    assert check.outcome == outcome


def test_projects_with_their_units_code_belong_to_the_unit_not_to_themselves() -> None:
    rows = """
单位代码|单位（项目）名称|合计
|合计|60.00
029001|某局机关|40.00
029001|信访专项|25.00
029001|大厅运行|15.00
029002|某中心|20.00
029002|热线|20.00
"""
    found = {item.name: (item.unit_code, item.unit_name) for item in statement("项目支出预算表", rows).items}
    assert found["信访专项"] == found["大厅运行"] == ("029001", "某局机关")
    assert found["热线"] == ("029002", "某中心")


@pytest.mark.parametrize(
    "rows",
    [
        """
项目类别|项目名称|合计
|合计|60.00
其他运转类|大厅运行|40.00
特定目标类|信访专项|20.00
|某中心|0.00
""",
        """
类型|项目名称|合计
|合计|60.00
其他运转类||40.00
|大厅运行|40.00
特定目标类项目||20.00
|信访专项|20.00
""",
    ],
)
def test_kinds_of_projects_sort_them_and_name_none(rows: str) -> None:
    found = {item.name: item.spending for item in statement("项目支出预算表", rows).items}
    assert found.get("某中心", "project") == "project"
    assert (found["大厅运行"], found["信访专项"], found["合计"]) == ("project_operating", "project_specific", "project")


@pytest.mark.parametrize("heading", ["总投资", "三年合计", "2024-2026年预算", "实施期资金总额"])
def test_money_of_several_years_is_no_amount_of_the_form(heading: str) -> None:
    found = statement("项目支出预算表", f"项目名称|{heading}|本年预算\n合计|90.00|30.00\n通道改造|90.00|30.00\n")
    assert {item.measure for item in found.items} == {"本年预算"}


def test_this_years_budget_beside_what_was_carried_over_is_current() -> None:
    rows = """
科目名称|合计|当年预算|当年预算|当年预算|上年结转结余
科目名称|合计|小计|基本支出|项目支出|上年结转结余
总计：|12.00|10.00|6.00|4.00|2.00
教育支出|12.00|10.00|6.00|4.00|2.00
"""
    found = statement("部门支出总表", rows)
    assert {item.measure: item.period for item in found.items} == {
        "合计": "total",
        "当年预算/小计": "current",
        "当年预算/基本支出": "current",
        "当年预算/项目支出": "current",
        "上年结转结余": "carried_over",
    }
    assert [item.name for item in found.items if item.is_total and item.column == 1] == ["总计:"]


def test_this_years_budget_beside_last_years_is_the_whole() -> None:
    found = statement("部门支出总表", "科目名称|上年预算|当年预算\n合计|9.00|10.00")
    assert {item.period for item in found.items} == {"total"}


@pytest.mark.parametrize(
    ("following", "code"), [("公共交通运营补助", "21499"), ("公路水路运输", "2149899"), ("住房保障支出", "2149899")]
)
def test_a_name_of_two_levels_is_the_group_whose_item_follows(following: str, code: str) -> None:
    found = statement(
        "部门支出总表",
        f"""
科目名称|合计
交通运输支出|20.00
超长期特别国债安排的支出|1.00
公路水路运输|1.00
其他交通运输支出|9.00
{following}|9.00
""",
    )
    imply_codes(found)
    assert [item.line_code for item in found.items if item.name == "其他交通运输支出"] == [code]
