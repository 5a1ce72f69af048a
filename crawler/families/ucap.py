"""开普云 Ucap: columns whose rows come as JSON from the site's search.

`/common/search/<channel>?_isAgg=true&_isJson=true&_pageSize=15&_template=index&page=1` answers with the articles of a
channel, 32 hexadecimal digits that the column's page states in a script (`channelId = "…"`).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from typing import Any

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family, stated_by
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import with_query
from gongkai.crawler.pages.article import ArticleFacts, article_facts
from gongkai.crawler.pages.json_answers import count_of, day_of, part, read_json, records, text_of
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, Row, page_after
from gongkai.crawler.pages.page import Page, absolute, find_date, squeeze

CHANNEL = re.compile(r"""\bchannelId["']?\s*[:=]\s*["']([0-9a-fA-F]{32})["']""")
LISTED_BY = re.compile(r"/search(?:List)?/[0-9a-fA-F]{32}$")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class UcapParameters(Parameters):
    """Facts of a Ucap column: the channel's id where the page does not state it, the path of the search, and how many
    rows to ask for at once."""

    channel: str | None = None
    search: str = "/common/search/"
    page_size: int = 15


def read_listing(page: Page, lead: Lead, parameters: UcapParameters) -> Listed:
    """The list a column's page stands for, or the articles of one page of the list."""
    if LISTED_BY.search(page.url.partition("?")[0]):
        return _articles(page, lead)
    stated = CHANNEL.search(page.scripts)
    channel = parameters.channel or (stated.group(1) if stated else None)
    if channel is None:
        raise ListingNotUnderstoodError(f"{page.url!r} states no channelId; give it as the parameter 'channel'.")
    address = absolute(page.url, f"{parameters.search.rstrip('/')}/{channel}")
    query = {"_isAgg": "true", "_isJson": "true", "_pageSize": parameters.page_size, "_template": "index", "page": 1}
    return Listed(
        columns=(Lead(url=with_query(address or "", **query), role=Role.LISTING, parent_url=lead.url),),
    )


def _articles(page: Page, lead: Lead) -> Listed:
    data = part(page, read_json(page), "data", dict)
    rows = tuple(_row(page, article) for article in records(page, data, "results"))
    following = with_query(page.url, page=lead.page_number + 1) if rows else None
    total = count_of(data, "total")
    return Listed(rows=rows, next_pages=page_after(lead, following), total=total, may_be_empty=lead.page_number > 1)


def _row(page: Page, article: Mapping[str, Any]) -> Row:
    url, title = absolute(page.url, text_of(article, "url")), text_of(article, "title")
    if not text_of(article, "url") or not url or not title:
        raise ListingNotUnderstoodError(
            f"{page.url!r}: an article has no title or address: {str(dict(article))[:80]!r}."
        )
    return Row(url, title, day_of(article, "publishedTimeStr", "publishedTime"), _index_number(article))


def _index_number(article: Mapping[str, Any]) -> str | None:
    """The 索引号 among the article's further fields (`domainMetaList[].resultList[]`)."""
    for group in article.get("domainMetaList") or []:
        for field in (group.get("resultList") or []) if isinstance(group, Mapping) else []:
            if isinstance(field, Mapping) and text_of(field, "key").lower() == "indexnumber":
                return text_of(field, "value") or None
    return None


def read_facts(page: Page) -> ArticleFacts:
    """Facts of an article, by the marks of these sites (`<UCAPTITLE>`, `<PUBLISHTIME>`) where <meta> is silent."""
    facts = article_facts(page)
    title, published = _marked(page, "ucaptitle"), _marked(page, "publishtime")
    return dataclasses.replace(
        facts, title=facts.title or title or None, published_on=facts.published_on or find_date(published)
    )


def _marked(page: Page, tag: str) -> str:
    return next((squeeze(element.text_content()) for element in page.tree.iter(tag)), "")


FAMILY = Family(
    parameters=UcapParameters,
    read_listing=read_listing,
    read_facts=read_facts,
    stated_parameters=stated_by(channel=CHANNEL),
)
