"""TrueCMS, see `crawler.families.truecms`."""

from __future__ import annotations

from gongkai.crawler.families.truecms import TruecmsParameters, read
from gongkai.crawler.pages.found import Found
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class TruecmsSpider(PortalSpider[TruecmsParameters]):
    """Reads the datastore behind a column's page."""

    name = "truecms"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)
