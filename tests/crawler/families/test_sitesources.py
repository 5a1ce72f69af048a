"""sitesources: the first list asks for the pager, the pager for the other lists."""

from __future__ import annotations

import pytest

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.sitesources import SitesourcesParameters, read_listing
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

FOLDER = "http://www.example.gov.cn/sitesources/x/page_pc/czyjs"
ROWS = "<ul><li><a href='article1.html'>甲局预算</a>2026-02-01</li></ul>"
FIRST = Lead(url=f"{FOLDER}/list1.html", role=Role.LISTING)
PARAMETERS = SitesourcesParameters()


def test_the_lists_are_those_the_pager_counts_and_the_last_asks_once_more() -> None:
    listed = read_listing(Page(ROWS, FIRST.url), FIRST, PARAMETERS)
    assert len(listed.rows) == 1
    [pager] = listed.columns
    assert (pager.url, pager.column_key) == (f"{FOLDER}/script.json", FIRST.url)
    further = read_listing(Page('{"endPage": 3}', pager.url), pager, PARAMETERS)
    assert (further.pages, further.may_be_empty) == (3, True)
    second, third = further.columns
    assert [second.url, third.url] == [f"{FOLDER}/list2.html", f"{FOLDER}/list3.html"]
    assert read_listing(Page(ROWS, second.url), second, PARAMETERS).columns == ()
    [again] = read_listing(Page(ROWS, third.url), third, PARAMETERS).columns
    assert (again.url, again.moved, again.page_number) == (pager.url, True, 3)
    assert read_listing(Page('{"endPage": 3}', again.url), again, PARAMETERS).columns == ()


def test_another_address_is_no_list() -> None:
    with pytest.raises(ListingNotUnderstoodError, match=r"list1\.html"):
        read_listing(Page(ROWS, f"{FOLDER}/index.html"), FIRST, PARAMETERS)
