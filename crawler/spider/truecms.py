"""TrueCMS, see `crawler.families.truecms`."""

from __future__ import annotations

from gongkai.crawler.families.truecms import TruecmsParameters, read
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class TruecmsSpider(PortalSpider[TruecmsParameters]):
    """Reads the datastore behind a column's page."""

    name = "truecms"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)
