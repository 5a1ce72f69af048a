"""Lists of property changes, wherever they lie."""

from __future__ import annotations

import struct

import pytest

from gongkai.parsing.formats.word.doc import read_doc
from gongkai.parsing.formats.word.doc_changes import Runs, changes
from tests.documents.word import (
    ROW_END,
    WordFile,
    depth,
    row_definition,
)
from tests.parsing.formats.word.doc_files import shown


def test_properties_of_a_row_in_the_data_stream() -> None:
    """A row of many cells has no room in a page of properties."""
    definition = row_definition(0, [(500 * at, 0) for at in range(1, 41)])
    prls = depth(1) + ROW_END + definition
    file = WordFile(data=bytes(64) + struct.pack("<H", len(prls)) + prls)
    file.row([str(at) for at in range(40)], struct.pack("<HI", 0x6646, 64)).paragraph("末")
    assert shown(read_doc(file.build())) == [[[str(at) for at in range(40)]], "末"]


@pytest.mark.parametrize(
    ("prls", "found"),
    [
        ("2424 01", [(0x2424, "01")]),
        ("4d2a 1234 2424 02", [(0x2A4D, "12"), (0x2434, "24")]),
        ("036a 01020304 2424 02", [(0x6A03, "01020304"), (0x2424, "02")]),
        ("08d6 0400 aabbcc 2424 02", [(0xD608, "aabbcc"), (0x2424, "02")]),
        ("15c6 03 010203 2424 02", [(0xC615, "010203"), (0x2424, "02")]),
        ("15c6 ff 01 11223344 01 112233 2424 02", [(0xC615, "011122334401112233"), (0x2424, "02")]),
        ("036a 0102", []),
        ("24", []),
    ],
    ids=["one byte", "two changes", "four bytes", "a row", "tabs", "many tabs", "cut off", "half a number"],
)
def test_sizes_of_operands(prls: str, found: list[tuple[int, str]]) -> None:
    assert [(sprm, operand.hex()) for sprm, operand in changes(bytes.fromhex(prls))] == found


def test_runs_of_properties() -> None:
    runs = Runs([(10, 20, b"a"), (30, 40, b"b"), (50, 50, b"none")])
    assert [runs.at(fc) for fc in (9, 10, 19, 20, 35, 50)] == [
        (9, b""),
        (20, b"a"),
        (20, b"a"),
        (20, b""),
        (40, b"b"),
        (50, b""),
    ]
    assert list(runs.between(15, 35)) == [(15, 20, b"a"), (30, 35, b"b")]
    assert list(runs.between(20, 30)) == []
