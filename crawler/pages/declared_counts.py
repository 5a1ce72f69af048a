"""Pagers declare how many pages and rows a listing has, in words or in their scripts.  Pure functions."""

from __future__ import annotations

import re

_COUNT = r"(\d{1,9})(?!\d)"
PAGES_DECLARED = re.compile(rf"""共\s*{_COUNT}\s*页|\b(?:pageCount|totalPages?|endPage)["']?\s*[:=]\s*["']?{_COUNT}""")
ROWS_DECLARED = re.compile(
    rf"""共\s*(?:有|计)?\s*{_COUNT}\s*(?:条|篇|个?信息)|\btotalRecords?["']?\s*[:=]\s*["']?{_COUNT}"""
)


def declared_pages(text: str) -> int | None:
    """The number of pages that a pager declares, in words or in its script."""
    return _declared(PAGES_DECLARED, text)


def declared_rows(text: str) -> int | None:
    """The number of rows that a pager declares."""
    return _declared(ROWS_DECLARED, text)


def _declared(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(next(group for group in match.groups() if group)) if match else None
