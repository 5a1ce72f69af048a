"""上海 bmys, see `crawler.listings.bmys`."""

from __future__ import annotations

from crawler.found import Found
from crawler.listing import Listed
from crawler.listings.bmys import BmysParameters, read
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class BmysSpider(PortalSpider[BmysParameters]):
    """Reads years, groups and departments, whose pages are the articles."""

    name = "bmys"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)
