"""上海 bmys, see `crawler.families.bmys`."""

from __future__ import annotations

from gongkai.crawler.families.bmys import BmysParameters, read
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class BmysSpider(PortalSpider[BmysParameters]):
    """Reads years, groups and departments, whose pages are the articles."""

    name = "bmys"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)
