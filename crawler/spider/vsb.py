"""博达 VSB: static pages whose addresses count from the oldest, files behind a servlet that wants a Referer."""

from __future__ import annotations

from gongkai.crawler.families.static import next_page
from gongkai.crawler.families.vsb import VsbParameters, skipped_pages
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, page_after, rows
from gongkai.crawler.pages.page import Page
from gongkai.crawler.spider.portal_spider import PortalSpider


class VsbSpider(PortalSpider[VsbParameters]):
    """Follows the link to the next page; where the pages moved meanwhile, goes back for those that slipped through."""

    name = "vsb"

    def read_listing(self, page: Page, lead: Lead) -> Listed:
        said = next_page(page, lead.page_number)
        missed = skipped_pages(page.url, said, lead.page_number) if lead.page_number > 1 else []
        back = [step for number, url in missed for step in page_after(lead, url, number, moved=True)]
        onward = page_after(lead, said.next_url, (said.number or lead.page_number) + 1)
        return Listed(
            rows=tuple(rows(page, self.parameters.row)),
            next_pages=(*back, *onward),
            total=said.total,
            pages=said.pages,
            doubt=said.doubt,
        )
