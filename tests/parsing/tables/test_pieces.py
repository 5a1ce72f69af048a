"""One page's piece of a table: where its captions and its heading end."""

from __future__ import annotations

import pytest

from gongkai.parsing.tables.pieces import Piece, heads_a_column, is_code, names_a_row
from tests.parsing.tables.grids import grid


def split(*rows: list[str]) -> tuple[int, int]:
    piece = Piece.of(grid(rows, 1))
    return piece.captions, piece.heading


def test_heading_ends_where_amounts_codes_and_lists_begin() -> None:
    assert split(["科目", "金额"], ["教育", "1.00"]) == (0, 1)
    assert split(["科目", "支出", ""], ["", "基本支出", "项目支出"], ["205", "", ""]) == (0, 2)
    assert split(["收入", "支出"], ["一、拨款", "一、教育"]) == (0, 1)
    assert split(["项目", "金额"], ["1）购置", ""]) == (0, 1)
    assert split(["项目", "金额"], ["合计", ""]) == (0, 1)


def test_captions_inside_the_ruling() -> None:
    assert split(["单位：万元", ""], ["科目", "金额"], ["教育", "1.00"]) == (1, 2)
    assert split(["部门收支总表", ""], ["科目", "金额"], ["教育", "1.00"]) == (1, 2)


def test_column_numbers_end_a_heading() -> None:
    assert split(["科目", "预算", "决算"], ["栏次", "1", "2"], ["教育", "1.00", "1.00"]) == (0, 2)


@pytest.mark.parametrize("text", ["合计", "本年支出合计", "一、收入", "（一）收入", "1）收入", "其中：（1）购置"])
def test_names_of_rows(text: str) -> None:
    assert names_a_row(text)


@pytest.mark.parametrize("text", ["科目", "(1)", "附表2", "第一部分概况", "基本支出"])
def test_no_names_of_rows(text: str) -> None:
    assert not names_a_row(text)


def test_codes_and_headings() -> None:
    assert all(map(is_code, ("208", "2080505", "0323", "13032125P00312010007K")))
    assert not any(map(is_code, ("2", "20805051x", "教育")))
    assert all(map(heads_a_column, ("科目编码", "支出合计", "款", "金额(万元)", "年度指标值")))
    assert not heads_a_column("某局")


def test_a_title_over_each_block_of_columns_is_a_caption() -> None:
    title = "2025年地方政府债务投向情况表"
    assert split(
        [title, "", title, ""],
        ["表四十五", "", "", "单位：万元"],
        ["项目", "执行数", "项目", "执行数"],
        ["合计", "1", "合计", "2"],
    ) == (
        2,
        3,
    )
    assert split(["预算", "决算"], ["1.00", "2.00"]) == (0, 1)
    assert split(["支出预算", "支出预算"], ["1.00", "2.00"])[0] == 0
