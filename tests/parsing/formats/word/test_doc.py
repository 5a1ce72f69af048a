"""DOC and WPS: real files, and files written here for every structure the reader knows."""

from __future__ import annotations

import struct
import zipfile

import pytest

from gongkai.parsing.formats.envelopes import compound
from gongkai.parsing.formats.envelopes.compound import SIGNATURE, CompoundFile
from gongkai.parsing.formats.envelopes.detection import detect, identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.formats.word.doc import read_doc
from gongkai.parsing.text.grid import Grid, Reading, TextLine, UnreadableDocumentError
from tests.documents.compound import compound_file
from tests.documents.word import (
    DELETED,
    FIRST_CHARACTER,
    IN_TABLE,
    ROW_END,
    VANISHED,
    WordFile,
    depth,
    row_definition,
    symbol,
)
from tests.places import SHARED

CORPUS = SHARED / "corpus" / "office"

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"no shared corpus at {CORPUS}")

BEGINS, GOES_ON = 0x60, 0x20
"""Flags of a cell that begins a vertically merged set, and of one that goes on the one above."""

TWO = row_definition(0, [(1000, 0), (2000, 0)])


def _refusal(data: bytes) -> UnreadableDocumentError:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_doc(data)
    return caught.value


def _shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def _spans(file: WordFile) -> list[tuple[int, int, int, int, str]]:
    """(row, column, rows, columns, text) of the cells of the one table."""
    (grid,) = (block for block in read_doc(file.build()).blocks if isinstance(block, Grid))
    return [(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells]


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
    lines = _shown(reading)
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
    assert _refusal(data[: len(data) // 2]).kind == "truncated"


def test_paragraphs_and_a_table_in_order() -> None:
    file = (
        WordFile()
        .paragraph("收支总表")
        .row(["项目", "金额"], TWO)
        .row(["工资\n和津贴", "1,234.50"], TWO)
        .paragraph("注")
    )
    assert _shown(read_doc(file.build())) == ["收支总表", [["项目", "金额"], ["工资\n和津贴", "1,234.50"]], "注"]


def test_narrow_characters() -> None:
    """Pieces of Latin text have a byte a character, in Windows-1252."""
    assert _shown(read_doc(WordFile(narrow=True).paragraph("5 € – “x”").build())) == ["5 € – “x”"]


def test_characters_beyond_the_basic_plane_count_twice() -> None:
    file = WordFile().paragraph("𠮷野").row(["𠮷", "2"], TWO).paragraph("末")
    assert _shown(read_doc(file.build())) == ["𠮷野", [["𠮷", "2"]], "末"]


def test_merged_cells() -> None:
    heads = row_definition(0, [(1000, BEGINS), (3000, 0)])
    file = WordFile()
    file.row(["项目", "金额"], heads)
    file.row(["", "小计", "其中"], row_definition(0, [(1000, GOES_ON), (2000, 0), (3000, 0)]))
    file.row(["工资", "1", "2"], row_definition(0, [(1000, 0), (2000, 0), (3000, 0)]))
    assert _spans(file) == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "金额"),
        (1, 1, 1, 1, "小计"),
        (1, 2, 1, 1, "其中"),
        (2, 0, 1, 1, "工资"),
        (2, 1, 1, 1, "1"),
        (2, 2, 1, 1, "2"),
    ]


@pytest.mark.parametrize("flags", [(1, 2, 1, 2), (2, 1, 2, 1), (3, 1, 2, 1)])
def test_sets_of_merged_cells_by_either_flag(flags: tuple[int, ...]) -> None:
    """The two descriptions of the format give the first cell of a set different flags."""
    file = WordFile()
    file.row(["a", "", "b", ""], row_definition(0, [(1000 * at, flag) for at, flag in enumerate(flags, 1)]))
    file.row(list("1234"), row_definition(0, [(1000 * at, 0) for at in range(1, 5)]))
    assert _spans(file)[:2] == [(0, 0, 1, 2, "a"), (0, 2, 1, 2, "b")]


def test_changes_after_the_definition_of_a_row() -> None:
    """Cells inserted, deleted, widened, merged after the row was made: what a saved edit leaves."""
    insert = struct.pack("<HBBh", 0x7621, 1, 1, 500)
    delete = struct.pack("<HBB", 0x5622, 0, 1)
    widen = struct.pack("<HBBh", 0x7623, 0, 1, 1500)
    merge = struct.pack("<HBB", 0x5624, 0, 2)
    upright = struct.pack("<HBBB", 0xD62B, 2, 1, 1)
    three = row_definition(0, [(1000, 0), (1500, 0), (2500, 0)])
    file = WordFile().row(["甲", "乙", "丙"], TWO + insert).row(["1", "2", "3"], three)
    assert [cell[:2] for cell in _spans(file)] == [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]
    assert _spans(WordFile().row(["甲"], TWO + delete).row(["1"], TWO + delete)) == [
        (0, 0, 1, 1, "甲"),
        (1, 0, 1, 1, "1"),
    ]
    file = WordFile().row(["甲", "乙"], TWO + widen).row(["1", "2", "3"], three)
    assert _spans(file)[:2] == [(0, 0, 1, 2, "甲"), (0, 2, 1, 1, "乙")]
    assert _spans(WordFile().row(["甲", ""], TWO + merge).row(["1", "2"], TWO))[0] == (0, 0, 1, 2, "甲")
    begun = row_definition(0, [(1000, 0), (2000, BEGINS)])
    assert _spans(WordFile().row(["甲", "乙"], begun).row(["1", ""], TWO + upright))[1] == (0, 1, 2, 1, "乙")


def test_edges_that_differ_by_rounding_are_one_column() -> None:
    file = WordFile()
    file.row(["项目", "金额"], row_definition(-17, [(1003, BEGINS), (2000, 0)]))
    file.row(["", "1"], row_definition(-15, [(1000, GOES_ON), (2002, 0)]))
    assert _spans(file) == [(0, 0, 2, 1, "项目"), (0, 1, 1, 1, "金额"), (1, 1, 1, 1, "1")]


def test_properties_of_a_row_in_the_data_stream() -> None:
    """A row of many cells has no room in a page of properties."""
    definition = row_definition(0, [(500 * at, 0) for at in range(1, 41)])
    prls = depth(1) + ROW_END + definition
    file = WordFile(data=bytes(64) + struct.pack("<H", len(prls)) + prls)
    file.row([str(at) for at in range(40)], struct.pack("<HI", 0x6646, 64)).paragraph("末")
    assert _shown(read_doc(file.build())) == [[[str(at) for at in range(40)]], "末"]


def test_nested_table_follows_its_table() -> None:
    file = WordFile().paragraph("前")
    file.paragraph("外", IN_TABLE, "\x07").row(["1", "2"], TWO, tables=2).row(["3", "4"], TWO, tables=2)
    file.paragraph("右", IN_TABLE, "\x07").row([], TWO).paragraph("后")
    assert _shown(read_doc(file.build())) == ["前", [["外", "右"]], [["1", "2"], ["3", "4"]], "后"]


def test_frame_of_one_cell_is_text() -> None:
    file = WordFile().row(["说明\n另行"], row_definition(0, [(1000, 0)])).paragraph("后")
    assert _shown(read_doc(file.build())) == ["说明", "另行", "后"]


def test_tracked_changes_fields_and_hidden_text() -> None:
    file = WordFile().text("一般").text("基金", DELETED).text("隐藏", VANISHED).text("公共")
    file.text("\x13 REF \x13 A \x14内\x15 \x14预算\x15\t1\v2").text("(", symbol(0xA7)).paragraph("\x1e\x1f\x0c\x15")
    file.row(["旧", "0"], TWO, properties=DELETED).row(["新", "1"], TWO)
    assert _shown(read_doc(file.build())) == ["一般公共预算\t1\n2§-", [["新", "1"]]]


def test_row_whose_mark_is_hidden_stays() -> None:
    file = WordFile().row(["甲", "1"], TWO, properties=VANISHED).row(["乙", "2"], TWO)
    assert _shown(read_doc(file.build())) == [[["甲", "1"], ["乙", "2"]]]


def test_field_without_end_hides_nothing() -> None:
    assert _shown(read_doc(WordFile().paragraph("前\x13 PAGE \x14后").build())) == ["前 PAGE 后"]


def test_page_mark_ends_a_paragraph_only_where_its_properties_do() -> None:
    file = WordFile().paragraph("节", mark="\x0c").paragraph("前\x0c后")
    assert _shown(read_doc(file.build())) == ["节", "前后"]


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


def _boxes(shape: int, *ends: int) -> bytes:
    """The structure that lists text boxes."""
    return struct.pack(f"<{len(ends) + 1}I", 0, *ends) + struct.pack("<14xII", shape, 0) * len(ends)


def test_text_boxes_follow_what_they_hang_on() -> None:
    file = WordFile().paragraph("前").paragraph("总\x08表").paragraph("后")
    file.structures[40] = struct.pack("<IIi22x", 3, 6, 1026)
    file.structures[56] = _boxes(1026, 6) + b""
    file.part = 6
    file.paragraph("单位：万元")
    assert _shown(read_doc(file.build())) == ["前", "总表", "单位：万元", "后"]
    file.structures[56] = _boxes(2000, 6)  # the shape is one of a group, so nothing says where it hangs
    assert _shown(read_doc(file.build())) == ["前", "总表", "后", "单位：万元"]


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
    lines = _shown(read_doc(file.build()))
    assert lines == ["正文", "不含结转", "尾注", "甲局2026年部门预算", "内部资料"]


def test_row_with_more_cells_than_it_declares() -> None:
    reading = read_doc(WordFile().row(["甲", "乙", "丙"], TWO).row(["1", "2"], TWO).paragraph("后").build())
    assert _shown(reading) == ["甲\t乙\t丙", "1\t2", "后"]
    assert [doubt.kind for doubt in reading.doubts] == ["ragged_table"]


def test_table_that_never_ends() -> None:
    """Cells without the mark that ends their row: nothing of them is lost."""
    reading = read_doc(WordFile().paragraph("甲", IN_TABLE, "\x07").paragraph("乙", IN_TABLE, "\x07").build())
    assert (_shown(reading), [doubt.kind for doubt in reading.doubts]) == (["甲\t乙"], ["ragged_table"])


def test_title_of_the_summary() -> None:
    text = "部门预算".encode("gb18030") + b"\0"
    values = struct.pack("<IHxx", 2, 936) + struct.pack("<II", 0x1E, len(text)) + text
    head = struct.pack("<IIIIII", 0, 2, 1, 24, 2, 32) + values
    summary = struct.pack("<HHI16sI16sI", 0xFFFE, 0, 0, b"", 1, b"", 48) + head
    data = WordFile(others={"\x05SummaryInformation": summary}).paragraph("正文").build()
    assert read_doc(data).title == "部门预算"
    data = WordFile(others={"\x05SummaryInformation": summary[:70]}).paragraph("正文").build()
    assert read_doc(data).title is None


def test_pictures_without_text_are_named() -> None:
    reading = read_doc(WordFile().paragraph("\x01").paragraph("\x08").build())
    assert [(doubt.kind, doubt.reason) for doubt in reading.doubts] == [
        ("no_text_layer", "the document shows 2 pictures and no text")
    ]
    assert not read_doc(WordFile().paragraph("\x01 图").build()).doubts


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
    error = _refusal(file.build())
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
    assert sentence in str(_refusal(compound_file(streams)))


def test_pieces_that_share_their_bytes_do_not_multiply_them() -> None:
    file = CompoundFile(WordFile().paragraph("预算" * 2000).build())
    streams = {path: file.read(path) or b"" for path in file.paths}
    main, table = streams["WordDocument"], streams["1Table"]
    pieces = struct.pack("<4I", 0, 4000, 8000, 12000) + struct.pack("<HIH", 0, FIRST_CHARACTER, 0) * 3
    bomb = struct.pack("<BI", 2, len(pieces)) + pieces
    streams["1Table"] = table + bomb
    place = struct.pack("<II", len(table), len(bomb))
    streams["WordDocument"] = main[: 154 + 8 * 33] + place + main[154 + 8 * 34 :]
    assert "more characters than its main stream" in str(_refusal(compound_file(streams)))


def test_no_word_document() -> None:
    assert _refusal(SIGNATURE + bytes(2000)).kind == "corrupt"
    assert _refusal(SIGNATURE + bytes(100)).kind == "truncated"


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
