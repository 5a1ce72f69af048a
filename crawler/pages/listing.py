"""Listing pages: the rows of static ones, and `Listed`, which any family reads off a page.  Pure functions.

`crawler.families` reads how pages announce further pages.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator
from typing import Any

from lxml.html import HtmlElement

from gongkai.archive import Role
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import element_addresses, link_text
from gongkai.crawler.pages.page import Page, find_date, squeeze


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row of a listing: absolute address, title as printed, date as printed (None where a selector named a row
    without one), and the 索引号 where the listing gives it.

    `role` says whether the address is an article or a file; None leaves it to what the address and `promised` promise.
    `asked_url`, `referer` and `step` go into the row's `Lead`: a step is an article whose answer is data.
    """

    url: str
    title: str
    published_on: dt.date | None
    index_number: str | None = None
    role: Role | None = None
    promised: str | None = None
    asked_url: str | None = None
    referer: str | None = None
    step: str = ""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A listing page as its family reads it.

    `rows` in page order.  `next_pages` are further pages of its column, to be asked for if this page is sound;
    `columns` are pages of other columns, or of a further step on the way to the rows (departments, then years).
    `total` and `pages` are what the column declares to hold, None where it does not say; they are compared with what
    was seen when the crawl ends; `repeats` counts rows that the page prints again.  `may_be_empty` is true where the
    family knows that no rows need be here: behind the end of a column of unknown length, or on a page that only leads
    on.  `is_preview` marks rows that the pages behind show again, so that these repeat nothing.  `doubt` is a sentence
    about further pages that are announced in a way that cannot be read.
    """

    rows: tuple[Row, ...] = ()
    next_pages: tuple[Lead, ...] = ()
    columns: tuple[Lead, ...] = ()
    total: int | None = None
    pages: int | None = None
    repeats: int = 0
    may_be_empty: bool = False
    is_preview: bool = False
    doubt: str = ""


def page_after(lead: Lead, address: str | None, number: int | None = None, **facts: Any) -> tuple[Lead, ...]:
    """A further page of the column of a listing page, as `Listed.next_pages` wants it; empty without an address."""
    if address is None:
        return ()
    number = lead.page_number + 1 if number is None else number
    return (
        Lead(
            url=address,
            role=Role.LISTING,
            parent_url=lead.column_key,
            column=lead.column_key,
            page_number=number,
            **{"step": lead.step, **facts},
        ),
    )


# --- rows ---------------------------------------------------------------------------------------------------------


def rows(page: Page, selector: str | None = None, *, within: HtmlElement | None = None) -> list[Row]:
    """The rows of a listing in page order, each address once.

    Without a selector a row is any innermost `<li>`, `<tr>` or `<dd>` with a link and a date: that leaves out menus,
    pagers and footers.  With a selector every element it names is a row, dated or not.  `within` is the part of the
    page that is read, None for all of it.
    """
    listed: dict[str, Row] = {}
    root = page.tree if within is None else within
    for element in root.cssselect(selector) if selector else _row_elements(root):
        row = row_of(page, element)
        if row and (row.published_on or selector):
            listed.setdefault(row.url, row)
    return list(listed.values())


def _row_elements(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.iter("li", "tr", "dd"):
        inner = element.iterdescendants("li", "tr", "dd")
        if next(inner, None) is None:
            yield element


def row_of(page: Page, element: HtmlElement) -> Row | None:
    """The row one element prints; None without a link that has a text."""
    anchors = [element] if element.tag == "a" else list(element.iter("a"))
    best: Row | None = None
    for anchor in anchors:
        address = next(element_addresses(anchor), None)
        title = _title(anchor)
        if address is None or not title or not (url := page.resolve(address)):
            continue
        # a row may begin with a link to its category: the longest text is the title
        if best is None or len(title) > len(best.title):
            best = Row(url, title, _row_date(element, anchor))
    return best


def _title(anchor: HtmlElement) -> str:
    """The link's title, without the date that some templates print inside the link."""
    title = link_text(anchor)
    dated = [squeeze(child.text_content()) for child in anchor.iterdescendants() if _is_date_only(child)]
    for text in dated:
        title = title.removesuffix(text).removeprefix(text)
    return squeeze(title)


def _is_date_only(element: HtmlElement) -> bool:
    text = squeeze(element.text_content()) if isinstance(element.tag, str) else ""
    return 8 <= len(text) <= 20 and find_date(text) is not None


def _row_date(element: HtmlElement, anchor: HtmlElement) -> dt.date | None:
    """The date a row prints beside its title; one within the link counts where no other stands."""
    outside = " ".join(_text_outside(element, anchor))
    return find_date(outside) or next(
        (find_date(child.text_content()) for child in anchor.iterdescendants() if _is_date_only(child)), None
    )


def _text_outside(element: HtmlElement, anchor: HtmlElement) -> Iterator[str]:
    if element is anchor:
        return
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _text_outside(child, anchor)
        yield child.tail or ""
