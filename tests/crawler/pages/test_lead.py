"""A listing page belongs to the column it was reached from."""

from __future__ import annotations

from gongkai.archive import Role
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import page_after


def test_a_column_is_known_by_its_first_page() -> None:
    first = Lead(url="http://a.cn/", role=Role.LISTING, step="years")
    assert first.column_key == first.url
    [second] = page_after(first, "http://a.cn/2")
    [third] = page_after(second, "http://a.cn/3", referer="http://a.cn/x")
    assert (second.column_key, third.column_key) == (first.url, first.url)
    assert (third.page_number, third.parent_url, third.step, third.referer) == (3, first.url, "years", "http://a.cn/x")
    assert page_after(third, None) == ()
