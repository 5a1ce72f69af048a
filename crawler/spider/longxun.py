"""安徽 龙讯 (Lonsun), see `crawler.families.longxun`."""

from __future__ import annotations

from gongkai.crawler.families.longxun import LongxunParameters, read
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class LongxunSpider(PortalSpider[LongxunParameters]):
    """Reads the lists of the label service behind a column's page."""

    name = "longxun"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)
