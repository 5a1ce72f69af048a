"""江苏预决算公开 platform, see `crawler.families.jiangsu`."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.crawler.families.jiangsu import JiangsuParameters, files, published_on, read
from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class JiangsuSpider(PortalSpider[JiangsuParameters]):
    """Goes from groups to departments to disclosures; a disclosure is an article whose answer is its files."""

    name = "jiangsu"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)

    def read_facts(self, page: Page) -> ArticleFacts:
        return ArticleFacts(published_on=published_on(page))

    def read_files(self, page: Page, lead: Lead) -> Sequence[Link]:
        return files(page, lead)
