"""Query routers: one page with everything in its query, its further pages under a number in the query.

郑州 and its districts (`https://public.zhengzhou.gov.cn/?a=dir&h=1&p=D1901&page=2`), ASP.NET sites of 河北
(`czyjs_list.aspx?category_id=221&page=2`), `front_pcsec.do?tid=…&p=1`, columns of 安徽 news
(`/content/column/6791573?pageIndex=2`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from crawler.errors import AnswerNotUnderstoodError
from crawler.facts import Parameters
from crawler.found import Found
from crawler.listing import Listed, page_after, rows
from crawler.listings.answers import declared_pages, declared_rows, query_of, with_query
from crawler.page import Page


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QueryParameters(Parameters):
    """Facts of a query router: `page` is the name of the page's number in the query (case counts)."""

    page: str = "page"


def read(page: Page, found: Found, parameters: QueryParameters) -> Listed:
    """The rows of a page, and the page after it: where a link leads to a later one, or the pager counts more pages."""
    listed = rows(page, parameters.row)
    linked = max(linked_pages(page, parameters.page), default=0)
    declared = declared_pages(page.visible_text)
    if listed and not linked and (declared or 1) > found.page_number and found.page_number == 1:
        raise AnswerNotUnderstoodError(
            f"{page.url!r} counts {declared} pages, and no link leads to another by {parameters.page!r} in its query; "
            "state the name as the parameter 'page'."
        )
    is_last = not listed or max(linked, declared or 0) <= found.page_number
    following = None if is_last else with_query(page.url, **{parameters.page: found.page_number + 1})
    return Listed(
        rows=tuple(listed),
        next_pages=page_after(found, following),
        total=declared_rows(page.visible_text),
        pages=declared,
    )


def linked_pages(page: Page, name: str) -> Iterator[int]:
    """The page numbers that links to this very listing carry in their query."""
    own = _without(page.url, name)
    for anchor in page.tree.iter("a", "option"):
        url = page.resolve(anchor.get("href") or anchor.get("value") or "")
        number = query_of(url).get(name, "") if url else ""
        if url and number.isdecimal() and _without(url, name) == own:
            yield int(number)


def _without(url: str, name: str) -> tuple[str, frozenset[tuple[str, str]]]:
    query = query_of(url)
    query.pop(name, None)
    return url.partition("?")[0].partition("://")[2], frozenset(query.items())
