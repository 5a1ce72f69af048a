"""Can a page's text be believed?  Pages are pictures, fonts map codes to wrong characters, scanners hide their OCR.

A font whose codes map to wrong characters gives text that looks like text.  Chinese print uses few of all characters:
GB/T 2312 has 6,763, as good as all that a page in simplified characters needs; level 1 of Big5 has the 5,401 of a page
in traditional ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.pdf.content import PageContent
from gongkai.parsing.formats.scan.reader import NEEDS_OCR
from gongkai.parsing.text.grid import Doubt

FEW_CHARACTERS = 20
"""A page with fewer characters is a picture with at most a page number or a stamp on it, if it has pictures."""

MOST = 0.5
"""Share of the page that pictures must cover for a page with few characters to count as a scan."""

MARGIN = 0.1
"""Share of the page's height at its top and at its foot where running heads and page numbers stand."""

WORDS = 4
"""Chinese characters between the margins from which a page with few characters has text of its own: a cover."""

GARBLED = 0.3
"""Share of characters but digits that map to nothing or to no letter of print from which a text layer is refused."""

FEW_WORDS = 4
"""Such characters below which they are bullets and boxes to tick."""

MANY_PATHS = 200
"""Paths on a page without any text from which it is taken for outlined characters."""

ENOUGH = 20
"""Characters below which a share says nothing."""

RARE = 0.3
"""Share of ideographs that print hardly uses from which they are no reading of it; where they are one it is 0.06."""

MAX_OBJECTS = 20_000
"""Text objects looked at; they tell a page long before."""

MAX_DEPTH = 12
"""Forms inside forms that are opened."""

_ASCII = bytes(range(0x80))

_LEVEL_1 = 0xC6
"""First byte of the last row of Big5's level 1."""

_USUAL = bytes(range(0xD8))
"""The first bytes of GB/T 2312 up to its level 1, the 3,755 characters used most; those of level 2 are rare."""

_IDEOGRAPHS = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+")
_HAN = re.compile("[\u4e00-\u9fff]")
_STRANGE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff"
    "\xa1-\xb6\xb8-\xd6\xd8-\xf6\xf8-\u02ff\u0370-\u1fff\u2c00-\u2dff\ua000-\uabff]"
)
"""What a code maps to when its font maps it to nothing (control, private use, the replacement character), and letters
of other scripts, without the signs that Chinese print borrows (× ÷ ·)."""
_SIGNS = re.compile(r"""[!"#$&'*;<=>?@\[\\\]^`{|}~]""")
"""ASCII's signs but those of numbers, to which fonts map that count their characters from the first one."""
_LETTERS = re.compile(r"[^\s\d.,%()+\-－—_，．：（）、]")
"""Characters that are no part of numbers: a page of amounts has few words to judge it by."""


def text_layer_doubt(content: PageContent, number: int) -> Doubt | None:
    """Why the text of page ``number`` is not what the page shows; None where it can be believed."""
    text = "".join([run.text for run in content.runs])
    printed = len(text) - text.count(" ")
    if printed < FEW_CHARACTERS and content.pictures >= MOST and not _is_cover(content):
        return Doubt("no_text_layer", f"the page is a picture without a text layer; {NEEDS_OCR}", number)
    if not printed and content.paths >= MANY_PATHS:
        return Doubt("no_text_layer", f"the page's characters are drawn as outlines; {NEEDS_OCR}", number)
    strange = len(_STRANGE.findall(text))
    if strange >= FEW_WORDS and strange > GARBLED * (letters := len(_LETTERS.findall(text))):
        reason = f"{strange} of the page's {letters} characters but digits map to none of Chinese print; {NEEDS_OCR}"
        return Doubt("garbled_text_layer", reason, number)
    if is_misread(text):
        reason = f"the page's characters map to ones that Chinese print does not use; {NEEDS_OCR}"
        return Doubt("garbled_text_layer", reason, number)
    return None


def _is_cover(content: PageContent) -> bool:
    """True for words on the page itself, over a picture as its background; its margins are a scan's page number."""
    inner = (run for run in content.runs if MARGIN <= run.y / content.height <= 1 - MARGIN)
    return sum(len(_HAN.findall(run.text)) for run in inner) >= WORDS


def is_misread(text: str) -> bool:
    """True for text that maps to characters which Chinese print does not use, or hardly."""
    if _IDEOGRAPHS.search(text) is None:
        signs = len(_SIGNS.findall(text)) + len(_STRANGE.findall(text))
        return signs >= ENOUGH / 2 and signs > GARBLED * len(_LETTERS.findall(text))
    outside, rare = _unusual(text)
    if outside <= RARE * ENOUGH >= rare:  # which spares nearly every page the count
        return False
    ideographs = "".join(_IDEOGRAPHS.findall(text))
    if (count := len(ideographs)) < ENOUGH:
        return False
    outside, rare = _unusual(ideographs)
    return min(outside, count - _traditional(ideographs)) > RARE * count or rare > RARE * count


def _unusual(text: str) -> tuple[int, int]:
    """The number of characters that GB/T 2312 does not have, and of those it has among its rare ones.

    It codes ASCII in one byte, all others in two.
    """
    coded = text.encode("gb2312", "ignore")
    pairs = coded.translate(None, _ASCII)
    return len(text) - len(coded) + len(pairs) // 2, len(pairs[::2].translate(None, _USUAL))


def _traditional(ideographs: str) -> int:
    """The number of ideographs that print in traditional characters uses."""
    return sum(first <= _LEVEL_1 for first in ideographs.encode("big5", "ignore")[::2])


def hides_its_text(document: Any, number: int) -> bool:
    """True when most of the text on page ``number`` (from 0) of a pdfium document is drawn without fill and stroke.

    Scanners lay what their OCR read under the picture of the page in this way.
    """
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
