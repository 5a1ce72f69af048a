"""Compound files: streams by path, and files that are cut short."""

from __future__ import annotations

import struct

import pytest

from gongkai.parsing.formats.envelopes import compound
from gongkai.parsing.formats.envelopes.compound import SIGNATURE, CompoundFile
from gongkai.parsing.formats.envelopes.detection import detect
from gongkai.parsing.text.grid import UnreadableDocumentError
from tests.documents.compound import compound_file


def test_streams_small_and_large_and_in_storages() -> None:
    streams = {"a": b"x" * 100, "b/c": b"y" * 5000, "b/d/e": b"", "f": bytes(range(256)) * 40}
    data = compound_file(streams, class_id=b"W" * 16)
    file = CompoundFile(data)
    assert {path: file.read(path) for path in file.paths} == streams
    assert compound.stream_names(data) == {"a", "f"}
    assert file.read("b") is None


def test_stream_that_is_cut_short() -> None:
    data = compound_file({"a": b"x" * 5000})
    start = data.index(b"x" * 5000)
    table = data.index(struct.pack("<II", 1, 2))
    broken = data[:table] + struct.pack("<I", 0xFFFFFFFE) + data[table + 4 :]
    assert start == 512
    with pytest.raises(UnreadableDocumentError, match="has 512 of its 5000 bytes"):
        CompoundFile(broken).read("a")


def test_what_a_compound_file_is_stands_at_its_root() -> None:
    """A workbook that holds a Word document is a workbook, and the other way round."""
    inside = {"MBD1/WordDocument": b"w", "Workbook": b"x"}
    assert detect(compound_file(inside)) == "xls"
    assert detect(compound_file({"ObjectPool/_1/Workbook": b"x", "WordDocument": b"w"})) == "doc"


def test_stream_names_of_a_short_header() -> None:
    assert compound.stream_names(SIGNATURE + bytes(100)) == set()
    assert compound.stream_names(SIGNATURE + b"\xff" * 600) == set()
