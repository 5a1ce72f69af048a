"""Tables with few rules: three lines, rules across alone, a frame alone, a ruled heading over an open body."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.parsing.formats.layout.pages import HEIGHT, lines, put, read_page, tables

FORM = [
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["", "合计", "1,530.22", "1,030.22", "500.00"],
    ["208", "社会保障和就业支出", "1,030.22", "1,030.22", ""],
    ["20805", "行政事业单位养老支出", "1,030.22", "1,030.22", ""],
    ["2080505", "机关事业单位基本养老保险缴费支出", "30.22", "30.22", ""],
    ["213", "农林水支出", "500.00", "", "500.00"],
]
PLACES = ((60, False), (120, False), (380, True), (460, True), (540, True))
TOP, PITCH, LEFT, RIGHT = 100, 20, 55, 545
EDGES = (LEFT, 115, 310, 390, 470, RIGHT)
BOTTOM = TOP + PITCH * len(FORM)

Ruling = Callable[[Canvas], None]


def _across(canvas: Canvas, *heights: float, start: float = LEFT, end: float = RIGHT) -> None:
    for y in heights:
        canvas.line(start, HEIGHT - y, end, HEIGHT - y)


def _down(canvas: Canvas, top: float, bottom: float, *xs: float) -> None:
    for x in xs:
        canvas.line(x, HEIGHT - top, x, HEIGHT - bottom)


def _three_lines(canvas: Canvas) -> None:
    _across(canvas, TOP, TOP + PITCH, BOTTOM)


def _every_row(canvas: Canvas) -> None:
    _across(canvas, *range(TOP, BOTTOM + 1, PITCH))


def _frame(canvas: Canvas) -> None:
    canvas.rect(LEFT, HEIGHT - BOTTOM, RIGHT - LEFT, BOTTOM - TOP)


def _frame_and_heading(canvas: Canvas) -> None:
    _frame(canvas)
    _across(canvas, TOP + PITCH)


def _ruled_heading(canvas: Canvas) -> None:
    _across(canvas, TOP, TOP + PITCH)
    _down(canvas, TOP, TOP + PITCH, *EDGES)


def _ruled_heading_in_a_frame(canvas: Canvas) -> None:
    _frame(canvas)
    _ruled_heading(canvas)


def _ruled_heading_and_rows(canvas: Canvas) -> None:
    _ruled_heading(canvas)
    _every_row(canvas)
    _down(canvas, TOP, BOTTOM, LEFT, RIGHT)


def _columns_only(canvas: Canvas) -> None:
    _frame_and_heading(canvas)
    _down(canvas, TOP, BOTTOM, *EDGES)


def _under_the_heading(canvas: Canvas) -> None:
    _across(canvas, TOP + PITCH, BOTTOM)


def _only_under_the_heading(canvas: Canvas) -> None:
    _across(canvas, TOP + PITCH)


def _without(canvas: Canvas) -> None:
    """No rules at all."""


def _shaded(canvas: Canvas) -> None:
    canvas.setFillGray(0.9)
    for row in range(0, len(FORM), 2):
        canvas.rect(LEFT, HEIGHT - TOP - PITCH * (row + 1), RIGHT - LEFT, PITCH, stroke=0, fill=1)
    canvas.setFillGray(0)


RULINGS: list[Ruling] = [
    _three_lines,
    _every_row,
    _frame,
    _frame_and_heading,
    _ruled_heading,
    _ruled_heading_in_a_frame,
    _ruled_heading_and_rows,
    _columns_only,
    _under_the_heading,
    _only_under_the_heading,
    _without,
    _shaded,
]


def _print_form(canvas: Canvas, form: list[list[str]] = FORM) -> None:
    canvas.drawCentredString(297, HEIGHT - 60, "支出预算总表")
    put(canvas, 85, (60, "部门：某某局"), (470, "单位：万元"))
    for number, row in enumerate(form):
        for (x, is_amount), text in zip(PLACES, row, strict=True):
            y = HEIGHT - (TOP + PITCH * number + 14)
            (canvas.drawRightString if is_amount else canvas.drawString)(x, y, text)
    canvas.drawString(60, HEIGHT - BOTTOM - 20, "注：本表按功能分类科目列示。")


@pytest.mark.parametrize("ruling", RULINGS)
def test_form_is_read_however_few_rules_it_has(ruling: Ruling) -> None:
    def draw(canvas: Canvas) -> None:
        ruling(canvas)
        _print_form(canvas)

    reading = read_page(draw)
    assert tables(reading) == [FORM]
    assert lines(reading) == ["支出预算总表", "部门：某某局 单位：万元", "注：本表按功能分类科目列示。"]
