"""大汉 Hanweb JCMS (jpage): a column's first rows stand in a `<datastore>` in the page; the others come from a proxy.

A list of the page holds its rows as records of an XML data store, and its script says how many there are, how many
a page shows, and which proxy gives the others.  The store holds the rows of several pages at once, a group.
"""

from __future__ import annotations

import dataclasses
import enum
import html
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlencode, urlsplit

from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import post_address
from gongkai.crawler.pages.listing import Row, row_of
from gongkai.crawler.pages.page import Page, absolute

VERBATIM = "<![CDATA["
GROUP_LINK = re.compile(r"<nextgroup>.{0,200}?href\s*=\s*[\"']([^\"']{1,4000})[\"']", re.DOTALL)
TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>")
PAGES = re.compile(r"<totalpage>\s*(\d+)\s*</totalpage>")
CALL = re.compile(r"""\$\(\s*["']#([\w-]+)["']\s*\)\s*\.jpage\s*\(""")
OBJECT = re.compile(r"=\s*\{([^{}]{0,4000})\}")
PAIR = re.compile(r"""["']?(\w+)["']?\s*:\s*(?:"([^"]*)"|'([^']*)'|([\w.]+))""")
COLUMN = re.compile(r"/col/col(\d+)/")
PAGE_FIELD = re.compile(r"(?<=[?&]page=)\d+")


class Paging(enum.StrEnum):
    """Ways of asking the proxy for the rows behind the first ones."""

    AUTO = "auto"
    """By POST, as the page's own script does; by page where the proxy answers that with the first rows again."""
    POST = "post"
    """By POST with the numbers of the first and last row wanted (`startrecord`, `endrecord`)."""
    PAGE = "page"
    """By GET with `page=N`, as the data store's own link does."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JpageParameters(Parameters):
    """Facts of a jpage column that its pages do not state clearly enough: the `unitid` of the list where a page holds
    several, and how further rows are asked for."""

    unit: str | None = None
    paging: Paging = Paging.AUTO


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One list of a column's page, which stands at `page_url`.

    `proxy` is the absolute address that gives further rows, `fields` what the page's script sends there, and `link` the
    data store's own link to it; each None or empty where the page does not say.  `total` counts the rows of the whole
    column, `per_page` the rows of one page as displayed.
    """

    page_url: str
    name: str
    rows: tuple[Row, ...]
    total: int | None
    per_page: int | None
    proxy: str | None
    fields: tuple[tuple[str, str], ...]
    link: str | None

    @property
    def group(self) -> int:
        """Rows to ask for at once: as many as the page holds, three displayed pages where it holds none."""
        return len(self.rows) or 3 * (self.per_page or 15)

    @property
    def columns(self) -> frozenset[str]:
        """The numbers of the columns whose articles it lists."""
        return frozenset(dict(self.fields).get("columnid", "").split(","))


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Records:
    """An answer of the proxy: rows, and how many rows and pages it declares."""

    rows: tuple[Row, ...]
    total: int | None
    pages: int | None


def units(page: Page) -> list[Unit]:
    """The lists of a column's page, in page order."""
    return [unit for element in page.tree.iter("script") if (unit := _unit(page, element.text or "", element))]


def chosen_unit(page: Page, name: str | None) -> Unit:
    """The list that is the column's: the one named, the only one, or the only one of the column in the page's address.

    Raises ListingNotUnderstoodError when there is none, or several that could be meant.
    """
    chosen = units(page)
    if name is not None:
        chosen = [unit for unit in chosen if unit.name == name]
    elif len(chosen) > 1 and (match := COLUMN.search(urlsplit(page.url).path)):
        chosen = [unit for unit in chosen if match.group(1) in unit.columns]
    if len(chosen) == 1:
        return chosen[0]
    names = ", ".join(repr(unit.name) for unit in units(page)) or "none"
    raise ListingNotUnderstoodError(
        f"the page holds the lists {names}; state the column's as `unit` in the portal's file"
        if units(page)
        else "the page holds no <datastore>"
    )


