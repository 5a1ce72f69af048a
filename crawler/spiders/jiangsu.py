"""江苏预决算公开 platform, see `crawler.listings.jiangsu`."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.article import ArticleFacts
from crawler.found import Found
from crawler.links import Link
from crawler.listing import Listed
from crawler.listings.jiangsu import JiangsuParameters, files, published_on, read
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class JiangsuSpider(PortalSpider[JiangsuParameters]):
    """Goes from groups to departments to disclosures; a disclosure is an article whose answer is its files."""

    name = "jiangsu"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)

    def read_facts(self, page: Page) -> ArticleFacts:
        return ArticleFacts(published_on=published_on(page))

    def read_files(self, page: Page, found: Found) -> Sequence[Link]:
        return files(page, found)
