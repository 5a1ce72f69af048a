"""The format of a file, told by its bytes and never by its name or declared type: portals mislabel both."""

from __future__ import annotations

import codecs
import collections
import csv
import dataclasses
import io
import re
import struct
import unicodedata
import zipfile
import zlib

from gongkai.parsing.formats.envelopes import compound

HEAD = 65_536
"""Bytes looked at for text-like formats."""

MAX_MEMBERS = 20_000
"""Entries of a ZIP directory looked at; office files have under 2,000."""

_SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"\x09\x08\x10\0\0\x06", "xls"),
    (b"\x09\x08\x08\0\0\x05", "xls"),
    (b"\x09\x04\x06\0", "xls"),
    (b"\x09\x02\x06\0", "xls"),
)
"""First bytes; a workbook's stream without its compound file begins with a BOF record ([MS-XLS] 2.4.21)."""

_UNZIPPABLE = (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, EOFError)
"""Exceptions of ``zipfile`` on a damaged directory."""

MOST_PICTURES = 500
"""Pictures of one document; a ZIP of more is an archive of somebody's."""

_ZIP_MEMBERS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
)

_DOCUMENT_PART = re.compile(r"word/document\d+\.xml")
"""The main part as some services name it."""

_OLE_STREAMS = (
    ("EncryptedPackage", "encrypted_office"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
)

_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|table|tbody|tr|meta|script|div|title|p|span|h[1-6]|center|font|br)\b",
    re.IGNORECASE,
)
_HTML_INSIDE = re.compile(rb"<(?:html|body|table)\b", re.IGNORECASE)
_HTML_END = re.compile(rb"</(?:html|body|table|tr|td)>", re.IGNORECASE)
_HTML_ROOT = re.compile(rb"<(?:!doctype\s+)?html\b", re.IGNORECASE)
_XML_PROLOG = rb"(?:<\?.{0,1000}?\?>\s*|<!--.{0,4000}?-->\s*|<!DOCTYPE[^>\[]*(?:\[[^\]]{0,60000}\])?>\s*){0,20}"
_XML_ROOT = re.compile(_XML_PROLOG + rb"<([\w:.-]{1,100})([^>]*)", re.DOTALL)
_XML_ROOTS = (
    (b"wordDocument", b"http://schemas.microsoft.com/office/word/2003/wordml", "word_xml"),
    (b"package", b"http://schemas.microsoft.com/office/2006/xmlPackage", "word_xml"),
    (b"Workbook", b"urn:schemas-microsoft-com:office:spreadsheet", "spreadsheet_xml"),
)
"""Root element, namespace declared in it, kind."""

_MIME_PARTS = re.compile(rb"multipart/related|text/html", re.IGNORECASE)
_MIME_HEADER = re.compile(rb"^(?:MIME-Version|Content-Type):[^\r\n]*", re.IGNORECASE | re.MULTILINE)

MANGLED = 16
"""Replacement characters (or Latin-1 letters) in the head from which PDF bytes have been through a decoder."""


@dataclasses.dataclass(frozen=True, slots=True)
class File:
    """Bytes with the format they are in, a name of those that ``detect`` gives: told once, however many ask."""

    data: bytes
    kind: str


def identified(data: bytes) -> File:
    """A file with its format found out from its bytes."""
    return File(data, detect(data))


