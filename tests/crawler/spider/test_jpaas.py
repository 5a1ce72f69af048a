"""Of several units of a page the one with a pager is the list, and none of them is told."""

from __future__ import annotations

import json

import pytest

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page
from tests.crawler.offline import SITE, portal_of, spider_of, visit_to

COLUMN = Lead(url=f"{SITE}/col/col1/index.html", role=Role.LISTING)
UNITS = """<div queryData="{'tagId':'导航'}"></div><div queryData="{'tagId':'list'}"></div>"""
ROWS = "<li><a href='a.html'>甲局预算</a>2026-02-01</li>"


def unit(lead: Lead, html: str) -> Page:
    return Page(json.dumps({"success": True, "data": {"html": html}}), lead.url)


def test_the_unit_with_a_pager_is_read_on_and_the_others_are_left() -> None:
    spider = spider_of(visit_to(portal_of("jpaas")))
    navigation, column = spider.read_listing(Page(UNITS, COLUMN.url), COLUMN).columns
    assert spider.read_listing(unit(navigation, ROWS), navigation).rows == ()
    listed = spider.read_listing(unit(column, f"{ROWS}<div count='31' rows='15'></div>"), column)
    assert ([row.title for row in listed.rows], listed.total, listed.pages) == (["甲局预算"], 31, 3)
    assert [lead.page_number for lead in listed.next_pages] == [2]


def test_units_none_of_which_is_a_list_are_no_quiet_day() -> None:
    spider = spider_of(visit_to(portal_of("jpaas")))
    first, second = spider.read_listing(Page(UNITS, COLUMN.url), COLUMN).columns
    assert list(spider.after_failure(first)) == []
    with pytest.raises(ListingNotUnderstoodError, match="no unit of the page holds a list"):
        spider.read_listing(unit(second, ROWS), second)


def test_the_only_unit_needs_no_pager() -> None:
    spider = spider_of(visit_to(portal_of("jpaas", parameters={"tag": "list"})))
    [lead] = spider.read_listing(Page(UNITS, COLUMN.url), COLUMN).columns
    listed = spider.read_listing(unit(lead, ROWS), lead)
    assert (len(listed.rows), listed.next_pages) == (1, ())
