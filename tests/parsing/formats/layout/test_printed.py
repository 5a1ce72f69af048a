"""A page's rules and characters to grids and lines."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.formats.layout.printed import page_blocks
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.typesetting import Run
from gongkai.parsing.formats.layout.words import NO_WORDS
from gongkai.parsing.text.grid import Grid, TextLine
from tests.parsing.formats.layout.pages import HEIGHT, put, read_page, tables


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
