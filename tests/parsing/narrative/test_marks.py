"""A sentence taken apart: its items, numbers, reasons, turns and breaks."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.narrative.headings import Headings
from gongkai.parsing.narrative.marks import Marks
from gongkai.parsing.narrative.roles import Said, Stage, behind_name, behind_subject

SPOKEN = Stage(2025, executed=False)
SPENT = Stage(2025, executed=True)


def numbers(text: str) -> list[tuple[str, str]]:
    """Kind and text of each number."""
    return [(number.kind, text[number.start : number.end]) for number in Marks(text, None).numbers]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("支出1,234.5万元，增长5.6%，车辆3辆。", [("amount", "1,234.5万元"), ("percent", "5.6%"), ("count", "3辆")]),
        ("支出为0，增加10万。", [("amount", "0"), ("amount", "10万")]),
        ("与上年持平。", [("unchanged", "与上年持平")]),
        ("决算数大于预算数。", [("direction", "决算数大于预算数")]),
        ("无公务接待费。", [("none", "无公务接待费")]),
        ("无车辆。", []),
        ("单价100万元以上设备2台(套)。", [("count", "2台(套)")]),
        ("主要用于培训10万元。", []),
        ("主要是人员减少，与上年相比减少10万元。", [("amount", "10万元")]),
    ],
)
def test_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    assert numbers(text) == expected


def test_turns_and_breaks_within_a_name_are_none() -> None:
    text = "因公出国(境)费(含培训)1万元;会议费2万元"
    marks = Marks(text, None)
    assert [item.item for item in marks.items] == ["abroad", "meetings"]
    assert "".join(marks.turns(0, len(text))) == "();"
    assert marks.words_start(0, text.index("费(")) == 0, "the bracket of 出国(境) parts nothing"
    assert marks.words_start(0, text.index("2万")) == text.index(";") + 1
    assert marks.clause_start(text.index("费(")) == text.index("境)") + 2


def test_a_reason_explains_the_figures_right_before_it() -> None:
    marks = Marks("比上年减少1万元，下降5%，主要原因是人员减少;会议费2万元。", None)
    change, percent, other = marks.numbers
    assert [marks.reason_of(number) for number in (change, percent, other)] == ["人员减少", "人员减少", None]
    assert marks.reason_for_previous is None
    alone = Marks("公务接待费减少的主要原因是厉行节约。", None)
    assert alone.reason_for_previous is not None
    assert alone.item_explained(alone.reason_for_previous) == "reception"


def said(words: str, text: str, stage: Stage = SPOKEN) -> Said | None:
    [number] = Marks(f"{words}{text}。", None).numbers
    return behind_name(number, words, "", stage)


@pytest.mark.parametrize(
    ("words", "text", "role", "comparison", "compared_with"),
    [
        ("预算为", "5万元", "amount", None, None),
        ("比上年预算增加", "5万元", "change", "increase", "prior_budget"),
        ("较2024年决算下降", "5%", "change_percent", "decrease", "prior_actual"),
        ("增加(减少)", "5万元", "change", None, None),
        ("比上年增加", "0万元", "change", "unchanged", "prior_year"),
        ("比上年预算数", "5万元", "previous", None, "prior_budget"),
        ("2024年预算", "5万元", "previous", None, "prior_budget"),
        ("占总支出的", "5%", "share", None, None),
    ],
)
def test_roles(words: str, text: str, role: str, comparison: str | None, compared_with: str | None) -> None:
    found = said(words, text)
    assert found is not None
    assert (found.role, found.comparison, found.compared_with) == (role, comparison, compared_with)


def test_words_that_are_not_understood_give_no_role() -> None:
    assert said("涉及的其他单位", "5万元") is None


def test_in_final_accounts_a_budget_is_told_from_what_was_spent() -> None:
    assert [
        (each.role if each else None) for each in (said("年初预算为", "5万元", SPENT), said("决算为", "5万元", SPENT))
    ] == [
        "budget",
        "amount",
    ]
    [percent] = Marks("完成年初预算的90%。", None).numbers
    completion = behind_subject(percent, "完成年初预算的", SPENT, behind_budget=False)
    assert completion is not None
    assert (completion.role, completion.compared_with) == ("completion", "own_budget")


def test_headings_say_fund_and_what_is_left_out() -> None:
    top = Headings().under(1, "第二部分 财政拨款支出说明")
    assert (top.fund, top.heading, top.section) == ("fiscal_appropriation", "第二部分 财政拨款支出说明", 1)
    below = top.under(2, "一、一般公共服务支出").under(3, "（一）行政运行")
    assert below.fund == "fiscal_appropriation", "一般公共服务 is a class and no fund"
    assert below.under(2, "二、政府性基金预算").fund == "government_fund"
    assert Headings().under(2, "一、收入说明").fund == "total"
    assert Headings().under(2, "一、其他说明").fund is None
    assert top.under(2, "一、名词解释").under(3, "（一）财政拨款").speaks_of_other_things
    assert not below.speaks_of_other_things


def test_an_amount_finer_than_a_fen_is_none() -> None:
    [amount] = Marks("支出0.1234567万元。", None).numbers
    assert amount.yuan is None
    [amount] = Marks("支出1.25万元。", None).numbers
    assert amount.yuan == Decimal(12500)