def detect(data: bytes) -> str:
    """The format of a file: ``pdf``, ``mangled_pdf`` (PDF bytes that were decoded as text, so lost), ``docx``,
    ``xlsx``, ``xlsb``, ``pptx``, ``ofd``, ``odf``, ``zip``, ``album`` (a ZIP of nothing but pictures of pages),
    ``doc``, ``xls``, ``ppt``, ``encrypted_office``, ``ole``, ``word_xml``, ``spreadsheet_xml`` (Office documents in
    one XML file), ``html``, ``mhtml``, ``rtf``, ``xml``, ``csv``, ``tsv``, ``text``, ``jpeg``, ``png``, ``gif``,
    ``tiff``, ``bmp``, ``webp``, ``rar``, ``7z``, ``gzip``, ``tar``, ``empty`` or ``unknown``.

    ``doc`` and ``xls`` include WPS Writer and Spreadsheets (``.wps``, ``.et``) where they use the same streams.
    """
    if not data.strip(b"\0 \t\r\n\f"):
        return "empty"
    # An archive may hold a PDF uncompressed, within reach of where a PDF may begin late.
    archive = data.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf\x27\x1c")) or is_tar(data)
    if b"%PDF-" in data[:1024] and not archive:
        return "mangled_pdf" if _is_mangled(data[:HEAD]) else "pdf"
    return _binary_kind(data) or _text_kind(data)


def is_tar(data: bytes) -> bool:
    """True where bytes begin with the header of a TAR archive's first file (POSIX.1-1988)."""
    return data[257:262] == b"ustar"


def _binary_kind(data: bytes) -> str | None:
    """The format by the signature at its start; None where there is none."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(compound.SIGNATURE):
        return _ole_kind(data)
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "webp"
    if data.startswith(b"BM") and len(data) > 6 and struct.unpack_from("<I", data, 2)[0] == len(data):
        return "bmp"
    if is_tar(data):
        return "tar"
    return next((kind for signature, kind in _SIGNATURES if data.startswith(signature)), None)


def _is_mangled(head: bytes) -> bool:
    """True where PDF bytes were decoded as text and written as UTF-8.

    The binary streams of a real PDF are never valid UTF-8; decoded ones are, full of U+FFFD or of Latin-1 letters.
    """
    text = _utf8(head)
    if text is None:
        return False
    return text.count("�") >= MANGLED or sum("\x80" <= c <= "\xff" for c in text) >= MANGLED * 16


def _utf8(head: bytes) -> str | None:
    """The text if the bytes are UTF-8, a character cut off at the end aside; else None."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return None


def _zip_kind(data: bytes) -> str:
    """The kind of a ZIP by its members.  A damaged directory leaves ``zip``: its reader says what is wrong."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/") for name in archive.namelist()[:MAX_MEMBERS]}
    except _UNZIPPABLE:
        return _zip_kind_by_local_names(data)
    for member, kind in _ZIP_MEMBERS:
        if member in names:
            return kind
    if any(_DOCUMENT_PART.fullmatch(name) for name in names):
        return "docx"
    if {"mimetype", "content.xml"} <= names:
        return "odf"
    return "album" if _is_album(data) else "zip"


def _is_album(data: bytes) -> bool:
    """True for a ZIP that holds nothing but pictures that can be pages: scans of one document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            return 0 < len(infos) <= MOST_PICTURES and all(_is_page(archive, info) for info in infos)
    except (*_UNZIPPABLE, RuntimeError, zlib.error, LookupError):
        return False


