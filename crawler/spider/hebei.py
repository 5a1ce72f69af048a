"""河北 columns, see `crawler.families.hebei`."""

from __future__ import annotations

from gongkai.crawler.families.hebei import HebeiParameters, read
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class HebeiSpider(PortalSpider[HebeiParameters]):
    """Reads the block a column's page names, page by page."""

    name = "hebei"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)
