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


_ARTICLE_TITLE = "2024年度某某市水利局部门决算情况说明"


@pytest.mark.parametrize("container", ["class=TRS_Editor", "id=zoom", "id=UCAP-CONTENT", "id=vsb_content_501"])
@pytest.mark.parametrize(
    ("above", "title"),
    [
        (f"<h2 class=tit>{_ARTICLE_TITLE}</h2>", f"{_ARTICLE_TITLE}_某某市人民政府"),
        (f"<h1>{_ARTICLE_TITLE}</h1><h3>另一篇2023年度部门决算</h3>", f"{_ARTICLE_TITLE}-某某市人民政府"),
        (f"<div>{_ARTICLE_TITLE}</div>", f"{_ARTICLE_TITLE} - 某某市人民政府"),
        ("", f"{_ARTICLE_TITLE}_通知公告_某某市人民政府"),
    ],
)
def test_title_outside_the_article_is_the_documents_own(container: str, above: str, title: str) -> None:
    reading = read_page(f"{above}<div {container}><p>支出10.50万元。</p></div>", f"<title>{title}</title>")
    assert shown(reading) == [_ARTICLE_TITLE, "支出10.50万元。"]


@pytest.mark.parametrize("inside", [f"<h1>{_ARTICLE_TITLE}</h1>", f"<p>{_ARTICLE_TITLE}</p>"])
def test_title_inside_the_article_is_read_once(inside: str) -> None:
    page = f"<h1>{_ARTICLE_TITLE}</h1><div id=zoom>{inside}支出10.50万元。</div>"
    reading = read_page(page, f"<title>{_ARTICLE_TITLE}</title>")
    assert shown(reading) == [_ARTICLE_TITLE, "支出10.50万元。"]


def test_name_of_the_site_is_no_title_of_an_article() -> None:
    reading = read_page("<h2>栏目导航</h2><div id=zoom>支出10.50万元。</div>", "<title>某某市人民政府门户网站</title>")
    assert shown(reading) == ["支出10.50万元。"]


def test_title_of_two_years_stays_outside() -> None:
    title = "关于某某市2025年预算执行情况与2026年预算草案的报告"
    reading = read_page(f"<h1>{title}</h1><div id=zoom>支出10.50万元。</div>", f"<title>{title}</title>")
    assert shown(reading) == ["支出10.50万元。"]


def test_article_that_only_links_its_attachments_gets_no_title() -> None:
    page = f"<h1>{_ARTICLE_TITLE}</h1><div id=zoom><a href=1.pdf>{_ARTICLE_TITLE}.pdf</a></div>"
    assert shown(read_page(page, f"<title>{_ARTICLE_TITLE}</title>")) == [f"{_ARTICLE_TITLE}.pdf"]


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
