"""Archives: names in every coding, one level inside another, encrypted files, bombs, and what is cut off."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable

import pytest

from gongkai.parsing.formats.envelopes import limits, rar_and_7z
from gongkai.parsing.formats.envelopes.containers import Member, members
from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.text.grid import UnreadableDocumentError

PAGE = "<html><body><p>预算</p></body></html>".encode()


def _zip(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def _tar(*files: tuple[str, bytes], encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def _stored_zip(name: bytes, data: bytes, *, flags: int = 0, method: int = 0) -> bytes:
    """An archive of one file whose name and flags are as given: no library writes such ones."""
    numbers = (zlib.crc32(data), len(data), len(data), len(name))
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, flags, method, 0, 33, *numbers, 0) + name + data
    central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, flags, method, 0, 33, *numbers, 0, 0, 0, 0, 0, 0) + name
    return local + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)


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


def _names(data: bytes) -> list[tuple[str, str | None]]:
    return [(member.name, member.problem.kind if member.problem else None) for member in members(identified(data))]


@pytest.mark.parametrize(
    "data",
    [
        _zip(("决算/收支总表.html", PAGE)),
        _stored_zip("决算\\收支总表.html".encode("gbk"), PAGE),
        _stored_zip("决算/收支总表.html".encode(), PAGE),
        _tar(("决算/收支总表.html", PAGE)),
        _tar(("决算/收支总表.html", PAGE), encoding="gbk"),
        gzip.compress(_tar(("./决算/收支总表.html", PAGE))),
        _zip(("/../决算/../收支总表.html", PAGE), ("__MACOSX/决算/._收支总表.html", b"\0"), ("决算/Thumbs.db", b"\0")),
    ],
    ids=["zip", "zip-gbk", "zip-utf8-unflagged", "tar", "tar-gbk", "tar-gz", "zip-climbing"],
)
def test_names_and_data(data: bytes) -> None:
    assert list(members(identified(data))) == [Member("决算/收支总表.html", identified(PAGE))]


def test_gzip_of_one_file() -> None:
    out = io.BytesIO()
    with gzip.GzipFile("收支总表.html", "wb", fileobj=out) as stream:
        stream.write(PAGE)
    assert [member.file for member in members(identified(out.getvalue()))] == [identified(PAGE)]
    assert list(members(identified(gzip.compress(PAGE)))) == [Member("content", identified(PAGE))]


@pytest.mark.parametrize("pack", [_rar, _seven_zip])
def test_rar_and_7z_by_the_optional_library(pack: Callable[[str, bytes], bytes]) -> None:
    pytest.importorskip("libarchive")
    assert list(members(identified(pack("决算/a.html", PAGE)))) == [Member("决算/a.html", identified(PAGE))]


@pytest.mark.parametrize("pack", [_rar, _seven_zip])
def test_cut_off_stream(pack: Callable[[str, bytes], bytes]) -> None:
    pytest.importorskip("libarchive")
    data = pack("a.html", PAGE * 50)
    try:
        kinds = [kind for _, kind in _names(data[: len(data) // 2])]
    except UnreadableDocumentError as error:
        kinds = [error.kind]
    assert kinds == ["corrupt"]


def test_rar_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rar_and_7z, "_library", lambda: None)
    assert _refusal(_rar("a.html", PAGE)) == "unsupported_format"


def test_one_level_inside_another() -> None:
    innermost = _zip(("c.html", PAGE))
    data = _zip(("某局.zip", _zip(("b.html", PAGE), ("深.zip", innermost))), ("坏.zip", b"PK\3\4"), ("a.html", PAGE))
    assert _names(data) == [
        ("某局.zip/b.html", None),
        ("某局.zip/深.zip", "nested_too_deep"),
        ("坏.zip", "truncated"),
        ("a.html", None),
    ]


def test_problems_of_single_files() -> None:
    damaged = bytearray(_zip(("a.html", PAGE)))
    damaged[60] ^= 0xFF
    assert _names(bytes(damaged)) == [("a.html", "corrupt")]
    assert _names(_stored_zip(b"a.html", PAGE, flags=1)) == [("a.html", "encrypted")]
    assert _names(_stored_zip(b"a.html", PAGE, method=99)) == [("a.html", "unsupported_format")]


def test_file_without_a_name() -> None:
    assert list(members(identified(_stored_zip(b"", PAGE)))) == [Member("unnamed", identified(PAGE))]


def test_bombs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "RATIO_FROM", 10_000)
    assert _names(_zip(("a.txt", b"0" * 2_000_000), ("b.html", PAGE))) == [("a.txt", "bomb"), ("b.html", None)]
    assert _refusal(gzip.compress(b"0" * 2_000_000)) == "bomb"
    monkeypatch.setattr(limits, "MAX_FILES", 2)
    monkeypatch.setattr(limits.Allowance.__init__, "__defaults__", (2, 100))
    assert _refusal(_zip(*((f"{index}.html", PAGE) for index in range(3)))) == "bomb"
    assert _names(_zip(("a.html", PAGE + bytes(100)), ("b.html", PAGE))) == [("a.html", "bomb"), ("b.html", "bomb")]


def _refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        list(members(identified(data)))
    return caught.value.kind


def test_refusals() -> None:
    whole = _zip(("a.html", PAGE * 10))
    assert _refusal(whole[: len(whole) // 2]) == "truncated"
    assert _refusal(gzip.compress(PAGE * 50)[:60]) == "truncated"
    assert _refusal(PAGE) == "unsupported_format"
