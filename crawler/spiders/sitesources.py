"""河南 sitesources, see `crawler.listings.sitesources`."""

from __future__ import annotations

from crawler.found import Found
from crawler.listing import Listed
from crawler.listings.sitesources import SitesourcesParameters, read
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class SitesourcesSpider(PortalSpider[SitesourcesParameters]):
    """Reads the first list, then its pager, then the other lists."""

    name = "sitesources"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)
