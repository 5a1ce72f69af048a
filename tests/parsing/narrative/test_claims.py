"""Amounts stated in prose, wording by wording; the sentences are made up in the wordings that disclosures use."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.narrative.claims import claims
from gongkai.parsing.narrative.paragraphs import paragraphs, sections
from gongkai.parsing.text.grid import Box, TextLine
from gongkai.vocabulary.dimensions import Phase


def said(*lines: str, year: int | None = 2025, phase: Phase = "approved") -> list[Claim]:
    return claims(paragraphs([TextLine(line) for line in lines]), year, phase)


def short(rows: list[Claim]) -> list[tuple[Any, ...]]:
    """Item, role and number of each statement, money in 万元."""
    return [
        (
            row.item,
            row.role,
            row.amount / 10000 if row.amount is not None else row.percent if row.percent is not None else row.quantity,
        )
        for row in rows
    ]


def wan(item: str, amount: str, role: str = "amount") -> tuple[str, str, Decimal]:
    return (item, role, Decimal(amount))


def test_a_total_and_its_parts() -> None:
    rows = said(
        "2025年预算收入16654.84万元，其中：一般公共预算收入16523.44万元，基金预算收入0.00万元，上年结转结余131.40万元。"
    )
    assert short(rows) == [
        wan("revenue_total", "16654.84"),
        wan("general_public_revenue", "16523.44"),
        wan("government_fund_revenue", "0"),
        wan("carried_over", "131.40"),
    ]


def test_three_public_with_parts_in_brackets() -> None:
    rows = said(
        "2025年，我部门财政拨款“三公”经费预算安排6.30万元，其中因公出国（境）费0.00万元；公务用车购置及运维费6.30万元"
        "（其中：公务用车购置费为0.00万元，公务用车运维费6.30万元）；公务接待费0.00万元。"
        "与2024年相比减少1.20万元，增减变化的主要原因是厉行节约。"
    )
    assert [row[0] for row in short(rows)] == [
        "three_public",
        "abroad",
        "vehicles",
        "vehicle_purchase",
        "vehicle_running",
        "reception",
        "three_public",
    ]
    assert short(rows)[-1] == wan("three_public", "-1.2", "change")
    assert (rows[-1].comparison, rows[-1].compared_with, rows[-1].reason) == ("decrease", "prior_year", "厉行节约")
    assert {row.mention.fund for row in rows} == {"fiscal_appropriation"}


@pytest.mark.parametrize(
    ("text", "expected", "compared_with"),
    [
        ("比上年增加12.3万元，增长5.6%", [("change", "12.3"), ("change_percent", "5.6")], "prior_year"),
        ("较2024年预算减少12.3万元，下降5.6%", [("change", "-12.3"), ("change_percent", "-5.6")], "prior_budget"),
        ("比2024年度决算数减少12.3万元", [("change", "-12.3")], "prior_actual"),
        ("比2024年年初预算数100万元减少12.3万元", [("previous", "100"), ("change", "-12.3")], "prior_budget"),
        ("与上年预算数持平", [("change", "0")], "prior_budget"),
        ("与上年相比增加（减少）0万元", [("change", "0")], "prior_year"),
    ],
)
def test_changes(text: str, expected: list[tuple[str, str]], compared_with: str) -> None:
    rows = said(f"2025年机关运行经费财政拨款预算87.7万元，{text}。")
    assert short(rows) == [
        wan("operating_expenses", "87.7"),
        *(("operating_expenses", role, Decimal(number)) for role, number in expected),
    ]
    assert rows[-1].compared_with in (compared_with, None if rows[-1].role == "change_percent" else compared_with)


def test_about_the_same_is_no_number() -> None:
    [amount, change] = said("公务接待费4万元，与上年基本持平。")
    assert amount.amount == 40000
    assert (change.role, change.amount, change.comparison) == ("change", None, "about_unchanged")


def test_final_accounts_tell_budget_from_outcome() -> None:
    rows = said(
        "1、社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。主要用于：退休人员支出。"
        "年初预算为54.53万元，支出决算为50.00万元，完成年初预算的91.69%。决算数小于预算数的主要原因：人员减少。",
        phase="executed",
    )
    assert short(rows) == [
        wan("function", "54.53", "budget"),
        wan("function", "50", "amount"),
        ("function", "completion", Decimal("91.69")),
        ("function", "change", None),
    ]
    assert {row.mention.code for row in rows} == {"2080501"}
    assert (rows[-1].comparison, rows[-1].compared_with, rows[-1].reason) == ("decrease", "own_budget", "人员减少")


def test_figures_of_the_year_before_are_told_apart() -> None:
    rows = said("“三公”经费2025年预算数为7.61万元，2024年预算数为9.23万元，和2024年相比预算减少1.62万元。")
    assert short(rows) == [
        wan("three_public", "7.61"),
        wan("three_public", "9.23", "previous"),
        wan("three_public", "-1.62", "change"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一般公共服务支出（类）2106.66万元", "201"),
        ("教育支出5.2万元", "205"),
        ("“科学技术支出”科目6,573万元", "206"),
        ("2080505-机关事业单位基本养老保险缴费支出442.44万元", "2080505"),
        ("住房公积金（2210201）120.87万元", "2210201"),
        ("卫生健康支出-行政事业单位医疗-行政单位医疗科目78.29万元", "2101101"),
    ],
)
def test_functional_classes_by_level_name_or_code(text: str, code: str) -> None:
    [row] = said(f"{text}，主要用于日常工作。")
    assert (row.item, row.mention.code) == ("function", code)


def test_groups_and_items_under_the_category_of_their_heading() -> None:
    [row] = said("（一）卫生健康支出（类）", "1.行政事业单位医疗（款）行政单位医疗（项）支出76.95万元。")
    assert row.mention.code == "2101101"


def test_a_total_behind_a_class_and_a_colon_is_the_class_s() -> None:
    rows = said("（一）公共安全支出（类）", "检察（款）：2025年预算支出合计16,444.36万元。")
    assert short(rows) == [wan("function", "16444.36")]
    assert rows[0].mention.code == "20404"


def test_a_heading_names_the_item_of_what_follows() -> None:
    rows = said("（一）因公出国（境）经费", "2025年预算安排0.00万元，比上年增加0.00万元。")
    assert short(rows) == [wan("abroad", "0"), wan("abroad", "0", "change")]
    assert rows[0].heading == "（一）因公出国（境）经费"


@pytest.mark.parametrize("text", ["没有使用政府性基金预算拨款安排的支出", "无政府性基金预算拨款"])
def test_what_there_is_none_of_is_zero(text: str) -> None:
    [row] = said(f"本部门2025年{text}。")
    assert (row.item, row.amount, row.unit) == ("government_fund", Decimal(0), None)


@pytest.mark.parametrize(
    "text",
    [
        "项目支出14519.46万元，主要为就业补助资金800万元、机构运转补充公用经费484.86万元",
        "编报绩效目标的项目3个，涉及项目预算资金4,252.80万元，项目支出14519.46万元",
        "在职人员经费2,422.61万元，项目支出14519.46万元",
        "单价100万元以上设备，项目支出14519.46万元",
        "会议费、培训费10万元，项目支出14519.46万元",
    ],
)
def test_amounts_of_nothing_named_are_no_statements(text: str) -> None:
    assert short(said(f"2025年，{text}。")) == [wan("project", "14519.46")]


def test_a_comparison_after_several_items_speaks_of_none() -> None:
    rows = said("公务接待费1万元；会议费2万元。比上年增加3万元。")
    assert short(rows) == [wan("reception", "1"), wan("meetings", "2")]


def test_a_bracket_has_a_subject_of_its_own() -> None:
    rows = said("公务接待费4万元（其中：某项活动2万元），比上年增加1万元。")
    assert short(rows) == [wan("reception", "4"), wan("reception", "1", "change")]


def test_a_semicolon_ends_the_subject() -> None:
    assert short(said("公务接待费4万元；比上年增加1万元。")) == [wan("reception", "4")]


def test_the_other_figure_may_be_named_before_the_comparison() -> None:
    [_, change] = said("公务接待费4万元，与上年预算相比，减少1万元。")
    assert (change.role, change.compared_with) == ("change", "prior_budget")


def test_full_width_digits_units_and_spaces() -> None:
    rows = said("２０２５年收入预算１，２３４．５６ 万元，支出预算1 2 , 3 4 5元，财政拨款收入1.5亿元。")
    assert [row.amount for row in rows] == [Decimal("12345600.00"), Decimal("12345.00"), Decimal("150000000.00")]
    assert rows[0].printed == "１，２３４．５６ 万元"


def page_lines(*texts: str, page: int, indent: bool = True) -> list[TextLine]:
    """Lines of one paragraph as a page prints them: the first indented, the last short."""
    boxes = [
        Box(100.0 if indent and not number else 70.0, 70 + 30 * number, 520.0, 86 + 30 * number)
        for number in range(len(texts))
    ]
    last = boxes[-1]
    boxes[-1] = Box(last.x0, last.y0, last.x0 + 15 * len(texts[-1]), last.y1)
    return [TextLine(text, page, box) for text, box in zip(texts, boxes, strict=True)]


def test_a_sentence_runs_over_lines_and_pages() -> None:
    filler = page_lines(
        "本部门的主要职责是贯彻执行国家的方针政策和法律法规并组织实施",
        "本部门的主要职责是贯彻执行国家的方针政策和法律法规并组织实施",
        "各项工作。",
        page=1,
    )
    first = page_lines("2025年收入预算7,503.31万元，比上年减少1,226.81万元，主要是项目支", page=1)
    rest = page_lines("出减少，下降1", "4.05%。", page=2, indent=False)
    head = [TextLine("某局 2025 年部门预算", number, Box(200, 30, 300, 40)) for number in (1, 2, 3)]
    foot = [TextLine(f"- {number} -", number, Box(290, 800, 300, 810)) for number in (1, 2)]
    other = [head[2], *page_lines("本部门的主要职责是贯彻执行国家的方针政策和法律法规并组织实施", "各项工作。", page=3)]
    first[0] = TextLine(first[0].text, 1, Box(100, 70, 520, 86))
    lines = [head[0], *filler, *first, foot[0], head[1], *rest, foot[1], *other]
    rows = claims(paragraphs(lines), 2025, "approved")
    assert short(rows) == [wan("revenue_total", "7503.31"), wan("revenue_total", "-1226.81", "change")]
    assert rows[0].page == 1
    assert rows[0].box is not None
    assert "下降14.05%" in rows[0].sentence


def test_a_numbered_entry_with_an_amount_is_no_heading() -> None:
    lines = ["一、收支情况", "（一）收入预算：2025年收入预算7,503.31万元，其中：一般公共预算收入7,503.31万元。"]
    found = list(sections(paragraphs([TextLine(line) for line in lines])))
    assert [(section.heading, len(section.lines)) for section in found] == [("一、收支情况", 1)]


@pytest.mark.parametrize("fund", ["公共财政", "公共财政预算", "公共预算", "一般公共预算"])
def test_the_general_public_budget_by_its_older_names(fund: str) -> None:
    rows = said(f"2025年{fund}拨款收入100万元，{fund}支出90万元，{fund}财政拨款5万元。")
    assert [row.item for row in rows] == ["general_public_revenue", "general_public_expenditure", "general_public"]
    assert {row.mention.fund for row in rows} == {"general_public"}


def test_balances_and_what_stands_between_them() -> None:
    rows = said(
        "本部门年初结转和结余73.58万元，本年收入709.71万元，使用非财政拨款结余（含专用结余）1万元，本年支出694.31万元，"
        "结余分配0万元，年末结转和结余89.98万元。"
    )
    assert short(rows) == [
        wan("carried_over", "73.58"),
        wan("revenue_current", "709.71"),
        wan("non_fiscal_surplus", "1"),
        wan("expenditure_current", "694.31"),
        wan("distribution", "0"),
        wan("carried_forward", "89.98"),
    ]


@pytest.mark.parametrize(
    ("whole", "purchase", "running"),
    [
        ("公务用车购置及运行费", "公务用车购置费", "公务用车运行费"),
        ("公务用车购置及运行维护费", "公务用车购置支出", "公务用车运行及维护支出"),
        ("公务用车费", "公车购置费", "公车运行维护费"),
        ("公务车购置和运行经费", "车辆购置费（含购置税）", "车辆运行维护费"),
        ("公务用车运行维护和购置费", "购置费", "运行费"),
        ("公务用车购置费及公务用车运行维护费", "购置费（含购置税）", "运行维护费"),
    ],
)
def test_vehicles_however_they_are_spelled(whole: str, purchase: str, running: str) -> None:
    rows = said(f"{whole}支出10万元，其中：{purchase}4万元，{running}6万元。")
    assert short(rows) == [wan("vehicles", "10"), wan("vehicle_purchase", "4"), wan("vehicle_running", "6")]


@pytest.mark.parametrize("mark", ["¹", "①", "[1]", "［1］", "（注1）", "注1"])
def test_the_mark_of_a_footnote_is_no_digit(mark: str) -> None:
    [row] = said(f"机关运行经费412.16{mark}万元。")
    assert row.amount == Decimal("4121600.00")


@pytest.mark.parametrize(
    "text",
    [
        "约5万元",
        "大约5万元",
        "不超过5万元",
        "控制在5万元以内",
        "5万元左右",
        "5万元以上",
        "3-5万元",
        "3～5万元",
        "3万元至5万元",
        "超过5万元",
        "近5万元",
    ],
)
def test_numbers_that_round_or_bound_are_no_claims(text: str) -> None:
    rows = said(f"会议费2万元。公务接待费{text}，比上年减少1万元。")
    assert short(rows) == [wan("meetings", "2"), wan("reception", "-1", "change")]


@pytest.mark.parametrize("basis", ["同口径", "按可比口径计算，", "扣除一次性因素后，剔除人员因素"])
def test_a_comparison_on_another_basis_is_no_claim(basis: str) -> None:
    assert short(said(f"公务接待费5万元，{basis}比上年增加1万元，增长25%。")) == [wan("reception", "5")]


def test_a_signed_change_goes_the_way_of_its_sign() -> None:
    rows = said("公务接待费5万元，比上年增加-1万元，增长-16.7%。")
    assert [(row.role, row.comparison) for row in rows[1:]] == [
        ("change", "decrease"),
        ("change_percent", "decrease"),
    ]
    assert (rows[1].amount, rows[2].percent) == (Decimal("-10000.00"), Decimal("-16.7"))
    assert short(said("公务接待费5万元，比上年减少-1万元。")) == [wan("reception", "5")]


def test_final_accounts_tell_the_adjusted_budget_from_the_first() -> None:
    rows = said(
        "公务接待费年初预算6万元，调整预算5.5万元，支出决算5万元，完成全年预算的90.9%，决算数小于全年预算数。",
        phase="executed",
    )
    assert [row.role for row in rows] == ["budget", "adjusted_budget", "amount", "completion", "change"]
    assert [row.compared_with for row in rows[3:]] == ["adjusted_budget", "adjusted_budget"]
    assert short(said("支出预算为35万元，执行中支出预算调整为49万元。")) == [wan("expenditure_total", "35")]


@pytest.mark.parametrize(
    ("whole", "role"), [("年初预算为15万元", "budget"), ("全年预算15万元", "adjusted_budget"), ("支出15万元", "amount")]
)
@pytest.mark.parametrize("stop", ["，", "。"])
def test_parts_are_what_their_whole_is(whole: str, role: str, stop: str) -> None:
    rows = said(f"三公经费{whole}{stop}其中：公务接待费5万元；会议费支出决算2万元。", phase="executed")
    assert [row.role for row in rows] == [role, role, "amount"]


@pytest.mark.parametrize(
    ("heading", "fund"),
    [
        ("八、政府性基金预算财政拨款收入支出决算情况", "government_fund"),
        ("四、财政拨款收入支出决算总体情况", "fiscal_appropriation"),
        ("二、收入决算情况", "total"),
    ],
)
def test_totals_are_of_the_fund_that_their_section_speaks_of(heading: str, fund: str) -> None:
    rows = said(heading, "本年收入50万元，本年支出40万元。")
    assert [(row.item, row.mention.fund) for row in rows] == [("revenue_current", fund), ("expenditure_current", fund)]


def test_an_item_named_before_a_comma_is_spoken_of_behind_it() -> None:
    rows = said("（一）行政运行（2010101），2025年预算数5万元，比上年增加1万元。")
    assert short(rows) == [wan("function", "5"), wan("function", "1", "change")]
    assert short(said("公务接待费，包括国内接待3万元。")) == []


def test_both_sides_of_the_balance_as_the_national_template_has_them() -> None:
    [total, *_] = said("2025年度收、支总计均为783.29万元。与上年相比，收、支总计各增加20万元。")
    assert (total.item, total.role, total.amount) == ("balance_total", "amount", Decimal("7832900.00"))


def test_projects_of_government_purchasing_that_a_budget_takes_in() -> None:
    rows = said(
        "某市民政局（本级）纳入2025年部门预算的政府采购项目共有30.30万元，其中：货物类项目0.30万元、服务类项目30.00万元。"
    )
    assert short(rows) == [
        wan("procurement", "30.30"),
        wan("procurement_goods", "0.30"),
        wan("procurement_services", "30.00"),
    ]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        (
            "某市水务局共有车辆4辆。单位价值100万元（含）以上设备2台（套）。安排购置车辆1辆。单位价值100万元以上设备0台。",
            [("vehicles_held", 4), ("equipment_held", 2), ("vehicles_to_buy", 1)],
        ),
        (
            "截至上年底，本部门所属预算单位共有车辆4辆，单价20万元以上的设备13台（套）。",
            [("vehicles_held", 4), ("equipment_held", 13)],
        ),
        ("所属各预算单位共有车辆16辆。", [("vehicles_held", 16)]),
        (
            "本部门固定资产金额27,273.35万元，分布构成情况为：房屋13,804.03平方米，车辆11辆，单价在100万元以上的设备23台等。",
            [("vehicles_held", 11), ("equipment_held", 23)],
        ),
    ],
    ids=["held and bought", "of a department's units", "of all units", "among the fixed assets"],
)
def test_vehicles_and_equipment_held_are_told_from_those_to_buy(text: str, stated: list[tuple[str, int]]) -> None:
    assert [(row.item, row.quantity) for row in said(text)] == [(item, Decimal(number)) for item, number in stated]


def test_kinds_of_purchases_of_one_fund_are_of_that_fund() -> None:
    rows = said(
        "所属各预算单位政府采购预算总额7万元：政府采购货物预算5万元、政府采购服务预算2万元；"
        "其中一般公共预算拨款政府采购4万元：政府采购货物预算3万元、政府采购服务预算1万元。"
    )
    assert [row.mention.fund for row in rows] == [None, None, None, *["general_public"] * 3]


def test_the_wordings_of_a_budget_of_yunnan() -> None:
    rows = said(
        "2025年单位财务总收入9万元。2025年单位预算总支出9万元。财政拨款安排支出7万元，其中：基本支出5万元；项目支出2万元。",
        "编制了政府采购预算，共涉及采购项目8个，采购预算总额3万元，其中：政府采购货物预算3万元。",
    )
    assert [(row.item, row.mention.fund, row.amount) for row in rows] == [
        ("revenue_total", "total", Decimal(90000)),
        ("expenditure_total", "total", Decimal(90000)),
        ("appropriation_expenditure", "fiscal_appropriation", Decimal(70000)),
        ("basic", "fiscal_appropriation", Decimal(50000)),
        ("project", "fiscal_appropriation", Decimal(20000)),
        ("procurement", None, Decimal(30000)),
        ("procurement_goods", None, Decimal(30000)),
    ]


def executed(*lines: str) -> list[Claim]:
    return said(*lines, year=2024, phase="executed")


def test_a_comparison_behind_a_semicolon_is_of_the_one_item_told_at_length() -> None:
    rows = executed("公务接待费预算为3万元，支出决算为2万元，完成预算的66.7%；较上年减少1万元，下降33.3%。")
    assert short(rows)[3:] == [wan("reception", "-1", "change"), wan("reception", "-33.3", "change_percent")]


def test_a_percentage_may_have_thousands() -> None:
    [_, percent] = said("会议费22.59万元，增长1,055.4%。")
    assert (percent.role, percent.percent) == ("change_percent", Decimal("1055.4"))


def test_a_comparison_behind_a_bracket_of_whole_sentences_is_of_the_item_before_it() -> None:
    rows = said(
        "公务用车购置及运行费30万元（公务用车购置费10万元，比上年增加1万元；公务用车运行维护费20万元，比上年增加2万元。）"
        "比上年增加3万元，增长11.1%。"
    )
    assert short(rows)[-2:] == [wan("vehicles", "3", "change"), wan("vehicles", "11.1", "change_percent")]


def test_a_closed_bracket_in_a_new_sentence_is_not_taken_for_the_one_before_it() -> None:
    assert short(said("会议费30万元。）比上年增加3万元。")) == [wan("meetings", "30")]


@pytest.mark.parametrize("name", ["（“三公”经费）支出合计", "（“三公”经费）决算总额", "（三公经费）"])
def test_a_name_in_brackets_behind_its_parts_has_their_sum(name: str) -> None:
    rows = executed(f"2024年度因公出国（境）费、公务用车购置及运行费和公务接待费{name}8.10万元，比上年减少1.10万元。")
    assert short(rows) == [wan("three_public", "8.10"), wan("three_public", "-1.10", "change")]


def test_parts_of_a_figure_that_is_not_understood_are_not_read_by_the_one_before_it() -> None:
    rows = executed("2024年三公经费预算4万元，某科室核定22万元。其中公务接待费20万元。")
    assert [(row.item, row.role) for row in rows] == [("three_public", "budget"), ("reception", "amount")]


@pytest.mark.parametrize(
    "text",
    [
        "政府采购预算300万元，其中：一般公共预算拨款200万元，财政专户管理资金100万元",
        "项目支出300万元，其中：一般公共预算拨款安排200万元，上年结转100万元",
        "机关运行经费300万元。其中：一般公共预算拨款200万元，政府性基金预算拨款100万元",
    ],
)
def test_funds_that_pay_for_an_item_are_no_totals_of_the_document(text: str) -> None:
    assert [amount for _, _, amount in short(said(f"2025年{text}。"))] == [300]


def test_the_funds_of_purchases_may_stand_in_a_paragraph_of_their_own() -> None:
    rows = said("（二）政府采购预算情况说明", "按政府采购资金类型划分，一般公共预算拨款5万元，财政专户管理资金3万元。")
    assert rows == []


def test_spending_beside_the_revenue_of_a_fund_is_of_that_fund() -> None:
    rows = said("2025年政府性基金预算拨款收入10万元，支出总计10万元。")
    assert [(row.item, row.mention.fund) for row in rows] == [
        ("government_fund_revenue", "government_fund"),
        ("expenditure_total", "government_fund"),
    ]


def test_spending_behind_the_sources_of_all_revenue_is_of_the_whole() -> None:
    rows = said("2025年收入总计12万元，其中：财政拨款收入11万元；支出总计12万元。")
    assert (rows[-1].item, rows[-1].mention.fund) == ("expenditure_total", "total")


@pytest.mark.parametrize("text", ["2024年度，本单位支出为19万元", "支出19万元", "（二）2024年支出19万元"])
def test_spending_that_opens_a_sentence_is_the_whole(text: str) -> None:
    assert short(executed(f"{text}，具体情况如下：")) == [wan("expenditure_total", "19")]


@pytest.mark.parametrize("text", ["接待24批次，支出2万元", "某中心建设项目，2024年支出2万元", "工会支出2万元"])
def test_other_spending_is_not_the_whole(text: str) -> None:
    assert short(executed(f"{text}。")) == []


def test_a_comparison_with_an_earlier_year_than_the_last_is_left_out() -> None:
    rows = executed("机关运行经费支出10万元，比2023年增加1万元；比2019年（疫情前）决算数减少3万元，下降23.1%。")
    assert short(rows) == [wan("operating_expenses", "10"), wan("operating_expenses", "1", "change")]


def test_figures_of_years_that_no_column_prints_are_left_out() -> None:
    assert short(executed("2021年会议费5万元。2026年会议费6万元。2023年会议费7万元。")) == [
        wan("meetings", "7", "previous")
    ]


def test_the_budget_of_the_documents_own_year_is_its_own() -> None:
    [_, change] = executed("会议费支出10万元，比2024年年初预算减少3万元。")
    assert change.compared_with == "own_budget"


@pytest.mark.parametrize(
    ("text", "compared_with"),
    [("本年数小于上年预算数2万元", "prior_budget"), ("决算数小于年初预算数2万元", "own_budget")],
)
def test_how_much_smaller_a_figure_is(text: str, compared_with: str) -> None:
    [_, change] = executed(f"培训费支出7万元，{text}，主要原因是培训减少。")
    assert (change.amount, change.compared_with, change.reason) == (Decimal(-20000), compared_with, "培训减少")


def test_the_budget_carried_out_may_stand_behind_a_purpose() -> None:
    rows = executed("教育支出95万元，主要用于人员经费和办公经费，完成年初预算100%。")
    assert short(rows)[-1] == wan("function", "100", "completion")


def test_what_an_item_pays_for_may_be_listed_before_its_name() -> None:
    rows = executed("用于保障某县统计局等机构正常运转的日常支出90万元。其中：基本工资、津贴补贴等人员经费支出80万元。")
    assert short(rows) == [wan("basic", "90"), wan("personnel", "80")]


def test_contracts_of_small_enterprises() -> None:
    rows = executed("授予中小企业合同金额20万元，占政府采购支出总额的66.7%，其中：授予小微企业合同金额10万元。")
    assert short(rows) == [
        wan("procurement_sme", "20"),
        wan("procurement_sme", "66.7", "share"),
        wan("procurement_small", "10"),
    ]


def test_an_expense_may_be_named_without_the_word_for_money() -> None:
    rows = said("三公经费12万元，其中：因公出国（境）1万元，公务接待11万元。其中公务接待较上年同期减少2万元。")
    assert short(rows) == [
        wan("three_public", "12"),
        wan("abroad", "1"),
        wan("reception", "11"),
        wan("reception", "-2", "change"),
    ]


def test_receptions_that_are_counted_are_no_money() -> None:
    assert short(executed("2024年公务接待24批次，210人次。")) == []


@pytest.mark.parametrize(
    "lead",
    ["2025年市本级", "2025年实际支出", "下属1家机关和1家事业单位财政拨款的", "2025年区本级一般公共预算中"],
)
def test_words_before_a_name_that_leave_it_what_it_is(lead: str) -> None:
    assert short(said(f"{lead}三公经费5万元。")) == [wan("three_public", "5")]


def test_a_reason_ends_with_the_bracket_it_stands_in() -> None:
    rows = said("会议费5万元，比上年减少2万元（与上年预算相比，主要原因是压减会议）。")
    assert rows[1].reason == "压减会议"


@pytest.mark.parametrize(
    ("text", "compared_with"),
    [
        ("与年初预算持平", "own_budget"),
        ("同预算数持平", "own_budget"),
        ("与全年预算数均一致", "adjusted_budget"),
        ("与上年预算数持平", "prior_budget"),
        ("与2023年决算数基本持平", "prior_actual"),
        ("与上年均持平", "prior_year"),
    ],
)
def test_what_a_figure_equals(text: str, compared_with: str) -> None:
    [_, change] = executed(f"会议费支出5万元，{text}。")
    assert change.compared_with == compared_with


def test_funds_behind_an_amount_that_is_not_understood_are_its_own() -> None:
    assert short(executed("组织重点评价，涉及一般公共预算支出4万元，政府性基金预算支出3万元。")) == []


def test_both_sides_change_together() -> None:
    rows = executed("收支较上年决算数增加100万元、增长8.8%，主要原因是人员增加。")
    assert [(row.item, row.role, row.compared_with) for row in rows] == [
        ("balance_total", "change", "prior_actual"),
        ("balance_total", "change_percent", "prior_actual"),
    ]


@pytest.mark.parametrize(("side", "item"), [("收入", "revenue_total"), ("支出", "expenditure_total")])
def test_the_change_of_a_whole_side(side: str, item: str) -> None:
    [change] = executed(f"与上年相比，今年{side}增加10万元，主要原因是人员增加。")
    assert (change.item, change.role, change.amount) == (item, "change", Decimal(100000))


def test_sources_behind_what_revenue_mainly_is_are_no_purposes() -> None:
    rows = said("（一）本年收入12万元，主要包括：一般公共预算拨款收入10万元，占83.3%；政府性基金预算拨款收入2万元。")
    assert [row.item for row in rows] == [
        "revenue_current",
        "general_public_revenue",
        "general_public_revenue",
        "government_fund_revenue",
    ]


def test_parts_of_purchases_may_be_named_by_what_is_bought_alone() -> None:
    rows = said("2025年政府采购预算30万元，其中：货物10万元，工程类预算0万元，服务20万元。")
    assert short(rows) == [
        wan("procurement", "30"),
        wan("procurement_goods", "10"),
        wan("procurement_works", "0"),
        wan("procurement_services", "20"),
    ]


def test_goods_and_services_of_other_things_are_no_purchases_of_the_whole() -> None:
    assert short(said("商品和服务支出30万元，其中：货物10万元。")) == [wan("goods_services", "30")]
    assert short(said("政府采购预算30万元，其中：工程监理费10万元。")) == [wan("procurement", "30")]


@pytest.mark.parametrize("fund", ["国有资本经营预算", "政府性基金预算"])
def test_spending_that_a_fund_pays_for_may_be_none(fund: str) -> None:
    [row] = said(f"我局2025年没有{fund}安排的支出。")
    assert (row.amount, row.mention.direction) == (Decimal(0), "expenditure")


def test_a_percentage_is_of_the_comparison_before_it() -> None:
    rows = executed("与2023年相比，收、支总计各增加100万元，增长8.8%；会议费增加1万元，增长2%。")
    assert [row.compared_with for row in rows] == ["prior_year", "prior_year", None, None]


def test_another_basis_may_stand_in_a_bracket_behind_a_comparison() -> None:
    rows = executed("会议费支出5万元，比上年减少1万元，下降12.9%（与上年决算数同口径相比，主要是压减会议）。")
    assert short(rows) == [wan("meetings", "5"), wan("meetings", "-1", "change")]


def test_amounts_below_a_heading_whose_number_is_lost_are_of_its_fund() -> None:
    fund, whole = "政府性基金预算财政拨款收入支出决算情况说明", "收入决算情况说明"
    rows = executed(fund, "2024年度收入合计12万元。", whole, "收入合计20万元。", "政府采购支出情况")
    assert [row.mention.fund for row in rows] == ["government_fund", "total"]
