"""PDF: ruled tables as exact grids, and the text around them, page by page.

Cells come from the ruling lines alone, so they are as exact as the print; a table without rules is read as text lines.
A page whose text cannot be trusted (pictures only, or characters that map to nothing) gives no cells but a doubt.
"""

from __future__ import annotations

import collections
import dataclasses
import io
import logging
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect, PDFTextExtractionNotAllowed
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from parsing.formats.lattice import Lattice, Rule, TooManyRulesError, tables_of
from parsing.formats.pdf_page import OverfullPageError, PageContent, content_of
from parsing.formats.typesetting import Glyph, lines_of, turned, turned_glyph
from parsing.grid import Block, Box, Cell, Doubt, Grid, Reading, TextLine, UnreadableDocumentError

MAX_PAGES = 3_000
"""Pages read of one file; the longest budget seen has under 400, and hostile files declare millions."""

END_MARK = b"%%EOF"

TAIL = 4_096
"""Bytes at the end within which a whole file has its end mark; some servers append a few."""

FEW_CHARACTERS = 20
"""A page with fewer characters is a picture with at most a page number or a stamp on it, if it has pictures."""

MOST = 0.5
"""Share of the page that pictures must cover for a page with few characters to count as a scan."""

GARBLED = 0.3
"""Share of characters that map to nothing from which a page's text layer is refused."""

MANY_PATHS = 200
"""Paths on a page without any text from which it is taken for outlined characters."""

_ENGINE_FAILURES = (
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)
"""What pdfminer raises on damaged bytes: its own errors, and plain ones from values of the wrong type."""

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(data: bytes) -> Reading:
    """A PDF's text lines and grids with their pages and boxes, in reading order.

    Raises UnreadableDocumentError of kind ``encrypted``, ``truncated`` or ``corrupt`` where no page can be read.
    A file without its end whose pages can still be reached is read, with a doubt ``truncated``.
    """
    whole = END_MARK in data[-TAIL:]
    document = _open(data, whole=whole)  # never closed: it holds no file, and closing lists its pages once more
    return _read_pages(document, _pages(document, whole=whole), whole=whole)


def _open(data: bytes, *, whole: bool) -> Any:
    try:
        return pdfplumber.open(io.BytesIO(data))
    except _ENGINE_FAILURES as error:
        causes = [error, *error.args]
        if any(isinstance(c, PDFPasswordIncorrect | PDFEncryptionError | PDFTextExtractionNotAllowed) for c in causes):
            raise UnreadableDocumentError(
                "encrypted", "the PDF is encrypted with a password that is not known"
            ) from error
        raise _unreadable(whole, "its table of objects cannot be read") from error


def _unreadable(whole: bool, what: str) -> UnreadableDocumentError:  # noqa: FBT001 - private, one meaning
    if whole:
        return UnreadableDocumentError("corrupt", f"the PDF is damaged: {what}")
    return UnreadableDocumentError("truncated", f"the PDF breaks off before its end mark and {what}; fetch it again")


def _pages(document: Any, *, whole: bool) -> Sequence[Any]:
    """The pages in order.  Without a page tree their order would be a guess, so such a file is refused."""
    try:
        if "Pages" not in document.doc.catalog:
            raise _unreadable(whole, "its page tree is missing")
        pages: Sequence[Any] = document.pages
    except _ENGINE_FAILURES as error:
        raise _unreadable(whole, "its page tree cannot be read") from error
    if not pages:
        raise _unreadable(whole, "it has no pages")
    return pages


def _read_pages(document: Any, pages: Sequence[Any], *, whole: bool) -> Reading:
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    for page in pages[:MAX_PAGES]:
        try:
            content = content_of(page)
        except OverfullPageError as error:
            doubts.append(Doubt("overfull_page", f"{error}; it was not read", page.page_number))
        except _ENGINE_FAILURES as error:
            doubts.append(Doubt("corrupt_page", f"the page cannot be read: {_sentence(error)}", page.page_number))
        else:
            found, doubt = _page_blocks(content, page.page_number)
            blocks += found
            doubts += doubt
        finally:
            page.close()
    if len(doubts) >= len(pages) and not blocks and all(doubt.kind == "corrupt_page" for doubt in doubts):
        raise _unreadable(whole, "none of its pages can be read")
    doubts += _file_doubts(document, pages, whole=whole)
    return Reading("pdf", tuple(blocks), pages=len(pages), doubts=tuple(doubts), title=_title(document))


def _sentence(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:200]


def _file_doubts(document: Any, pages: Sequence[Any], *, whole: bool) -> list[Doubt]:
    doubts = []
    if not whole:
        doubts.append(Doubt("truncated", "the PDF breaks off before its end mark; what could be reached was read"))
    if len(pages) > MAX_PAGES:
        doubts.append(Doubt("too_many_pages", f"the PDF has {len(pages)} pages; the first {MAX_PAGES} were read"))
    declared = _declared_pages(document)
    if declared is not None and declared > len(pages):
        doubts.append(Doubt("pages_missing", f"the PDF declares {declared} pages; {len(pages)} can be reached"))
    return doubts


def _declared_pages(document: Any) -> int | None:
    try:
        count = document.doc.catalog["Pages"].resolve()["Count"]
        return count if isinstance(count, int) else None
    except _ENGINE_FAILURES:
        return None  # an absent or unreadable count says nothing about the pages that were found


