"""Epoint: a posted list counts its pages on in its body."""

from __future__ import annotations

import json
from typing import Any

from gongkai.archive import Role
from gongkai.crawler.families import (
    epoint,
)
from gongkai.crawler.pages.address import JSON, post_address, sent
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

SITE = "https://www.example.gov.cn"


def page(text: str | bytes, url: str = f"{SITE}/x.html") -> Page:
    return Page.from_bytes(text if isinstance(text, bytes) else text.encode(), url)


def listing(url: str, number: int = 1, **facts: Any) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number, **facts)


def test_a_posted_list_counts_its_pages_on_in_its_body() -> None:
    url = post_address(f"{SITE}/EWB-FRONT{epoint.LIST}", '{"params":{"categorynum":"003","pageIndex":0}}', JSON)
    answer = {"custom": {"data": [{"infourl": "/a.html", "realtitle": "甲局2026年预算"}], "total": 30}}
    found = epoint.read_listing(page(json.dumps(answer)), listing(url), epoint.EpointParameters(first_page=0))
    assert (found.rows[0].url, found.total) == (f"{SITE}/a.html", 30)
    assert sent(found.next_pages[0].url).body == '{"params":{"categorynum":"003","pageIndex":1}}'
