"""内蒙古预决算公开 platform, see `crawler.families.neimenggu`."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.crawler.families.neimenggu import NeimengguParameters, files, read
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link
from gongkai.crawler.pages.listing import Listed
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class NeimengguSpider(PortalSpider[NeimengguParameters]):
    """Goes from an area to its disclosures; a disclosure is an article whose answer is its files."""

    name = "neimenggu"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        return read(page, lead, self.parameters)

    def read_files(self, page: Page, lead: Lead) -> Sequence[Link]:
        return files(page)
