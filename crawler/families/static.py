"""Any static column: dated links, however they are marked up, and a way to the next page that a reader would find.

Next pages are links whose text says so (下一页) or shows the next number.  Rows may also stand in a script as data,
behind `onclick`, or in a frame of a page that holds nothing else.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import re
from collections.abc import Mapping, Sequence
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from gongkai.archive import Role
from gongkai.crawler.errors import PagerNotUnderstoodError
from gongkai.crawler.families import trs
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters, selector
from gongkai.crawler.pages.address import same_document_key, same_site
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import element_addresses, usable
from gongkai.crawler.pages.listing import Listed, Row, page_after, rows
from gongkai.crawler.pages.page import Page, find_date, squeeze

NEXT_TEXT = re.compile(
    r"[\[【<«‹]?\s*(?:下\s*一?\s*[页頁]|后\s*一?\s*[页頁]|next(?:\s*page)?)\s*[\]】>»›→]*", re.IGNORECASE
)
PAGER_WORD = re.compile(r"[<>«»\s]*(?:[上下]\s*一?\s*[页頁]|[尾末]\s*[页頁])[<>«»\s]*")
NEXT_SIGNS = frozenset({">", "›", "»", ">>"})
TOTAL_ROWS = re.compile(r"共\s*(?:有\s*)?(\d{1,6})\s*(?:条|篇|项|个记录|条记录)")
TOTAL_PAGES = re.compile(r"共\s*(?:有\s*)?(\d{1,5})\s*页")
PAGE_OF_PAGES = re.compile(r"(?<![\d/.-])(\d{1,5})\s*/\s*(\d{1,5})(?![\d/.-])")
PAGER_TEXT = 300
"""A block around a link to the next page that shows more characters than this is no longer the pager."""
PAGER_LINK = 12
"""Links of a pager show no more characters than this."""
ARRAY = re.compile(r"""\b\w{0,40}(?:list|data|content|rows|items)\w{0,40}["']?\s*[=:]\s*(?=\[\s*\{)""", re.IGNORECASE)
ARRAYS_TRIED = 20
WAYS_OUT = "state the CSS selector of its link as `next` in the portal's file, or choose another family"
ADDRESS_KEYS = ("url", "link", "href", "linkurl", "infourl", "puburl", "docpuburl", "path")
TITLE_KEYS = ("title", "name", "subject", "doctitle", "realtitle", "infotitle", "showtitle")
DATE_KEYS = ("date", "time", "pubdate", "pubtime", "publishtime", "publishdate", "docreltime", "createtime", "infodate")
NO_LIST = re.compile(r"visit|count|stat|weather|login|search|player|video|map", re.IGNORECASE)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class StaticParameters(Parameters):
    """Facts of a static column that its pages do not state clearly enough, as CSS selectors: the part of the page that
    holds the rows, and the link to the next page."""

    list: str | None = selector()
    next: str | None = selector()


@dataclasses.dataclass(frozen=True, slots=True)
class Pages:
    """A page's pager: the next page's address, the page's own number, and what the column holds; each None
    where it does not say.  `doubt` tells of a next page that is announced and that no address leads to."""

    next_url: str | None = None
    number: int | None = None
    pages: int | None = None
    total: int | None = None
    doubt: str = ""


def read_listing(page: Page, lead: Lead, parameters: StaticParameters) -> Listed:
    """The rows of a page and the page after it; a page without rows may lead into its frame."""
    listed = tuple(static_rows(page, parameters))
    if not listed and (frame := frame_of(page)):
        return Listed(columns=(Lead(url=frame, role=Role.LISTING, parent_url=lead.url),))
    said = next_page(page, lead.page_number, parameters.next)
    if said.next_url is None:
        said = scripted_page(page, lead.page_number, said)
    onward = page_after(lead, said.next_url, (said.number or lead.page_number) + 1)
    return Listed(rows=listed, next_pages=onward, total=said.total, pages=said.pages, doubt=said.doubt)


# --- rows ---------------------------------------------------------------------------------------------------------


def static_rows(page: Page, parameters: StaticParameters) -> list[Row]:
    """The rows of a page: of the part named, else of the whole page; rows of its scripts where the page shows none."""
    if parameters.list is None:
        return rows(page, parameters.row) or embedded_rows(page)
    parts = page.tree.cssselect(parameters.list)
    listed = {row.url: row for part in parts for row in rows(page, parameters.row, within=part)}
    return list(listed.values())


def embedded_rows(page: Page) -> list[Row]:
    """Rows that a script holds as a JSON array of objects with a title, an address and a date."""
    embedded: dict[str, Row] = {}
    for place, match in enumerate(ARRAY.finditer(page.scripts)):
        if place == ARRAYS_TRIED:
            break
        for record in _array(page.scripts[match.end() :]):
            if row := _record_row(page, record):
                embedded.setdefault(row.url, row)
    return list(embedded.values())


def _array(text: str) -> Sequence[object]:
    try:
        value, _ = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError):  # the script uses a notation of its own, not JSON
        return ()
    return value if isinstance(value, list) else ()


def _record_row(page: Page, record: object) -> Row | None:
    if not isinstance(record, Mapping):
        return None
    fields = {str(key).lower(): value for key, value in record.items() if isinstance(value, str) and value.strip()}
    address, title, date = (_first(fields, keys) for keys in (ADDRESS_KEYS, TITLE_KEYS, DATE_KEYS))
    published_on: dt.date | None = find_date(date)
    url = page.resolve(address) if usable(address) else None
    if url is None or not title or published_on is None:
        return None
    return Row(url, squeeze(re.sub(r"<[^>]*>", "", title)), published_on)


