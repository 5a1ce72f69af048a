"""VSB: pages counted from the oldest move when rows are added."""

from __future__ import annotations

from gongkai.crawler.families.static import Pages
from gongkai.crawler.families.vsb import skipped_pages

FOLDER = "https://www.example.gov.cn/zwgk/yjs/"


def test_pages_that_moved_are_counted_from_the_oldest() -> None:
    url = f"{FOLDER}zbgg/9.htm"
    assert skipped_pages(url, Pages(None, 3, 11, 51), 2) == [(2, f"{FOLDER}zbgg/10.htm")]
    assert skipped_pages(url, Pages(None, 2, 10, 50), 2) == []
    assert skipped_pages(url, Pages(), 2) == []
