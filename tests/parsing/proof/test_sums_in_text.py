"""Sums that the narrative states of itself, and its changes against what they are changes of."""

from __future__ import annotations

import re

import pytest

from gongkai.parsing.proof.within_the_text import check_claims
from tests.parsing.narrative.test_claims import said

HOLDS, BROKEN, OPEN = "holds", "broken", "not_assessable"


def outcomes(*lines: str) -> list[tuple[str, str]]:
    """Rule and outcome of each check of final accounts of 2024; whole 万元 are printed with two decimals."""
    exact = [re.sub(r"(?<![\d.])(\d+)万元", r"\1.00万元", line) for line in lines]
    rows = said(*exact, year=2024, phase="executed")
    return [(check.rule, check.outcome) for check in check_claims(rows)]


@pytest.mark.parametrize(("closing", "outcome"), [("88.98", HOLDS), ("93.98", BROKEN)])
@pytest.mark.parametrize(
    "text",
    [
        (
            "年初结转和结余73.58万元，本年收入709.71万元，本年支出694.31万元，事业基金弥补收支差额0万元，"
            "结余分配0万元，年末结转和结余{closing}万元。"
        ),
        (
            "年初结转和结余73.58万元，本年收入700.71万元，使用非财政拨款结余10万元，本年支出694.31万元，"
            "结余分配1万元，年末结转和结余{closing}万元。"
        ),
        "上年结转73.58万元，本年收入合计709.71万元；本年支出合计694.31万元，结转下年资金{closing}万元。",
        "年初财政拨款结转和结余73.58万元，财政拨款收入709.71万元，财政拨款支出694.31万元，年末财政拨款结转和结余{closing}万元。",
        "公共财政拨款收入709.71万元，公共财政拨款支出694.31万元，年初结转73.58万元，年末结转{closing}万元。",
    ],
)
def test_balances_roll_forward(text: str, closing: str, outcome: str) -> None:
    assert outcomes(f"2024年{text.format(closing=closing)}") == [("roll_forward", outcome)]


def test_balances_of_several_funds_are_not_mixed() -> None:
    text = "年初结转和结余7万元，财政拨款收入9万元，本年支出6万元，年末结转和结余{}万元。"
    assert outcomes(text.format("88.98")) == []
    assert (
        outcomes("年初结转和结余7万元，年初结转和结余8万元，本年收入9万元，本年支出6万元，年末结转和结余1万元。") == []
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("本年支出合计100万元，其中：基本支出60万元，项目支出40万元。", [HOLDS]),
        ("本年支出合计100万元，其中：基本支出60万元，占60%；项目支出40万元，占40%；经营支出0万元。", [HOLDS]),
        ("本年支出合计100万元，其中：基本支出60万元，项目支出50万元。", [BROKEN]),
        ("本年支出合计100万元，其中：基本支出60万元。", []),
        ("本年支出合计100万元，其中：基本支出60万元，项目支出30万元，某项专款10万元。", [OPEN]),
        ("一般公共预算财政拨款支出100万元，其中：基本支出60万元，项目支出40万元。", [HOLDS]),
        ("支出总计105万元，其中：本年支出合计100万元，结余分配1万元，年末结转和结余4万元。", [HOLDS]),
        ("支出总计105万元，其中：本年支出合计100万元，结余分配1万元，年末结转和结余3万元。", [BROKEN]),
        ("本年收入合计100万元，其中：财政拨款收入90万元，事业收入0万元，其他收入10万元。", [HOLDS]),
        ("本年收入合计100万元，其中：财政拨款收入90万元，事业收入0万元，其他收入5万元。", [BROKEN]),
        ("本年收入合计100万元，其中：财政拨款收入90万元，占90%；事业收入5万元，占10%。", [BROKEN]),
        ("本年收入合计100万元，其中：财政拨款收入90万元，事业收入5万元。", [OPEN]),
        ("收入总计110万元，其中：一般公共预算拨款90万元，单位资金10万元，上年结转10万元。", [HOLDS]),
        ("收入总计110万元，其中：本年收入合计100万元，使用非财政拨款结余0万元，年初结转和结余10万元。", [HOLDS]),
        ("收入总计110万元，其中：本年收入合计100万元，使用非财政拨款结余0万元，年初结转和结余5万元。", [BROKEN]),
        (
            "三公经费年初预算15万元，其中：因公出国（境）费0万元，公务用车费10万元，公务接待费5万元，会议费3万元。",
            [HOLDS],
        ),
        ("三公经费15万元，其中：因公出国（境）费0万元，公务用车费8万元，公务接待费5万元，会议费2万元。", [BROKEN]),
    ],
)
def test_wholes_and_their_parts(text: str, expected: list[str]) -> None:
    assert outcomes(text) == [("text_sum", outcome) for outcome in expected]


def test_parts_in_paragraphs_of_their_own() -> None:
    lines = ("本年支出合计100万元。", "1.基本支出60万元。", "2.项目支出{}万元。")
    assert outcomes(*(line.format("40") for line in lines)) == [("text_sum", HOLDS)]
    assert outcomes(*(line.format("30") for line in lines)) == [("text_sum", OPEN)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("比上年下降（增长）1万元，下降（增长）16.7%", [("text_percent", OPEN)]),
        ("比上年减少1万元，下降（增长）16.7%", [("text_percent", HOLDS)]),
        ("比上年增加（减少）1万元，下降16.7%", [("text_percent", HOLDS)]),
        ("比上年减少1万元，下降26.7%", [("text_percent", BROKEN)]),
        (
            "上年决算为6万元，比上年下降（增长）1万元，下降（增长）16.7%",
            [("text_change", HOLDS), ("text_percent", OPEN)],
        ),
        ("年初预算6万元，比年初预算减少1万元", [("text_change", HOLDS)]),
        ("年初预算7万元，比年初预算减少1万元", [("text_change", BROKEN)]),
        ("年初预算7万元，比全年预算减少1万元", [("text_change", OPEN)]),
        ("年初预算7万元，全年预算6万元，完成全年预算的83.3%", [("text_percent", HOLDS)]),
        ("年初预算6万元，完成年初预算的90%", [("text_percent", BROKEN)]),
        ("年初预算6万元，完成全年预算的90%", [("text_percent", OPEN)]),
        ("年初预算4万元，决算数小于全年预算数", [("text_direction", OPEN)]),
        ("全年预算4万元，决算数小于全年预算数", [("text_direction", BROKEN)]),
        ("比上年决算数6万元减少1万元，比2023年年初预算数9万元减少4万元", [("text_change", HOLDS)] * 2),
    ],
)
def test_only_like_is_compared_with_like(text: str, expected: list[tuple[str, str]]) -> None:
    assert outcomes(f"公务接待费支出决算5万元，{text}。") == expected


def test_the_parts_of_three_public_may_have_headings_of_their_own() -> None:
    lines = (
        "（一）总体情况",
        "“三公”经费支出15万元。",
        "（二）具体情况",
        "出国费0万元，公务用车费{}万元，公务接待费5万元。",
    )
    assert outcomes(*(line.format("10") for line in lines)) == [("text_sum", HOLDS)]
    assert outcomes(*(line.format("8") for line in lines)) == [("text_sum", OPEN)]
