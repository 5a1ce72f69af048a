"""内蒙古预决算公开 platform, see `crawler.listings.neimenggu`."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.found import Found
from crawler.links import Link
from crawler.listing import Listed
from crawler.listings.neimenggu import NeimengguParameters, files, read
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class NeimengguSpider(PortalSpider[NeimengguParameters]):
    """Goes from an area to its disclosures; a disclosure is an article whose answer is its files."""

    name = "neimenggu"

    def read_listing(self, page: Page, found: Found) -> Listed:
        return read(page, found, self.parameters)

    def read_files(self, page: Page, found: Found) -> Sequence[Link]:
        return files(page)
