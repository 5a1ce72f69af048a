"""开普云 Ucap, see `crawler.listings.ucap`."""

from __future__ import annotations

from crawler.article import ArticleFacts
from crawler.found import Found
from crawler.listing import Listed
from crawler.listings.ucap import UcapParameters, printed_facts, read
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class UcapSpider(PortalSpider[UcapParameters]):
    """Reads the channel off a column's page, then the lists of its search."""

    name = "ucap"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)

    def read_facts(self, page: Page) -> ArticleFacts:
        return printed_facts(page)
