"""新点 Epoint, see `crawler.families.epoint`."""

from __future__ import annotations

from gongkai.crawler.families.epoint import EpointParameters, read
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class EpointSpider(PortalSpider[EpointParameters]):
    """Reads the site's script, then the lists of its service."""

    name = "epoint"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)
