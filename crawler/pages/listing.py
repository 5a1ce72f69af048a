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
from gongkai.crawler.pages.blocks import Block, date_beside, title_of
from gongkai.crawler.pages.dates import in_address, is_date_only
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import element_addresses
from gongkai.crawler.pages.page import Page
from gongkai.crawler.pages.structure import groups, listed_blocks


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One row of a listing: absolute address, title as printed, date as printed (None where a selector named a row
    without one), and the 索引号 and the
    发布机构 where the listing gives them.

    `role` says whether the address is an article or a file; None leaves it to what the address and `promised` promise.
    `asked_url`, `referer` and `step` go into the row's `Lead`: a step is an article whose answer is data.
    """

    url: str
    title: str
    published_on: dt.date | None
    index_number: str | None = None
    publisher: str | None = None
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

    Without a selector the rows are found by structure, see `crawler.pages.structure`: that leaves out menus, pagers and
    footers.  With a selector every element it names is a row, dated or not, or several where it prints several with a
    date each.  `within` is the part of the page that is read, None for all of it.
    """
    root = page.tree if within is None else within
    found = _selected(page, root, selector) if selector else map(_row, listed_blocks(page, within))
    listed: dict[str, Row] = {}
    for row in found:
        known = listed.get(row.url)
        if known is None or (known.published_on is None and row.published_on is not None):
            listed[row.url] = row
    return list(listed.values())


def _selected(page: Page, root: HtmlElement, selector: str) -> Iterator[Row]:
    for element in root.cssselect(selector):
        blocks = [block for group in groups(page, element) for block in group.blocks]
        if len(blocks) > 1 and sum(block.dated is not None for block in blocks) > 1:
            yield from map(_row, blocks)
        elif row := row_of(page, element):
            yield row


def _row(block: Block) -> Row:
    return Row(block.url, block.title, block.published_on)


def row_of(page: Page, element: HtmlElement) -> Row | None:
    """The row one element prints; None without a link that has a text."""
    anchors = [element] if element.tag == "a" else list(element.iter("a"))
    best: Row | None = None
    for anchor in anchors:
        address = next(element_addresses(anchor), None)
        title = title_of(anchor)
        if address is None or not title or is_date_only(title) or not (url := page.resolve(address)):
            continue
        # a row may begin with a link to its category: the longest text is the title
        if best is None or len(title) > len(best.title):
            dated = date_beside(element, anchor)
            best = Row(url, title, (dated.day or in_address(url, dated)) if dated else None)
    return best
