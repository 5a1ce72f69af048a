"""The characters of a DOC file: pieces, widths, and headers that are damaged."""

from __future__ import annotations

import struct

import pytest

from gongkai.parsing.formats.envelopes.compound import CompoundFile
from gongkai.parsing.formats.word.doc import read_doc
from tests.documents.compound import compound_file
from tests.documents.word import (
    FIRST_CHARACTER,
    WordFile,
)
from tests.parsing.formats.word.doc_files import TWO, refusal, shown


def test_narrow_characters() -> None:
    """Pieces of Latin text have a byte a character, in Windows-1252."""
    assert shown(read_doc(WordFile(narrow=True).paragraph("5 € – “x”").build())) == ["5 € – “x”"]


def test_characters_beyond_the_basic_plane_count_twice() -> None:
    file = WordFile().paragraph("𠮷野").row(["𠮷", "2"], TWO).paragraph("末")
    assert shown(read_doc(file.build())) == ["𠮷野", [["𠮷", "2"]], "末"]


@pytest.mark.parametrize(
    ("change", "kind", "sentence"),
    [
        ({"flags": 0x0300}, "encrypted", "encrypted with a password"),
        ({"version": 0x69}, "unsupported_format", "a document of Word 6 or 95"),
        ({"flags": 0}, "corrupt", "its table stream is missing"),
        ({"parts": [99] + [0] * 7}, "corrupt", "it counts 102 characters but has 3"),
        ({"parts": [-9] + [0] * 7}, "corrupt", "it counts -6 characters"),
    ],
)
def test_refusals(change: dict[str, object], kind: str, sentence: str) -> None:
    file = WordFile(**change).paragraph("正文")  # type: ignore[arg-type]
    error = refusal(file.build())
    assert (error.kind, sentence in str(error)) == (kind, True), str(error)


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        (0, b"\xdc\xa5", "a document of Word 6 or 95"),
        (0, b"\xdb\xa5", "a document of Word 2"),
        (0, b"xx", "its header begins with 0x7878"),
        (154 + 8 * 33 + 4, b"\0\0\0\0", "it has no piece table"),
        (154 + 8 * 12, b"\0\0\0\x70", "structure 12 reaches beyond the table stream"),
    ],
)
def test_damaged_headers(place: int, value: bytes, sentence: str) -> None:
    file = CompoundFile(WordFile().paragraph("正文").build())
    streams = {path: file.read(path) or b"" for path in file.paths}
    main = streams["WordDocument"]
    streams["WordDocument"] = main[:place] + value + main[place + len(value) :]
    assert sentence in str(refusal(compound_file(streams)))


def test_pieces_that_share_their_bytes_do_not_multiply_them() -> None:
    file = CompoundFile(WordFile().paragraph("预算" * 2000).build())
    streams = {path: file.read(path) or b"" for path in file.paths}
    main, table = streams["WordDocument"], streams["1Table"]
    pieces = struct.pack("<4I", 0, 4000, 8000, 12000) + struct.pack("<HIH", 0, FIRST_CHARACTER, 0) * 3
    bomb = struct.pack("<BI", 2, len(pieces)) + pieces
    streams["1Table"] = table + bomb
    place = struct.pack("<II", len(table), len(bomb))
    streams["WordDocument"] = main[: 154 + 8 * 33] + place + main[154 + 8 * 34 :]
    assert "more characters than its main stream" in str(refusal(compound_file(streams)))
