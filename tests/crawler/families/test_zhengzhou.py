"""郑州: the card and the signed file of a recorded article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from gongkai.crawler.families import (
    query_pages,
    zhengzhou,
)
from gongkai.crawler.pages.links import attachments
from gongkai.crawler.pages.page import Page

Recorded = Callable[[str], bytes]
SITE = "https://www.example.gov.cn"


def page(text: str | bytes, url: str = f"{SITE}/x.html") -> Page:
    return Page.from_bytes(text if isinstance(text, bytes) else text.encode(), url)


def test_the_card_and_the_signed_file_of_the_zhengzhou_article_are_read(recorded_page: Recorded) -> None:
    article = page(recorded_page("zhengzhou_0"), "https://public.zhengzhou.gov.cn/D0105Y/9949317.jhtml")
    facts = zhengzhou.read_facts(article)
    assert (facts.title, facts.index_number) == ("2026年度郑州市信访局部门预算公开", "005252020/2026-00007")
    assert facts.published_on == dt.date(2026, 3, 19)
    [file] = attachments(article)
    lasting = query_pages.unsigned(file.url)
    assert lasting is not None
    assert lasting == file.url.partition("?")[0]
    assert lasting.endswith(".pdf")
