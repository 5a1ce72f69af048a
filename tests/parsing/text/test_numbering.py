"""Numbers before names, each style in every form that documents print."""

from __future__ import annotations

import pytest

from gongkai.parsing.text.numbering import (
    enumerator,
    is_at_top,
    is_entry,
    is_numbered,
    without_enumerator,
    without_of_which,
)


@pytest.mark.parametrize(
    ("text", "style", "number", "rest"),
    [
        ("一、收入", "numeral", 1, "收入"),
        ("十．其他支出", "numeral", 10, "其他支出"),
        ("二十一、住房保障支出", "numeral", 21, "住房保障支出"),
        ("（十二）医疗", "bracketed_numeral", 12, "医疗"),
        ("(三)公务接待费", "bracketed_numeral", 3, "公务接待费"),
        ("三）公务接待费", "bracketed_numeral", 3, "公务接待费"),
        ("1.工资", "digits", 1, "工资"),
        ("1．工资", "digits", 1, "工资"),
        ("12、工资", "digits", 12, "工资"),
        ("117、[323]绩效目标表", "digits", 117, "[323]绩效目标表"),
        ("3.2025年部门支出预算总表", "digits", 3, "2025年部门支出预算总表"),
        ("(1)购置费", "bracketed_digits", 1, "购置费"),
        ("1）购置费", "bracketed_digits", 1, "购置费"),
        ("①基本支出", "circled", 1, "基本支出"),
        ("⑫、基本支出", "circled", 12, "基本支出"),
        ("第一部分 概况", "part", 1, "概况"),
        ("第三章 说明", "part", 3, "说明"),
        ("第二条 某局是工作部门", "clause", 2, "某局是工作部门"),
        ("附件1：某局预算", "exhibit", 1, "某局预算"),
        ("附件：某局预算", "exhibit", 0, "某局预算"),
        ("附表三 收入表", "exhibit", 3, "收入表"),
        ("表3-1 收入表", "exhibit", 3, "收入表"),
        ("表2一般公共预算支出表", "exhibit", 2, "一般公共预算支出表"),
        ("表十二2017年政府采购预算表", "exhibit", 12, "2017年政府采购预算表"),
    ],
)
def test_a_number_and_the_name_behind_it(text: str, style: str, number: int, rest: str) -> None:
    found = enumerator(text)
    assert found is not None
    assert (found.style, found.number) == (style, number)
    assert without_enumerator(text, parts=True) == rest


@pytest.mark.parametrize(
    "text",
    [
        "一般公共预算",
        "三公经费",
        "十四五规划",
        "1.5",
        "2024年",
        "0.00",
        "(208)社会保障",
        "附件",
        "表",
        "第三产业",
        "项目",
    ],
)
def test_what_only_looks_like_a_number_is_part_of_the_name(text: str) -> None:
    assert enumerator(text) is None
    assert without_enumerator(text) == text


def test_several_numbers_before_one_name() -> None:
    assert without_enumerator(" （一） 1. 财政拨款 ") == "财政拨款"
    assert without_enumerator("一、") == ""


def test_a_part_keeps_its_number_unless_asked() -> None:
    assert without_enumerator("第二部分 某局部门决算表") == "第二部分 某局部门决算表"


def test_entries_of_a_list_are_rows() -> None:
    assert all(is_entry(text) for text in ("一、收入", "（一）收入", "1）购置", "其中：（1）购置", "其中1.购置"))
    assert not any(is_entry(text) for text in ("附表7", "第一部分", "其中：购置", "收入"))
    assert is_numbered("附表7")
    assert is_numbered("第一部分")


def test_the_top_of_a_list() -> None:
    assert is_at_top("一、收入")
    assert not is_at_top("（一）收入")
    assert not is_at_top("收入")


def test_of_which_opens_a_part() -> None:
    assert without_of_which("其中：财政拨款") == "财政拨款"
    assert without_of_which("财政拨款其中") == "财政拨款其中"
