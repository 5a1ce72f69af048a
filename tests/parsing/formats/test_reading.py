"""The front door: every kind of bytes ends as a Reading or as one clear sentence."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.text.grid import Reading, UnreadableDocumentError


@pytest.mark.parametrize(
    ("data", "kind", "sentence"),
    [
        (b"", "empty", "the file is empty"),
        (b" \n", "empty", "the file holds nothing but 2 blank bytes"),
        (b"%PDF-1.4\n" + "�".encode() * 99, "mangled", "decoded as text"),
        (b"%PDF-1.7\n1 0 obj", "truncated", "breaks off before its end mark"),
        (b"PK\x03\x04", "unsupported_format", "a ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "truncated", "the Office 97-2003 file breaks off"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "unsupported_format", "an OLE compound file"),
        (b"Rar!\x1a\x07\x01\x00", "unsupported_format", "a RAR archive"),
        (b"GIF89a", "unsupported_format", "a picture"),
        (b"\x89PNG\r\n\x1a\n", "corrupt", "none of its pictures can be drawn"),
        (b"\x01\x02\x03" * 30, "unsupported_format", "of no known format"),
    ],
)
def test_refusals(data: bytes, kind: str, sentence: str) -> None:
    with pytest.raises(UnreadableDocumentError, match=sentence) as caught:
        read(identified(data))
    assert caught.value.kind == kind


def test_page_without_content_is_named() -> None:
    reading = read(identified(b"<html><head><script>go()</script></head><body></body></html>"))
    assert reading == Reading("html", (), doubts=reading.doubts)
    assert [doubt.kind for doubt in reading.doubts] == ["no_content"]


def test_html_under_any_name() -> None:
    assert read(identified("<html><body><p>预算</p></body></html>".encode("gb18030"))).format == "html"
