"""Properties of a DOC file: hidden and deleted text, fields, headings, what ends a paragraph."""

from __future__ import annotations

import struct

from gongkai.parsing.formats.word.doc import read_doc
from gongkai.parsing.text.grid import TextLine
from tests.documents.word import (
    DELETED,
    VANISHED,
    WordFile,
    symbol,
)
from tests.parsing.formats.word.doc_files import TWO, shown


def test_tracked_changes_fields_and_hidden_text() -> None:
    file = WordFile().text("一般").text("基金", DELETED).text("隐藏", VANISHED).text("公共")
    file.text("\x13 REF \x13 A \x14内\x15 \x14预算\x15\t1\v2").text("(", symbol(0xA7)).paragraph("\x1e\x1f\x0c\x15")
    file.row(["旧", "0"], TWO, properties=DELETED).row(["新", "1"], TWO)
    assert shown(read_doc(file.build())) == ["一般公共预算\t1\n2§-", [["新", "1"]]]


def test_row_whose_mark_is_hidden_stays() -> None:
    file = WordFile().row(["甲", "1"], TWO, properties=VANISHED).row(["乙", "2"], TWO)
    assert shown(read_doc(file.build())) == [[["甲", "1"], ["乙", "2"]]]


def test_field_without_end_hides_nothing() -> None:
    assert shown(read_doc(WordFile().paragraph("前\x13 PAGE \x14后").build())) == ["前 PAGE 后"]


def test_page_mark_ends_a_paragraph_only_where_its_properties_do() -> None:
    file = WordFile().paragraph("节", mark="\x0c").paragraph("前\x0c后")
    assert shown(read_doc(file.build())) == ["节", "前后"]


def test_properties_of_a_piece_after_a_fast_save() -> None:
    file = WordFile(changes=VANISHED).paragraph("隐藏")
    assert not read_doc(file.build()).blocks


def test_headings_of_styles_and_paragraphs() -> None:
    def style(identifier: int, base: int, prls: bytes) -> bytes:
        name = struct.pack("<HHH", 1, 0x61, 0)
        body = struct.pack("<HHHHH", identifier, base << 4 | 1, 1, 0, 0) + name + struct.pack("<HH", len(prls) + 2, 0)
        return struct.pack("<H", len(body) + len(prls)) + body + prls

    level = struct.pack("<HB", 0x2640, 2)
    styles = [style(0, 0xFFF, b""), style(1, 0, b""), style(0x0FFE, 1, b""), style(0x0FFE, 0xFFF, level), b"\0\0"]
    sheet = struct.pack("<HHH", 4, len(styles), 10) + b"".join(styles)
    file = WordFile(structures={1: sheet})
    for number, text in enumerate(["文", "一", "甲", "（一）", "空"]):
        file.paragraph(text, style=number)
    file.paragraph("直", struct.pack("<HB", 0x2640, 0))
    headings = [block.heading for block in read_doc(file.build()).blocks if isinstance(block, TextLine)]
    assert headings == [None, 1, 1, 3, None, 1]
