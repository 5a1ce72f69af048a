"""Web archives: pages and sheets in one file."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.html.mhtml import read_mhtml
from gongkai.parsing.text.grid import UnreadableDocumentError
from tests.parsing.formats.html.pages import shown


def test_web_archive() -> None:
    data = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        b"Content-Type: text/html; charset=gb2312\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=D4=A4=CB=E3</p>\r\n--b--\r\n"
    )
    reading = read_mhtml(data)
    assert (reading.format, shown(reading)) == ("mhtml", ["预算"])


def test_web_archive_without_page() -> None:
    with pytest.raises(UnreadableDocumentError, match="no HTML part"):
        read_mhtml(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nx")


def test_sheets_of_a_web_archive() -> None:
    """Excel saves a workbook as one page per sheet, with a frame and a page of tabs round them."""
    pages = {
        "book.htm": "<title>预算</title><frameset></frameset>",
        "book.files/tabstrip.htm": "<table><tr><td>表一</td><td>表二</td></tr></table>",
        "book.files/sheet001.htm": "<table><tr><td>工资</td><td>1.00</td></tr></table>",
        "book.files/sheet002.htm": "<table><tr><td>支出</td><td>2.00</td></tr></table>",
    }
    parts = "".join(
        f"--b\r\nContent-Location: file:///C:/{name}\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: 8bit\r\n\r\n<html>{page}</html>\r\n"
        for name, page in pages.items()
    )
    reading = read_mhtml(
        f"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n{parts}--b--".encode()
    )
    assert shown(reading) == [[["工资", "1.00"]], [["支出", "2.00"]]]
    assert reading.title == "预算"
