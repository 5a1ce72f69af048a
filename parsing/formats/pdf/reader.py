"""PDF: ruled tables as exact grids, and the text around them, page by page.

Cells come from the ruling lines alone, so they are as exact as the print; a table without rules is read as text lines.
A page whose text cannot be trusted (pictures only, or characters that map to nothing) gives no cells but a doubt.
"""

from __future__ import annotations

import ctypes
import dataclasses
import re
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.layout.printed import page_blocks
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.typesetting import turned, turned_run
from gongkai.parsing.formats.layout.words import NO_WORDS, TableWords
from gongkai.parsing.formats.pdf.content import DamagedPageError, OverfullPageError, PageContent
from gongkai.parsing.formats.pdf.expansion import without_endless_forms
from gongkai.parsing.formats.pdf.fields import Form
from gongkai.parsing.formats.pdf.missing_fonts import use_boxes
from gongkai.parsing.formats.pdf.page import content_of, reading_direction
from gongkai.parsing.formats.pdf.text_layer import MOST, hides_its_text, text_layer_doubt
from gongkai.parsing.formats.scan.reader import is_available, read_scanned_page
from gongkai.parsing.text.grid import Block, Box, Doubt, Reading, TextLine, UnreadableDocumentError

MAX_PAGES = 3_000
"""Pages read of one file; the longest seen has under 400, and hostile files declare millions."""

END_MARK = b"%%EOF"

TAIL = 4_096
"""Bytes at the end within which a whole file has its end mark; some servers append a few."""

_NEEDS_OCR = frozenset({"no_text_layer", "garbled_text_layer"})
"""Doubts about a page that its picture resolves."""

_UNSEEN = "the page is a picture whose text does not show: somebody's OCR read it, so its digits may be wrong"

_OVERLAID = "slanted text, large pale text across other text, or a seal in red was taken for a watermark and not read"

_ENDLESS = "{} forms that call one another too often to be drawn were not read"

_DIFFERING = "the drawing of form fields was read, which is not that of their values"

_PAGE_COUNT = re.compile(
    rb"/Type\s*/Pages\b[^>]{0,400}?/Count\s+(\d{1,7})|/Count\s+(\d{1,7})[^>]{0,400}?/Type\s*/Pages\b"
)

pdfium.FPDF_InitLibrary()
use_boxes()


def read_pdf(data: bytes, words: TableWords = NO_WORDS) -> Reading:
    """A PDF's text lines and grids with their pages and boxes, in reading order; ``words`` tell unruled tables.

    Raises UnreadableDocumentError of kind ``encrypted``, ``truncated`` or ``corrupt`` where no page can be read.
    A file without its end whose pages can still be reached is read, with a doubt ``truncated``.
    """
    whole = END_MARK in data[-TAIL:]
    data, endless = without_endless_forms(data)
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _refusal(whole)
    form = Form(document)
    try:
        reading = _read_pages(document, form, data, words, whole=whole)
    finally:
        form.close()
        pdfium.FPDF_CloseDocument(document)
    if endless:
        reading = dataclasses.replace(
            reading, doubts=(*reading.doubts, Doubt("overfull_page", _ENDLESS.format(endless)))
        )
    return reading


def _refusal(whole: bool) -> UnreadableDocumentError:  # noqa: FBT001 - private, one meaning
    if pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY):
        return UnreadableDocumentError("encrypted", "the PDF is encrypted with a password that is not known")
    return _unreadable(whole, "its table of objects cannot be read")


def _unreadable(whole: bool, what: str) -> UnreadableDocumentError:  # noqa: FBT001 - private, one meaning
    if whole:
        return UnreadableDocumentError("corrupt", f"the PDF is damaged: {what}")
    return UnreadableDocumentError("truncated", f"the PDF breaks off before its end mark and {what}; fetch it again")


def _read_pages(document: Any, form: Form, data: bytes, words: TableWords, *, whole: bool) -> Reading:
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise _unreadable(whole, "it has no pages")
    for number in range(1, min(count, MAX_PAGES) + 1):
        try:
            content = content_of(document, number - 1, form)
        except OverfullPageError as error:
            doubts.append(Doubt("overfull_page", f"{error}; it was not read", number))
        except DamagedPageError as error:
            doubts.append(Doubt("corrupt_page", f"the page cannot be read: {error}", number))
        else:
            found, doubt = _page_blocks(content, number, words)
            if content.set_aside:
                doubts.append(Doubt("watermark_set_aside", f"{_OVERLAID}: {content.set_aside}", number))
            if content.differing:
                doubts.append(Doubt("field_value_differs", f"{_DIFFERING}: {'; '.join(content.differing)}", number))
            if _NEEDS_OCR.intersection(each.kind for each in doubt) and is_available():
                found, doubt = read_scanned_page(document, number)
            elif content.pictures >= MOST and content.runs and hides_its_text(document, number - 1):
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


def _page_blocks(content: PageContent, number: int, words: TableWords) -> tuple[list[Block], list[Doubt]]:
    """A page's blocks in reading order, and what is doubtful about it."""
    if doubt := text_layer_doubt(content, number):
        blocks, _ = page_blocks((), (), content.runs, number, words)
        return (blocks if doubt.kind == "no_text_layer" else []), [doubt]
    upright, quarters = _reading_frame(content)
    blocks, doubts = page_blocks(upright.horizontals, upright.verticals, upright.runs, number, words)
    if quarters:
        blocks = [_turned_back(block, quarters, upright) for block in blocks]
    return blocks, doubts


def _reading_frame(content: PageContent) -> tuple[PageContent, int]:
    """The page turned (clockwise, in quarters) so that most of its lines run left to right."""
    quarters = reading_direction(content)
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
