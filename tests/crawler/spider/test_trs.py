"""The pager of the first page leads through the column, also past a page that failed."""

from __future__ import annotations

from gongkai.archive import Role
from gongkai.crawler.families.trs import PagerMode
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page
from tests.crawler.offline import SITE, portal_of, spider_of, visit_to

ROW = "<li><a href='a{0}.html'>甲局第{0}号预算</a>2026-02-01</li>"
FIRST = Lead(url=f"{SITE}/list/", role=Role.LISTING)


def column(pages: int, row: int = 1) -> Page:
    script = f"<script>createPageHTML({pages}, 0, 'index', 'html');</script>"
    return Page(f"<ul>{ROW.format(row)}</ul>{script}", FIRST.url)


def test_pages_follow_one_another_beside_the_first() -> None:
    spider = spider_of(visit_to(portal_of("trs")))
    [second] = spider.read_listing(column(3), FIRST).next_pages
    [third] = spider.read_listing(Page(f"<ul>{ROW.format(2)}</ul>", second.url), second).next_pages
    assert [second.url, third.url] == [f"{SITE}/list/index_1.html", f"{SITE}/list/index_2.html"]
    assert spider.read_listing(Page(f"<ul>{ROW.format(3)}</ul>", third.url), third).next_pages == ()


def test_a_page_that_failed_hides_none_behind_it() -> None:
    spider = spider_of(visit_to(portal_of("trs")))
    [second] = spider.read_listing(column(3), FIRST).next_pages
    assert [lead.page_number for lead in spider.after_failure(second)] == [3]
    assert list(spider.after_failure(Lead(url=f"{SITE}/other/", role=Role.LISTING))) == []


def test_a_column_stated_to_have_one_page_has_one() -> None:
    spider = spider_of(visit_to(portal_of("trs", parameters={"pager": PagerMode.NONE})))
    listed = spider.read_listing(column(3), FIRST)
    assert (listed.pages, listed.next_pages, len(listed.rows)) == (None, (), 1)
