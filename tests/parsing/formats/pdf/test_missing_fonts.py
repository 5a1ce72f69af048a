"""Text in fonts that the file does not hold stands where it is printed: all families that PDF readers bring."""

from __future__ import annotations

import io

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.text.grid import Grid

STANDARD = [
    *(f"Helvetica{style}" for style in ("", "-Bold", "-Oblique", "-BoldOblique")),
    *(f"Times-{style}" for style in ("Roman", "Bold", "Italic", "BoldItalic")),
    *(f"Courier{style}" for style in ("", "-Bold", "-Oblique", "-BoldOblique")),
]
"""The fonts of text that need not be in a file, nor their widths (ISO 32000-1, 9.6.2.2)."""
ALIASES = {
    "Helvetica": ("ArialMT", "Arial"),
    "Helvetica-Bold": ("Arial-BoldMT", "Arial,Bold", "Arial-Bold"),
    "Helvetica-Oblique": ("Arial-ItalicMT", "Arial,Italic", "Arial-Italic"),
    "Helvetica-BoldOblique": ("Arial-BoldItalicMT", "Arial,BoldItalic", "Arial-BoldItalic"),
    "Times-Roman": ("TimesNewRomanPSMT", "TimesNewRoman", "TimesNewRomanPS"),
    "Times-Bold": ("TimesNewRomanPS-BoldMT", "TimesNewRoman,Bold", "TimesNewRoman-Bold"),
    "Times-Italic": ("TimesNewRomanPS-ItalicMT", "TimesNewRoman,Italic", "TimesNewRoman-Italic"),
    "Times-BoldItalic": ("TimesNewRomanPS-BoldItalicMT", "TimesNewRoman,BoldItalic", "TimesNewRoman-BoldItalic"),
    "Courier": ("CourierNewPSMT", "CourierNew"),
    "Courier-Bold": ("CourierNewPS-BoldMT", "CourierNew,Bold"),
    "Courier-Oblique": ("CourierNewPS-ItalicMT", "CourierNew,Italic"),
    "Courier-BoldOblique": ("CourierNewPS-BoldItalicMT", "CourierNew,BoldItalic"),
}
"""Names by which other programs call them, with the widths of the standard font."""
SIZE, LEFT, TOP, HEIGHT, MARGIN = 10, 60, 700, 20, 3
ROWS = [
    ["1,234,567.89", "2,345,678.90", "12,345.67"],
    ["234,567.00", "0.00", "-999,999.99"],
    ["Sum WWW", "iiillljjj", "(4.56)"],
]


def document(font: str, name: str) -> bytes:
    """A ruled table in a font without widths, each column no wider than its widest text."""
    memory = io.BytesIO()
    canvas = Canvas(memory, pageCompression=0)
    canvas.setFont(font, SIZE)
    widths = [max(stringWidth(text, font, SIZE) for text in column) + 2 * MARGIN for column in zip(*ROWS, strict=True)]
    edges = [LEFT + sum(widths[:number]) for number in range(len(widths) + 1)]
    canvas.grid(edges, [TOP - HEIGHT * number for number in range(len(ROWS) + 1)])
    for number, row in enumerate(ROWS):
        for edge, text in zip(edges, row, strict=False):
            canvas.drawString(edge + MARGIN, TOP - HEIGHT * (number + 1) + 6, text)
    canvas.save()
    data = memory.getvalue()
    assert b"/Widths" not in data
    assert f"/BaseFont /{font} ".encode() in data
    return data.replace(f"/BaseFont /{font} ".encode(), f"/BaseFont /{name} ".encode())


@pytest.mark.parametrize(
    ("font", "name"),
    [*((font, font) for font in STANDARD), *((font, name) for font, names in ALIASES.items() for name in names)],
)
def test_every_digit_stays_in_its_cell(font: str, name: str) -> None:
    (grid,) = [block for block in read(identified(document(font, name))).blocks if isinstance(block, Grid)]
    read_rows = [[cell.text for cell in grid.cells if cell.row == number] for number in range(len(ROWS))]
    assert read_rows == ROWS
