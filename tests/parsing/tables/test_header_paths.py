"""Headings of several rows as paths."""

from __future__ import annotations

import pytest

from gongkai.parsing.tables.header_paths import header_paths, numbers_columns


@pytest.mark.parametrize(
    "row",
    [["栏次", "1", "2", "3"], ["行次", "", ""], ["甲", "乙", "1", "2"], ["*", "1", "2", "3"], ["1", "2", "3=1"]],
)
def test_rows_that_number_the_columns(row: list[str]) -> None:
    assert numbers_columns(row)


@pytest.mark.parametrize("row", [["类", "款", "项"], ["208", "05"], ["科目", "1", "2"], ["教育", "3", "4"]])
def test_rows_that_do_not(row: list[str]) -> None:
    assert not numbers_columns(row)


def paths(*rows: list[str], spans_known: bool = False) -> list[str]:
    matrix = [list(row) for row in rows]
    return header_paths(matrix, matrix, 0, len(matrix), spans_known)


def test_blanks_belong_to_the_heading_at_their_left_where_something_stands_below() -> None:
    assert paths(["科目", "支出", "", "备注"], ["", "基本 支出", "项目支出", ""]) == [
        "科目",
        "支出/基本支出",
        "支出/项目支出",
        "备注",
    ]


def test_a_heading_that_slid_left_is_put_back_over_its_subtotal() -> None:
    assert paths(["科目", "本年收入", "", ""], ["编码", "名称", "小计", "拨款"])[1] == "本年收入/名称"
    assert paths(["合计", "本年收入", "", ""], ["", "金额", "小计", "拨款"]) == [
        "合计",
        "合计/金额",
        "本年收入/小计",
        "本年收入/拨款",
    ]


def test_the_row_of_column_numbers_is_no_level() -> None:
    assert paths(["科目", "预算", "决算"], ["栏次", "1", "2"], spans_known=True) == ["科目", "预算", "决算"]
