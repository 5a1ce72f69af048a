"""From the bytes of a document to its content: one reader per format behind one ``read``.

``read`` takes a file whose format ``envelopes.detection`` found out and returns a ``Reading``: text lines
and tables as exact grids in reading order, with what could not be read as doubts.  What no reader can make anything
of raises ``UnreadableDocumentError`` with a stable ``kind``: ``empty``, ``mangled``, ``truncated``, ``encrypted``,
``corrupt``, ``bomb``, ``too_large`` or ``unsupported_format``.

Archives (ZIP, TAR, GZ, RAR, 7z) are not documents: ``envelopes.containers`` gives the documents in them.

| format | module | how |
|---|---|---|
| PDF | ``pdf`` | pdfium's characters and paths to cells and lines (``layout``); pictures of pages by ``scan`` |
| OFD | ``ofd`` | placed characters and lines to cells and lines (``layout``), as PDF |
| DOCX | ``word.docx`` | the package's XML (``envelopes.package``) |
| DOC, WPS | ``word.doc`` | its streams (``envelopes.compound``) |
| Word 2003 XML, flat DOCX | ``word.word_xml`` | renamed or zipped to what ``docx`` reads |
| RTF | ``word.rtf`` | its control words |
| XLSX | ``sheets.xlsx`` | the package's XML; values by their ``number_format``, laid out by ``sheet`` |
| XLS, ET | ``sheets.xls`` | xlrd, then as XLSX |
| XML workbook (SpreadsheetML 2003) | ``sheets.spreadsheet_xml`` | its rows, then as XLSX |
| XLSB | ``sheets.xlsb`` | calamine |
| CSV, TSV | ``sheets.delimited`` | csv |
| JPEG, PNG, WebP, TIFF, BMP, a ZIP of them | ``scan.pictures`` | each picture a page, read by ``scan`` |
| HTML, MHTML | ``html`` | lxml |
| text, Markdown | ``text`` | the layouts in which text extractors print tables |
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable

from gongkai.parsing.formats.envelopes.compound import is_truncated
from gongkai.parsing.formats.envelopes.detection import File, decode_text
from gongkai.parsing.formats.html.mhtml import read_mhtml
from gongkai.parsing.formats.html.page import read_html
from gongkai.parsing.formats.layout.spacers import without_spacers
from gongkai.parsing.formats.layout.words import NO_WORDS, TableWords
from gongkai.parsing.formats.ofd.reader import read_ofd
from gongkai.parsing.formats.pdf.reader import read_pdf
from gongkai.parsing.formats.scan.pictures import KINDS as PICTURES
from gongkai.parsing.formats.scan.pictures import read_pictures
from gongkai.parsing.formats.sheets.delimited import read_delimited
from gongkai.parsing.formats.sheets.spreadsheet_xml import read_spreadsheet_xml
from gongkai.parsing.formats.sheets.xls import read_xls
from gongkai.parsing.formats.sheets.xlsb import read_xlsb
from gongkai.parsing.formats.sheets.xlsx import read_xlsx
from gongkai.parsing.formats.text import read_text
from gongkai.parsing.formats.word.doc import read_doc
from gongkai.parsing.formats.word.docx import read_docx
from gongkai.parsing.formats.word.rtf import read_rtf
from gongkai.parsing.formats.word.word_xml import read_word_xml
from gongkai.parsing.text.font_forms import has_font_forms, readable
from gongkai.parsing.text.grid import Block, Doubt, Reading, TextLine, UnreadableDocumentError

MAX_BYTES = 256 * 2**20
"""Bytes of a document; the largest seen has 60 MB, mostly pictures."""

_UNSUPPORTED = {
    "ppt": "PowerPoint 97-2003",
    "pptx": "PowerPoint",
    "ole": "an OLE compound file of unknown kind",
    "odf": "OpenDocument",
    "xml": "XML",
    "zip": "a ZIP archive",
    "rar": "a RAR archive",
    "7z": "a 7z archive",
    "gzip": "a gzip file",
    "tar": "a TAR archive",
    "gif": "a picture (GIF)",
    "unknown": "of no known format",
}


def read(file: File, words: TableWords = NO_WORDS) -> Reading:
    """A document's content; ``words`` tell its tables where nothing is ruled.

    Raises UnreadableDocumentError; its message is one sentence for the issues table.
    """
    data, kind = file.data, file.kind
    if len(data) > MAX_BYTES:
        raise UnreadableDocumentError("too_large", f"the file has {len(data)} bytes, more than {MAX_BYTES}")
    if kind in _BY_WORDS:
        reading = _BY_WORDS[kind](data, words)
    elif kind in _READERS:
        reading = _READERS[kind](data)
    else:
        raise _refusal(file)
    blocks = tuple(_as_printed(block) for block in reading.blocks)
    reading = dataclasses.replace(reading, blocks=blocks, title=reading.title and readable(reading.title))
    if not reading.blocks and not reading.doubts:
        doubt = Doubt("no_content", f"the {kind} document shows no text and no table")
        return dataclasses.replace(reading, doubts=(doubt,))
    return reading


def _as_printed(block: Block) -> Block:
    """A block without cells that only keep space, in the characters that are printed."""
    if isinstance(block, TextLine):
        text = readable(block.text)
        return block if text is block.text else dataclasses.replace(block, text=text)
    grid = without_spacers(block)
    if not has_font_forms("".join([cell.text for cell in grid.cells])):
        return grid
    return dataclasses.replace(grid, cells=tuple(cell._replace(text=readable(cell.text)) for cell in grid.cells))


def _read_text(data: bytes, words: TableWords) -> Reading:
    text, _ = decode_text(data)
    return read_text(text, words)


def _read_html(data: bytes, words: TableWords) -> Reading:
    return read_html(data, words=words)


_BY_WORDS: dict[str, Callable[[bytes, TableWords], Reading]] = {
    "pdf": read_pdf,
    "ofd": read_ofd,
    "text": _read_text,
    "html": _read_html,
}
"""Readers of formats whose tables need not be ruled or marked."""

_READERS: dict[str, Callable[[bytes], Reading]] = {
    "doc": read_doc,
    "docx": read_docx,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "xlsb": read_xlsb,
    "rtf": read_rtf,
    "word_xml": read_word_xml,
    "spreadsheet_xml": read_spreadsheet_xml,
    "mhtml": read_mhtml,
    "csv": lambda data: read_delimited(data, "csv"),
    "tsv": lambda data: read_delimited(data, "tsv"),
    **{kind: functools.partial(read_pictures, kind=kind) for kind in PICTURES},
}


def _refusal(file: File) -> UnreadableDocumentError:
    data, kind = file.data, file.kind
    if kind == "empty":
        what = "the file is empty" if not data else f"the file holds nothing but {len(data)} blank bytes"
        return UnreadableDocumentError("empty", what)
    if kind == "mangled_pdf":
        reason = "the file was a PDF whose bytes were decoded as text, which destroyed them; fetch it again"
        return UnreadableDocumentError("mangled", reason)
    if kind == "ole" and is_truncated(data):
        return UnreadableDocumentError("truncated", "the Office 97-2003 file breaks off before its end; fetch it again")
    if kind == "encrypted_office":
        return UnreadableDocumentError("encrypted", "the Office file is encrypted with a password that is not known")
    return UnreadableDocumentError(
        "unsupported_format", f"the file is {_UNSUPPORTED[kind]}, for which there is no reader"
    )
