"""Bytes to text, dates, <meta> blocks, and pages that only lead on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from gongkai.crawler.pages.article import article_facts
from gongkai.crawler.pages.page import Page, decode, find_date, stub_target

BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


def test_meta_names_are_read_however_they_are_written() -> None:
    facts = article_facts(
        page(
            """<META name=' ArticleTitle ' CONTENT=' 甲局预算 '><meta NAME="pubdate" content="2026-2-9 17:25:23">
            <meta name=SiteIDCode content="4301000052"><meta name="SiteIDCode" content="">"""
        )
    )
    assert (facts.title, facts.published_on, facts.site_id_code) == ("甲局预算", dt.date(2026, 2, 9), "4301000052")


def test_bytes_are_decoded_by_what_they_are() -> None:
    text = "预算公开，镕"
    assert decode(text.encode(), "text/html; charset=gb2312") == text
    assert decode(b'<script>document.charset="gb2312"</script>' + text.encode()).endswith(text)
    assert decode(text.encode("gb18030"), "text/html; charset=iso-8859-1") == text
    assert decode(b'<meta charset="gbk">' + text.encode("gbk")).endswith(text)
    assert decode("預算".encode("big5"), "text/html; charset=big5") == "預算"
    assert decode(b"\xef\xbb\xbf" + text.encode()) == text


@pytest.mark.parametrize(
    "text", ["2025-02-09", "2025.2.9", "2025年2月9日", "发布时间：2025/02/09 12:00", "2025-13-40 2025-2-9"]
)
def test_dates_are_read_in_every_printed_form(text: str) -> None:
    assert find_date(text) == dt.date(2025, 2, 9)


Recorded = Callable[[str], bytes]
FOLDER = "https://www.example.gov.cn/zwgk/yjs/"


def test_the_chongqing_stub_leads_to_its_article(recorded_page: Recorded) -> None:
    stub = page(recorded_page("refresh_0"), "http://www.cq.gov.cn/zwgk/bm/qxj/")
    assert stub_target(stub) == "http://www.cq.gov.cn/zwgk/bm/qxj/202502/t20250224_14333940.html"


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ("<meta http-equiv=\"Refresh\" content='0; url=./zssylbzj/'>", f"{FOLDER}zssylbzj/"),
        (
            '<SCRIPT language=javascript> location.href="/col/col2/index.html";</SCRIPT>',
            "https://www.example.gov.cn/col/col2/index.html",
        ),
        ("<script>// 跳转\nwindow.location.replace('a.html')</script>", f"{FOLDER}a.html"),
        ("<p>页面跳转中</p><script>setTimeout(function () { location.href = 'b/'; }, 3000)</script>", f"{FOLDER}b/"),
        ("<meta http-equiv=refresh content='10;url=/'>", None),
        ("<meta http-equiv=refresh content='0;url=index.html'>", None),
        ("<script>if (mobile) { location.href='/m/' }</script>", None),
        ("<script>location.href='/new/'</script><p>" + "本栏目公开各部门的预算。" * 9 + "</p>", None),
    ],
)
def test_a_page_that_only_leads_on_is_told_from_one_that_says_something(body: str, target: str | None) -> None:
    assert stub_target(page(body)) == target
