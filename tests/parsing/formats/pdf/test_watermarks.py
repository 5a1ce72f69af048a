"""Words laid over a PDF page are set aside and named, and nothing of the print goes with them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.text.grid import Grid, Reading, TextLine

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4
ROWS = [["科目", "合计", "基本支出"], ["水利", "712.36", "412.16"], ["住房", "100.00", "100.00"]]

Draw = Callable[[Canvas], None]


def _page(*over: Draw) -> Reading:
    """A ruled table of three rows, with something drawn over it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(FONT, 10)
    for at in range(4):
        canvas.line(50, HEIGHT - 100 - 20 * at, 350, HEIGHT - 100 - 20 * at)
        canvas.line(50 + 100 * at, HEIGHT - 100, 50 + 100 * at, HEIGHT - 160)
    for row, texts in enumerate(ROWS):
        for column, text in enumerate(texts):
            canvas.drawString(60 + 100 * column, HEIGHT - 114 - 20 * row, text)
    for draw in over:
        canvas.saveState()
        draw(canvas)
        canvas.restoreState()
    canvas.save()
    return read_pdf(out.getvalue())


def _table(reading: Reading) -> list[list[str]]:
    (grid,) = (block for block in reading.blocks if isinstance(block, Grid))
    return [[cell.text for cell in row] for row in grid.rows()]


def _slanted(angle: float, text: str = "某市财政局公开") -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 24)
        canvas.translate(120, HEIGHT - 155)
        canvas.rotate(angle)
        canvas.drawString(0, 0, text)

    return draw


def _pale(shade: float, alpha: float = 1.0) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 24)
        canvas.setFillGray(shade, alpha)
        canvas.drawString(80, HEIGHT - 140, "内部资料2024")

    return draw


def _in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("mark")
    _slanted(45)(canvas)
    canvas.endForm()
    canvas.doForm("mark")


@pytest.mark.parametrize("angle", [45, 30, 60, -45, 135, 200, 10])
def test_slanted_words(angle: float) -> None:
    reading = _page(_slanted(angle))
    assert _table(reading) == ROWS
    assert [(doubt.kind, doubt.page) for doubt in reading.doubts] == [("watermark_set_aside", 1)]
    assert reading.doubts[0].reason.endswith("某市财政局公开")


def test_slanted_words_in_a_form_and_at_several_angles() -> None:
    reading = _page(_in_a_form, _slanted(30, "样张"))
    assert _table(reading) == ROWS
    assert reading.doubts[0].reason.endswith("某市财政局公开样张")


@pytest.mark.parametrize("draw", [_pale(0.8), _pale(0.0, 0.2), _pale(0.5, 0.5)])
def test_pale_words_across_the_table(draw: Draw) -> None:
    reading = _page(draw)
    assert _table(reading) == ROWS
    assert reading.doubts[0].reason.endswith("内部资料2024")


def test_pale_words_that_lie_across_nothing_are_print() -> None:
    """A title in white on a dark band."""

    def draw(canvas: Canvas) -> None:
        canvas.rect(40, HEIGHT - 80, 400, 40, fill=1)
        canvas.setFillGray(1)
        canvas.setFont(FONT, 20)
        canvas.drawString(50, HEIGHT - 70, "收支预算总表")

    reading = _page(draw)
    assert reading.doubts == ()
    assert [block.text for block in reading.blocks if isinstance(block, TextLine)] == ["收支预算总表"]


def test_dark_words_across_the_table_are_kept() -> None:
    assert [doubt.kind for doubt in _page(_pale(0.2)).doubts] == ["text_crosses_rule"]


def test_a_page_that_is_itself_askew_is_read() -> None:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.rotate(8)
    canvas.setFont(FONT, 10)
    canvas.drawString(150, 600, "某市水利局部门预算公开说明")
    canvas.save()
    reading = read_pdf(out.getvalue())
    assert reading.doubts == ()
    assert "某" in "".join(block.text for block in reading.blocks if isinstance(block, TextLine))


SEAL = "某市财政局预算专用章"


