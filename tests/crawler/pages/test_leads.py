"""Leads carry what a page says of an address."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.archive import Role
from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.leads import lead_of_file, lead_of_row, leads_to_columns, with_facts
from gongkai.crawler.pages.links import Link
from gongkai.crawler.pages.listing import Row
from gongkai.crawler.pages.page import Page

DAY, LATER = dt.date(2026, 2, 1), dt.date(2026, 3, 1)
COLUMN = Lead(url="http://a.cn/list/", role=Role.LISTING)
ARTICLE = Lead(url="http://a.cn/a.html", role=Role.ARTICLE, parent_url=COLUMN.url, title="甲局预算", published_on=DAY)


@pytest.mark.parametrize(
    ("row", "role", "promised"),
    [
        (Row("http://a.cn/a.html", "甲局预算", DAY), Role.ARTICLE, None),
        (Row("http://a.cn/a.pdf", "甲局预算", DAY), Role.ATTACHMENT, "pdf"),
        (Row("http://a.cn/get?id=1", "甲局预算", DAY, promised="doc"), Role.ATTACHMENT, "doc"),
        (Row("http://a.cn/a.pdf", "甲局预算", DAY, role=Role.ARTICLE), Role.ARTICLE, "pdf"),
    ],
)
def test_a_row_leads_to_an_article_or_to_the_file_it_promises(row: Row, role: Role, promised: str | None) -> None:
    lead = lead_of_row(row, COLUMN)
    assert (lead.role, lead.promised, lead.parent_url) == (role, promised, COLUMN.url)
    assert (lead.title, lead.link_text, lead.published_on, lead.depth) == ("甲局预算", "甲局预算", DAY, 0)


def test_what_an_article_lists_lies_deeper_than_what_a_listing_lists() -> None:
    assert lead_of_row(Row("http://a.cn/b.html", "乙单位预算", None), ARTICLE).depth == 1


def test_a_file_carries_its_articles_title_and_its_own_link() -> None:
    step = Lead(url="http://a.cn/files?id=1", role=Role.ARTICLE, title="甲局预算", published_on=DAY, step="files")
    lead = lead_of_file(Link("http://a.cn/f?id=2", "附件.xlsx", asked_url="http://a.cn/f?id=2&x=9"), step)
    assert (lead.role, lead.parent_url, lead.step) == (Role.ATTACHMENT, step.url, "")
    assert (lead.title, lead.published_on, lead.link_text) == ("甲局预算", DAY, "附件.xlsx")
    assert (lead.url, lead.asked_url, lead.promised) == ("http://a.cn/f?id=2", "http://a.cn/f?id=2&x=9", "xlsx")
    assert lead_of_file(Link("http://a.cn/b.pdf"), step).link_text is None


def test_columns_are_linked_where_the_selector_says_each_once() -> None:
    tabs = "<p class=t><a href='2026/'>2026</a><a href='2025/'>2025</a><a href='#'>x</a><a href='2026/'>2026</a></p>"
    page = Page(f"<html>{tabs}<a href='news/'>新闻</a></html>", COLUMN.url)
    columns = list(leads_to_columns(page, ".t a", COLUMN))
    assert [lead.url for lead in columns] == ["http://a.cn/list/2026/", "http://a.cn/list/2025/"]
    assert {(lead.role, lead.parent_url, lead.column_key == lead.url) for lead in columns} == {
        (Role.LISTING, COLUMN.url, True)
    }
    assert list(leads_to_columns(page, None, COLUMN)) == []


def test_what_the_article_says_counts_before_its_row_and_what_it_only_prints_behind() -> None:
    page = Page("<html><title>网页</title></html>", ARTICLE.url)
    declared = with_facts(ARTICLE, ArticleFacts(title="全名", published_on=LATER, index_number="1"), page)
    assert (declared.title, declared.published_on, declared.index_number) == ("全名", LATER, "1")
    printed = with_facts(ARTICLE, ArticleFacts(printed_on=LATER), page)
    assert (printed.title, printed.published_on) == ("甲局预算", DAY)
    bare = with_facts(Lead(url=ARTICLE.url, role=Role.ARTICLE), ArticleFacts(printed_on=LATER), page)
    assert (bare.title, bare.published_on) == ("网页", LATER)
