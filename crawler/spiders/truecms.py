"""TrueCMS, see `crawler.listings.truecms`."""

from __future__ import annotations

from crawler.found import Found
from crawler.listing import Listed
from crawler.listings.truecms import TruecmsParameters, read
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class TruecmsSpider(PortalSpider[TruecmsParameters]):
    """Reads the datastore behind a column's page."""

    name = "truecms"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)
