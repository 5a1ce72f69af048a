"""The title in a compound file's summary information ([MS-OLEPS])."""

from __future__ import annotations

import struct

from gongkai.parsing.formats.envelopes.compound import CompoundFile

_STREAM = "\x05SummaryInformation"
_CODE_PAGE, _TITLE = 1, 2
_BYTES, _UTF_16 = 0x1E, 0x1F
_CODE_PAGES = {936: "gb18030", 1200: "utf-16-le", 54936: "gb18030", 65001: "utf-8"}


def summary_title(file: CompoundFile) -> str | None:
    """The title; None where there is none, or where the stream is damaged: it is only a hint."""
    raw = file.read(_STREAM) or b""
    try:
        return _title(raw)
    except (struct.error, LookupError, ValueError):
        return None


def _title(raw: bytes) -> str | None:
    start = struct.unpack_from("<I", raw, 44)[0]
    count = min(struct.unpack_from("<I", raw, start + 4)[0], 100)
    places = dict(struct.unpack_from("<II", raw, start + 8 + 8 * index) for index in range(count))
    if _TITLE not in places:
        return None
    page = 936
    if _CODE_PAGE in places:
        page = struct.unpack_from("<H", raw, start + places[_CODE_PAGE] + 4)[0]
    kind, length = struct.unpack_from("<II", raw, start + places[_TITLE])
    text = raw[start + places[_TITLE] + 8 :]
    if kind == _UTF_16:
        return _cleaned(text[: 2 * length].decode("utf-16-le"))
    return _cleaned(text[:length].decode(_CODE_PAGES.get(page, f"cp{page}"))) if kind == _BYTES else None


def _cleaned(text: str) -> str | None:
    return text.split("\0", maxsplit=1)[0].strip() or None
