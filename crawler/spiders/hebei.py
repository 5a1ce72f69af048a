"""河北 columns, see `crawler.listings.hebei`."""

from __future__ import annotations

from crawler.found import Found
from crawler.listing import Listed
from crawler.listings.hebei import HebeiParameters, read
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class HebeiSpider(PortalSpider[HebeiParameters]):
    """Reads the block a column's page names, page by page."""

    name = "hebei"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)
