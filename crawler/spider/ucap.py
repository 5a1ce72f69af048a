"""开普云 Ucap, see `crawler.families.ucap`."""

from __future__ import annotations

from gongkai.crawler.families.ucap import UcapParameters, printed_facts, read
from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class UcapSpider(PortalSpider[UcapParameters]):
    """Reads the channel off a column's page, then the lists of its search."""

    name = "ucap"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)

    def read_facts(self, page: Page) -> ArticleFacts:
        return printed_facts(page)
