"""博达 VSB: the first page is `czyjs.htm`, the second of eleven `czyjs/10.htm`, the last `czyjs/1.htm`.

The numbers in the addresses count from the oldest page, so that an item that is added may move every page to another
address.  Which page an address holds is therefore believed only as the page itself prints it ("3/11").
"""

from __future__ import annotations

import dataclasses
import re

from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.families.static import Pages, next_page
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, page_after, rows
from gongkai.crawler.pages.page import Page

MOVED_AT_MOST = 20
"""No more pages than this are gone back for: as many new ones within one visit is a mistake of the page's numbers."""
NUMBERED = re.compile(r"^(.*/)(\d+)(\.\w+)$")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class VsbParameters(Parameters):
    """Nothing but what every family has."""


def read_listing(page: Page, lead: Lead, parameters: VsbParameters) -> Listed:
    """The rows of a page and the page after it; where pages moved meanwhile, also the pages that slipped through."""
    said = next_page(page, lead.page_number)
    missed = skipped_pages(page.url, said, lead.page_number) if lead.page_number > 1 else []
    back = [step for number, url in missed for step in page_after(lead, url, number, moved=True)]
    onward = page_after(lead, said.next_url, (said.number or lead.page_number) + 1)
    return Listed(
        rows=tuple(rows(page, parameters.row)),
        next_pages=(*back, *onward),
        total=said.total,
        pages=said.pages,
        doubt=said.doubt,
    )


def skipped_pages(url: str, said: Pages, expected: int) -> list[tuple[int, str]]:
    """The pages, each with its address, that moved out of sight while the column was read: from the one expected at an
    address up to the one that answered there."""
    match = NUMBERED.match(url)
    if match is None or said.number is None or said.pages is None:
        return []
    folder, _, suffix = match.groups()
    skipped = range(expected, min(said.number, expected + MOVED_AT_MOST))
    return [(number, f"{folder}{said.pages - number + 1}{suffix}") for number in skipped]


FAMILY = Family(parameters=VsbParameters, read_listing=read_listing)
