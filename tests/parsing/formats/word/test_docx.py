"""DOCX: merged cells, tracked changes, nesting, text boxes; packages that are damaged or bombs."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import docx
import pytest

from gongkai.parsing.formats.envelopes import package
from gongkai.parsing.formats.envelopes.detection import detect
from gongkai.parsing.formats.word.docx import read_docx
from gongkai.parsing.text.grid import Grid, Reading, TextLine, UnreadableDocumentError

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def _docx(body: str, **parts: str) -> bytes:
    """A file with the given body; ``parts`` adds word/NAME.xml, related by its name without digits."""
    names = (
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
        ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}" {names}><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
        kinds = "".join(
            f'<Relationship Id="{name}" Type="x/{name.rstrip("0123456789")}" Target="{name}.xml"/>' for name in parts
        )
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{RELATIONS}">{kinds}</Relationships>')
    return out.getvalue()


def _p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def _tc(text: str, properties: str = "", inner: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}{_p(text)}</w:tc>"


def _tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def _shown(reading: Reading) -> list[str | list[list[str]]]:
    return [
        block.text if isinstance(block, TextLine) else [[cell.text for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def test_merged_cells_of_a_file_by_python_docx() -> None:
    document = docx.Document()
    document.core_properties.title = "部门预算"
    document.add_heading("收支预算总表", 2)
    table = document.add_table(rows=4, cols=3)
    rows = (("项目", "金额", ""), ("", "小计", "其中"), ("工资", "1.00", "0.50"), ("合计", "1.00", ""))
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(0, 0).merge(table.cell(1, 0))
    table.cell(0, 1).merge(table.cell(0, 2))
    document.add_paragraph("注：含上年结转。")
    out = io.BytesIO()
    document.save(out)
    reading = read_docx(out.getvalue())
    assert reading.title == "部门预算"
    heading, grid, note = reading.blocks
    assert heading == TextLine("收支预算总表", heading=2)
    assert note == TextLine("注：含上年结转。")
    assert isinstance(grid, Grid)
    assert (grid.row_count, grid.column_count) == (4, 3)
    assert [(c.row, c.column, c.row_span, c.column_span, c.text) for c in grid.cells][:5] == [
        (0, 0, 2, 1, "项目"),
        (0, 1, 1, 2, "金额"),
        (1, 1, 1, 1, "小计"),
        (1, 2, 1, 1, "其中"),
        (2, 0, 1, 1, "工资"),
    ]


def test_short_rows_and_grid_before_are_filled_with_blanks() -> None:
    body = _tbl(
        _tc("a") + _tc("b") + _tc("c"),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + _tc("x"),
        _tc("wide", '<w:gridSpan w:val="3"/>'),
    )
    assert _shown(read_docx(_docx(body))) == [[["a", "b", "c"], ["", "x", ""], ["wide"]]]


def test_merge_that_nothing_begins_stands_alone() -> None:
    """A row deleted by hand leaves a continuation without its beginning: the cell is kept."""
    body = _tbl(_tc("a", "<w:vMerge/>") + _tc("1"), _tc("b") + _tc("2"))
    assert _shown(read_docx(_docx(body))) == [[["a", "1"], ["b", "2"]]]


def test_nested_table_follows_its_table() -> None:
    inner = _tbl(_tc("1") + _tc("2"))
    assert _shown(read_docx(_docx(_tbl(_tc("外", inner=inner) + _tc("右"))))) == [[["外", "右"]], [["1", "2"]]]


def test_frame_of_one_cell_is_text() -> None:
    assert _shown(read_docx(_docx(_tbl(_tc("说明"))))) == ["说明"]


def test_tracked_changes_fields_and_hidden_text() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>一般</w:t></w:r></w:ins><w:del><w:r><w:delText>基金</w:delText></w:r></w:del>"
        "<w:moveFrom><w:r><w:t>搬走</w:t></w:r></w:moveFrom><w:hyperlink><w:r><w:t>公共</w:t></w:r></w:hyperlink>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
        "<w:r><w:t>码</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>预算</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:tab/><w:t>1</w:t><w:br/><w:t>2</w:t>'
        '<w:br w:type="page"/><w:noBreakHyphen/><w:sym w:char="00A7"/></w:r></w:p>'
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>"
        + _tc("旧")
        + "</w:tr><w:tr>"
        + _tc("新")
        + _tc("1")
        + "</w:tr></w:tbl>"
    )
    assert _shown(read_docx(_docx(body))) == ["一般公共预算\t1\n2-§", [["新", "1"]]]


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{_p('单位：万元')}</w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>收支总表</w:t><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    assert _shown(read_docx(_docx(body))) == ["收支总表", "单位：万元"]


def test_heading_levels_of_styles_and_paragraphs() -> None:
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="a"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="d"/></w:style><w:style w:styleId="d"><w:basedOn w:val="c"/></w:style>'
        "</w:styles>"
    )
    body = (
        _p("一", '<w:pStyle w:val="b"/>')
        + _p("二", '<w:outlineLvl w:val="1"/>')
        + _p("文", '<w:pStyle w:val="a"/><w:outlineLvl w:val="9"/>')
        + _p("环", '<w:pStyle w:val="c"/>')
    )
    reading = read_docx(_docx(body, styles=styles))
    assert [block.heading for block in reading.blocks if isinstance(block, TextLine)] == [1, 2, None, None]


def test_footnotes_come_last() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator">{_p("-")}</w:footnote>'
        f"<w:footnote>{_p('不含结转')}</w:footnote></w:footnotes>"
    )
    assert _shown(read_docx(_docx(_p("正文"), footnotes=notes))) == ["正文", "不含结转"]


def test_strict_variant() -> None:
    data = _docx(_tbl(_tc("a", '<w:gridSpan w:val="2"/>'), _tc("1") + _tc("2")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        target.writestr("word/document.xml", source.read("word/document.xml").decode().replace(W, STRICT))
    assert _shown(read_docx(out.getvalue())) == [[["a"], ["1", "2"]]]


def _kind(data: bytes) -> str:
    with pytest.raises(UnreadableDocumentError) as caught:
        read_docx(data)
    return caught.value.kind


def test_cut_off() -> None:
    data = _docx(_p("正文") * 50)
    assert _kind(data[: len(data) // 2]) == "truncated"


def test_without_its_main_part() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/styles.xml", "<x/>")
    assert _kind(out.getvalue()) == "corrupt"


def test_flipped_byte() -> None:
    data = bytearray(_docx(_p("正文") * 50))
    data[80] ^= 0xFF
    assert _kind(bytes(data)) == "corrupt"


def test_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART", 10_000)
    assert _kind(_docx(_p("零" * 200_000))) == "bomb"
    assert _kind(_docx(_p("".join(chr(0x4E00 + index * 7919 % 20_000) for index in range(20_000))))) == "too_large"


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_MEMBERS", 3)
    assert _kind(_docx(_p("x"), a="<x/>", b="<x/>", c="<x/>")) == "bomb"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused(encoding: str) -> None:
    out = io.BytesIO()
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "哈哈哈哈哈哈哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/hostname">]>'
    )
    text = f'{bomb}<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>前&b;&f;</w:t></w:r></w:p></w:body></w:document>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", text.encode(encoding))
    assert _kind(out.getvalue()) == "bomb"


def test_margins_come_last_as_lines() -> None:
    """Headers and footers of several sections, once each and without page numbers."""
    header = f'<w:hdr xmlns:w="{W}">{_p("某局2026年部门预算")}</w:hdr>'
    footer = f'<w:ftr xmlns:w="{W}">{_p("— 3 —")}{_tbl(_tc("内部资料") + _tc("2"))}</w:ftr>'
    shown = _shown(read_docx(_docx(_p("正文"), footer1=footer, header1=header, header2=header)))
    assert shown == ["正文", "某局2026年部门预算", "内部资料"]


def test_main_part_by_its_relation() -> None:
    out = io.BytesIO()
    target = '<Relationship Id="a" Type="x/officeDocument" Target="/word/document7.xml"/>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}">{target}</Relationships>')
        archive.writestr("word/document7.xml", f'<w:document xmlns:w="{W}"><w:body>{_p("正文")}</w:body></w:document>')
    assert detect(out.getvalue()) == "docx"
    assert _shown(read_docx(out.getvalue())) == ["正文"]


def test_document_taken_in_is_named() -> None:
    reading = read_docx(_docx(_p("正文") + '<w:altChunk w:id="a"/>'))
    assert [doubt.kind for doubt in reading.doubts] == ["unread_part"]
