"""Pages drawn for the tests of layout, and what is read of them."""

from __future__ import annotations

import io
from collections.abc import Callable

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


def read_page(draw: Callable[[Canvas], None]) -> Reading:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont(FONT, 10)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return read_pdf(out.getvalue(), TABLE_WORDS)


def tables(reading: Reading) -> list[list[list[str]]]:
    return [
        [[cell.text for cell in row] for row in block.rows()] for block in reading.blocks if isinstance(block, Grid)
    ]


def lines(reading: Reading) -> list[str]:
    return [block.text for block in reading.blocks if isinstance(block, TextLine)]


def put(canvas: Canvas, y: float, *texts: tuple[float, str]) -> None:
    """Texts on one baseline, y points from the top; amounts end at their place, labels begin there."""
    for x, text in texts:
        (canvas.drawRightString if text[-1].isdigit() else canvas.drawString)(x, HEIGHT - y, text)
