"""Any static column of dated links, whatever system made it."""

from __future__ import annotations

import dataclasses

from gongkai.archive import Role
from gongkai.crawler.families.static import StaticParameters, frame_of, next_page, scripted_pages, static_rows
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, page_after
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class StaticSpider(PortalSpider[StaticParameters]):
    """Reads rows and follows the link to the next page; a page without rows may lead into its frame."""

    name = "static"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        listed = tuple(static_rows(page, self.parameters))
        if not listed and (frame := frame_of(page)):
            return Listed(columns=(Lead(url=frame, role=Role.LISTING, parent_url=lead.url),))
        said = next_page(page, lead.page_number, self.parameters.next)
        if said.next_url is None and lead.page_number == 1 and not said.doubt:
            said = dataclasses.replace(said, doubt=scripted_pages(page))
        onward = page_after(lead, said.next_url, (said.number or lead.page_number) + 1)
        return Listed(rows=listed, next_pages=onward, total=said.total, pages=said.pages, doubt=said.doubt)
