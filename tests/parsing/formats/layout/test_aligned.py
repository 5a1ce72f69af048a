"""Tables without any rules, told by amounts under each other."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.text.grid import Grid
from tests.parsing.formats.layout.pages import HEIGHT, lines, put, read_page, tables


def _without_rules(canvas: Canvas) -> None:
    canvas.drawString(200, HEIGHT - 60, "支出预算总表")
    canvas.drawString(430, HEIGHT - 80, "单位：万元")
    put(canvas, 100, (60, "科目编码"), (150, "科目名称"), (300, "合计"), (400, "基本支出"), (480, "项目支出"))
    put(canvas, 120, (150, "合计"), (340, "1,530.22"), (440, "1,030.22"), (520, "500.00"))
    put(canvas, 140, (60, "208"), (150, "社会保障和就业支出"), (340, "1,030.22"), (440, "1,030.22"))
    put(canvas, 160, (60, "20805"), (150, "行政事业单位养老支出"), (340, "1,030.22"), (440, "1,030.22"))
    put(canvas, 180, (60, "213"), (150, "农林水支出"), (340, "500.00"), (520, "500.00"))
    canvas.drawString(60, HEIGHT - 230, "注：本表按功能分类科目列示。")


def test_table_without_any_rules() -> None:
    reading = read_page(_without_rules)
    assert lines(reading) == ["支出预算总表", "单位：万元", "注：本表按功能分类科目列示。"]
    assert tables(reading) == [
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
        put(canvas, 84, (330, "本年支出"))
        put(canvas, 100, (60, "科目名称"), (200, "合计"), (300, "基本支出"), (400, "项目支出"))
        for row in range(3):
            put(canvas, 120 + 20 * row, (60, "教育支出"), (240, "30.00"), (340, "10.00"), (440, "20.00"))

    (table,) = tables(read_page(draw))
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

    reading = read_page(draw)
    assert tables(reading) == []
    assert len(lines(reading)) == 4


def test_columns_of_numbers_without_a_heading_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for row in range(5):
            put(canvas, 120 + 20 * row, (60, "甲"), (240, "30.00"), (340, "10.00"))

    assert tables(read_page(draw)) == []
