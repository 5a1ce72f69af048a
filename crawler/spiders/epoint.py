"""新点 Epoint, see `crawler.listings.epoint`."""

from __future__ import annotations

from crawler.found import Found
from crawler.listing import Listed
from crawler.listings.epoint import EpointParameters, read
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class EpointSpider(PortalSpider[EpointParameters]):
    """Reads the site's script, then the lists of its service."""

    name = "epoint"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)
