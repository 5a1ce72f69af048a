"""bmys: a group's departments are those of its year."""

from __future__ import annotations

from typing import Any

from gongkai.archive import Role
from gongkai.crawler.families import (
    bmys,
)
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

SITE = "https://www.example.gov.cn"


def page(text: str | bytes, url: str = f"{SITE}/x.html") -> Page:
    return Page.from_bytes(text if isinstance(text, bytes) else text.encode(), url)


def listing(url: str, number: int = 1, **facts: Any) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number, **facts)


def test_a_department_of_another_year_is_not_of_this_group() -> None:
    group = page(
        '<a href="/bmys-25-dw001/index.html">旧</a><a href="/bmys-26-dw001/index.html" title="甲办公厅">甲</a>',
        f"{SITE}/bmys-26-001/index.html",
    )
    found = bmys.read_listing(group, listing(group.url), bmys.BmysParameters())
    assert [(row.url, row.title) for row in found.rows] == [(f"{SITE}/bmys-26-dw001/index.html", "甲办公厅")]