def _first(fields: Mapping[str, str], keys: Sequence[str]) -> str:
    return next((fields[key] for key in keys if key in fields), "")


def frame_of(page: Page) -> str | None:
    """The frame of the page's own host that holds the list of a page without rows; None unless exactly one may."""
    frames = {
        url: None
        for element in page.tree.iter("iframe", "frame")
        if usable(source := element.get("src")) and (url := page.resolve(str(source)))
        if same_site(url, page.url) and not NO_LIST.search(urlsplit(url).path) and url != page.url
    }
    return next(iter(frames)) if len(frames) == 1 else None


# --- pages --------------------------------------------------------------------------------------------------------


def next_page(page: Page, number: int, link: str | None = None) -> Pages:
    """The pager of page `number`; `link` is the CSS selector of the link to the next page, if it is known."""
    anchors = _next_anchors(page, number, link)
    landmark = next(iter(anchors), None)
    landmark = _pager_word(page) if landmark is None else landmark
    pager = _pager_of(landmark) if landmark is not None else None
    said = _said(squeeze(pager.text_content())) if pager is not None else Pages()
    for anchor in anchors:
        for address in element_addresses(anchor):
            url = page.resolve(address)
            if url and same_document_key(url) != same_document_key(page.url):
                return dataclasses.replace(said, next_url=url)
    current = said.number or number
    if anchors and said.pages is not None and current < said.pages:
        doubt = f"The page {page.url!r} is {current} of {said.pages}, and no address leads to the next; {WAYS_OUT}."
        return dataclasses.replace(said, doubt=doubt)
    return said


def scripted_page(page: Page, number: int, said: Pages) -> Pages:
    """What a page without a link to a next one says in its scripts, as 拓尔思 TRS does on sites of any system."""
    try:
        scripted = trs.pager(page, number=number)
    except PagerNotUnderstoodError as error:
        return said if said.pages == number else dataclasses.replace(said, doubt=str(error))
    if scripted is None:
        return said
    following = page.resolve(scripted.address(number + 1)) if number < scripted.count else None
    return dataclasses.replace(said, next_url=following, pages=said.pages or scripted.count, doubt="")


def _next_anchors(page: Page, number: int, link: str | None) -> list[HtmlElement]:
    """Links that say they lead to the next page, else links that show its number among other numbers."""
    if link is not None:
        return list(page.tree.cssselect(link))
    anchors = [element for element in page.tree.iter("a", "span", "li", "input", "button") if _is_leaf(element)]
    named = [element for element in anchors if _says_next(element)]
    if named:
        return named
    numbered = [element for element in page.tree.iter("a") if _shown(element) == str(number + 1)]
    return [element for element in numbered if _stands_among_numbers(element) and _lies_below(page, element)]


def _pager_word(page: Page) -> HtmlElement | None:
    """The mark of the pager of a page without a further one: a link back, or words without a link."""
    words = (element for element in page.tree.iter("a", "span", "em", "li", "td") if len(element) == 0)
    return next((element for element in words if PAGER_WORD.fullmatch(_shown(element))), None)


def _lies_below(page: Page, element: HtmlElement) -> bool:
    """True for a link that stays in the folder of the page, as a pager's links do and a calendar's need not."""
    folder = page.url.partition("?")[0].rpartition("/")[0]
    url = page.resolve(next(element_addresses(element), ""))
    return url is not None and same_document_key(url).startswith(same_document_key(f"{folder}/"))


def _is_leaf(element: HtmlElement) -> bool:
    return element.tag == "a" or (element.get("onclick") is not None and next(element.iter("a"), None) is None)


def _says_next(element: HtmlElement) -> bool:
    text = _shown(element) or squeeze(element.get("title") or element.get("value") or "")
    return NEXT_TEXT.fullmatch(text) is not None or text in NEXT_SIGNS


def _shown(element: HtmlElement) -> str:
    return squeeze(element.text_content()).strip("[]【】")


def _stands_among_numbers(element: HtmlElement) -> bool:
    """True where other page numbers stand beside a link that shows one."""
    pager = _pager_of(element)
    numbers = {_shown(link) for link in pager.iter("a", "span", "em", "strong", "b", "li")}
    return sum(text.isdecimal() and int(text) < 10_000 for text in numbers) >= 2


def _pager_of(element: HtmlElement) -> HtmlElement:
    """The pager around one of its links: the largest block around it that holds little else."""
    pager = element
    while (parent := pager.getparent()) is not None and not _holds_more(parent):
        pager = parent
    return pager


def _holds_more(block: HtmlElement) -> bool:
    text = squeeze(block.text_content())
    names = (squeeze(link.text_content()) for link in block.iter("a"))
    return len(text) > PAGER_TEXT or find_date(text) is not None or any(len(name) > PAGER_LINK for name in names)


def _said(text: str) -> Pages:
    of_pages = PAGE_OF_PAGES.search(text)
    number, pages = (int(of_pages.group(1)), int(of_pages.group(2))) if of_pages else (None, None)
    if number is not None and pages is not None and not 1 <= number <= pages:
        number = pages = None
    total, counted = TOTAL_ROWS.search(text), TOTAL_PAGES.search(text)
    return Pages(
        number=number,
        pages=pages or (int(counted.group(1)) if counted else None),
        total=int(total.group(1)) if total else None,
    )


FAMILY = Family(parameters=StaticParameters, read_listing=read_listing)
