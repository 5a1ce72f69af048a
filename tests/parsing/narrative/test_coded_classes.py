"""Classes named by a code in prose: the spellings of the provinces' templates."""

from __future__ import annotations

import pytest

from tests.parsing.narrative.test_claims import said, short, wan

LONG_NAME = "机关事业单位基本养老保险缴费支出"


@pytest.mark.parametrize(
    "text",
    [
        "（一）2080505{name}12.34万元，较2023年决算数增加1万元",
        "1.2080505{name} 12.34万元",
        "（2）2080505 {name}支出12.34万元",
        "1.2080505（{name}）12.34万元",
        "（2080505）{name}12.34万元",
        "[2080505]{name}12.34万元",
        "【2080505】{name}12.34万元",
        "2080505：{name}12.34万元",
        "2080505-{name}（项）12.34万元",
        "“2080505 {name}”科目支出12.34万元",
        "功能分类科目2080505{name}12.34万元",
        "{name}（2080505）12.34万元",
        "{name}2080505支出12.34万元",
        "{name}（科目编码：2080505）12.34万元",
        "社会保障和就业支出（类）行政事业单位养老支出（款）{name}（项）2080505：支出12.34万元",
        "社会保障和就业支出类行政事业单位养老支出款{name}项12.34万元",
        "208类05款05项{name}12.34万元",
        "208（类）05（款）05（项）12.34万元",
    ],
)
def test_a_code_and_its_name(text: str) -> None:
    rows = [row for row in said(f"{text.format(name=LONG_NAME)}。") if row.role == "amount"]
    assert short(rows) == [wan("function", "12.34")]
    assert rows[0].mention.code == "2080505"


def test_codes_one_behind_the_other() -> None:
    rows = said("30101基本工资12.34万元，30102津贴补贴5万元；2999999其他支出3万元。")
    assert [(row.item, row.mention.code) for row in rows] == [
        ("economic", "30101"),
        ("economic", "30102"),
        ("function", "2999999"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2080505住房公积金12.34万元",  # the code is another's
        "201人12.34万元",
        "2024年住房公积金12.34万元",
        "支出3.2010101行政运行12.34万元",
        "行政运行2010101万元",
    ],
)
def test_numbers_that_are_no_code_of_the_name(text: str) -> None:
    assert [row.mention.code for row in said(f"{text}。") if row.mention.code] == []


def test_a_group_that_is_called_a_category_below_its_category() -> None:
    [row] = said("（三）住房保障支出（类）", "1.住房改革支出（类）住房公积金（项）752.9万元。")
    assert row.mention.code == "2210201"
