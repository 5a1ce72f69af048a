"""PDF: ruled tables as exact grids, and the text around them, page by page.

Cells come from the ruling lines alone, so they are as exact as the print; a table without rules is read as text lines.
A page whose text cannot be trusted (pictures only, or characters that map to nothing) gives no cells but a doubt.
"""

from __future__ import annotations

import collections
import ctypes
import dataclasses
import re
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.layout.lattice import Rule
from gongkai.parsing.formats.layout.printed import page_blocks
from gongkai.parsing.formats.layout.typesetting import turned, turned_run
from gongkai.parsing.formats.pdf.hidden_text import is_unseen
from gongkai.parsing.formats.pdf.missing_fonts import use_boxes
from gongkai.parsing.formats.pdf.page import DamagedPageError, OverfullPageError, PageContent, content_of
from gongkai.parsing.formats.pdf.text_layer import is_misread
from gongkai.parsing.formats.scan.reader import NEEDS_OCR, is_available, read_scanned_page
from gongkai.parsing.text.grid import Block, Box, Doubt, Reading, TextLine, UnreadableDocumentError

MAX_PAGES = 3_000
"""Pages read of one file; the longest budget seen has under 400, and hostile files declare millions."""

END_MARK = b"%%EOF"

TAIL = 4_096
"""Bytes at the end within which a whole file has its end mark; some servers append a few."""

FEW_CHARACTERS = 20
"""A page with fewer characters is a picture with at most a page number or a stamp on it, if it has pictures."""

MOST = 0.5
"""Share of the page that pictures must cover for a page with few characters to count as a scan."""

MARGIN = 0.1
"""Share of the page's height at its top and at its foot where running heads and page numbers stand."""

WORDS = 4
"""Chinese characters between the margins from which a page with few characters has text of its own: a cover."""

GARBLED = 0.3
"""Share of characters that map to nothing from which a page's text layer is refused."""

MANY_PATHS = 200
"""Paths on a page without any text from which it is taken for outlined characters."""

_NEEDS_OCR = frozenset({"no_text_layer", "garbled_text_layer"})
"""Doubts about a page that its picture resolves."""

_UNSEEN = "the page is a picture whose text does not show: somebody's OCR read it, so its digits may be wrong"

_HAN = re.compile("[\u4e00-\u9fff]")

_UNMAPPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd-\uffff\U000f0000-\U0010ffff]")
"""Characters a code maps to when its font maps it to nothing: control, private use, the replacement character."""

_PAGE_COUNT = re.compile(
    rb"/Type\s*/Pages\b[^>]{0,400}?/Count\s+(\d{1,7})|/Count\s+(\d{1,7})[^>]{0,400}?/Type\s*/Pages\b"
)

pdfium.FPDF_InitLibrary()
use_boxes()


def read_pdf(data: bytes) -> Reading:
    """A PDF's text lines and grids with their pages and boxes, in reading order.

    Raises UnreadableDocumentError of kind ``encrypted``, ``truncated`` or ``corrupt`` where no page can be read.
    A file without its end whose pages can still be reached is read, with a doubt ``truncated``.
    """
    whole = END_MARK in data[-TAIL:]
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _refusal(whole)
    try:
        return _read_pages(document, data, whole=whole)
    finally:
        pdfium.FPDF_CloseDocument(document)


def _refusal(whole: bool) -> UnreadableDocumentError:  # noqa: FBT001 - private, one meaning
    if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return UnreadableDocumentError("encrypted", "the PDF is encrypted with a password that is not known")
    return _unreadable(whole, "its table of objects cannot be read")


def _unreadable(whole: bool, what: str) -> UnreadableDocumentError:  # noqa: FBT001 - private, one meaning
    if whole:
        return UnreadableDocumentError("corrupt", f"the PDF is damaged: {what}")
    return UnreadableDocumentError("truncated", f"the PDF breaks off before its end mark and {what}; fetch it again")


def _read_pages(document: Any, data: bytes, *, whole: bool) -> Reading:
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise _unreadable(whole, "it has no pages")
    for number in range(1, min(count, MAX_PAGES) + 1):
        try:
            content = content_of(document, number - 1)
        except OverfullPageError as error:
            doubts.append(Doubt("overfull_page", f"{error}; it was not read", number))
        except DamagedPageError as error:
            doubts.append(Doubt("corrupt_page", f"the page cannot be read: {error}", number))
        else:
            found, doubt = _page_blocks(content, number)
            if _NEEDS_OCR.intersection(each.kind for each in doubt) and is_available():
                found, doubt = read_scanned_page(document, number)
            elif content.pictures >= MOST and content.runs and is_unseen(document, number - 1):
                doubt.append(Doubt("ocr_text_layer", _UNSEEN, number))
            blocks += found
            doubts += doubt
    if not blocks and len(doubts) >= min(count, MAX_PAGES) and all(doubt.kind == "corrupt_page" for doubt in doubts):
        raise _unreadable(whole, "none of its pages can be read")
    doubts += _file_doubts(data, count, whole=whole)
    return Reading("pdf", tuple(blocks), pages=count, doubts=tuple(doubts), title=_title(document))


