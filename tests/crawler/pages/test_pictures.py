"""An article that is little else than pictures is a document of its pages."""

from __future__ import annotations

import io
import zipfile

import pytest

from gongkai.crawler.pages.page import Page
from gongkai.crawler.pages.pictures import album, page_pictures

URL = "http://www.example.gov.cn/zwgk/202602/t20260209_1.html"


def shown(body: str, title: str = "甲局2026年部门预算") -> list[str]:
    page = Page(f"<html><head><title>{title}</title></head><body>{body}</body></html>", URL)
    return [link.url.rpartition("/")[2] for link in page_pictures(page)]


PAGES = "".join(f"<p><img src='./W02026{n}.jpg'></p>" for n in range(3))
NAMES = ["W020260.jpg", "W020261.jpg", "W020262.jpg"]


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=TRS_Editor>{PAGES}</div>",
        f"<div class=TRS_Editor><p>现予公开。</p>{PAGES}<a href='a.pdf'>{'预算情况说明' * 60}.pdf</a></div>",
        f"<div class=text>{PAGES}</div><div class=side><img src='/images/a.png'><img src='/images/b.png'></div>",
        f"<div id=zoom>{PAGES}<img src='/share/icon_pdf.gif'><img src=x.png width=20></div>",
        "<div id=zoom>" + PAGES.replace("src=", "src='' data-src=") + "</div>",
    ],
)
def test_the_pictures_of_an_article_in_order(body: str) -> None:
    assert shown(body) == NAMES


@pytest.mark.parametrize(
    "body",
    [
        f"<div class=TRS_Editor>{PAGES}<p>{'本部门的职责是：' * 200}</p></div>",
        "<div class=TRS_Editor><p>全文是文字。</p></div><div><img src=1.jpg><img src=2.jpg><img src=3.jpg></div>",
        "<div>" + "".join(f"<a href='/topic{n}/'><img src='./{n}.jpg'></a>" for n in range(5)) + "</div>",
        "<div>" + "".join(f"<img src='/images/{n}.png'>" for n in range(5)) + "</div>",
    ],
)
def test_what_is_no_article_of_pictures(body: str) -> None:
    assert shown(body) == []


def test_one_picture_is_a_document_only_where_the_title_speaks_of_budgets() -> None:
    body = "<div class=TRS_Editor><img src=1.jpg></div>"
    assert shown(body) == ["1.jpg"]
    assert shown(body, "市财政局召开会议") == []


def test_equal_pictures_make_an_equal_album() -> None:
    pictures = [("jpg", b"one"), ("png", b"two")]
    assert album(pictures) == album(pictures)
    with zipfile.ZipFile(io.BytesIO(album(pictures))) as archive:
        assert [(name, archive.read(name)) for name in archive.namelist()] == [("001.jpg", b"one"), ("002.png", b"two")]
