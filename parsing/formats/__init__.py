"""From the bytes of a document to its content: one reader per format behind one ``read``.

``read(data)`` tells the format from the bytes (``parsing.formats.detection``) and returns a ``Reading``: text lines
and tables as exact grids in reading order, with what could not be read as doubts.  What no reader can make anything
of raises ``UnreadableDocumentError`` with a stable ``kind``: ``empty``, ``mangled``, ``truncated``, ``encrypted``,
``corrupt``, ``too_large`` or ``unsupported_format``.

| format | module | how |
|---|---|---|
| PDF | ``pdf`` | page content (``pdf_page``) to rules to cells (``lattice``) and lines (``typesetting``) |
| DOCX | ``docx`` | the package's XML (``package``) |
| XLSX | ``spreadsheet`` | the package's XML; values shown by ``number_format``, laid out by ``sheet`` |
| XLS, XLSB | ``spreadsheet`` | calamine |
| HTML, MHTML | ``html`` | lxml |
| CSV, TSV | ``delimited`` | csv |
| text, Markdown | ``text`` | the layouts in which text extractors print tables |
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

from parsing.formats.delimited import read_delimited
from parsing.formats.detection import decode_text, detect
from parsing.formats.doc import read_doc
from parsing.formats.docx import read_docx
from parsing.formats.html import read_html, read_mhtml
from parsing.formats.ofd import read_ofd
from parsing.formats.pdf import read_pdf
from parsing.formats.spreadsheet import read_plain, read_xlsx
from parsing.formats.text import read_text
from parsing.formats.xls import read_xls
from parsing.grid import Doubt, Reading, UnreadableDocumentError

MAX_BYTES = 256 * 2**20
"""Bytes of a document; the largest disclosure seen has 60 MB, mostly pictures."""

_UNSUPPORTED = {
    "ppt": "PowerPoint 97-2003",
    "pptx": "PowerPoint",
    "ole": "an OLE compound file of unknown kind",
    "odf": "OpenDocument",
    "rtf": "RTF",
    "xml": "XML",
    "zip": "a ZIP archive",
    "rar": "a RAR archive",
    "7z": "a 7z archive",
    "gzip": "a gzip file",
    "tar": "a TAR archive",
    "jpeg": "a picture (JPEG)",
    "png": "a picture (PNG)",
    "gif": "a picture (GIF)",
    "tiff": "a picture (TIFF)",
    "bmp": "a picture (BMP)",
    "webp": "a picture (WebP)",
    "unknown": "of no known format",
}


def read(data: bytes) -> Reading:
    """A document's content.  Raises UnreadableDocumentError; its message is one sentence for the issues table."""
    if len(data) > MAX_BYTES:
        raise UnreadableDocumentError("too_large", f"the file has {len(data)} bytes, more than {MAX_BYTES}")
    kind = detect(data)
    if kind not in _READERS:
        raise _refusal(kind, len(data))
    reading = _READERS[kind](data)
    if not reading.blocks and not reading.doubts:
        doubt = Doubt("no_content", f"the {kind} document shows no text and no table")
        return dataclasses.replace(reading, doubts=(doubt,))
    return reading


def _read_text(data: bytes) -> Reading:
    text, _ = decode_text(data)
    return read_text(text)


_READERS: dict[str, Callable[[bytes], Reading]] = {
    "pdf": read_pdf,
    "doc": read_doc,
    "docx": read_docx,
    "xlsx": read_xlsx,
    "xls": read_xls,
    "xlsb": lambda data: read_plain(data, "xlsb"),
    "ofd": read_ofd,
    "html": read_html,
    "mhtml": read_mhtml,
    "csv": lambda data: read_delimited(data, "csv"),
    "tsv": lambda data: read_delimited(data, "tsv"),
    "text": _read_text,
}


def _refusal(kind: str, size: int) -> UnreadableDocumentError:
    if kind == "empty":
        what = "the file is empty" if size == 0 else f"the file holds nothing but {size} blank bytes"
        return UnreadableDocumentError("empty", what)
    if kind == "mangled_pdf":
        reason = "the file was a PDF whose bytes were decoded as text, which destroyed them; fetch it again"
        return UnreadableDocumentError("mangled", reason)
    if kind == "encrypted_office":
        return UnreadableDocumentError("encrypted", "the Office file is encrypted with a password that is not known")
    return UnreadableDocumentError(
        "unsupported_format", f"the file is {_UNSUPPORTED[kind]}, for which there is no reader"
    )
