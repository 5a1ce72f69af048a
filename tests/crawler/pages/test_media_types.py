"""The kind of a file is told from its bytes."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.crawler.pages.media_types import detect_media_type, is_html


def zipped(name: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\r\n%PDF-1.7\n", "application/pdf"),
        (zipped("word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (zipped("xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (zipped("OFD.xml"), "application/ofd"),
        (zipped("预算.pdf"), "application/zip"),
        (b"PK\x03\x04 cut", "application/zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "application/vnd.ms-excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "application/msword"),
        (b"Rar!\x1a\x07\x00", "application/vnd.rar"),
        (b"\xef\xbb\xbf\r\n<!-- c --><!DOCTYPE html><p>", "text/html"),
        ("<p>正文".encode("gbk"), "text/html"),
        ("预算".encode("gbk"), "text/plain"),
        (b"\x00\x01\x02\x03", None),
        (b"", None),
    ],
)
def test_media_types_are_told_from_bytes(body: bytes, kind: str | None) -> None:
    assert detect_media_type(body) == kind
    assert is_html(body) == (kind == "text/html")