def _file_doubts(data: bytes, count: int, *, whole: bool) -> list[Doubt]:
    doubts = []
    if not whole:
        doubts.append(Doubt("truncated", "the PDF breaks off before its end mark; what could be reached was read"))
    if count > MAX_PAGES:
        doubts.append(Doubt("too_many_pages", f"the PDF has {count} pages; the first {MAX_PAGES} were read"))
    declared = 0 if whole else max((int(found[0] or found[1]) for found in _PAGE_COUNT.findall(data)), default=0)
    if declared > count:
        doubts.append(Doubt("pages_missing", f"the PDF declares {declared} pages; {count} can be reached"))
    return doubts


def _title(document: Any) -> str | None:
    size = pdfium.FPDF_GetMetaText(document, b"Title", None, 0)
    if size <= 2:
        return None
    buffer = ctypes.create_string_buffer(min(size, 4096))
    pdfium.FPDF_GetMetaText(document, b"Title", buffer, len(buffer))
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0").strip() or None


def _page_blocks(content: PageContent, number: int) -> tuple[list[Block], list[Doubt]]:
    """A page's blocks in reading order, and what is doubtful about it."""
    if doubt := _text_layer_doubt(content, number):
        blocks, _ = page_blocks((), (), content.runs, number)
        return (blocks if doubt.kind == "no_text_layer" else []), [doubt]
    upright, quarters = _reading_frame(content)
    blocks, doubts = page_blocks(upright.horizontals, upright.verticals, upright.runs, number)
    if quarters:
        blocks = [_turned_back(block, quarters, upright) for block in blocks]
    return blocks, doubts


def _text_layer_doubt(content: PageContent, number: int) -> Doubt | None:
    text = "".join([run.text for run in content.runs])
    printed = len(text) - text.count(" ")
    if printed < FEW_CHARACTERS and content.pictures >= MOST and not _is_cover(content):
        return Doubt("no_text_layer", f"the page is a picture without a text layer; {NEEDS_OCR}", number)
    if not printed and content.paths >= MANY_PATHS:
        return Doubt("no_text_layer", f"the page's characters are drawn as outlines; {NEEDS_OCR}", number)
    if is_misread(text):
        reason = f"the page's characters map to ones that Chinese print does not use; {NEEDS_OCR}"
        return Doubt("garbled_text_layer", reason, number)
    unmapped = len(_UNMAPPED.findall(text))
    if printed and unmapped > GARBLED * printed:
        reason = f"{unmapped} of the page's {printed} characters map to no known character; {NEEDS_OCR}"
        return Doubt("garbled_text_layer", reason, number)
    return None


def _is_cover(content: PageContent) -> bool:
    """True for words on the page itself, over a picture as its background; its margins are a scan's page number."""
    inner = (run for run in content.runs if MARGIN <= run.y / content.height <= 1 - MARGIN)
    return sum(len(_HAN.findall(run.text)) for run in inner) >= WORDS


def _reading_frame(content: PageContent) -> tuple[PageContent, int]:
    """The page turned (clockwise, in quarters) so that most of its lines run left to right."""
    if not any(run.direction for run in content.runs):
        return content, 0
    directions: collections.Counter[int] = collections.Counter()
    for run in content.runs:
        directions[run.direction] += len(run.text)
    quarters = directions.most_common(1)[0][0]
    if quarters == 0:
        return content, 0
    size = (content.width, content.height)
    boxes_h = [turned((r.start, r.at, r.end, r.at), quarters, *size) for r in content.horizontals]
    boxes_v = [turned((r.at, r.start, r.at, r.end), quarters, *size) for r in content.verticals]
    if quarters % 2:
        boxes_h, boxes_v = boxes_v, boxes_h
    return dataclasses.replace(
        content,
        width=size[quarters % 2],
        height=size[1 - quarters % 2],
        runs=[turned_run(run, quarters, *size) for run in content.runs],
        horizontals=[Rule(box.y0, box.x0, box.x1) for box in boxes_h],
        verticals=[Rule(box.x0, box.y0, box.y1) for box in boxes_v],
    ), quarters


def _turned_back(block: Block, quarters: int, frame: PageContent) -> Block:
    def back(box: Box | None) -> Box | None:
        return box and turned((box.x0, box.y0, box.x1, box.y1), -quarters, frame.width, frame.height)

    if isinstance(block, TextLine):
        return dataclasses.replace(block, box=back(block.box))
    cells = tuple(cell._replace(box=back(cell.box)) for cell in block.cells)
    return dataclasses.replace(block, box=back(block.box), cells=cells)
