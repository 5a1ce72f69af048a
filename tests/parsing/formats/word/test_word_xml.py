"""Word documents in one XML file: that of Word 2003, and flat packages."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.envelopes import package
from gongkai.parsing.formats.envelopes.detection import detect, identified
from gongkai.parsing.formats.reading import read
from gongkai.parsing.text.grid import Reading, TextLine, UnreadableDocumentError

NAMES = (
    'xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml" xmlns:aml="http://schemas.microsoft.com/aml/2001/core"'
    ' xmlns:wx="http://schemas.microsoft.com/office/word/2003/auxHint" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:o="urn:schemas-microsoft-com:office:office"'
)


def _document(body: str, head: str = "", prolog: str = "") -> str:
    start = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>'
    return f"{start}{prolog}<w:wordDocument {NAMES}>{head}<w:body><wx:sect>{body}</wx:sect></w:body></w:wordDocument>"


def _read(body: str, head: str = "") -> Reading:
    return read(identified(_document(body, head).encode()))


def _p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def _tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{_p(text)}</w:tc>"


def _tbl(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def _shown(reading: Reading) -> list[str | list[list[tuple[str, int, int]]]]:
    return [
        block.text
        if isinstance(block, TextLine)
        else [[(cell.text, cell.row_span, cell.column_span) for cell in row] for row in block.rows()]
        for block in reading.blocks
    ]


def _change(kind: str, inner: str) -> str:
    return f'<aml:annotation aml:id="1" w:type="Word.{kind}"><aml:content>{inner}</aml:content></aml:annotation>'


def test_table_with_merged_cells() -> None:
    body = _p("收支总表") + _tbl(
        _tc("项目", '<w:vmerge w:val="restart"/>') + _tc("金额", '<w:gridSpan w:val="2"/>'),
        _tc("", "<w:vmerge/>") + _tc("小计") + _tc("其中"),
        _tc("工资") + _tc("1.00", '<w:hmerge w:val="restart"/>') + _tc("", "<w:hmerge/>"),
    )
    reading = _read(f"<wx:sub-section>{body}</wx:sub-section>")
    assert reading.format == "word_xml"
    assert _shown(reading) == [
        "收支总表",
        [[("项目", 2, 1), ("金额", 1, 2)], [("小计", 1, 1), ("其中", 1, 1)], [("工资", 1, 1), ("1.00", 1, 2)]],
    ]


def test_tracked_changes_breaks_links_and_text_boxes() -> None:
    box = f"<v:textbox><w:txbxContent>{_p('单位：万元')}</w:txbxContent></v:textbox>"
    body = (
        "<w:p>"
        + _change("Insertion", "<w:r><w:t>一般</w:t></w:r>")
        + _change("Deletion", "<w:r><w:delText>基金</w:delText><w:t>旧</w:t></w:r>")
        + '<w:hlink w:dest="x"><w:r><w:t>公共</w:t></w:r></w:hlink>'
        + '<w:r><w:t>预算</w:t><w:br w:type="text-wrapping"/><w:t>表</w:t><w:br w:type="page"/></w:r>'
        + f"<w:r><w:pict><v:shape>{box}</v:shape></w:pict></w:r></w:p>"
        + _tbl(f"<w:trPr>{_change('Deletion', '')}</w:trPr>" + _tc("旧") + _tc("0"), _tc("新") + _tc("1"))
    )
    assert _shown(_read(body)) == ["一般公共预算\n表", "单位：万元", [[("新", 1, 1), ("1", 1, 1)]]]


def test_headings_title_notes_and_margins() -> None:
    head = (
        "<o:DocumentProperties><o:Title>部门预算</o:Title></o:DocumentProperties><w:styles>"
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    )
    note = f"<w:r><w:footnote>{_p('不含结转')}</w:footnote></w:r>"
    margins = f"<w:hdr w:type='odd'>{_p('某局')}</w:hdr><w:ftr w:type='odd'>{_p('— 3 —')}{_p('内部资料')}</w:ftr>"
    body = (
        _p("一、总表", '<w:pStyle w:val="1"/>') + f"<w:p><w:r><w:t>正文</w:t></w:r>{note}<w:r><w:t>续</w:t></w:r></w:p>"
    )
    reading = _read(f"{body}<w:sectPr>{margins}</w:sectPr>", head)
    assert reading.title == "部门预算"
    assert _shown(reading) == ["一、总表", "正文续", "不含结转", "某局", "内部资料"]
    assert reading.blocks[0] == TextLine("一、总表", heading=1)


def test_pictures_are_left_out_whatever_their_size() -> None:
    picture = '<w:p><w:r><w:pict><w:binData w:name="a.png">' + "QUJD" * 3_000_000 + "</w:binData></w:pict></w:r></w:p>"
    assert _shown(_read(picture + _p("正文"))) == ["正文"]
    assert [doubt.kind for doubt in _read(picture).doubts] == ["no_text_layer"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_encodings(encoding: str) -> None:
    data = _document(_p("预算")).replace("UTF-8", encoding).encode(encoding)
    assert detect(data) == "word_xml"
    assert _shown(read(identified(data))) == ["预算"]


def test_flat_package() -> None:
    name = "http://schemas.microsoft.com/office/2006/xmlPackage"
    wordml = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{wordml}"><w:body>{_p("正文")}</w:body></w:document>'
    data = (
        f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><pkg:package xmlns:pkg="{name}">'
        '<pkg:part pkg:name="/word/media/a.png"><pkg:binaryData>QUJD</pkg:binaryData></pkg:part>'
        f'<pkg:part pkg:name="/word/document.xml"><pkg:xmlData>{body}</pkg:xmlData></pkg:part></pkg:package>'
    )
    reading = read(identified(data.encode()))
    assert (reading.format, _shown(reading)) == ("word_xml", ["正文"])


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (_document(_p("&a;"), prolog='<!DOCTYPE w [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;">]>'), "bomb"),
        (_document(_p("正文"))[:-40], "corrupt"),
    ],
)
def test_refusals(data: str, kind: str) -> None:
    with pytest.raises(UnreadableDocumentError) as caught:
        read(identified(data.encode()))
    assert (detect(data.encode()), caught.value.kind) == ("word_xml", kind)


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART", 1_000)
    with pytest.raises(UnreadableDocumentError, match="more than 1000"):
        _read(_p("正文" * 500))
