"""安徽 龙讯 (Lonsun), see `crawler.listings.longxun`."""

from __future__ import annotations

from crawler.found import Found
from crawler.listing import Listed
from crawler.listings.longxun import LongxunParameters, read
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class LongxunSpider(PortalSpider[LongxunParameters]):
    """Reads the lists of the label service behind a column's page."""

    name = "longxun"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)
