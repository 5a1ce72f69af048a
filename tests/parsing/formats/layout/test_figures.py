"""Tables without rules and without known words, and what looks like one: contents, scales, sentences."""

from __future__ import annotations

from reportlab.pdfgen.canvas import Canvas

from tests.parsing.formats.layout.pages import HEIGHT, lines, put, read_page, tables

BODY = [
    ("Argentina", "60,400", "5,000"),
    ("Brazil", "50,000", "43,000"),
    ("China", "700,000", "—"),
    ("Peru", "—", "60"),
]


def _print_body(canvas: Canvas) -> None:
    for number, (name, one, two) in enumerate(BODY):
        y = HEIGHT - (120 + 14 * number)
        canvas.drawString(60, y, name)
        canvas.drawRightString(300, y, one)
        canvas.drawRightString(400, y, two)


def test_lines_of_figures_under_a_heading_are_a_table() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 104, (60, "Country"), (270, "Oxide"), (365, "Carbide"))
        _print_body(canvas)
        canvas.drawString(60, HEIGHT - 190, "World resources are adequate.")

    reading = read_page(draw)
    assert tables(reading) == [[["Country", "Oxide", "Carbide"], *(list(row) for row in BODY)]]
    assert lines(reading) == ["World resources are adequate."]


def test_lines_of_figures_without_a_heading_are_no_table() -> None:
    assert tables(read_page(_print_body)) == []


def test_contents_with_page_numbers_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 90, (60, "目录"), (480, "页码"))
        for number in range(8):
            put(canvas, 110 + 18 * number, (60, f"1.{number} 部门收支总体情况"), (500, f"{number + 2}"))

    assert tables(read_page(draw)) == []


def test_scales_of_two_charts_side_by_side_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        put(canvas, 90, (60, "Spain (bp)"), (300, "Italy (bp)"))
        for number in range(8):
            put(canvas, 110 + 14 * number, (80, f"{400 - 50 * number}"), (320, f"{400 - 50 * number}"))

    assert tables(read_page(draw)) == []
