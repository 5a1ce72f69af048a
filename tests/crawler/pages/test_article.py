"""Articles: what they say about themselves, and which of them only list others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from gongkai.crawler.pages.article import article_facts, hub_rows
from gongkai.crawler.pages.links import attachments
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
BASE = "https://www.example.gov.cn/zwgk/yjs/index.html"


def page(body: bytes | str, url: str = BASE) -> Page:
    return Page.from_bytes(body.encode() if isinstance(body, str) else body, url)


def test_a_page_in_gbk_is_read(recorded_page: Recorded) -> None:
    article = page(recorded_page("gbk_yiyang"), "http://www.yiyang.gov.cn/x/index.html")
    assert article_facts(article).title == "关于益阳市2025年预算执行情况与 2026年预算草案的报告"
    assert [link.url.rpartition(".")[2] for link in attachments(article)] == ["wps", "docx", "pdf", "pdf", "doc"]


@pytest.mark.parametrize(
    "markup",
    [
        "<td>索引号：</td><td>005252717/2026-00007</td>",
        "<tr><td><b>索 引 号</b></td><td>005252717/2026-00007</td></tr>",
        "<p>索引号: 005252717/2026-00007 发布机构：甲局</p>",
        "<li><em>索引号：</em>005252717/2026-00007</li>",
        "<li>索引号：<span>005252717/2026-00007</span></li>",
        "<p>索引号：</p><table><tr><th>索引号</th><td> 005252717/2026-00007</td></tr></table>",
    ],
)
def test_the_index_number_stands_beside_its_label(markup: str) -> None:
    assert article_facts(page(markup)).index_number == "005252717/2026-00007"


def test_a_page_without_index_number_has_none() -> None:
    assert article_facts(page("<td>索引号：</td><td></td><p>按索引号查找</p>")).index_number is None


FOLDER = "https://www.example.gov.cn/zwgk/yjs/"


def test_an_article_that_only_lists_others_is_a_hub() -> None:
    units = "".join(f"<p>{n} <a href='./t{n}.html'>甲市第{n}中学2025年单位预算</a></p>" for n in range(9))
    hub = page(
        f"<div class='TRS_Editor'>公开主体为具体单位：{units}<a href='/'>首页</a><a href='P1.pdf'>汇总.pdf</a></div>"
    )
    assert [row.url for row in hub_rows(hub)] == [f"{FOLDER}t{n}.html" for n in range(9)]
    assert hub_rows(page(f"<div class='TRS_Editor'>{'本部门预算说明如下。' * 60}{units}</div>")) == []
    assert hub_rows(page(f"<div class='related'>{units}</div>")) == []
    assert len(hub_rows(page(f"<div class='related'>{units}</div>"), "div.related")) == 9


def test_the_saved_articles_are_no_hubs(recorded_page: Recorded) -> None:
    for beginning in ("trs_1", "trs_2", "trs_3", "vsb_0", "ucap_5", "hanweb_pdfiframe_0", "zhengzhou_0"):
        assert hub_rows(page(recorded_page(beginning))) == [], beginning


def test_a_date_printed_as_that_of_publication_is_kept_apart_from_the_declared_one() -> None:
    facts = article_facts(page("<meta name=PubDate content='2026-2-9'><p>发布时间：2025年2月9日 来源：甲局</p>"))
    assert (facts.published_on, facts.printed_on) == (dt.date(2026, 2, 9), dt.date(2025, 2, 9))
    assert article_facts(page("<p>成文日期：2025-02-09</p>")).printed_on is None
