"""Pages: their article, their encoding."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.html.page import read_html
from tests.parsing.formats.html.pages import read_page, shown


def test_only_the_article_is_read() -> None:
    reading = read_page(
        "<nav>导航</nav><div>首页</div>"
        "<div class='TRS_Editor wide' id=x><p>正文</p><div class=TRS_Editor>内</div></div>"
        "<div id=Zoom></div><div>版权所有</div>",
        "<title>门户网站</title><meta name=ArticleTitle content='2025年部门预算'>",
    )
    assert shown(reading) == ["正文", "内"]
    assert reading.title == "2025年部门预算"


def test_whole_body_without_a_marked_article() -> None:
    reading = read_page(
        "<script>var a='<p>x</p>'</script><style>p{}</style><p style='display: none'>隐</p><p hidden>藏</p>"
        "<div>甲<b>乙</b><br>丙</div>丁<!-- 注释 --><ul><li>一<li>二</ul>",
        "<title> 决算\n公开 </title>",
    )
    assert shown(reading) == ["甲乙", "丙", "丁", "一", "二"]
    assert reading.title == "决算公开"


@pytest.mark.parametrize(
    ("meta", "encoding"),
    [
        ('<meta charset="gb2312">', "gb18030"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=gbk">', "gb18030"),
        ("", "gb18030"),
        ('<meta charset="gb2312">', "utf-8"),
        ('<meta charset="big5">', "big5"),
        ("", "utf-16"),
    ],
)
def test_charsets(meta: str, encoding: str) -> None:
    page = f"<html><head>{meta}</head><body><p>預算公開</p></body></html>"
    assert shown(read_html(page.encode(encoding))) == ["預算公開"]


def test_charset_of_the_header_comes_before_the_page() -> None:
    page = "<meta charset=gb2312><p>預算</p>".encode("big5")
    assert shown(read_html(page, declared="big5")) == ["預算"]


def test_xml_declaration() -> None:
    page = '<?xml version="1.0" encoding="gbk"?><html><body>预算</body></html>'
    assert shown(read_html(page.encode("gbk"))) == ["预算"]


def test_lost_characters_are_named() -> None:
    reading = read_html("<meta charset=utf-8><p>预算公开".encode() + b"\xff\xff</p>")
    assert [doubt.kind for doubt in reading.doubts] == ["undecodable_text"]


def test_deep_nesting_ends() -> None:
    reading = read_page("<div>" * 50_000 + "深")
    assert [doubt.kind for doubt in reading.doubts] == ["too_deep"] or shown(reading) == ["深"]


@pytest.mark.parametrize("declared", ["iso-8859-1", "ascii", "windows-1252"])
def test_wrong_declarations(declared: str) -> None:
    page = f"<html><head><meta charset={declared}></head><body><p>部门预算</p></body></html>"
    assert shown(read_html(page.encode("gb18030"))) == ["部门预算"]
    assert shown(read_html(page.encode("gb18030"), declared=declared)) == ["部门预算"]
    assert shown(read_html(page.encode())) == ["部门预算"]
