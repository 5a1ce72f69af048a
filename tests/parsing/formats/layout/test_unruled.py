"""Rows without rules between them, told by their baselines."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.parsing.formats.layout.pages import HEIGHT, put, read_page, tables


def _columns_ruled(canvas: Canvas, bottom: float) -> None:
    for y in (100, 120, bottom):
        canvas.line(50, HEIGHT - y, 350, HEIGHT - y)
    for x in (50, 200, 275, 350):
        canvas.line(x, HEIGHT - 100, x, HEIGHT - bottom)
    put(canvas, 114, (100, "项目"), (220, "预算数"), (295, "执行数"))


def test_rows_without_rules_between_them() -> None:
    def draw(canvas: Canvas) -> None:
        _columns_ruled(canvas, 220)
        put(canvas, 136, (55, "一般公共预算拨款"), (270, "2,261.41"), (345, "2,200.00"))
        put(canvas, 156, (55, "政府性基金"))
        put(canvas, 176, (55, "其他收入"), (345, "0.05"))
        put(canvas, 196, (55, "收入总计"), (270, "2,261.41"), (345, "2,200.05"))

    (table,) = tables(read_page(draw))
    assert table == [
        ["项目", "预算数", "执行数"],
        ["一般公共预算拨款", "2,261.41", "2,200.00"],
        ["政府性基金", "", ""],
        ["其他收入", "", "0.05"],
        ["收入总计", "2,261.41", "2,200.05"],
    ]


@pytest.mark.parametrize("first", [150, 156])
def test_label_of_two_lines_stays_whole_beside_its_amount(first: int) -> None:
    """Centred on its amount or begun on the same height, as programs set labels that do not fit."""

    def draw(canvas: Canvas) -> None:
        _columns_ruled(canvas, 240)
        put(canvas, 132, (55, "住房公积金"), (270, "17.63"), (345, "10.61"))
        put(canvas, first, (55, "机关事业单位基本养老保险"))
        put(canvas, 156, (270, "25.07"), (345, "18.61"))
        put(canvas, first + 12, (55, "缴费支出"))
        put(canvas, 184, (55, "购房补贴"), (270, "9.78"), (345, "7.50"))

    (table,) = tables(read_page(draw))
    assert table[1:] == [
        ["住房公积金", "17.63", "10.61"],
        ["机关事业单位基本养老保险\n缴费支出", "25.07", "18.61"],
        ["购房补贴", "9.78", "7.50"],
    ]


def test_cell_of_several_lines_is_one_row_where_the_amounts_are_one() -> None:
    def draw(canvas: Canvas) -> None:
        _columns_ruled(canvas, 180)
        put(canvas, 136, (55, "机关事业单位基本养老保险"), (270, "25.07"), (345, "18.61"))
        put(canvas, 150, (55, "缴费支出"))

    (table,) = tables(read_page(draw))
    assert table[1:] == [["机关事业单位基本养老保险\n缴费支出", "25.07", "18.61"]]


INCOME, CARRIED = "本年收入合计", "上年结转结余"
SPENDING, LEFT = "本年支出合计", "结转下年"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((INCOME, "822.36", SPENDING, "812.36"), (CARRIED, "5.00", LEFT, "15.00")),
        ((INCOME, "822.36", SPENDING, "822.36"), (CARRIED, "0", LEFT, "0")),
        ((INCOME, "822.36", SPENDING, "822.36"), (CARRIED, "-", LEFT, "-")),
        ((INCOME, "822", SPENDING, "812"), (CARRIED, "5", LEFT, "15")),
        ((INCOME, "822.36", SPENDING, "827.36"), (CARRIED, "5.00", LEFT, "")),
        ((INCOME, "822.36", SPENDING, "822.36"), (CARRIED, "", LEFT, "")),
        ((INCOME, "822.36", SPENDING, "822.36"), (CARRIED, "5.00", "", "")),
    ],
    ids=["both", "zeros", "dashes", "whole numbers", "one", "none", "one side"],
)
def test_names_over_each_other_in_one_cell_are_rows(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    assert _two_sided(first, second)[1:] == [list(first), list(second)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("机关事业单位基本养老保险缴", "822.36", "结余分配", "5.00"), ("费支出", "", "", "")),
        (("使用非财政拨款", "822.36", "结余分配", "5.00"), ("结余", "", "（缴纳税金）", "")),
        (
            ("机关事业单位基本养老保险缴", "1234567890123.4", "对附属单位补助支出和上缴上", "2"),
            ("费支出", "5", "级支出", ""),
        ),
        (
            ("机关事业单位基本养老保险缴", "208050", "对附属单位补助支出和上缴上", "208050"),
            ("费支出", "5", "级支出", "6"),
        ),
    ],
    ids=["wrapped", "broken by hand", "wrapped amount", "wrapped codes"],
)
def test_what_is_wrapped_stays_one_row(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    narrow = _two_sided(first, second, amounts=40 if "208050" in first else 80)
    assert narrow[1:] == [["\n".join(filter(None, lines)) for lines in zip(first, second, strict=True)]]


def _two_sided(first: tuple[str, ...], second: tuple[str, ...], amounts: int = 80) -> list[list[str]]:
    """A heading and a row that holds two lines, names and amounts on both sides."""
    edges = [50, 190, 190 + amounts, 330 + amounts, 330 + 2 * amounts]

    def draw(canvas: Canvas) -> None:
        for y in (100, 120, 160):
            canvas.line(50, HEIGHT - y, edges[-1], HEIGHT - y)
        for x in edges:
            canvas.line(x, HEIGHT - 100, x, HEIGHT - 160)
        places = [52, edges[2] - 3, edges[2] + 2, edges[4] - 3]
        put(canvas, 114, (52, "收入"), (places[2], "支出"))
        for y, texts in ((136, first), (152, second)):
            for place, text in zip(places, texts, strict=True):
                if text == "-":
                    canvas.drawRightString(place, HEIGHT - y, text)
                elif text:
                    put(canvas, y, (place, text))

    (table,) = tables(read_page(draw))
    return table
