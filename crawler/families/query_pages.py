"""Pages numbered in the query: a listing's address says everything in its query, also the number of the page.

ASP.NET sites of 河北 (`czyjs_list.aspx?category_id=221&page=2`), `front_pcsec.do?tid=…&p=1`, columns of 安徽 news
(`/content/column/6791573?pageIndex=2`); 郑州's platform, whose articles are read by `families.zhengzhou`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import query_of, with_query
from gongkai.crawler.pages.declared_counts import declared_pages, declared_rows
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, attachments, suffix_of
from gongkai.crawler.pages.listing import Listed, page_after, rows
from gongkai.crawler.pages.page import Page, squeeze

TURNING = frozenset({"2", "下一页", "下页", "后一页", "尾页", "末页"})
SIGNATURE = re.compile(r"(?:[A-Za-z0-9_+/-]|%2[BbFf]){40,}(?:=|%3[Dd]){0,2}")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class QueryPagesParameters(Parameters):
    """Facts of a column: `page` is the name of the page's number in the query (case counts)."""

    page: str = "page"


def read_listing(page: Page, lead: Lead, parameters: QueryPagesParameters) -> Listed:
    """The rows of a page, and the page after it: where a link leads to a later one, or the pager counts more pages."""
    listed = rows(page, parameters.row)
    linked = max(linked_pages(page, parameters.page), default=0)
    declared = declared_pages(page.visible_text)
    doubt = _doubt(page, lead, parameters.page, declared) if listed and not linked else ""
    is_last = not listed or bool(doubt) or max(linked, declared or 0) <= lead.page_number
    following = None if is_last else with_query(page.url, **{parameters.page: lead.page_number + 1})
    return Listed(
        rows=tuple(listed),
        next_pages=page_after(lead, following),
        total=declared_rows(page.visible_text),
        pages=declared,
        doubt=doubt,
    )


def _doubt(page: Page, lead: Lead, name: str, declared: int | None) -> str:
    """A sentence about further pages that no link leads to by a number in its query; empty where none are announced."""
    if (declared or 1) > lead.page_number and lead.page_number == 1:
        return (
            f"{page.url!r} counts {declared} pages, and no link leads to another by {name!r} in its query; "
            "state the name as the parameter 'page'."
        )
    is_scripted = _has_scripted_pager(page)
    return f"{page.url!r} turns its pages by a script (`__doPostBack` or the like)." if is_scripted else ""


def _has_scripted_pager(page: Page) -> bool:
    """True where something that says «2» or «next page» is no link but a script."""
    scripted = (anchor for anchor in page.tree.iter("a") if (anchor.get("href") or "").startswith("javascript:"))
    return any(squeeze(anchor.text_content()).strip("[]") in TURNING for anchor in scripted)


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


def read_files(page: Page, lead: Lead, parameters: QueryPagesParameters) -> list[Link]:
    """The files of an article; one behind a signature is known by its address without it."""
    return [_lasting(link) for link in attachments(page, parameters.body)]


def _lasting(link: Link) -> Link:
    lasting = unsigned(link.url)
    if lasting is None:
        return link
    return Link(lasting, link.text, promised=link.promised, asked_url=link.url, named_by_people=True)


def unsigned(url: str) -> str | None:
    """The lasting part of an address that ends in a file's name and a signature; None for one without signature.

    A signature is one long token behind the question mark, in the alphabet of Base64, without a name.
    """
    path, _, token = url.partition("?")
    return path if suffix_of(unquote(urlsplit(path).path)) and SIGNATURE.fullmatch(token) else None


FAMILY = Family(parameters=QueryPagesParameters, read_listing=read_listing, read_files=read_files)
