"""河北 `columns/<uuid>` sites: the rows of a column come as fragments of a page, from a block of its template.

`/columns/<column>/templates/<template>/blocks/<block>?page=2&fix=0` answers with HTML, or with a JSON text that holds
HTML.  The column's page names the block.
"""

from __future__ import annotations

import dataclasses
import json
import re

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family, stated_by
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import with_query
from gongkai.crawler.pages.declared_counts import declared_pages, declared_rows
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, page_after, rows
from gongkai.crawler.pages.page import Page, absolute

UUID = r"[0-9a-fA-F]{8}(?:-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}"
BLOCK = re.compile(rf"(?:/columns/{UUID}/)?templates/{UUID}/blocks/{UUID}")
UNDATED_ROWS = ".zwgk_nzlist, .xxgk_gfxwjk-list-li, .listli"
"""Rows of these sites' templates that are no list items."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HebeiParameters(Parameters):
    """Facts of a column: `block` is `templates/<uuid>/blocks/<uuid>` where the column's page does not name it."""

    block: str | None = None


def read_listing(page: Page, lead: Lead, parameters: HebeiParameters) -> Listed:
    """The block a column's page names, or the rows of one page of the block."""
    if "/blocks/" in page.url:
        return _fragment(page, lead, parameters)
    named = BLOCK.search(page.text)
    block = parameters.block or (named.group() if named else None)
    if block is None:
        raise ListingNotUnderstoodError(f"{page.url!r} names no block with its rows; give it as the parameter 'block'.")
    address = absolute(page.url, block) or ""
    return Listed(columns=(Lead(url=with_query(address, page=1, fix=0), role=Role.LISTING, parent_url=lead.url),))


def _fragment(page: Page, lead: Lead, parameters: HebeiParameters) -> Listed:
    fragment = Page(_markup(page.text), page.url)
    listed = rows(fragment, parameters.row) or rows(fragment, UNDATED_ROWS)
    pages = declared_pages(fragment.text)
    is_last = not listed or (pages is not None and lead.page_number >= pages)
    following = None if is_last else with_query(page.url, page=lead.page_number + 1)
    return Listed(
        rows=tuple(listed),
        next_pages=page_after(lead, following),
        total=declared_rows(fragment.text),
        pages=pages,
        may_be_empty=lead.page_number > 1,
    )


def _markup(text: str) -> str:
    """The HTML of a fragment, out of the JSON text in which some sites send it."""
    try:
        inner = json.loads(text, strict=False)
    except ValueError:
        return text
    return inner if isinstance(inner, str) else text


FAMILY = Family(
    parameters=HebeiParameters,
    read_listing=read_listing,
    stated_parameters=stated_by(block=re.compile(f"({BLOCK.pattern})")),
)
