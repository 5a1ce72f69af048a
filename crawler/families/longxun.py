"""安徽 龙讯 (Lonsun) columns of the information catalogue: HTML from the label service `/site/label/8888`.

The column's page (`/public/column/<organ>?type=4&action=list&catId=…`) loads its rows by
`labelName=publicInfoList`, with the site's number from its <meta> block (`SiteId`), twenty to a page.
"""

from __future__ import annotations

import dataclasses
import re
from urllib.parse import urlencode

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family, stated_by
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import query_of, with_query
from gongkai.crawler.pages.declared_counts import declared_pages, declared_rows
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, page_after, rows
from gongkai.crawler.pages.page import Page, absolute

SITE = re.compile(r"""\bsiteId["']?\s*[:=]\s*["']?(\d{4,12})\b""")
ORGAN = re.compile(r"/public/column/(\d+)")
LABEL = "/site/label/"
ROWS = ".xxgk_navli"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LongxunParameters(Parameters):
    """Facts of a column: `template` the file that draws its rows, `endpoint` the label service (below a path on county
    sites), `site` the site's number where the page does not state it, `page_size` rows at once."""

    template: str = "/xxgk/publicInfoList_newest2020"
    endpoint: str = "/site/label/8888"
    site: str | None = None
    page_size: int = 20


def read_listing(page: Page, lead: Lead, parameters: LongxunParameters) -> Listed:
    """The list a column's page stands for, or the rows of one page of the list."""
    if LABEL in page.url:
        return _fragment(page, lead, parameters)
    address = absolute(page.url, parameters.endpoint) or ""
    query = urlencode(_query(page, parameters))
    return Listed(columns=(Lead(url=f"{address}?{query}", role=Role.LISTING, parent_url=lead.url),))


def _query(page: Page, parameters: LongxunParameters) -> dict[str, object]:
    organ, asked = ORGAN.search(page.url), query_of(page.url)
    site = parameters.site or page.meta.get("siteid")
    if organ is None or not site:
        raise ListingNotUnderstoodError(
            f"{page.url!r} is no column of the catalogue (/public/column/<number>), or states no SiteId; the number "
            "can be given as the parameter 'site'."
        )
    return {
        "labelName": "publicInfoList",
        "siteId": site,
        "pageSize": parameters.page_size,
        "pageIndex": 1,
        "action": "list",
        "isDate": "true",
        "dateFormat": "yyyy-MM-dd",
        "length": 80,
        "organId": organ.group(1),
        "type": asked.get("type", "4"),
        "catId": asked.get("catId", ""),
        "file": parameters.template,
    }


def _fragment(page: Page, lead: Lead, parameters: LongxunParameters) -> Listed:
    listed = rows(page, parameters.row) or rows(page, ROWS)
    pages = declared_pages(page.text)
    is_last = not listed or (pages is not None and lead.page_number >= pages)
    following = None if is_last else with_query(page.url, pageIndex=lead.page_number + 1)
    return Listed(
        rows=tuple(listed),
        next_pages=page_after(lead, following),
        total=declared_rows(page.text),
        pages=pages,
        may_be_empty=lead.page_number > 1,
    )


FAMILY = Family(parameters=LongxunParameters, read_listing=read_listing, stated_parameters=stated_by(site=SITE))
