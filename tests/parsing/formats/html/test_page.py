"""Pages: their article, their encoding."""

from __future__ import annotations

import time

import pytest

from gongkai.parsing.formats.html.page import read_html
from gongkai.parsing.text.grid import TextLine
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


@pytest.mark.parametrize("above", [f"<h2>{_ARTICLE_TITLE}</h2>", f"<div class=tit>{_ARTICLE_TITLE}</div>"])
@pytest.mark.parametrize(
    "between", ["", "<p>发布时间：2025年9月1日 来源：某某市水利局</p><a href=1>2023年度某某市部门决算</a>"]
)
def test_a_title_that_only_the_page_prints_is_read(above: str, between: str) -> None:
    page = f"<div>首页</div><div><div>{above}{between}</div><div id=zoom>支出10.50万元。</div></div>"
    assert shown(read_page(page, "<title>某某市人民政府门户网站</title>")) == [_ARTICLE_TITLE, "支出10.50万元。"]


def test_title_of_two_years_is_a_title() -> None:
    title = "某某市水利局2023年度部门决算（2024年公开）"
    reading = read_page(f"<h1>{title}</h1><div id=zoom>支出10.50万元。</div>", f"<title>{title}</title>")
    assert shown(reading) == [title, "支出10.50万元。"]


@pytest.mark.parametrize(
    "title",
    [
        f"某某市人民政府_{_ARTICLE_TITLE}",
        f"某某市人民政府 - 部门决算 - {_ARTICLE_TITLE}",
        f"部门决算 | {_ARTICLE_TITLE} | 某某市水利局",
    ],
)
@pytest.mark.parametrize("above", ["", f"<h1>{_ARTICLE_TITLE}</h1>", f"<div class=tit>{_ARTICLE_TITLE}</div>"])
def test_the_name_of_the_site_may_stand_first(above: str, title: str) -> None:
    reading = read_page(f"{above}<div class=art_con>支出35万元。</div>", f"<title>{title}</title>")
    assert shown(reading) == [_ARTICLE_TITLE, "支出35万元。"]


@pytest.mark.parametrize(
    "container",
    [
        "id=fontzoom",
        "id=ivs_content",
        "class='wp_articlecontent'",
        "class='j-fontContent minh500'",
        "id=articleContent",
    ],
)
def test_other_systems_mark_their_articles_too(container: str) -> None:
    reading = read_page(f"<div><a href=/>首页</a></div><div {container}><p>支出35万元。</p></div><div>版权</div>")
    assert shown(reading) == ["支出35万元。"]


def test_a_mark_round_a_small_part_of_the_amounts_is_none() -> None:
    rows = "".join(f"<p>支出{number}.50万元。</p>" for number in range(10, 16))
    reading = read_page(f"<div id=zoom>支出1.50万元。</div><div>{rows}</div>")
    assert len(shown(reading)) == 7


def test_a_title_that_a_whole_page_does_not_show_is_read() -> None:
    page = "<p>支出35万元。</p>"
    assert shown(read_page(page, f"<title>{_ARTICLE_TITLE}</title>")) == [_ARTICLE_TITLE, "支出35万元。"]
    shows = f"<p>{_ARTICLE_TITLE}</p>{page}"
    assert shown(read_page(shows, f"<title>{_ARTICLE_TITLE}</title>")) == [_ARTICLE_TITLE, "支出35万元。"]


@pytest.mark.parametrize(
    ("row", "is_link"),
    [
        ("<a href=1.html>某局2025年部门预算</a>", True),
        ("<a href=1.html>某局2025年部门预算</a><span>[03-19]</span>", True),
        ("<a href=1.pdf>附件</a>：某局2025年部门预算", False),
        ("<a href='#top'>某局2025年部门预算</a>", False),
        ("<h1><a href=1.html>某局2025年部门预算</a></h1>", False),
        ("某局2025年部门预算", False),
    ],
)
def test_a_line_that_only_leads_elsewhere_is_a_link(row: str, is_link: bool) -> None:
    blocks = read_page(f"<div>{row}</div>").blocks
    assert [block.is_link for block in blocks if isinstance(block, TextLine)] == [is_link]


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


@pytest.mark.parametrize(
    "attributes",
    [
        " ".join(f"a{n}=1" for n in range(100_000)),
        " ".join(f"a{n}" for n in range(100_000)),
        "/".join(f"a{n}='>'" for n in range(100_000)),
        "\n".join(f'a{n} = "<p>"' for n in range(100_000)),
    ],
)
def test_countless_attributes_cost_a_moment(attributes: str) -> None:
    """libxml2 compares each attribute of an element with all before it."""
    began = time.process_time()
    reading = read_html(f"<html><body><div {attributes}>部门预算</div><p title=x>二</p></body></html>".encode())
    assert time.process_time() - began < 3
    assert shown(reading) == ["部门预算", "二"]
    assert [doubt.kind for doubt in reading.doubts] == ["too_large"]


def test_many_attributes_of_many_elements_are_usual() -> None:
    cells = "".join(f'<p id="p{n}" class="a b" style="width:1px" align=left>第{n}行</p>' for n in range(2_000))
    reading = read_html(f"<html><body>{cells}</body></html>".encode())
    assert len(reading.blocks) == 2_000
    assert reading.doubts == ()
