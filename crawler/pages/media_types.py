"""Bytes alone tell what kind of file they are.

Portals declare types carelessly (a PDF as text/html, a login page as application/pdf), so that only the content counts.
"""

from __future__ import annotations

import io
import re
import zipfile
from typing import BinaryIO

HEAD = 1 << 20
"""Bytes of a long body that are looked at where its beginning tells what it is."""
HTML = "text/html"
PDF = "application/pdf"
ZIP = "application/zip"

SIGNATURES = (
    (b"{\\rtf", "application/rtf"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"Founder CEB", "application/x-ceb"),
    (b"MIME-Version:", "multipart/related"),
)
ZIPPED = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("OFD.xml", "application/ofd"),
)
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
COMPOUND_STREAMS = (
    # names of streams in OLE compound files; WPS Office writes them too
    ("Workbook", "application/vnd.ms-excel"),
    ("WordDocument", "application/msword"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
)
HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title|script|"
    rb"div|table|center|p|font|style|link|a|span|ul|iframe)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
HTML_INSIDE = re.compile(rb"<html[\s>]|<!doctype html", re.IGNORECASE)
OFFICE_EXPORT = re.compile(rb"urn:schemas-microsoft-com:office|name=[\"']?ProgId", re.IGNORECASE)


def detect_media_type(whole: bytes | BinaryIO) -> str | None:
    """The media type of a whole body; None when nothing is recognised.  A stream is read where it has to be."""
    body = whole if isinstance(whole, bytes) else whole.read(HEAD)
    if b"%PDF-" in body[:1024]:
        return PDF
    if body.startswith(b"PK\x03\x04"):
        return _zipped(io.BytesIO(whole) if isinstance(whole, bytes) else whole)
    if body.startswith(COMPOUND):
        return _compound(body if isinstance(whole, bytes) else body + whole.read())
    signed = next((kind for signature, kind in SIGNATURES if body.startswith(signature)), None) or _picture(body)
    return signed or (HTML if is_html(body) else _textual(body))


def _picture(body: bytes) -> str | None:
    """WebP and BMP, whose first bytes alone do not tell them."""
    if body.startswith(b"RIFF") and body[8:12] == b"WEBP":
        return "image/webp"
    is_bitmap = body.startswith(b"BM") and int.from_bytes(body[2:6], "little") == len(body)
    return "image/bmp" if is_bitmap else None


def is_html(body: bytes) -> bool:
    """True for bytes that are an HTML page, with or without its proper beginning."""
    head = body[:4096].removeprefix(b"\xef\xbb\xbf")
    return HTML_START.match(head) is not None or HTML_INSIDE.search(head) is not None


def is_office_export(body: bytes) -> bool:
    """True for HTML that Word or Excel saved: a file in its own right, offered as .doc or .xls."""
    return OFFICE_EXPORT.search(body[:8192]) is not None


def _compound(body: bytes) -> str:
    return next((kind for name, kind in COMPOUND_STREAMS if name.encode("utf-16-le") in body), "application/x-ole")


def _zipped(body: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(body) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):  # a damaged file is still a zip to whoever repairs it
        return ZIP
    return next((kind for start, kind in ZIPPED if any(name.startswith(start) for name in names)), ZIP)


def _textual(body: bytes) -> str | None:
    if not body or b"\x00" in body[:4096]:
        return None
    kind = "application/xml" if body.lstrip().startswith(b"<?xml") else "text/plain"
    for encoding in ("utf-8", "gb18030"):
        try:
            body.decode(encoding)
        except UnicodeDecodeError:
            continue
        return kind
    return None
