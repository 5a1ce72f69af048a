"""Pages numbered in the query: signatures, and pagers that are refused."""

from __future__ import annotations

from typing import Any

import pytest

from gongkai.archive import Role
from gongkai.crawler.families import (
    query_pages,
)
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

SITE = "https://www.example.gov.cn"


def page(text: str | bytes, url: str = f"{SITE}/x.html") -> Page:
    return Page.from_bytes(text if isinstance(text, bytes) else text.encode(), url)


def listing(url: str, number: int = 1, **facts: Any) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number, **facts)


@pytest.mark.parametrize(
    ("url", "lasting"),
    [
        (f"{SITE}/a/%E9%A2%84.pdf?{'aB3-_' * 12}==", f"{SITE}/a/%E9%A2%84.pdf"),
        (f"{SITE}/a/b.XLS?{'aB3%2B' * 12}%3D", f"{SITE}/a/b.XLS"),
        (f"{SITE}/a/b.pdf?v=2", None),
        (f"{SITE}/a/b.pdf?20260302", None),
        (f"{SITE}/a/b.pdf?id={'aB3-_' * 12}", None),
        (f"{SITE}/down.jsp?{'aB3-_' * 12}==", None),
        (f"{SITE}/a/b.pdf", None),
    ],
)
def test_only_a_bare_token_behind_a_files_name_is_a_signature(url: str, lasting: str | None) -> None:
    assert query_pages.unsigned(url) == lasting


def test_a_pager_that_counts_pages_no_link_leads_to_is_doubted() -> None:
    column = page("<li><a href='/1.html'>甲局预算</a>2026-03-02</li>共 3 页", f"{SITE}/list.do?tid=1")
    read = query_pages.read_listing(column, listing(column.url), query_pages.QueryPagesParameters())
    assert "counts 3 pages, and no link leads to another by 'page'" in read.doubt
    assert (len(read.rows), read.next_pages) == (1, ())


def test_a_pager_that_is_a_script_is_doubted() -> None:
    pager = "<a href=\"javascript:__doPostBack('Pager1','2')\">下一页</a>"
    column = page(f"<li><a href='/1.html'>甲局预算</a>2026-03-02</li>{pager}", f"{SITE}/list.aspx?category_id=221")
    read = query_pages.read_listing(column, listing(column.url), query_pages.QueryPagesParameters())
    assert "turns its pages by a script" in read.doubt
