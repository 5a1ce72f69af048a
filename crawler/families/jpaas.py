"""大汉 jpaas: a column's page names units; a gateway gives each unit's HTML as JSON, page by page.

A page holds several units (navigation, news, the list): the list is the one that the portal's file names by its
`tagId`, the only one, or the one whose HTML holds a pager.  Pages are asked for
by `paramJson`; sites ignore a bare `pageNo`.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from lxml.html import HtmlElement

from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.json_answers import read_json
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, attachments, promised_suffix, suffix_of
from gongkai.crawler.pages.listing import Row, rows
from gongkai.crawler.pages.page import Page, absolute

UNIT_PATH = "/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY_PAIR = re.compile(r"""["'](\w+)["']\s*:\s*["']([^"']*)["']""")
GATEWAY_FILE = re.compile(r"/api-gateway/[\w-]+/front/document/")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JpaasParameters(Parameters):
    """Facts of a jpaas column that its pages do not state clearly enough: the `tagId` of the list's unit where several
    hold a pager or none does, and how many rows to ask for at once."""

    tag: str | None = None
    page_size: int = 15


@dataclasses.dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a column's page: its `tagId` and the address that gives its HTML."""

    tag: str
    url: str

    def address(self, number: int, size: int) -> str:
        """The address of page `number`, counted from 1, of `size` rows."""
        wanted = json.dumps({"pageNo": number, "pageSize": size}, separators=(",", ":"))
        return f"{self.url}&{urlencode({'paramJson': wanted})}"


@dataclasses.dataclass(frozen=True, slots=True)
class UnitPage:
    """A unit's HTML: rows, and, where it has a pager, the number of rows on a page and in the whole list."""

    rows: tuple[Row, ...]
    size: int | None
    total: int | None

    @property
    def pages(self) -> int | None:
        if self.total is None or not self.size:
            return None
        return math.ceil(self.total / self.size)


def units(page: Page) -> list[Unit]:
    """The units a page names, each once, in page order."""
    named = [unit for element in page.tree.iter() if isinstance(element.tag, str) and (unit := _unit(page, element))]
    return list({unit.url: unit for unit in named}.values())


def chosen_units(page: Page, tag: str | None) -> list[Unit]:
    """The units that may be the column's list.  Raises ListingNotUnderstoodError when there is none."""
    named = units(page)
    chosen = [unit for unit in named if tag in {None, unit.tag}]
    if not chosen:
        names = ", ".join(repr(unit.tag) for unit in named) or "none"
        raise ListingNotUnderstoodError(f"the page has no unit {tag or 'with queryData'!r}; its units are {names}")
    return chosen


def unit_page(page: Page, column_url: str, row: str | None = None) -> UnitPage:
    """Reads a unit's answer, whose links are relative to the page of the column.

    Raises ListingNotUnderstoodError for an answer that is not the gateway's JSON, or says that it failed.
    """
    text = _html(read_json(page))
    fragment = Page(f"<div>{text}</div>", column_url)
    pager = next(iter(fragment.tree.cssselect("[count][rows]")), None)
    return UnitPage(
        rows=tuple(rows(fragment, row)) if text.strip() else (),
        size=_whole(pager.get("rows")) if pager is not None else None,
        total=_whole(pager.get("count")) if pager is not None else None,
    )


def read_files(page: Page, lead: Lead, parameters: JpaasParameters) -> list[Link]:
    """The files of an article.  The gateway's addresses hold a ciphertext that changes whenever the page is built; a
    file is known by its `data-link`, else by where the gateway redirects."""
    lasting = {url: link for element in page.tree.iter("a") for url, link in _lasting(page, element)}
    known = set(lasting.values())
    return [
        _gateway_file(page, link, lasting.get(link.url))
        for link in attachments(page, parameters.body)
        if link.url not in known
    ]


# --- reading ----------------------------------------------------------------------------------------------------------


def _unit(page: Page, element: HtmlElement) -> Unit | None:
    query = dict(QUERY_PAIR.findall(element.get("querydata") or ""))
    address = absolute(page.url, element.get("url") or UNIT_PATH)
    if "tagId" not in query or address is None:
        return None
    if year := (element.get("datetime") or "").strip():  # the unit is a tab of one year
        query["dateTime"] = year
    return Unit(query["tagId"], f"{address}{'&' if '?' in address else '?'}{urlencode(query)}")


def _html(answer: object) -> str:
    """The HTML in a gateway's answer; its `data` is an object or the HTML itself, and may be empty."""
    if not isinstance(answer, dict) or answer.get("success") is False:
        raise ListingNotUnderstoodError(f"the gateway answered {str(answer)[:200]!r}")
    data = answer.get("data")
    text = data.get("html") if isinstance(data, dict) else data
    if text is not None and not isinstance(text, str):
        raise ListingNotUnderstoodError(f"the gateway's data is {str(data)[:200]!r}, which is no HTML")
    return text or ""


def _whole(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isdecimal() else None


def _lasting(page: Page, element: HtmlElement) -> Iterator[tuple[str, str]]:
    """The gateway's address of a link with the lasting address in its `data-link`."""
    href, link = page.resolve(element.get("href") or ""), page.resolve(element.get("data-link") or "")
    if href and link and element.get("data-link") and is_rotating(href):
        yield href, link


def is_rotating(url: str) -> bool:
    """True for a gateway's address whose `fileUrl` is a ciphertext rather than a path."""
    value = parse_qs(urlsplit(url).query).get("fileUrl", [""])[0]
    return GATEWAY_FILE.search(urlsplit(url).path) is not None and bool(value) and not value.startswith(("/", "http"))


def _gateway_file(page: Page, link: Link, lasting: str | None) -> Link:
    if not is_rotating(link.url):
        return link
    name = parse_qs(urlsplit(link.url).query).get("fileName", [""])[0]
    text = link.text if suffix_of(link.text) or not suffix_of(name) else name
    promised = promised_suffix(link.url, link.text)
    url = lasting or _without_ciphertext(page, link.url)
    return Link(url, text, promised=promised, asked_url=link.url, named_by_redirect=lasting is None)


def _without_ciphertext(page: Page, url: str) -> str:
    """The address a file is known by until a redirect tells more: its name, at the article it belongs to."""
    parts = urlsplit(url)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name != "fileUrl"]
    return urlunsplit(parts._replace(query=urlencode([*kept, ("article", urlsplit(page.url).path)])))


def stated_parameters(page: Page) -> Mapping[str, object]:
    """The tag of a page's only unit; of several none is chosen."""
    tags = {unit.tag for unit in units(page)}
    return {"tag": tags.pop()} if len(tags) == 1 else {}


FAMILY = Family(
    parameters=JpaasParameters,
    read_files=read_files,
    stated_parameters=stated_parameters,
    spider="gongkai.crawler.spider.jpaas.JpaasSpider",
    shows_rows_itself=True,
)
