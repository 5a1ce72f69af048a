"""拓尔思 TRS WCM: static listing pages whose pager is a `createPageHTML` call, articles, files beside the articles."""

from __future__ import annotations

import dataclasses
from typing import Any

from scrapy import Request

from archive import Outcome, Role
from crawler.errors import PagerNotUnderstoodError
from crawler.found import Found
from crawler.links import promised_suffix
from crawler.listing import Pager, Row, pager, rows
from crawler.outcome import Verdict
from crawler.page import Page, absolute
from crawler.portal import PagerMode
from crawler.report import Severity
from crawler.spiders.portal_spider import PortalSpider
from crawler.visit import Visit


@dataclasses.dataclass(slots=True)
class Column:
    """One column (栏目) being read: its first page's address, its pager, and the rows of each page seen so far."""

    first_url: str
    pager: Pager | None = None
    pages: dict[frozenset[str], int] = dataclasses.field(default_factory=dict)


class TrsSpider(PortalSpider):
    """Reads a column page by page: each page asks for its rows and for the page after it.

    Page by page rather than all at once, so that a pager that was misunderstood is noticed at the first page that
    repeats another one.
    """

    name = "trs"

    def __init__(self, visit: Visit, **kwargs: Any) -> None:
        super().__init__(visit, **kwargs)
        self._columns: dict[str, Column] = {}

    def read_listing(self, page: Page, found: Found) -> tuple[Verdict, list[Request]]:
        listed = rows(page, self.portal.parameters.row)
        if not listed:
            return Verdict(Outcome.LISTING_EMPTY, "the page has no row with a link and a date"), []
        column = self._column(page, found)
        addresses = frozenset(row.url for row in listed)
        if (earlier := column.pages.get(addresses)) is not None:
            return Verdict(Outcome.LISTING_REPEATED, f"page {found.page_number} has the rows of page {earlier}"), []
        column.pages[addresses] = found.page_number
        requests = [self._follow(row, found) for row in listed]
        return Verdict(Outcome.CAPTURED), [request for request in (*requests, self._next_page(found)) if request]

    def listing_failed(self, found: Found) -> list[Request]:
        request = self._next_page(found)
        return [request] if request else []

    def _column(self, page: Page, found: Found) -> Column:
        """The column a page belongs to; its first page tells how the others are addressed."""
        start = found.parent_url or found.url
        if start not in self._columns:
            self._columns[start] = Column(page.url, self._pager(page))
        return self._columns[start]

    def _pager(self, page: Page) -> Pager | None:
        if self.portal.parameters.pager is PagerMode.NONE:
            return None
        try:
            return pager(page, self.portal.parameters.pager_base)
        except PagerNotUnderstoodError as error:
            self.report.problem("pager_not_understood", str(error), page.url, Severity.FATAL)
            return None

    def _next_page(self, found: Found) -> Request | None:
        start = found.parent_url or found.url
        column = self._columns.get(start)
        number = found.page_number + 1
        if column is None or column.pager is None or number > column.pager.count:
            return None
        url = absolute(column.first_url, column.pager.address(number))
        return self.ask(Found(url=url, role=Role.LISTING, parent_url=start, page_number=number)) if url else None

    def _follow(self, row: Row, found: Found) -> Request | None:
        promised = promised_suffix(row.url)
        role = Role.ATTACHMENT if promised else Role.ARTICLE
        if self.is_new(row.url):
            self.report.listed += 1
        return self.plan(
            Found(
                url=row.url,
                role=role,
                parent_url=found.url,
                link_text=row.title,
                title=row.title,
                published_on=row.published_on,
                promised=promised,
            )
        )
