"""河北: fragments of a block come as HTML or as a JSON text that holds it."""

from __future__ import annotations

import json

import pytest

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.hebei import HebeiParameters, read_listing
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

UUID = "0a1b2c3d-0000-4000-8000-0123456789ab"
BLOCK = f"templates/{UUID}/blocks/{UUID}"
COLUMN = f"http://www.example.gov.cn/columns/{UUID}/index.html"
FRAGMENT = "<ul><li><a href='/a.html'>甲局预算</a>2026-02-01</li></ul><p>共 31 条 共 3 页</p>"
NOTHING = HebeiParameters()


def lead(url: str, number: int = 1) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number)


def test_the_block_is_the_one_the_page_names_or_the_one_that_is_stated() -> None:
    named = read_listing(Page(f"<script>load('{BLOCK}')</script>", COLUMN), lead(COLUMN), NOTHING)
    assert [one.url for one in named.columns] == [COLUMN.replace("index.html", f"{BLOCK}?page=1&fix=0")]
    stated = read_listing(Page("<html></html>", COLUMN), lead(COLUMN), HebeiParameters(block=BLOCK))
    assert stated == named
    with pytest.raises(ListingNotUnderstoodError, match="parameter 'block'"):
        read_listing(Page("<html></html>", COLUMN), lead(COLUMN), NOTHING)


@pytest.mark.parametrize("text", [FRAGMENT, json.dumps(FRAGMENT)])
def test_a_fragment_counts_its_pages_on(text: str) -> None:
    url = f"http://www.example.gov.cn/columns/{UUID}/{BLOCK}?page=1&fix=0"
    listed = read_listing(Page(text, url), lead(url), NOTHING)
    assert ([row.title for row in listed.rows], listed.total, listed.pages) == (["甲局预算"], 31, 3)
    assert [one.url for one in listed.next_pages] == [url.replace("page=1", "page=2")]
    assert read_listing(Page(text, url), lead(url, 3), NOTHING).next_pages == ()
