"""Formats are told by bytes; encodings by marks, validity and declaration."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest

from gongkai.parsing.formats.envelopes.detection import decode_text, detect, is_delimited
from tests.documents.compound import compound_file


def _zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")
    return out.getvalue()


def _ole(*streams: str) -> bytes:
    return compound_file(dict.fromkeys(streams, b"x"))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"\r\n  \0\0", "empty"),
        (b"\n\n%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf"),
        (b"%PDF-1.4\n%" + "�".encode() * 40 + b"\n1 0 obj", "mangled_pdf"),
        (b"%PDF-1.4\n%" + bytes(range(128, 256)).decode("latin-1").encode() * 4 + b"\n1 0 obj", "mangled_pdf"),
        (_zip("[Content_Types].xml", "word/document.xml"), "docx"),
        (_zip("xl/workbook.xml"), "xlsx"),
        (_zip("ppt/presentation.xml"), "pptx"),
        (_zip("OFD.xml", "Doc_0/Document.xml"), "ofd"),
        (_zip("附件1.pdf", "附件2.docx"), "zip"),
        (_zip("word/document.xml")[:60], "docx"),
        (_ole("WordDocument", "1Table"), "doc"),
        (_ole("Workbook"), "xls"),
        (_ole("Book"), "xls"),
        (_ole("EncryptionInfo", "EncryptedPackage"), "encrypted_office"),
        (_ole("Contents"), "ole"),
        (_ole("Contents")[:100], "ole"),
        (b"\xef\xbb\xbf<!DOCTYPE HTML>\n<html>", "html"),
        (b"\r\n<table><tr><td>1</td></tr></table>", "html"),
        ("说明 <body><p>甲</p></body>".encode("gb18030"), "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "spreadsheet_xml"),
        (b'<?xml version="1.0"?><Workbook xmlns="http://example.org/workbook"/>', "xml"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", "mhtml"),
        (b"{\\rtf1\\ansi", "rtf"),
        (b"Rar!\x1a\x07\x00....", "rar"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"a" * 257 + b"ustar\x0000" + bytes(300), "tar"),
        (b"\x89PNG\r\n\x1a\n....", "png"),
        (b"\xff\xd8\xff\xe0..", "jpeg"),
        ("项目\t金额\n工资\t1.00\n".encode(), "tsv"),
        ("编码,名称,金额\n201,一般公共服务,1.00\n".encode("gb18030"), "csv"),
        ("编码,名称,金额\n".encode("utf-16") + "201,一般,1.00\n".encode("utf-16-le"), "csv"),
        ("# 预算\n\n合计 1,234.00\n".encode(), "text"),
        ("合计\n1,234\n5,678\n9,012,345\n".encode(), "text"),
        (bytes(range(1, 32)) * 20, "unknown"),
    ],
)
def test_detects_by_content(data: bytes, kind: str) -> None:
    assert detect(data) == kind


def test_directory_that_loops_ends() -> None:
    data = bytearray(_ole("Contents"))
    directory, allocation = 2, 3  # after the small stream and its table
    assert struct.unpack_from("<I", data, 48)[0] == directory
    struct.pack_into("<I", data, 512 * (allocation + 1) + 4 * directory, directory)  # it follows itself
    assert detect(bytes(data)) == "ole"


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        ("\ufeff预算".encode(), "gb2312", "预算", "utf-8-sig"),
        ("预算".encode("utf-16"), None, "预算", "utf-16"),
        ("预算".encode(), "gb2312", "预算", "utf-8"),
        ("预算“三公”镕".encode("gb18030"), "gb2312", "预算“三公”镕", "gb18030"),
        ("預算".encode("big5"), "big5", "預算", "big5"),
        ("预算".encode("gb18030"), "no-such-charset", "预算", "gb18030"),
        ("预算".encode("gb18030"), "base64", "预算", "gb18030"),
        ("预算".encode()[:-1], None, "预", "utf-8"),
    ],
)
def test_decodes(data: bytes, declared: str | None, text: str, encoding: str) -> None:
    assert decode_text(data, declared) == (text, encoding)


def test_bad_bytes_are_shown_as_lost() -> None:
    text, _ = decode_text("决算公开".encode() + b"\xff\xff" + "合计".encode())
    assert text == "决算公开��合计"


def test_quoted_amounts_are_fields() -> None:
    assert is_delimited('科目,名称,金额\n201,服务,"1,234.00"\n202,外交,"2,345.00"\n', ",")


def test_one_cell_per_line_is_not_delimited() -> None:
    assert not is_delimited("\t序号\n\t收入\n\t支出\n\n\t项目\n", "\t")


def test_an_archive_with_a_stored_pdf_is_an_archive() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as file:
        file.writestr("a.pdf", b"%PDF-1.7\n%%EOF")
    assert detect(packed.getvalue()) == "zip"
