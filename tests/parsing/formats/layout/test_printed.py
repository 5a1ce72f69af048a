"""A page's rules and characters to grids and lines."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.formats.layout.printed import page_blocks
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.typesetting import Run
from gongkai.parsing.formats.layout.words import NO_WORDS
from gongkai.parsing.text.grid import Grid, TextLine
from tests.parsing.formats.layout.pages import HEIGHT, lines, put, read_page, tables


def test_label_that_runs_under_the_next_cell_stays_in_its_own() -> None:
    def draw(canvas: Canvas) -> None:
        for y in (100, 120, 140):
            canvas.line(50, HEIGHT - y, 250, HEIGHT - y)
        for x in (50, 100, 150, 250):
            canvas.line(x, HEIGHT - 100, x, HEIGHT - 140)
        put(canvas, 114, (52, "机关资本性支出"), (245, "104.31"))
        put(canvas, 134, (52, "补助"), (148, "12.00"), (245, "730.29"))

    assert tables(read_page(draw)) == [[["机关资本性支出", "", "104.31"], ["补助", "12.00", "730.29"]]]


def _runs(*placed: tuple[float, float, str]) -> list[Run]:
    return [Run(text, x, y, [10.0 * index for index in range(len(text))], 10) for x, y, text in placed]


def test_each_character_is_the_cells_it_stands_in() -> None:
    across, down = [Rule(y, 0, 100) for y in (0, 20)], [Rule(x, 0, 20) for x in (0, 50, 100)]
    blocks, doubts = page_blocks(across, down, _runs((5, 15, "工资 12.50"), (5, 60, "说明")), 3, NO_WORDS)
    grid, line = blocks
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["工资 12", ".50"]
    assert (grid.page, grid.box, grid.spans_known) == (3, (0, 0, 100, 20), True)
    assert isinstance(line, TextLine)
    assert (line.text, line.page, doubts) == ("说明", 3, [])


def test_ruled_boxes_without_text_are_none() -> None:
    across, down = [Rule(y, 0, 100) for y in (0, 20)], [Rule(x, 0, 20) for x in (0, 50, 100)]
    assert page_blocks(across, down, [], 1, NO_WORDS) == ([], [])


def test_text_set_sideways_is_in_the_cell_it_begins_in() -> None:
    across, down = [Rule(y, 0, 100) for y in (0, 80)], [Rule(x, 0, 80) for x in (0, 50, 100)]
    run = Run("合计", 30, 70, [0.0, 10.0], 10, 1)
    (grid,) = page_blocks(across, down, [run], 1, NO_WORDS)[0]
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["合计", ""]


def test_drawings_are_read_as_lines() -> None:
    across, down = [Rule(5.0 * y, 0, 100) for y in range(2500)], [Rule(0, 0, 9000)]
    blocks, doubts = page_blocks(across, down, _runs((5, 15, "地图")), 1, NO_WORDS)
    assert [block.text for block in blocks if isinstance(block, TextLine)] == ["地图"]
    assert [doubt.kind for doubt in doubts] == ["too_many_rules"]


def test_a_merged_cell_has_all_that_stands_over_its_columns() -> None:
    across = [Rule(0, 0, 100), Rule(20, 0, 100), Rule(40, 0, 100)]
    down = [Rule(0, 0, 40), Rule(50, 20, 40), Rule(100, 0, 40)]
    runs = _runs((60, 15, "收入"), (5, 35, "甲"), (55, 35, "乙"))
    (grid,) = page_blocks(across, down, runs, 1, NO_WORDS)[0]
    assert isinstance(grid, Grid)
    assert [(cell.text, cell.column_span) for cell in grid.cells] == [("收入", 2), ("甲", 1), ("乙", 1)]


def test_a_cell_merged_over_rows_has_what_stands_in_any_of_them() -> None:
    across = [Rule(0, 0, 100), Rule(20, 50, 100), Rule(40, 0, 100)]
    down = [Rule(0, 0, 40), Rule(50, 0, 40), Rule(100, 0, 40)]
    runs = _runs((5, 15, "工资"), (5, 35, "福利"), (55, 15, "甲"), (55, 35, "乙"))
    (grid,) = page_blocks(across, down, runs, 1, NO_WORDS)[0]
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == ["工资\n福利", "甲", "乙"]


@pytest.mark.parametrize(
    ("x", "text", "step", "texts"),
    [
        (2, "机关资本性支出", 10, ["机关资本性支出", ""]),
        (9, "机关资本性支出", 10, ["", "机关资本性支出"]),
        (2, "123456.78", 5, ["", "123456.78"]),
    ],
    ids=["begins at the edge", "centred", "amount"],
)
def test_text_too_long_for_its_cell(x: float, text: str, step: float, texts: list[str]) -> None:
    across, down = [Rule(y, 0, 100) for y in (0, 20)], [Rule(x, 0, 20) for x in (0, 20, 100)]
    run = Run(text, x, 15, [step * index for index in range(len(text))], 10)
    (grid,) = page_blocks(across, down, [run], 1, NO_WORDS)[0]
    assert isinstance(grid, Grid)
    assert [cell.text for cell in grid.cells] == texts


def test_bars_of_a_chart_are_no_table_and_its_texts_stay() -> None:
    def draw(canvas: Canvas) -> None:
        for number in range(8):
            canvas.rect(100 + 30 * number, HEIGHT - 300, 20, 40 + 17 * number)
        canvas.line(90, HEIGHT - 300, 350, HEIGHT - 300)
        put(canvas, 296, *((104 + 30 * number, f"{number}.5") for number in range(8)))
        canvas.drawString(100, HEIGHT - 80, "2025年支出构成")

    reading = read_page(draw)
    assert tables(reading) == []
    assert "0.5" in "".join(lines(reading))
    assert "2025年支出构成" in lines(reading)


def test_rows_of_figures_in_one_ruled_row_are_parted() -> None:
    """A rule is left out between two rows, so that every cell of them holds two lines of figures."""

    def draw(canvas: Canvas) -> None:
        for y in (100, 120, 160, 180):
            canvas.line(50, HEIGHT - y, 350, HEIGHT - y)
        for x in (50, 200, 275, 350):
            canvas.line(x, HEIGHT - 100, x, HEIGHT - 180)
        put(canvas, 114, (60, "项目"), (220, "本地区"), (300, "本级"))
        put(canvas, 134, (60, "其中：一般债务限额"), (270, "394"), (345, "86"))
        put(canvas, 154, (60, "专项债务限额"), (270, "827"), (345, "79"))
        put(canvas, 174, (60, "合计"), (270, "1221"), (345, "165"))

    assert tables(read_page(draw)) == [
        [
            ["项目", "本地区", "本级"],
            ["其中：一般债务限额", "394", "86"],
            ["专项债务限额", "827", "79"],
            ["合计", "1221", "165"],
        ]
    ]
