"""广东省政府信息公开目录平台 (gkmlpt): a tree of columns in the index page, lists of articles as JSON.

The index page (`<site>/gkmlpt/index`, also below a path: `www.foshan.gov.cn/fstjj/gkmlpt/index`) holds
`window._CONFIG`, a JavaScript object whose `TREE` is JSON.  `<site>/gkmlpt/api/all/<column>?page=<n>&sid=<site>` gives
a hundred articles; its page 0 is its page 1.  An old site serves only the newest part of a column and still counts all
of it in `post_count`.
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import with_query
from gongkai.crawler.pages.article import ArticleFacts, article_facts
from gongkai.crawler.pages.json_answers import count_of, day_of, part, read_json, records, strings_in, text_of
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link
from gongkai.crawler.pages.listing import Listed, Row, page_after
from gongkai.crawler.pages.page import Page, absolute

BUDGETS = "财政预决算"
SITE = re.compile(r"""\bSID\s*:\s*["'](\d+)["']""")
MOBILE = re.compile(r"/mpost_(\d+)\.html")
PUBLISHED = ("display_publish_time", "date", "first_publish_time", "created_at", "create_time")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class GkmlptParameters(Parameters):
    """Facts of a gkmlpt site.

    `columns` names the columns (栏目) to read, by their name in the tree or by their id, wherever they stand in it;
    what lies below a named column is read with it.
    """

    columns: tuple[str, ...] = (BUDGETS,)


def read_listing(page: Page, lead: Lead, parameters: GkmlptParameters) -> Listed:
    """The columns an index page names, or the articles of one page of a column."""
    if "/gkmlpt/api/" in page.url:
        return _articles(page, lead)
    return Listed(columns=tuple(_columns(page, lead, parameters)))


def _columns(page: Page, lead: Lead, parameters: GkmlptParameters) -> Iterator[Lead]:
    site = SITE.search(page.scripts)
    if site is None:
        raise ListingNotUnderstoodError(f"{page.url!r} is no index page of a gkmlpt site: it states no SID.")
    chosen = dict(_chosen(page, records(page, config_value(page, "TREE"), ""), parameters.columns))
    if not chosen:
        wanted = ", ".join(parameters.columns)
        raise ListingNotUnderstoodError(f"The tree of {page.url!r} has no column {wanted!r}.")
    for column, node in chosen.items():
        jump = text_of(node, "jump_url")
        address = jump or f"api/all/{column}?page=1&sid={site.group(1)}"
        if url := absolute(_root(page.url), address):
            yield Lead(url=url, role=Role.LISTING, parent_url=lead.url, title=text_of(node, "name") or None)


def _root(url: str) -> str:
    """The address of the platform in a site, which may lie below a path."""
    before, platform, _ = url.partition("/gkmlpt/")
    return before + (platform or "/gkmlpt/")


def config_value(page: Page, name: str) -> Any:
    """A value of `window._CONFIG` that is written as JSON; None when it is not there, or is something else."""
    start = re.search(rf"\b{name}\s*:\s*", page.scripts)
    if start is None:
        return None
    try:
        return json.JSONDecoder(strict=False).raw_decode(page.scripts, start.end())[0]
    except ValueError:
        return None


def _chosen(
    page: Page, nodes: list[Mapping[str, Any]], wanted: tuple[str, ...], *, inside: bool = False
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for node in nodes:
        names = {text_of(node, "id"), text_of(node, "name")}
        is_wanted = inside or not names.isdisjoint(wanted)
        if is_wanted:
            yield text_of(node, "id"), node
        children = records(page, node.get("children") or [], "")
        yield from _chosen(page, children, wanted, inside=is_wanted)


def _articles(page: Page, lead: Lead) -> Listed:
    answer = part(page, read_json(page), "", dict)
    articles = records(page, answer, "articles")
    classify = answer.get("classify")
    counted = count_of(classify, "post_count") if isinstance(classify, Mapping) else None
    total = max((count for count in (counted, count_of(answer, "total")) if count is not None), default=None)
    rows = tuple(_row(page, article) for article in articles)
    following = with_query(page.url, page=lead.page_number + 1) if rows else None
    return Listed(
        rows=rows,
        next_pages=page_after(lead, following),
        total=total,
        repeats=len(rows) - len({row.url for row in rows}),
        may_be_empty=lead.page_number > 1,
    )


def _row(page: Page, article: Mapping[str, Any]) -> Row:
    address, title = text_of(article, "url", "post_url"), text_of(article, "title")
    url = absolute(page.url, address) if address else None
    if not url or not title:
        raise ListingNotUnderstoodError(
            f"{page.url!r}: the article {text_of(article, 'id')!r} has no title or address."
        )
    return Row(
        canonical(url),
        title,
        day_of(article, *PUBLISHED),
        text_of(article, "identifier") or None,
        text_of(article, "publisher") or None,
    )


def announced_files(page: Page) -> dict[str, list[Link]]:
    """The files that a page of articles already names, by the address of their article."""
    answer = part(page, read_json(page), "", dict)
    return {_row(page, article).url: list(_files(page, article)) for article in records(page, answer, "articles")}


def _files(page: Page, article: Mapping[str, Any]) -> Iterator[Link]:
    for file in records(page, article.get("attachment") or [], ""):
        if url := absolute(page.url, text_of(file, "url")):
            yield Link(url, text_of(file, "name"))


def canonical(url: str) -> str:
    """The address of an article; its twin for telephones (`mpost_`) has this address too."""
    return MOBILE.sub(r"/post_\1.html", url)


def article_page(page: Page) -> Page:
    """An article with what its script would show: `_CONFIG.DETAIL` holds the text as HTML in a string."""
    detail = config_value(page, "DETAIL")
    inner = "\n".join(text for text in strings_in(detail) if "<" in text)
    return Page(f"{page.text}\n{inner}", page.url) if inner else page


def read_facts(page: Page) -> ArticleFacts:
    """Facts that an article states about itself, also where only its script would show them."""
    return article_facts(article_page(page))


FAMILY = Family(
    parameters=GkmlptParameters,
    read_listing=read_listing,
    read_facts=read_facts,
    spider="gongkai.crawler.spider.gkmlpt.GkmlptSpider",
)
