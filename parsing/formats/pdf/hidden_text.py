"""Whether the text of a PDF page shows: scanners lay what their OCR read under the picture, drawn in no colour."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

MAX_OBJECTS = 20_000
"""Objects looked at; they tell a page long before."""

MAX_DEPTH = 12
"""Forms inside forms that are opened."""


def is_unseen(document: Any, number: int) -> bool:
    """True when most of the text on page ``number`` (from 0) of a pdfium document is drawn without fill and stroke."""
    page = pdfium.FPDF_LoadPage(document, number)
    if not page:
        return False
    try:
        seen = unseen = 0
        for item in _texts(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, 0):
            if pdfium.FPDFTextObj_GetTextRenderMode(item) == pdfium.FPDF_TEXTRENDERMODE_INVISIBLE:
                unseen += 1
            else:
                seen += 1
            if seen + unseen >= MAX_OBJECTS:
                break
        return unseen > seen
    finally:
        pdfium.FPDF_ClosePage(page)


def _texts(holder: Any, count: Any, get: Any, depth: int) -> Iterator[Any]:
    """The text objects of a page or form, those in its forms included."""
    for index in range(count(holder)):
        item = get(holder, index)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == pdfium.FPDF_PAGEOBJ_TEXT:
            yield item
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            yield from _texts(item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth + 1)