def _is_page(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    with archive.open(info) as stream:
        head = stream.read(16)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return True
    return any(head.startswith(signature) for signature, kind in _SIGNATURES if kind in {"jpeg", "png", "tiff"})


def _zip_kind_by_local_names(data: bytes) -> str:
    """The kind of a ZIP without directory (cut off): member names also stand before each member."""
    for member, kind in _ZIP_MEMBERS:
        if member.encode() in data[: 1 << 20]:
            return kind
    return "zip"


def _ole_kind(data: bytes) -> str:
    """The kind of an OLE compound file by the streams its directory names."""
    names = compound.stream_names(data)
    for stream, kind in _OLE_STREAMS:
        if stream in names:
            return kind
    return "ole"


def _text_kind(data: bytes) -> str:
    head = data[:HEAD]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf"):
        return "rtf"
    headers = _MIME_HEADER.findall(head[:4096])
    if len(headers) > 1 and _MIME_PARTS.search(head[:4096]):
        return "mhtml"
    plain = head
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        plain = head.decode("utf-16", "replace").encode("utf-8", "replace")
    start = plain.lstrip(b"\xef\xbb\xbf \t\r\n")
    if kind := _markup_kind(start):
        return kind
    if _HTML_INSIDE.search(plain) and _HTML_END.search(data):
        return "html"
    return _plain_kind(head)


def _markup_kind(start: bytes) -> str | None:
    """XML by the name and namespace of its root element, or HTML; None for what does not begin as either."""
    if (root := _XML_ROOT.match(start)) is not None:
        name = root[1].rpartition(b":")[2]
        for known, namespace, kind in _XML_ROOTS:
            if name == known and namespace in root[2]:
                return kind
    if start.startswith(b"<?xml") and not _HTML_ROOT.search(start):
        return "xml"
    return "html" if start.startswith(b"<") and _HTML_TAG.search(start) else None


def _plain_kind(head: bytes) -> str:
    text, _ = decode_text(head)
    strange = sum(unicodedata.category(c) in ("Cc", "Cn") and c not in "\t\r\n\f" for c in text) + text.count("�")
    if strange > 0.05 * len(text):
        return "unknown"
    if is_delimited(text, "\t"):
        return "tsv"
    if is_delimited(text, ","):
        return "csv"
    return "text"


def is_delimited(text: str, delimiter: str) -> bool:
    """True where nearly all lines of a text have the same number of fields: two filled ones, or three and more.

    Commas that only part thousands (``1,234.00``) delimit nothing; Markdown, and text whose tables stand among
    running text, are not delimited files.
    """
    lines = [line for line in text.splitlines()[:1_000] if line.strip()]
    if len(lines) < 2 or any(line.startswith(("#", "|")) for line in lines):
        return False
    if delimiter == "," and not any(_PLAIN_COMMA.search(line) for line in lines):
        return False
    try:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if row]
    except csv.Error:
        return False
    (fields, count), *_ = collections.Counter(map(len, rows)).most_common(1)
    if fields == 2:
        count = sum(len(row) == 2 and all(field.strip() for field in row) for row in rows)
    return fields >= 2 and count >= 0.8 * len(rows)


_PLAIN_COMMA = re.compile(r"(?<!\d),|,(?!\d{3})")
"""A comma that does not part thousands."""

_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030"}
"""GB18030 is a superset of what pages declare, and they use its characters without saying so."""


_SINGLE_BYTE = {"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin-1", "latin1", "windows-1252", "cp1252"}
"""Encodings that servers declare by default: none is Chinese, and all bytes are valid in each."""


def decode_text(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """(text, encoding) of bytes in UTF-8, UTF-16 with a mark, GB18030, or the declared encoding.

    A byte order mark wins; then UTF-8 where the bytes are valid in it (text in another encoding never is, by
    accident), then the declared encoding (unless it cannot be Chinese), then GB18030.  Where none fits, the one with
    the fewest characters lost (U+FFFD in the text) is taken.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    if (text := _utf8(data)) is not None:
        return text, "utf-8"
    known = _known(declared)
    candidates = ["gb18030"] if known is None or known in _SINGLE_BYTE else [known, "gb18030"]
    for encoding in candidates:
        try:
            return codecs.getincrementaldecoder(encoding)().decode(data), encoding
        except UnicodeDecodeError:
            continue
    texts = [(data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", *candidates)]
    return min(texts, key=lambda candidate: candidate[0].count("�"))


def _known(declared: str | None) -> str | None:
    """The codec for a declared encoding; None where Python has none that makes text of bytes."""
    if declared is None:
        return None
    name = declared.strip().strip("\"'").lower()
    name = _ALIASES.get(name, name)
    try:
        b"a".decode(name)  # raises LookupError for unknown names and for codecs that make no text
    except (LookupError, ValueError):
        return None
    return name
