"""Short lines around tables: each kind of caption, and what is none."""

from __future__ import annotations

import pytest

from gongkai.parsing.text.captions import (
    could_be_title,
    declares_empty,
    ends_like_contents,
    goes_on_with_note,
    is_caption,
    is_contents_entry,
    is_note,
    is_page_number,
    tells_of_any_table,
    unit_in,
)


@pytest.mark.parametrize(
    ("text", "conditional"),
    [
        ("注：本表反映“三公”经费情况。此表如无数字则表示单位无该项支出。", True),
        ("注：若本表为空则表示没有政府性基金预算支出。", True),
        ("注：本部门2024年无“三公”经费预算，故本表为空表。", False),
        ("注：无政府性基金预算，空表列示。", False),
    ],
)
def test_a_note_on_what_an_empty_table_means_says_of_none_that_it_is(text: str, conditional: bool) -> None:
    assert declares_empty(text)
    assert tells_of_any_table(text) is conditional


@pytest.mark.parametrize("text", ["- 12 -", "第12页", "12", "— 3 —", "P.12", "page 3 of 20", "第3页，共20页", "3/20"])
def test_page_numbers(text: str) -> None:
    assert is_page_number(text)


@pytest.mark.parametrize("text", ["12月", "第一页", "3.14"])
def test_no_page_numbers(text: str) -> None:
    assert not is_page_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "单位：万元",
        "部门：某某局    金额单位：万元",
        "预算年度：2025",
        "（2025年度）",
        "截至2024年12月31日",
        "填报日期：2025年2月",
        "编制单位（公章）：某某局",
        "编报单位：某某局",
        "[323]某某局",
        "公开01表",
        "附件2",
        "财决01表",
        "项目名称：某项目",
    ],
)
def test_captions(text: str) -> None:
    assert is_caption(text)


@pytest.mark.parametrize("text", ["部门收支总表", "合计", "[323]某某局收支总表", "一般公共预算"])
def test_titles_and_cells_are_no_captions(text: str) -> None:
    assert not is_caption(text)


def test_notes_and_tables_empty_on_purpose() -> None:
    assert is_note("注：本表反映部门收支。")
    assert declares_empty("注：我局无政府性基金预算，故本表为空。")
    assert declares_empty("空表列示")
    assert not declares_empty("注：本表反映部门收支。")
    assert not declares_empty("本年收入合计")
    assert goes_on_with_note(" 本部门无国有资本经营预算")


def test_titles_end_like_one() -> None:
    assert could_be_title("一、2025年部门收支总表（公开）")
    assert could_be_title("“三公”经费支出情况")
    assert not could_be_title("部门收支总表反映收入，支出，结余。")
    assert not could_be_title("单位：万元")
    assert not could_be_title("收支总表……12")


def test_contents() -> None:
    assert is_contents_entry("收支总表……12")
    assert ends_like_contents("收支总表 12 ")
    assert not ends_like_contents("合计 12")


def test_the_first_unit_stated() -> None:
    assert unit_in(["部门：某某局", "单位：万元", "单位：元"]) == "万元"
    assert unit_in(["部门：某某局"]) is None


def test_a_unit_that_breaks_over_two_lines() -> None:
    """Captions are told from the table upwards: 元 ends the line below 单位：万."""
    assert unit_in(["部门名称：某某法院 元", "单位：万"]) == "万元"
    assert unit_in(["表 1 元", "金额单位：百万"]) == "百万元"
    assert unit_in(["收支总表（万元", "单位："]) is None  # 元 would be ten thousand times too little
    assert unit_in(["部门名称：某某法院", "单位：万"]) is None
    assert unit_in(["万元", "部门名称：某某法院"]) is None