def _title(document: Any) -> str | None:
    title = document.metadata.get("Title")
    return title.strip() or None if isinstance(title, str) else None


def _page_blocks(content: PageContent, number: int) -> tuple[list[Block], list[Doubt]]:
    """A page's blocks in reading order, and what is doubtful about it."""
    printed = [glyph for glyph in content.glyphs if not glyph.text.isspace()]
    if doubt := _text_layer_doubt(content, printed, number):
        return (_text_blocks(printed, number) if doubt.kind == "no_text_layer" else []), [doubt]
    upright, quarters = _reading_frame(content)
    try:
        grids, rest = _grids(upright, number)
    except TooManyRulesError as error:
        doubt = Doubt("too_many_rules", f"{error}; it was read as text, without tables", number)
        return _text_blocks(content.glyphs, number), [doubt]
    blocks = _in_order([*grids, *_text_blocks(rest, number)])
    if quarters:
        blocks = [_turned_back(block, quarters, upright) for block in blocks]
    return blocks, []


def _text_layer_doubt(content: PageContent, printed: list[Glyph], number: int) -> Doubt | None:
    if len(printed) < FEW_CHARACTERS and content.pictures >= MOST:
        return Doubt("no_text_layer", "the page is a picture without a text layer; its tables need OCR", number)
    if not printed and content.paths >= MANY_PATHS:
        return Doubt("no_text_layer", "the page's characters are drawn as outlines; its tables need OCR", number)
    unmapped = sum(map(_is_unmapped, (glyph.text for glyph in printed)))
    if printed and unmapped > GARBLED * len(printed):
        reason = f"{unmapped} of the page's {len(printed)} characters map to no known character; it was not read"
        return Doubt("garbled_text_layer", reason, number)
    return None


def _is_unmapped(text: str) -> bool:
    """Whether a character code led to no real character: undefined, private use, control or unassigned."""
    return text.startswith("(cid:") or any(
        c == "�" or unicodedata.category(c) in ("Cc", "Cn", "Co", "Cs") for c in text
    )


def _reading_frame(content: PageContent) -> tuple[PageContent, int]:
    """The page turned (clockwise, in quarters) so that most of its lines run left to right."""
    directions = collections.Counter(glyph.direction for glyph in content.glyphs)
    quarters = directions.most_common(1)[0][0] if directions else 0
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
        glyphs=[turned_glyph(glyph, quarters, *size) for glyph in content.glyphs],
        horizontals=[Rule(box.y0, box.x0, box.x1) for box in boxes_h],
        verticals=[Rule(box.x0, box.y0, box.y1) for box in boxes_v],
    ), quarters


def _turned_back(block: Block, quarters: int, frame: PageContent) -> Block:
    def back(box: Box | None) -> Box | None:
        return box and turned((box.x0, box.y0, box.x1, box.y1), -quarters, frame.width, frame.height)

    if isinstance(block, TextLine):
        return dataclasses.replace(block, box=back(block.box))
    cells = tuple(dataclasses.replace(cell, box=back(cell.box)) for cell in block.cells)
    return dataclasses.replace(block, box=back(block.box), cells=cells)


def _grids(content: PageContent, number: int) -> tuple[list[Grid], list[Glyph]]:
    """The page's grids and the characters outside them; a table inside a table's cell has its own."""
    lattices = tables_of(content.horizontals, content.verticals, [glyph.centre for glyph in content.glyphs])
    lattices.sort(key=lambda lattice: lattice.area)
    owners = [lattice.owners() for lattice in lattices]
    texts: list[dict[int, list[Glyph]]] = [{} for _ in lattices]
    rest: list[Glyph] = []
    for glyph in content.glyphs:
        for lattice, owner, text in zip(lattices, owners, texts, strict=True):
            if (position := lattice.locate(*glyph.centre)) is not None:
                text.setdefault(owner[position], []).append(glyph)
                break
        else:
            rest.append(glyph)
    grids = [_grid(lattice, text, number) for lattice, text in zip(lattices, texts, strict=True)]
    return [grid for grid in grids if any(cell.text for cell in grid.cells)], rest


def _grid(lattice: Lattice, texts: dict[int, list[Glyph]], number: int) -> Grid:
    xs, ys = lattice.xs, lattice.ys
    cells = tuple(
        Cell(
            row=span.row,
            column=span.column,
            text="\n".join(line.text for line in lines_of(texts.get(index, ()))),
            row_span=span.rows,
            column_span=span.columns,
            page=number,
            box=Box(xs[span.column], ys[span.row], xs[span.column + span.columns], ys[span.row + span.rows]),
        )
        for index, span in enumerate(lattice.spans)
    )
    return Grid(len(ys) - 1, len(xs) - 1, cells, page=number, box=Box(xs[0], ys[0], xs[-1], ys[-1]))


def _text_blocks(glyphs: Iterable[Glyph], number: int) -> list[Block]:
    return [TextLine(line.text, number, line.box) for line in lines_of(glyphs)]


def _in_order(blocks: list[Block]) -> list[Block]:
    """Blocks from top to bottom, those on one height from left to right."""
    return sorted(blocks, key=lambda block: (block.box.y0, block.box.x0) if block.box else (0.0, 0.0))
