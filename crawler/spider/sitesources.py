"""河南 sitesources, see `crawler.families.sitesources`."""

from __future__ import annotations

from gongkai.crawler.families.sitesources import SitesourcesParameters, read
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class SitesourcesSpider(PortalSpider[SitesourcesParameters]):
    """Reads the first list, then its pager, then the other lists."""

    name = "sitesources"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)
