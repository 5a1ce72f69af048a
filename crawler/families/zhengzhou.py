"""郑州市政务公开平台, which its districts run on hosts of their own (`https://public.zhengzhou.gov.cn/?a=dir&h=1&p=D1901`).

Its listings turn their pages by a number in the query, and its files lie behind signatures (`families.query_pages`).
An article says what it is on a card, `.pubinfo-card`, whose labels are the titles of its icons.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from gongkai.crawler.families.family import Family
from gongkai.crawler.families.query_pages import QueryPagesParameters, read_files, read_listing
from gongkai.crawler.pages.article import ArticleFacts, article_facts
from gongkai.crawler.pages.page import Page, find_date, squeeze

TITLE = ".content-title"
CARD = ".pubinfo-card li"
PUBLISHED, INDEX_NUMBER = "发布日期", "索引号"


def read_facts(page: Page) -> ArticleFacts:
    """Facts of an article, by its card where the <meta> block is silent."""
    facts, card = article_facts(page), dict(_card(page))
    title = next((squeeze(element.text_content()) for element in page.tree.cssselect(TITLE)), "")
    return dataclasses.replace(
        facts,
        title=facts.title or title or None,
        published_on=facts.published_on or find_date(card.get(PUBLISHED, "")),
        index_number=facts.index_number or card.get(INDEX_NUMBER) or None,
    )


def _card(page: Page) -> Iterator[tuple[str, str]]:
    for item in page.tree.cssselect(CARD):
        labels = [label for element in item.iter("i") if (label := squeeze(element.get("title") or ""))]
        values = [squeeze(element.text_content()) for element in item.iter("em")]
        if labels and values:
            yield labels[0], values[0]


FAMILY = Family(
    parameters=QueryPagesParameters, read_listing=read_listing, read_files=read_files, read_facts=read_facts
)
