"""Text that does not stay in its cell: named with page and place, and put right where it is certain."""

from __future__ import annotations

import pytest
from reportlab.pdfgen.canvas import Canvas

from tests.parsing.formats.layout.pages import HEIGHT, put, read_page, tables


def _ruled(canvas: Canvas, xs: tuple[int, ...], ys: tuple[int, ...]) -> None:
    for y in ys:
        canvas.line(xs[0], HEIGHT - y, xs[-1], HEIGHT - y)
    for x in xs:
        canvas.line(x, HEIGHT - ys[0], x, HEIGHT - ys[-1])


@pytest.mark.parametrize(
    ("pitch", "height"),
    [(12, 14), (12, 12), (12, 15), (13, 16), (11, 11)],
)
@pytest.mark.parametrize("is_clipped", [True, False])
def test_a_line_below_its_cell_is_put_back(pitch: int, height: int, is_clipped: bool) -> None:
    """Rows too low for labels of two lines; without a clipping path each second line prints over the next label."""
    labels = [
        ("2130301-行政运行", ""),
        ("2130305-水利工程建设与管", "理"),
        ("2130306-水利工程运行与维", "护"),
        ("221-住房保障支出", ""),
    ]
    ys = tuple(100 + height * row for row in range(len(labels) + 1))

    def draw(canvas: Canvas) -> None:
        _ruled(canvas, (50, 180, 250), ys)
        for top, (first, second) in zip(ys, labels, strict=False):
            canvas.saveState()
            if is_clipped:
                path = canvas.beginPath()
                path.rect(50, HEIGHT - top - height, 130, height)
                canvas.clipPath(path, stroke=0)
            put(canvas, top + 10, (52, first))
            if second:
                put(canvas, top + 10 + pitch, (52, second))
            canvas.restoreState()
            put(canvas, top + 10, (245, "1.50"))

    reading = read_page(draw)
    assert [[text.replace("\n", "") for text in row] for row in tables(reading)[0]] == [
        [first + second, "1.50"] for first, second in labels
    ]


def test_text_across_a_column_s_rule_is_an_issue() -> None:
    def draw(canvas: Canvas) -> None:
        _ruled(canvas, (50, 100, 150, 250), (100, 120, 140))
        put(canvas, 114, (52, "机关资本性支出"), (245, "104.31"))
        put(canvas, 134, (52, "补助"), (148, "12.00"), (245, "730.29"))

    (doubt,) = read_page(draw).doubts
    assert (doubt.kind, doubt.page) == ("text_crosses_rule", 1)
    assert doubt.reason.endswith("most of: '机关资本性支出' at 52, 114")


def test_amounts_that_run_into_each_other_are_an_issue() -> None:
    """Digits of two cells without a gap may be of either."""

    def draw(canvas: Canvas) -> None:
        _ruled(canvas, (50, 100, 140, 250), (100, 120, 140))
        put(canvas, 114, (52, "收入"), (142, "1,234,567.89"))
        canvas.drawString(143, HEIGHT - 114, "2,345,678.90")

    assert [doubt.kind for doubt in read_page(draw).doubts] == ["text_crosses_rule"]


@pytest.mark.parametrize(("y", "is_struck"), [(114, False), (121, False), (123, True), (125, True), (128, False)])
def test_text_that_a_rule_goes_through_is_an_issue(y: int, is_struck: bool) -> None:
    def draw(canvas: Canvas) -> None:
        _ruled(canvas, (50, 150, 250), (100, 120, 140))
        put(canvas, y, (52, "水利工程"), (245, "104.31"))

    doubts = read_page(draw).doubts
    assert [doubt.kind for doubt in doubts] == ["text_crosses_rule"] * is_struck
    assert not is_struck or f"'水利工程' at 52, {y}" in doubts[0].reason


def test_what_stays_in_its_cell_is_none() -> None:
    """Merged cells, lines close together, raised marks, and text printed twice to look bold."""

    def draw(canvas: Canvas) -> None:
        _ruled(canvas, (50, 250), (100, 140, 180))
        canvas.line(150, HEIGHT - 140, 150, HEIGHT - 180)
        put(canvas, 118, (110, "收入支出决算总表"))
        put(canvas, 152, (52, "水利工程运行"))
        put(canvas, 163, (52, "与维护"))
        put(canvas, 174, (52, "合计"), (52.4, "合计"))
        put(canvas, 165, (155, "供水能力40万m  /d"))
        put(canvas, 161, (227, "3"))

    assert read_page(draw).doubts == ()


def test_a_text_over_another_that_nothing_tells_apart_is_an_issue() -> None:
    def draw(canvas: Canvas) -> None:
        _ruled(canvas, (50, 150, 250), (100, 120, 140))
        put(canvas, 114, (52, "水利工程"), (245, "104.31"))
        put(canvas, 116, (60, "住房保障"))

    (doubt,) = read_page(draw).doubts
    assert doubt.kind == "text_crosses_rule"
    assert "'住房保障' at 60, 116" in doubt.reason
