"""Pagers declare pages and rows in words and in script."""

from __future__ import annotations

import pytest

from gongkai.crawler.pages.declared_counts import declared_pages, declared_rows


@pytest.mark.parametrize(
    ("text", "pages", "rows"),
    [
        ("共52条 共 11 页", 11, 52),
        ("<script>x({pageCount:7, pageIndex:1})</script>", 7, None),
        ('"totalPages": "3", "totalRecord": 41', 3, 41),
        ("共享发展 2026 页", None, None),
    ],
)
def test_a_pager_declares_in_words_and_in_script(text: str, pages: int | None, rows: int | None) -> None:
    assert (declared_pages(text), declared_rows(text)) == (pages, rows)
