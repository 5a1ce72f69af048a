"""DOCX: the parts of a package and their order."""

from __future__ import annotations

import io
import zipfile

from gongkai.parsing.formats.envelopes.detection import detect
from gongkai.parsing.formats.word.docx import read_docx
from tests.parsing.formats.word.docx_files import RELATIONS, W, cell, docx_of, paragraph, refusal, shown, table

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"


def test_footnotes_come_last() -> None:
    notes = (
        f'<w:footnotes xmlns:w="{W}"><w:footnote w:type="separator">{paragraph("-")}</w:footnote>'
        f"<w:footnote>{paragraph('不含结转')}</w:footnote></w:footnotes>"
    )
    assert shown(read_docx(docx_of(paragraph("正文"), footnotes=notes))) == ["正文", "不含结转"]


def test_strict_variant() -> None:
    data = docx_of(table(cell("a", '<w:gridSpan w:val="2"/>'), cell("1") + cell("2")))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        target.writestr("word/document.xml", source.read("word/document.xml").decode().replace(W, STRICT))
    assert shown(read_docx(out.getvalue())) == [[["a"], ["1", "2"]]]


def test_without_its_main_part() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/styles.xml", "<x/>")
    assert refusal(out.getvalue()) == "corrupt"


def test_margins_come_last_as_lines() -> None:
    """Headers and footers of several sections, once each and without page numbers."""
    header = f'<w:hdr xmlns:w="{W}">{paragraph("某局2026年部门预算")}</w:hdr>'
    footer = f'<w:ftr xmlns:w="{W}">{paragraph("— 3 —")}{table(cell("内部资料") + cell("2"))}</w:ftr>'
    reading = read_docx(docx_of(paragraph("正文"), footer1=footer, header1=header, header2=header))
    assert shown(reading) == ["正文", "某局2026年部门预算", "内部资料"]


def test_main_part_by_its_relation() -> None:
    out = io.BytesIO()
    target = '<Relationship Id="a" Type="x/officeDocument" Target="/word/document7.xml"/>'
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{RELATIONS}">{target}</Relationships>')
        archive.writestr(
            "word/document7.xml", f'<w:document xmlns:w="{W}"><w:body>{paragraph("正文")}</w:body></w:document>'
        )
    assert detect(out.getvalue()) == "docx"
    assert shown(read_docx(out.getvalue())) == ["正文"]
