"""The title in the summary information of a compound file."""

from __future__ import annotations

import struct

from gongkai.parsing.formats.word.doc import read_doc
from tests.documents.word import (
    WordFile,
)


def test_title_of_the_summary() -> None:
    text = "部门预算".encode("gb18030") + b"\0"
    values = struct.pack("<IHxx", 2, 936) + struct.pack("<II", 0x1E, len(text)) + text
    head = struct.pack("<IIIIII", 0, 2, 1, 24, 2, 32) + values
    summary = struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + head
    data = WordFile(others={"\x05SummaryInformation": summary}).paragraph("正文").build()
    assert read_doc(data).title == "部门预算"
    data = WordFile(others={"\x05SummaryInformation": summary[:70]}).paragraph("正文").build()
    assert read_doc(data).title is None