def _ring(canvas: Canvas, x: float, y: float, radius: float, *, span: float = 240, size: float = 9) -> None:
    """The name of a seal set on a circle, each character turned."""
    for at, character in enumerate(SEAL):
        canvas.saveState()
        canvas.translate(x, y)
        canvas.rotate(span / 2 - span * at / (len(SEAL) - 1))
        canvas.setFont(FONT, size)
        canvas.drawCentredString(0, radius, character)
        canvas.restoreState()


def _seal(x: float = 200, y: float = HEIGHT - 130, *, span: float = 240, name: str = "(1)") -> Draw:
    """A round seal in red over the table: a ring, a star, a name on a circle and one below, a number."""

    def draw(canvas: Canvas) -> None:
        canvas.setStrokeColorRGB(0.9, 0.1, 0.1)
        canvas.setFillColorRGB(0.9, 0.1, 0.1)
        canvas.circle(x, y, 45)
        _ring(canvas, x, y, 34, span=span)
        canvas.setFont(FONT, 9)
        canvas.drawCentredString(x, y - 20, name)
        canvas.drawCentredString(x, y - 34, "4201020001234")
        canvas.drawCentredString(x, y - 4, "★")

    return draw


def _chop(canvas: Canvas) -> None:
    """A square seal of two lines, neither slanted."""
    canvas.setStrokeColorRGB(0.8, 0, 0)
    canvas.setFillColorRGB(0.8, 0, 0)
    canvas.rect(180, HEIGHT - 150, 60, 44)
    canvas.setFont(FONT, 14)
    canvas.drawString(182, HEIGHT - 126, "张三")
    canvas.drawString(182, HEIGHT - 144, "之印章")


def _sealed_in_a_form(canvas: Canvas) -> None:
    canvas.beginForm("seal")
    _seal()(canvas)
    canvas.endForm()
    canvas.doForm("seal")


def _translucent(canvas: Canvas) -> None:
    canvas.setFillAlpha(0.3)
    _seal()(canvas)


@pytest.mark.parametrize(
    "draw",
    [_seal(), _seal(span=300), _seal(260, HEIGHT - 140), _chop, _sealed_in_a_form, _translucent],
    ids=["round", "with sideways characters", "elsewhere", "square", "in a form", "translucent"],
)
def test_a_seal_in_red(draw: Draw) -> None:
    reading = _page(draw)
    assert _table(reading) == ROWS
    assert [doubt.kind for doubt in reading.doubts] == ["watermark_set_aside"]
    assert not [block.text for block in reading.blocks if isinstance(block, TextLine)]
    assert {*reading.doubts[0].reason.rpartition(": ")[2]} <= {*SEAL, *"张三之印章★(1)4201020001234"}


def test_a_seal_below_the_table_leaves_the_date() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont(FONT, 10)
        canvas.drawString(320, HEIGHT - 300, "某市财政局")
        canvas.drawString(320, HEIGHT - 316, "2025年1月20日")

    reading = _page(draw, _seal(345, HEIGHT - 305))
    assert _table(reading) == ROWS
    assert [block.text for block in reading.blocks if isinstance(block, TextLine)] == ["某市财政局", "2025年1月20日"]


def test_red_print_is_print() -> None:
    """A heading in red before the table, a negative amount in red at its end."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(1, 0, 0)
        canvas.setFont(FONT, 10)
        canvas.drawString(60, HEIGHT - 90, "某市财政局文件")
        canvas.drawString(160, HEIGHT - 174, "-12.36")

    reading = _page(draw)
    assert reading.doubts == ()
    assert [block.text for block in reading.blocks if isinstance(block, TextLine)] == ["某市财政局文件", "-12.36"]


def test_a_page_printed_in_red_is_print() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFillColorRGB(0.7, 0.1, 0.1)
        canvas.setFont(FONT, 10)
        for line in range(20):
            canvas.drawString(60, HEIGHT - 136 - 10 * line, "水利工程运行与维护支出说明")

    assert "watermark_set_aside" not in {doubt.kind for doubt in _page(draw).doubts}
