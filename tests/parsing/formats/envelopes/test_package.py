"""Packages of XML parts: damaged ones, and bombs."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.parsing.formats.envelopes import package
from gongkai.parsing.formats.envelopes.package import Package, parse_flat_xml
from gongkai.parsing.text.grid import UnreadableDocumentError
from tests.parsing.formats.word.docx_files import W, docx_of, paragraph, refusal


def test_cut_off() -> None:
    data = docx_of(paragraph("正文") * 50)
    assert refusal(data[: len(data) // 2]) == "truncated"


def test_flipped_byte() -> None:
    data = bytearray(docx_of(paragraph("正文") * 50))
    data[80] ^= 0xFF
    assert refusal(bytes(data)) == "corrupt"


def test_bomb_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PART", 10_000)
    assert refusal(docx_of(paragraph("零" * 200_000))) == "bomb"
    varied = "".join(chr(0x4E00 + index * 7919 % 20_000) for index in range(20_000))
    assert refusal(docx_of(paragraph(varied))) == "too_large"


def test_too_many_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_MEMBERS", 3)
    assert refusal(docx_of(paragraph("x"), a="<x/>", b="<x/>", c="<x/>")) == "bomb"


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
    assert refusal(out.getvalue()) == "bomb"


def _package(**parts: str) -> Package:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return Package(out.getvalue(), "DOCX")


def test_parts_whatever_case_their_names_are_in() -> None:
    opened = _package(**{"word\\Document.xml": "<a>预算</a>"})
    assert opened.has("Word/document.XML")
    assert opened.xml("word/document.xml").text == "预算"
    with pytest.raises(UnreadableDocumentError, match=r"has no part 'word/styles\.xml'"):
        opened.read("word/styles.xml")


def test_related_parts_by_the_folder_of_the_part_that_refers_to_them() -> None:
    relations = "".join(
        f'<Relationship Id="{name}" Type="http://x/{kind}" Target="{target}"{more}/>'
        for name, kind, target, more in [
            ("a", "header", "header1.xml", ""),
            ("b", "image", "../media/b.png", ""),
            ("c", "styles", "/word/styles.xml", ""),
            ("d", "hyperlink", "https://www.example.gov.cn/", ' TargetMode="External"'),
        ]
    )
    root = "http://schemas.openxmlformats.org/package/2006/relationships"
    opened = _package(**{"word/_rels/document.xml.rels": f'<Relationships xmlns="{root}">{relations}</Relationships>'})
    assert opened.related("word/document.xml") == {
        "a": ("header", "word/header1.xml"),
        "b": ("image", "media/b.png"),
        "c": ("styles", "word/styles.xml"),
    }
    assert opened.related("word/other.xml") == {}


def test_flat_xml_in_the_encoding_it_declares() -> None:
    text = '<?xml version="1.0" encoding="gb2312"?><a>预算<w:binData xmlns:w="w">AAAA</w:binData></a>'
    root = parse_flat_xml(text.encode("gb18030"), "the file")
    assert (root.text, root[0].text) == ("预算", None)
