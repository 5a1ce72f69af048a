"""Pages of the demonstration's disclosures, scanned: Chinese forms and sentences are read from the picture as drawn.

`test_reader` asks the same of published scans, where they are at hand.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from typing import Any

import pypdfium2
import pytest

from gongkai.parsing.document import parse_document
from gongkai.parsing.formats.pdf.missing_fonts import use_boxes, use_system_fonts
from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.formats.scan.extra import UNCERTAIN
from gongkai.parsing.formats.scan.reader import is_available
from gongkai.parsing.publisher import Context
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.grid import Grid, Reading, TextLine
from tests.places import DEMO_SITE

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not is_available(), reason="reading scans needs the extra: pip install 'gongkai[ocr]'"),
]

UPRIGHT = DEMO_SITE / "202502" / "P020250218365478120001.pdf"
REVENUE, NARRATIVE = 4, 21
DPI = 200


def page(number: int) -> bytes:
    """A page (from 1) as a file of its own."""
    with pypdfium2.PdfDocument(UPRIGHT) as whole, pypdfium2.PdfDocument.new() as single:
        single.import_pages(whole, [number - 1])
        out = io.BytesIO()
        single.save(out)
    return out.getvalue()


def scanned(drawn: bytes, *, slant: float = 0.0, quarters: int = 0) -> bytes:
    """A drawn page as a scanner gives it: a picture, turned and a little askew."""
    use_system_fonts()
    try:
        with pypdfium2.PdfDocument(drawn) as document:
            picture = document[0].render(scale=DPI / 72, grayscale=True).to_pil()
    finally:
        use_boxes()
    picture = picture.rotate(slant + 90 * quarters, expand=True, fillcolor="white")
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=DPI, quality=70)
    return out.getvalue()


def plain(reading: Reading) -> list[list[list[str]]]:
    grids = (block for block in reading.blocks if isinstance(block, Grid))
    return [[["".join(cell.text.split()) for cell in row] for row in grid.rows()] for grid in grids]


@pytest.mark.parametrize(("slant", "quarters"), [(0.7, 0), (0.0, 1)])
def test_a_form_is_read_as_it_was_drawn(slant: float, quarters: int) -> None:
    drawn = page(REVENUE)
    assert plain(read_pdf(scanned(drawn, slant=slant, quarters=quarters))) == plain(read_pdf(drawn)) != []


def test_sentences_are_read_as_they_were_drawn() -> None:
    drawn = page(NARRATIVE)
    expected, found = (_words(read_pdf(data)) for data in (drawn, scanned(drawn, slant=-0.5)))
    assert "收入预算16654.84万元" in expected
    assert found == expected


def _words(reading: Reading) -> str:
    """All lines as one, without white space; full and half width are the same to a reader of pictures."""
    return compact("".join(block.text for block in reading.blocks if isinstance(block, TextLine)))


def test_amounts_are_marked_and_proven() -> None:
    drawn = page(REVENUE)
    items, read_by_ocr = (_line_items(data) for data in (drawn, scanned(drawn, slant=0.7)))
    assert [(item["label"], item["amount"]) for item in read_by_ocr] == [
        (item["label"], item["amount"]) for item in items
    ]
    assert {item["ocr_confidence"] for item in items} == {None}
    amounts = [item for item in read_by_ocr if item["amount"] is not None]
    assert len(amounts) > 20
    assert all(item["ocr_confidence"] > UNCERTAIN for item in amounts)
    assert {item["status"] for item in amounts} <= {"confirmed", "doubtful"}
    assert "confirmed" in {item["status"] for item in amounts}


def _line_items(data: bytes) -> list[Mapping[str, Any]]:
    return [*parse_document(hashlib.sha256(data).hexdigest(), data, Context()).rows["line_items"]]