def records(page: Page, column_url: str) -> Records:
    """The rows of a proxy's answer, whose links are relative to the page of the column.

    Raises ListingNotUnderstoodError for an answer that is no data store.
    """
    text = _store(page.text)
    if text is None:
        raise ListingNotUnderstoodError(f"the proxy answered {len(page.text)} characters that hold no <datastore>")
    return Records(rows=tuple(_rows(column_url, text)), total=_number(TOTAL, text), pages=_number(PAGES, text))


def group_address(unit: Unit, number: int) -> str:
    """The POST for group `number`, counted from 1: rows as many as the page itself holds."""
    size = unit.group
    span = urlencode(
        {"startrecord": (number - 1) * size + 1, "endrecord": number * size, "perpage": unit.per_page or size}
    )
    return post_address(f"{unit.proxy}{'&' if '?' in (unit.proxy or '') else '?'}{span}", urlencode(unit.fields))


def page_address(unit: Unit, number: int) -> str | None:
    """The GET for page `number`, counted from 1; None where the data store links no proxy."""
    if unit.link is None or not PAGE_FIELD.search(unit.link):
        return None
    return PAGE_FIELD.sub(str(number), unit.link)


# --- reading ----------------------------------------------------------------------------------------------------------


def _store(text: str) -> str | None:
    """The data store in a script or an answer, unescaped where the page was saved so."""
    if "&lt;datastore" in text:
        text = html.unescape(text)
    start, end = text.find("<datastore"), text.rfind("</datastore>")
    return text[start:end] if 0 <= start < end else None


def _unit(page: Page, script: str, element: object) -> Unit | None:
    store = _store(script)
    if store is None:
        return None
    link = GROUP_LINK.search(store)
    address = absolute(page.url, html.unescape(link.group(1))) if link else None
    parent = getattr(element, "getparent", lambda: None)()
    name = (parent.get("id") if parent is not None else None) or dict(_query(address)).get("unitid", "")
    call, fields = _call(page, name)
    return Unit(
        page_url=page.base_url,
        name=name,
        rows=tuple(_rows(page.base_url, store)),
        total=_first(_number(TOTAL, store), _whole(call.get("totalRecord"))),
        per_page=_whole(call.get("perPage")),
        proxy=absolute(page.url, call["proxyUrl"]) if call.get("proxyUrl") else None,
        fields=fields or tuple(_query(address)),
        link=address,
    )


def _call(page: Page, name: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The options that the script of one list states, and the fields it sends to the proxy."""
    script = page.scripts
    calls = list(CALL.finditer(script))
    for place, call in enumerate(calls):
        if call.group(1) == name:
            end = calls[place + 1].start() if place + 1 < len(calls) else len(script)
            options = dict(_pairs(script[call.end() : end][:4000]))
            before = list(OBJECT.finditer(script[calls[place - 1].end() if place else 0 : call.start()]))
            return options, tuple(_pairs(before[-1].group(1))) if before else ()
    return {}, ()


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    for name, double, single, bare in PAIR.findall(text):
        yield name, double or single or bare


def _rows(base_url: str, store: str) -> Iterator[Row]:
    for record in store.split("</record>")[:-1]:
        text = record.rpartition("<record>")[2].strip()
        is_verbatim = text.startswith(VERBATIM)
        text = text.removeprefix(VERBATIM).removesuffix("]]>") if is_verbatim else html.unescape(text)
        fragment = Page(text, base_url)
        if row := row_of(fragment, fragment.tree):
            yield row


def _query(address: str | None) -> list[tuple[str, str]]:
    return [
        (name, value) for name, _, value in (part.partition("=") for part in urlsplit(address or "").query.split("&"))
    ]


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(match.group(1)) if match else None


def _whole(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() else None


def _first(*numbers: int | None) -> int | None:
    return next((number for number in numbers if number is not None), None)


def stated_parameters(page: Page) -> Mapping[str, object]:
    """The name of the column's list; of several none is chosen."""
    try:
        return {"unit": chosen_unit(page, None).name}
    except ListingNotUnderstoodError:
        return {}


FAMILY = Family(
    parameters=JpageParameters,
    stated_parameters=stated_parameters,
    spider="gongkai.crawler.spider.jpage.JpageSpider",
)
