"""Heading rows give the rows below them their period, fund and spending."""

from __future__ import annotations

from gongkai.parsing.tables.sections import Section, sections


def placed(*names: str) -> list[Section | None]:
    """The section of each row, None where it stands in none."""
    found = sections(dict(enumerate(names)), two_sided=True)
    return [found.get(row) for row in range(len(names))]


def test_rows_below_a_numbered_balance_are_carried_over() -> None:
    names = ("一、本年收入", "（一）一般公共预算", "二、上年结转", "（一）一般公共预算", "收入总计")
    assert [section and section.period for section in placed(*names)] == [None, "current", None, "carried_over", None]


def test_rows_below_project_spending_are_projects_until_the_next_of_its_level() -> None:
    names = (
        "1、人员经费和公用经费支出",
        "(1)工资福利支出",
        "2、专项业务经费支出",
        "(1)工资福利支出",
        "3、上缴上级支出",
    )
    assert [section and section.spending for section in placed(*names)] == [None, "basic", None, "project", None]


def test_shares_of_an_opening_balance_follow_it() -> None:
    names = ("本年收入合计", "年初财政拨款结转和结余", "一般公共预算财政拨款", "政府性基金预算财政拨款", "总计")
    periods = [section and section.period for section in placed(*names)]
    assert periods == [None, None, "opening", "opening", None]


def test_numbers_that_begin_anew_below_a_balance_are_of_it() -> None:
    names = (
        "一、一般公共预算拨款",
        "本年收入合计",
        "上年结转",
        "一、一般公共预算拨款",
        "二、政府性基金拨款",
        "收入总计",
    )
    periods = [section and section.period for section in placed(*names)]
    assert periods == ["current", None, None, "carried_over", "carried_over", None]


def test_a_row_of_which_stands_in_the_row_above_it() -> None:
    (_, inner) = placed("1、一般公共预算拨款", "其中：专项资金列入部门预算的项目")
    assert inner is not None
    assert inner.fund == "general_public"


def test_what_is_listed_beside_a_balance_is_of_this_year() -> None:
    names = ("一、财政拨款", "一般公共预算", "二、事业收入", "三、上年结转结余", "一般公共预算", "收入总计")
    periods = [section and section.period for section in placed(*names)]
    assert periods == ["current", "current", "current", None, "carried_over", None]


def test_lists_without_a_balance_and_forms_of_one_side_tell_no_period() -> None:
    without = placed("一、财政拨款", "二、事业收入", "收入总计")
    assert [section and section.period for section in without] == [None, None, None]
    one_sided = sections(dict(enumerate(("一、转移性收入", "二、上年结余收入"))), two_sided=False)
    assert one_sided[0].period is None


def test_rows_that_go_on_after_of_which_are_of_the_same_fund() -> None:
    names = ("一、一般公共预算", "其中：财政拨款", "专项收入", "上级提前下达", "二、事业收入", "债务收入", "收入总计")
    funds = [section and section.fund for section in placed(*names)]
    assert funds == [None, "general_public", "general_public", "general_public", None, None, None]
