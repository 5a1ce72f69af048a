"""Ucap: channels and marks of recorded pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from gongkai.archive import Role
from gongkai.crawler.families import (
    ucap,
)
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
SITE = "https://www.example.gov.cn"


def page(text: str | bytes, url: str = f"{SITE}/x.html") -> Page:
    return Page.from_bytes(text if isinstance(text, bytes) else text.encode(), url)


def listing(url: str, number: int = 1, **facts: Any) -> Lead:
    return Lead(url=url, role=Role.LISTING, page_number=number, **facts)


@pytest.mark.parametrize(
    ("beginning", "title", "published"),
    [
        ("ucap_0", "《东莞市住房和城乡建设局关于推行工程质量信息公示的通知》政策解读", dt.date(2026, 2, 13)),
        ("ucap_2", "南昌市审计局召开党组（扩大）会议动员部署树立和践行正确政绩观学习教育工作", dt.date(2026, 3, 13)),
        ("ucap_3", "黄喜忠在市委信访局接访并调度重点领域信访工作", dt.date(2026, 3, 11)),
        ("ucap_4", "市住建局四项举措打造“十二花园”春日赏花胜地", dt.date(2026, 3, 25)),
    ],
)
def test_the_marks_of_ucap_articles_say_title_and_day(
    recorded_page: Recorded, beginning: str, title: str, published: dt.date
) -> None:
    text = recorded_page(beginning).decode().replace("ArticleTitle", "Nothing").replace("PubDate", "Nothing")
    facts = ucap.read_facts(page(text))
    assert (facts.title, facts.published_on) == (title, published)


def test_the_channel_of_a_suqian_page_is_read_off_its_script(recorded_page: Recorded) -> None:
    url = "https://www.suqian.gov.cn/cnsq/bmdt/list.shtml"
    found = ucap.read_listing(page(recorded_page("ucap_4"), url), listing(url), ucap.UcapParameters())
    [column] = found.columns
    address, _, asked = column.url.partition("?")
    assert address == "https://www.suqian.gov.cn/common/search/52c4a0955566453f88ca77d82c45671f"
    assert asked == "_isAgg=true&_isJson=true&_pageSize=15&_template=index&page=1"
