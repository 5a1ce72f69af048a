"""上海 bmys: the municipal departments' budgets, under the year in the address, two hops deep.

`/bmys-26/index.html` links the seven groups of 2026 (`/bmys-26-001/` 党委部门 … `/bmys-26-007/` 其他) and the other
years; a group links its departments (`/bmys-26-dw001/`); a department's page links its PDF files.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import link_text
from gongkai.crawler.pages.listing import Listed, Row
from gongkai.crawler.pages.page import Page

HOME = re.compile(r"/bm[yj]s-\d\d/(?:index\.html)?$")
GROUP = re.compile(r"/bm[yj]s-\d\d-\d{3}/(?:index\.html)?$")
DEPARTMENT = re.compile(r"/(bm[yj]s-\d\d)-[a-z]+\d+/(?:index\.html)?$")
YEAR = re.compile(r"/(bm[yj]s-\d\d)")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class BmysParameters(Parameters):
    """Nothing but what every family may state; `row` is not used, the addresses tell what a link is."""


def read_listing(page: Page, lead: Lead, parameters: BmysParameters) -> Listed:
    """The groups and other years a year's page links, or the departments a group's page links."""
    own = YEAR.search(page.url)
    if own is None:
        raise ListingNotUnderstoodError(f"{page.url!r} carries no year such as bmys-26 in its address.")
    linked = dict(_linked(page))
    if HOME.search(page.url):
        pages = [url for url in linked if GROUP.search(url) or HOME.search(url)]
        return Listed(columns=tuple(Lead(url=url, role=Role.LISTING, parent_url=lead.url) for url in pages))
    departments = {url: title for url, title in linked.items() if _year_of_department(url) == own.group(1)}
    return Listed(rows=tuple(Row(url, title, None, role=Role.ARTICLE) for url, title in departments.items()))


def _year_of_department(url: str) -> str | None:
    match = DEPARTMENT.search(url)
    return match.group(1) if match else None


def _linked(page: Page) -> Iterator[tuple[str, str]]:
    for anchor in page.tree.iter("a"):
        url, title = page.resolve(anchor.get("href") or ""), link_text(anchor)
        if url and title:
            yield url, title


FAMILY = Family(parameters=BmysParameters, read_listing=read_listing)
