"""DOC and WPS: real files, and files written here; paragraphs, tables and parts in their order."""

from __future__ import annotations

import struct
import zipfile

import pytest

from gongkai.parsing.formats.envelopes.compound import SIGNATURE
from gongkai.parsing.formats.envelopes.detection import identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.formats.word.doc import read_doc
from gongkai.parsing.text.grid import TextLine
from tests.documents.word import (
    IN_TABLE,
    WordFile,
    row_definition,
)
from tests.parsing.formats.word.doc_files import TWO, refusal, shown
from tests.places import SHARED

CORPUS = SHARED / "corpus" / "office"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no shared corpus at {CORPUS}")


@needs_corpus
@pytest.mark.parametrize(
    ("pattern", "lines", "first", "amount"),
    [
        ("3*.wps", 4, "2024年海南省省本级“三公”经费情况", "支出预算数22,618.9万元，比上年预算增加2,536.2万元"),
        ("5*.wps.doc", 14, "关于2024年海南省省级国有资本经营", "收入总共安排51546万元"),
        ("关于2021*.doc", 68, "关于2021年海南省政府预算公开", "预算数为7,102,842万元，比2020年同口径年初预算数"),
    ],
)
def test_files_written_by_wps(pattern: str, lines: int, first: str, amount: str) -> None:
    """WPS writes a class id into the header, which the format reserves."""
    (path,) = CORPUS.glob(pattern)
    reading = read(identified(path.read_bytes()))
    texts = [block.text for block in reading.blocks if isinstance(block, TextLine)]
    assert (reading.format, len(texts), texts[0]) == ("doc", lines, first)
    assert any(amount in text for text in texts)
    assert not reading.doubts


@needs_corpus
def test_list_of_contents_in_frames() -> None:
    """A file by WPS whose frames have heights that stricter readers refuse."""
    (path,) = CORPUS.glob("海南*.zip")
    with zipfile.ZipFile(path) as archive:
        reading = read(identified(archive.read(next(name for name in archive.namelist() if name.endswith("目录.doc")))))
    lines = shown(reading)
    assert len(lines) == 32
    assert lines[:2] == ["目录", "第一部分   2021年海南省省级政府预算表"]
    assert lines[-2:] == [
        "关于2021年海南省政府预算公开部分事项的说明",
        "第三部分  2021年预算公开内容地方政府债务限额及余额预算情况表",
    ]


@needs_corpus
def test_cut_off() -> None:
    (path,) = CORPUS.glob("关于2021*.doc")
    data = path.read_bytes()
    assert refusal(data[: len(data) // 2]).kind == "truncated"


def test_paragraphs_and_a_table_in_order() -> None:
    file = (
        WordFile()
        .paragraph("收支总表")
        .row(["项目", "金额"], TWO)
        .row(["工资\n和津贴", "1,234.50"], TWO)
        .paragraph("注")
    )
    assert shown(read_doc(file.build())) == ["收支总表", [["项目", "金额"], ["工资\n和津贴", "1,234.50"]], "注"]


def test_nested_table_follows_its_table() -> None:
    file = WordFile().paragraph("前")
    file.paragraph("外", IN_TABLE, "\x07").row(["1", "2"], TWO, tables=2).row(["3", "4"], TWO, tables=2)
    file.paragraph("右", IN_TABLE, "\x07").row([], TWO).paragraph("后")
    assert shown(read_doc(file.build())) == ["前", [["外", "右"]], [["1", "2"], ["3", "4"]], "后"]


def test_frame_of_one_cell_is_text() -> None:
    file = WordFile().row(["说明\n另行"], row_definition(0, [(1000, 0)])).paragraph("后")
    assert shown(read_doc(file.build())) == ["说明", "另行", "后"]


def _boxes(shape: int, *ends: int) -> bytes:
    """The structure that lists text boxes."""
    return struct.pack(f"<{len(ends) + 1}I", 0, *ends) + struct.pack("<14xII", shape, 0) * len(ends)


def test_text_boxes_follow_what_they_hang_on() -> None:
    file = WordFile().paragraph("前").paragraph("总\x08表").paragraph("后")
    file.structures[40] = struct.pack("<IIi22x", 3, 6, 1026)
    file.structures[56] = _boxes(1026, 6) + b""
    file.part = 6
    file.paragraph("单位：万元")
    assert shown(read_doc(file.build())) == ["前", "总表", "单位：万元", "后"]
    file.structures[56] = _boxes(2000, 6)  # the shape is one of a group, so nothing says where it hangs
    assert shown(read_doc(file.build())) == ["前", "总表", "后", "单位：万元"]


def test_notes_then_headers_then_footers() -> None:
    file = WordFile().paragraph("正文\x02")
    file.part = 1
    file.paragraph("\x02 不含结转")
    file.part = 2
    for text in ("甲局2026年部门预算\r", "", "内部资料\r", "— 3 —\r", "", "甲局2026年部门预算\r"):
        if text:
            file.paragraph(text.strip())
    lengths = [12, 0, 5, 6, 0, 12]
    ends = [sum(lengths[: at + 1]) for at in range(6)]
    file.structures[11] = struct.pack("<13I", *[0] * 7, *ends)
    file.part = 5
    file.paragraph("\x02 尾注")
    lines = shown(read_doc(file.build()))
    assert lines == ["正文", "不含结转", "尾注", "甲局2026年部门预算", "内部资料"]


def test_row_with_more_cells_than_it_declares() -> None:
    reading = read_doc(WordFile().row(["甲", "乙", "丙"], TWO).row(["1", "2"], TWO).paragraph("后").build())
    assert shown(reading) == ["甲\t乙\t丙", "1\t2", "后"]
    assert [doubt.kind for doubt in reading.doubts] == ["ragged_table"]


def test_table_that_never_ends() -> None:
    """Cells without the mark that ends their row: nothing of them is lost."""
    reading = read_doc(WordFile().paragraph("甲", IN_TABLE, "\x07").paragraph("乙", IN_TABLE, "\x07").build())
    assert (shown(reading), [doubt.kind for doubt in reading.doubts]) == (["甲\t乙"], ["ragged_table"])


def test_pictures_without_text_are_named() -> None:
    reading = read_doc(WordFile().paragraph("\x01").paragraph("\x08").build())
    assert [(doubt.kind, doubt.reason) for doubt in reading.doubts] == [
        ("no_text_layer", "the document shows 2 pictures and no text")
    ]
    assert not read_doc(WordFile().paragraph("\x01 图").build()).doubts


def test_no_word_document() -> None:
    assert refusal(SIGNATURE + bytes(2000)).kind == "corrupt"
    assert refusal(SIGNATURE + bytes(100)).kind == "truncated"
