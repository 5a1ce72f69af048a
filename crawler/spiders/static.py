"""Any static column of dated links, whatever system made it."""

from __future__ import annotations

import dataclasses

from archive import Role
from crawler.found import Found
from crawler.listing import Listed, page_after
from crawler.listings.static import StaticParameters, frame_of, next_page, scripted_pages, static_rows
from crawler.page import Page
from crawler.spiders.portal_spider import PortalSpider


class StaticSpider(PortalSpider[StaticParameters]):
    """Reads rows and follows the link to the next page; a page without rows may lead into its frame."""

    name = "static"

    def read_listing(self, page: Page, found: Found) -> Listed:
        listed = tuple(static_rows(page, self.parameters))
        if not listed and (frame := frame_of(page)):
            return Listed(columns=(Found(url=frame, role=Role.LISTING, parent_url=found.url),))
        said = next_page(page, found.page_number, self.parameters.next)
        if said.next_url is None and found.page_number == 1 and not said.doubt:
            said = dataclasses.replace(said, doubt=scripted_pages(page))
        onward = page_after(found, said.next_url, (said.number or found.page_number) + 1)
        return Listed(rows=listed, next_pages=onward, total=said.total, pages=said.pages, doubt=said.doubt)
