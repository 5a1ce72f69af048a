"""龙讯: the list behind a recorded column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongkai.archive import Role
from gongkai.crawler.families import (
    longxun,
)
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
SITE = "https://www.example.gov.cn"


def page(text: str | bytes, url: str = f"{SITE}/x.html") -> Page:
    return Page.from_bytes(text if isinstance(text, bytes) else text.encode(), url)


def listing(url: str, number: int = 1, **facts: Any) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number, **facts)


def test_the_site_of_a_wuhu_page_is_asked_for_its_list(recorded_page: Recorded) -> None:
    url = "https://www.wuhu.gov.cn/public/column/6601841?type=4&action=list&nav=3&catId=6710123"
    found = longxun.read_listing(page(recorded_page("other_5"), url), listing(url), longxun.LongxunParameters())
    [column] = found.columns
    assert column.url.startswith("https://www.wuhu.gov.cn/site/label/8888?labelName=publicInfoList&siteId=6787231&")
    assert "&organId=6601841&type=4&catId=6710123&" in column.url
