"""PDF tables that rules do not divide: rows told by their baselines, columns by amounts under each other."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.tables.words import TABLE_WORDS
from gongkai.parsing.text.grid import Grid, Reading, TextLine

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
HEIGHT = A4[1]


def _read(draw: Callable[[Canvas], None]) -> Reading:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return read_pdf(out.getvalue(), TABLE_WORDS)


def _tables(reading: Reading) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in block.rows()] for block in reading.blocks if isinstance(block, Grid)
    ]


def _lines(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, TextLine)]


def _put(canvas: Canvas, y: float, *texts: tuple[float, str]) -> None:
    """Texts on one baseline, y points from the top; amounts end at their place, labels begin there."""
    for x, text in texts:
        (canvas.drawRightString if text[-1].isdigit() else canvas.drawString)(x, HEIGHT - y, text)


def _columns_ruled(canvas: Canvas, bottom: float) -> None:
    for y in (100, 120, bottom):
        canvas.line(50, HEIGHT - y, 350, HEIGHT - y)
    for x in (50, 200, 275, 350):
        canvas.line(x, HEIGHT - 100, x, HEIGHT - bottom)
    _put(canvas, 114, (100, "项目"), (220, "预算数"), (295, "执行数"))


def test_rows_without_rules_between_them() -> None:
    def draw(canvas: Canvas) -> None:
        _columns_ruled(canvas, 220)
        _put(canvas, 136, (55, "一般公共预算拨款"), (270, "2,261.41"), (345, "2,200.00"))
        _put(canvas, 156, (55, "政府性基金"))
        _put(canvas, 176, (55, "其他收入"), (345, "0.05"))
        _put(canvas, 196, (55, "收入总计"), (270, "2,261.41"), (345, "2,200.05"))

    (table,) = _tables(_read(draw))
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
        _put(canvas, 132, (55, "住房公积金"), (270, "17.63"), (345, "10.61"))
        _put(canvas, first, (55, "机关事业单位基本养老保险"))
        _put(canvas, 156, (270, "25.07"), (345, "18.61"))
        _put(canvas, first + 12, (55, "缴费支出"))
        _put(canvas, 184, (55, "购房补贴"), (270, "9.78"), (345, "7.50"))

    (table,) = _tables(_read(draw))
    assert table[1:] == [
        ["住房公积金", "17.63", "10.61"],
        ["机关事业单位基本养老保险\n缴费支出", "25.07", "18.61"],
        ["购房补贴", "9.78", "7.50"],
    ]


def test_cell_of_several_lines_is_one_row_where_the_amounts_are_one() -> None:
    def draw(canvas: Canvas) -> None:
        _columns_ruled(canvas, 180)
        _put(canvas, 136, (55, "机关事业单位基本养老保险"), (270, "25.07"), (345, "18.61"))
        _put(canvas, 150, (55, "缴费支出"))

    (table,) = _tables(_read(draw))
    assert table[1:] == [["机关事业单位基本养老保险\n缴费支出", "25.07", "18.61"]]


def _without_rules(canvas: Canvas) -> None:
    canvas.drawString(200, HEIGHT - 60, "支出预算总表")
    canvas.drawString(430, HEIGHT - 80, "单位：万元")
    _put(canvas, 100, (60, "科目编码"), (150, "科目名称"), (300, "合计"), (400, "基本支出"), (480, "项目支出"))
    _put(canvas, 120, (150, "合计"), (340, "1,530.22"), (440, "1,030.22"), (520, "500.00"))
    _put(canvas, 140, (60, "208"), (150, "社会保障和就业支出"), (340, "1,030.22"), (440, "1,030.22"))
    _put(canvas, 160, (60, "20805"), (150, "行政事业单位养老支出"), (340, "1,030.22"), (440, "1,030.22"))
    _put(canvas, 180, (60, "213"), (150, "农林水支出"), (340, "500.00"), (520, "500.00"))
    canvas.drawString(60, HEIGHT - 230, "注：本表按功能分类科目列示。")


def test_table_without_any_rules() -> None:
    reading = _read(_without_rules)
    assert _lines(reading) == ["支出预算总表", "单位：万元", "注：本表按功能分类科目列示。"]
    assert _tables(reading) == [
        [
            ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
            ["", "合计", "1,530.22", "1,030.22", "500.00"],
            ["208", "社会保障和就业支出", "1,030.22", "1,030.22", ""],
            ["20805", "行政事业单位养老支出", "1,030.22", "1,030.22", ""],
            ["213", "农林水支出", "500.00", "", "500.00"],
        ]
    ]
    (grid,) = (block for block in reading.blocks if isinstance(block, Grid))
    amount = next(cell for cell in grid.cells if cell.text == "500.00" and cell.row == 4)
    assert amount.page == 1
    assert amount.box is not None
    assert amount.box.x0 < 490
    assert amount.box.y0 < 180 < amount.box.y1


def test_heading_over_several_columns_of_a_table_without_rules() -> None:
    def draw(canvas: Canvas) -> None:
        _put(canvas, 84, (330, "本年支出"))
        _put(canvas, 100, (60, "科目名称"), (200, "合计"), (300, "基本支出"), (400, "项目支出"))
        for row in range(3):
            _put(canvas, 120 + 20 * row, (60, "教育支出"), (240, "30.00"), (340, "10.00"), (440, "20.00"))

    (table,) = _tables(_read(draw))
    assert table[:2] == [["", "", "本年支出", ""], ["科目名称", "合计", "基本支出", "项目支出"]]


def test_running_text_with_amounts_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for row, text in enumerate(
            (
                "2025年收入预算合计1,530.22万元，其中：一般公共预算拨款1,030.22万元，",
                "政府性基金预算拨款500.00万元，比上年增加12.30万元，增长0.81%，",
                "主要原因是项目支出增加；支出预算合计1,530.22万元，其中基本支出",
                "1,030.22万元，项目支出500.00万元。",
            )
        ):
            canvas.drawString(60, HEIGHT - 100 - 18 * row, text)

    reading = _read(draw)
    assert _tables(reading) == []
    assert len(_lines(reading)) == 4


def test_columns_of_numbers_without_a_heading_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(5):
            _put(canvas, 120 + 20 * row, (60, "甲"), (240, "30.00"), (340, "10.00"))

    assert _tables(_read(draw)) == []


def test_label_that_runs_under_the_next_cell_stays_in_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (100, 120, 140):
            canvas.line(50, HEIGHT - y, 250, HEIGHT - y)
        for x in (50, 100, 150, 250):
            canvas.line(x, HEIGHT - 100, x, HEIGHT - 140)
        _put(canvas, 114, (52, "机关资本性支出"), (245, "104.31"))
        _put(canvas, 134, (52, "补助"), (148, "12.00"), (245, "730.29"))

    assert _tables(_read(draw)) == [[["机关资本性支出", "", "104.31"], ["补助", "12.00", "730.29"]]]
