"""Archives written for the tests, and what is read of them."""

from __future__ import annotations

import io
import struct
import tarfile
import zipfile
import zlib

import pytest

from gongkai.parsing.formats.envelopes.containers import members
from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.text.grid import UnreadableDocumentError

PAGE = "<html><body><p>预算</p></body></html>".encode()


def zip_of(*files: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return out.getvalue()


def tar_of(*files: tuple[str, bytes], encoding: str = "utf-8") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT, encoding=encoding) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def stored_zip(name: bytes, data: bytes, *, flags: int = 0, method: int = 0) -> bytes:
    """An archive of one file whose name and flags are as given: no library writes such ones."""
    numbers = (zlib.crc32(data), len(data), len(data), len(name))
    local = struct.pack("<4s5H3I2H", b"PK\3\4", 20, flags, method, 0, 33, *numbers, 0) + name + data
    central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 20, 20, flags, method, 0, 33, *numbers, 0, 0, 0, 0, 0, 0) + name
    return local + central + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 1, 1, len(central), len(local), 0)


def names_in(data: bytes) -> list[tuple[str, str | None]]:
    return [(member.name, member.problem.kind if member.problem else None) for member in members(identified(data))]


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        list(members(identified(data)))
    return caught.value.kind
