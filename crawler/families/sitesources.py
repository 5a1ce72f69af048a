"""河南 sitesources sites: static lists `list1.html`, `list2.html` …, whose number stands beside them in `script.json`.

`/sitesources/<site>/page_pc/<path>/list1.html`; `script.json` in the same folder states `endPage`.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.json_answers import count_of, read_json
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, rows
from gongkai.crawler.pages.page import Page, absolute

LIST = re.compile(r"/list(\d+)\.html$")
PAGER = "script.json"
LAST = "last"
MOST_LISTS = 10_000
"""Their addresses are made all at once; columns of twenty years have a few hundred."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class SitesourcesParameters(Parameters):
    """Nothing but what every family may state."""


def read_listing(page: Page, lead: Lead, parameters: SitesourcesParameters) -> Listed:
    """The rows of a list; the first one also asks for the pager, and the pager for the other lists."""
    path = page.url.partition("?")[0]
    if path.endswith(PAGER):
        return _further_lists(page, lead)
    if not LIST.search(path):
        raise ListingNotUnderstoodError(f"{page.url!r} is no list of a sitesources site: it ends in no list1.html.")
    # the pager is asked once more behind the last list, as rows may have been added since
    is_outermost = lead.page_number == 1 or lead.step == LAST
    return Listed(rows=tuple(rows(page, parameters.row)), columns=(_pager(page, lead),) if is_outermost else ())


def _pager(page: Page, lead: Lead) -> Lead:
    return Lead(
        url=_beside(page.url, PAGER),
        role=Role.LISTING,
        parent_url=lead.url,
        column=lead.column_key,
        page_number=lead.page_number,
        step="pages",
        moved=lead.page_number > 1,
    )


def _further_lists(page: Page, lead: Lead) -> Listed:
    """The lists behind the one that asked for the pager."""
    answer = read_json(page)
    count = count_of(answer, "endPage") if isinstance(answer, Mapping) else None
    if count is None:
        raise ListingNotUnderstoodError(f"{page.url!r} states no endPage.")
    if count > MOST_LISTS:
        raise ListingNotUnderstoodError(f"{page.url!r} states endPage {count}, more lists than a column has.")
    further = tuple(
        Lead(
            url=_beside(page.url, f"list{number}.html"),
            role=Role.LISTING,
            parent_url=lead.column_key,
            column=lead.column_key,
            page_number=number,
            step=LAST if number == count else "",
        )
        for number in range(lead.page_number + 1, count + 1)
    )
    return Listed(columns=further, pages=count, may_be_empty=True)


def _beside(url: str, name: str) -> str:
    return absolute(url, name) or url


FAMILY = Family(parameters=SitesourcesParameters, read_listing=read_listing)
