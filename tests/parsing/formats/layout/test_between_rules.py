"""Tables with few rules: three lines, rules across alone, a frame alone, a ruled heading over an open body."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.text.grid import Grid
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


LEVELS = [["科目编码<2x1>", "科目名称<2x1>", "合计<2x1>", "本年支出<1x2>"], ["基本支出", "项目支出"]]


@pytest.mark.parametrize("underline", [(400, 545), None], ids=["underlined", "centred"])
def test_heading_of_two_levels(underline: tuple[int, int] | None) -> None:
    def draw(canvas: Canvas) -> None:
        _across(canvas, TOP - 12, TOP + PITCH, BOTTOM)
        if underline:
            _across(canvas, TOP, start=underline[0], end=underline[1])
        _print_form(canvas, [["", "", "", "", ""], *FORM[1:]])
        put(canvas, TOP - 6, (462, "本年支出"))
        put(canvas, TOP + 4, (60, "科目编码"), (120, "科目名称"), (360, "合计"))
        put(canvas, TOP + 14, (430, "基本支出"), (510, "项目支出"))

    (grid,) = (block for block in read_page(draw).blocks if isinstance(block, Grid))
    rows = [
        [c.text + (f"<{c.row_span}x{c.column_span}>" if c.row_span * c.column_span > 1 else "") for c in row]
        for row in grid.rows()
    ]
    assert rows == [*LEVELS, *FORM[1:]]


@pytest.mark.parametrize("ruling", [_three_lines, _frame, _every_row, _ruled_heading_in_a_frame])
def test_label_of_two_lines_stays_one_row(ruling: Ruling) -> None:
    long = "机关事业单位基本养老"

    def draw(canvas: Canvas) -> None:
        ruling(canvas)
        form = [row if row[0] != "2080505" else [row[0], "", *row[2:]] for row in FORM]
        _print_form(canvas, form)
        y = HEIGHT - (TOP + PITCH * 4 + 14)
        canvas.setFontSize(7)
        canvas.drawString(120, y + 4, long)
        canvas.drawString(120, y - 4, "保险缴费支出")

    (table,) = tables(read_page(draw))
    assert table[4] == ["2080505", f"{long}\n保险缴费支出", "30.22", "30.22", ""]
    assert len(table) == len(FORM)


def test_columns_of_running_text_between_two_rules_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        _across(canvas, 90, 100 + 14 * 12)
        for number in range(12):
            for x in (60, 310):
                canvas.drawString(x, HEIGHT - (104 + 14 * number), "部门预算是部门依据国家有关政策规定及其职能编")

    assert tables(read_page(draw)) == []


def test_running_text_between_the_rules_of_head_and_foot_is_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        _across(canvas, 60, 700)
        for number in range(12):
            canvas.drawString(
                60, HEIGHT - (104 + 14 * number), "2025年收入预算1,530.22万元，比上年增加12.30万元，主要是项目支出增加"
            )

    assert tables(read_page(draw)) == []


def test_table_cut_by_the_end_of_a_page_has_no_last_rule() -> None:
    def draw(canvas: Canvas) -> None:
        _across(canvas, TOP, TOP + PITCH)
        _print_form(canvas)

    (table,) = tables(read_page(draw))
    assert table == FORM


def test_two_tables_under_each_other_with_rules_of_one_length_stay_apart() -> None:
    def draw(canvas: Canvas) -> None:
        _three_lines(canvas)
        _print_form(canvas)
        canvas.translate(0, -250)
        _three_lines(canvas)
        _print_form(canvas)

    assert tables(read_page(draw)) == [FORM, FORM]


def test_ruled_heading_of_texts_alone_stays_as_it_is_ruled() -> None:
    def draw(canvas: Canvas) -> None:
        _ruled_heading(canvas)
        put(canvas, TOP + 14, (60, "科目编码"), (120, "科目名称"), (320, "合计"))
        canvas.drawString(60, HEIGHT - 160, "注：本表按功能分类科目列示。")

    assert tables(read_page(draw)) == [[["科目编码", "科目名称", "合计", "", ""]]]


SIDES = [
    ["收入<1x2>", "支出<1x2>"],
    ["项 目", "预算数", "项 目", "预算数"],
    ["一、一般公共预算拨款收入", "1,530.22", "一、一般公共服务支出", "1,030.22"],
    ["二、政府性基金预算拨款收入", "", "二、教育支出", "400.00"],
    ["三、事业收入", "20.00", "三、社会保障和就业支出", "100.00"],
    ["", "", "四、住房保障支出", "20.00"],
    ["收入总计", "1,550.22", "支出总计", "1,550.22"],
]


@pytest.mark.parametrize("ruling", [_three_lines, _frame, _frame_and_heading, _under_the_heading, _without])
def test_form_of_two_sides(ruling: Ruling) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.translate(0, -PITCH)
        ruling(canvas)
        canvas.translate(0, PITCH)
        for number, (left, revenue, right, spending) in enumerate(SIDES[2:]):
            y = HEIGHT - (TOP + PITCH * (number + 2) + 14)
            canvas.drawString(60, y, left)
            canvas.drawRightString(280, y, revenue)
            canvas.drawString(300, y, right)
            canvas.drawRightString(540, y, spending)
        put(canvas, TOP + PITCH + 14, (90, "项　　目"), (248, "预算数"), (330, "项　　目"), (505, "预算数"))

    (table,) = tables(read_page(draw))
    assert table == SIDES[1:]


@pytest.mark.parametrize("ruling", [_three_lines, _every_row, _frame_and_heading])
def test_column_with_a_heading_and_nothing_else_is_a_column(ruling: Ruling) -> None:
    form = [[*row[:3], "" if number else row[3], row[4]] for number, row in enumerate(FORM)]

    def draw(canvas: Canvas) -> None:
        ruling(canvas)
        _print_form(canvas, form)

    assert tables(read_page(draw)) == [form]


def test_heading_that_may_be_a_neighbour_column_s_is_no_guess() -> None:
    """Two headings over the white space round one headless column: any of them may be its own."""

    def draw(canvas: Canvas) -> None:
        _three_lines(canvas)
        put(canvas, TOP + 14, (60, "科目编码"), (120, "科目名称"), (360, "合计"), (420, "基本"), (490, "项目"))
        for number in range(1, 6):
            put(
                canvas,
                TOP + PITCH * number + 14,
                (60, f"20{number}"),
                (120, "农林水支出"),
                (380, "30.22"),
                (480, "30.22"),
            )

    (table,) = tables(read_page(draw))
    assert [row[3:] for row in table[:2]] == [["基本", "", "项目"], ["", "30.22", ""]]


def test_contents_under_a_ruled_running_title_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 74, (60, "某某局部门预算"), (480, "目录"))
        _across(canvas, 80)
        for number in range(9):
            put(
                canvas,
                100 + 18 * number,
                (60, f"1.{number}"),
                (100, "部门收支总体情况"),
                (500, f"{3 + 2 * number + number % 2}"),
            )

    assert tables(read_page(draw)) == []


def test_addresses_beside_each_other_between_two_rules_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        _across(canvas, 90, 150)
        canvas.drawString(60, HEIGHT - 110, "地址：北京市西城区三里河东路1号")
        canvas.drawString(60, HEIGHT - 130, "电话：010-68551114")

    assert tables(read_page(draw)) == []


def test_terms_beside_their_names_amid_running_text_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        _across(canvas, 60, 400)
        for number in range(5):
            put(canvas, 100 + 50 * number, (60, "基本支出"), (500, f"3010{number}"))
            canvas.drawString(
                60, HEIGHT - (125 + 50 * number), "指为保障机构正常运转、完成日常工作任务而发生的人员支出和公用支出以及"
            )

    assert tables(read_page(draw)) == []
