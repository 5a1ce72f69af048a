"""Scanned pages: pictures of paper, read by OCR where the optional extra ``ocr`` is installed.

Nothing of the extra is imported before the first page is read.
"""

from __future__ import annotations

from typing import Any

from gongkai.parsing.formats.scan.extra import INSTALL, is_installed
from gongkai.parsing.text.grid import Block, Doubt

NEEDS_OCR = f"its tables need OCR, which {INSTALL} brings"
"""The end of the doubt about a picture of a page where the extra is not installed."""


def is_available() -> bool:
    """True where scanned pages can be read: the extra is installed."""
    return is_installed()


def read_scanned_page(document: Any, number: int) -> tuple[list[Block], list[Doubt]]:
    """The blocks of page ``number`` (from 1) of a pdfium document, read as a picture, and doubts about them.

    Grids and lines are in reading order with boxes in points of the page as shown, like those of drawn pages.  One
    doubt is always ``read_by_ocr``: digits may be wrong, so amounts of the page hold only where sums confirm them.
    ``uncertain_text`` quotes texts with digits read with little certainty, ``illegible_text`` says that something was
    left out.  Raises ImportError where ``is_available`` is false.
    """
    from gongkai.parsing.formats.scan.page import read_page  # noqa: PLC0415 - the extra is heavy and may be missing

    return read_page(document, number)
