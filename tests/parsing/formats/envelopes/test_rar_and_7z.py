"""RAR and 7z, where the optional library is installed and where it is not."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable

import pytest

from gongkai.parsing.formats.envelopes import rar_and_7z
from gongkai.parsing.formats.envelopes.containers import Member, members
from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.text.grid import UnreadableDocumentError
from tests.parsing.formats.envelopes.archive_files import PAGE, names_in, refusal


def _rar(name: str, data: bytes) -> bytes:
    """A RAR 4 archive of one stored file, by its published layout."""

    def block(kind: int, flags: int, fields: bytes, body: bytes = b"") -> bytes:
        head = struct.pack("<BHH", kind, flags, 7 + len(fields)) + fields
        return struct.pack("<H", zlib.crc32(head) & 0xFFFF) + head + body

    label = name.encode()
    fields = struct.pack("<IIBIIBBHI", len(data), len(data), 2, zlib.crc32(data), 0, 20, 0x30, len(label), 32) + label
    return b"Rar!\x1a\x07\x00" + block(0x73, 0, bytes(6)) + block(0x74, 0x8000, fields, data) + block(0x7B, 0x4000, b"")


def _seven_zip(name: str, data: bytes) -> bytes:
    libarchive = pytest.importorskip("libarchive")
    out = io.BytesIO()
    with libarchive.custom_writer(out.write, "7zip") as archive:
        archive.add_file_from_memory(name, len(data), data)
    return out.getvalue()


@pytest.mark.parametrize("pack", [_rar, _seven_zip])
def test_rar_and_7z_by_the_optional_library(pack: Callable[[str, bytes], bytes]) -> None:
    pytest.importorskip("libarchive")
    assert list(members(identified(pack("决算/a.html", PAGE)))) == [Member("决算/a.html", identified(PAGE))]


@pytest.mark.parametrize("pack", [_rar, _seven_zip])
def test_cut_off_stream(pack: Callable[[str, bytes], bytes]) -> None:
    pytest.importorskip("libarchive")
    data = pack("a.html", PAGE * 50)
    try:
        kinds = [kind for _, kind in names_in(data[: len(data) // 2])]
    except UnreadableDocumentError as error:
        kinds = [error.kind]
    assert kinds == ["corrupt"]


def test_rar_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rar_and_7z, "_library", lambda: None)
    assert refusal(_rar("a.html", PAGE)) == "unsupported_format"
