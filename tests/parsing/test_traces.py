"""Every amount is a Decimal and leads back to the printed text, its page and its box, asked of the engine anew."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from gongkai.parsing.document import parse_original
from gongkai.parsing.publisher import Context
from tests.places import ROOT, SHARED

OURS = sorted((ROOT / "gongkai" / "demo" / "site").rglob("*.pdf"))
PUBLISHED = sorted((SHARED / "corpus" / "pdf").glob("*.pdf"))
needs_corpus = pytest.mark.skipif(not PUBLISHED, reason="no PDFs at ../shared/corpus/pdf; put some there to run this")

_BLANK = re.compile(r"[\s,，]")
EDGE = 1.0
"""Points by which a cell's rule may lie off the page."""


def amounts(data: bytes) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Each amount of an original and the cell that it names as its source."""
    for document in parse_original(hashlib.sha256(data).hexdigest(), data, Context()):
        place = ("table_index", "row_index", "column_index")
        cells: dict[Any, Any] = {tuple(cell[name] for name in place): cell for cell in document.rows["cells"]}  # type: ignore[literal-required]
        for item in document.rows["line_items"]:
            if item["amount"] is not None:
                yield dict(item), cells[tuple(item[name] for name in place)]  # type: ignore[literal-required]


def untraced(data: bytes) -> tuple[int, list[str]]:
    """Amounts of a PDF whose printed text does not stand in their box, and how many there are in all."""
    lost: list[str] = []
    pages = pypdfium2.PdfDocument(data)
    count = 0
    for item, cell in amounts(data):
        count += 1
        if type(item["amount"]) is not Decimal or _plain(item["printed"]) != _plain(cell["text"]):
            lost.append(f"{item['amount']!r} is printed {item['printed']!r}, its cell {cell['text']!r}")
        elif not _stands_there(pages[cell["page"] - 1], cell):
            lost.append(f"{cell['text']!r} does not stand on page {cell['page']} at {cell['x0']}, {cell['y0']}")
    return count, lost


def _plain(text: str) -> str:
    return _BLANK.sub("", text)


def _stands_there(page: Any, cell: dict[str, Any]) -> bool:
    left, bottom, right, top = page.get_bbox()
    is_turned = page.get_rotation() % 180 == 90
    width, height = (top - bottom, right - left) if is_turned else (right - left, top - bottom)
    x0, y0, x1, y1 = (cell[name] for name in ("x0", "y0", "x1", "y1"))
    if not (-EDGE <= x0 <= x1 <= width + EDGE and -EDGE <= y0 <= y1 <= height + EDGE):
        return False
    if page.get_rotation():
        return True
    text = page.get_textpage().get_text_bounded(left=x0 + left, right=x1 + left, top=top - y0, bottom=top - y1)
    return _plain(cell["text"]) in _plain(text)


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.name)
def test_every_amount_of_our_documents_leads_back_to_its_place(path: Path) -> None:
    count, lost = untraced(path.read_bytes())
    assert count > 50
    assert lost == []


@pytest.mark.slow
@needs_corpus
@pytest.mark.parametrize("part", range(8))
def test_every_amount_of_published_documents_leads_back_to_its_place(part: int) -> None:
    found = [untraced(path.read_bytes()) for path in PUBLISHED[part::8]]
    assert sum(count for count, _ in found) > 500
    assert [lost for _, each in found for lost in each] == []


def test_an_amount_that_is_not_where_its_box_says_is_found() -> None:
    page = pypdfium2.PdfDocument(OURS[0].read_bytes())[0]
    assert not _stands_there(page, {"text": "1", "x0": -50.0, "y0": 0.0, "x1": 1.0, "y1": 1.0})
    assert not _stands_there(page, {"text": "987654321.12", "x0": 0.0, "y0": 0.0, "x1": 100.0, "y1": 100.0})
