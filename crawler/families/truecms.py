"""TrueCMS (南通, 连云港): rows as a datastore in a JSON callback, for requests with the column's page as Referer.

`/truecms/messageController/getMessage.do?startrecord=1&endrecord=20&perpage=20&columnId=<uuid>&callback=cb` answers
`cb({"result": "<datastore>…"})`.  The column's page states `columnId:'…'` and `proxyUrl:'…'`.  A site answers nothing
when asked for more rows at once than it likes.
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
from gongkai.crawler.pages.json_answers import count_of, part, read_json
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, page_after, rows
from gongkai.crawler.pages.page import Page, absolute

COLUMN = re.compile(r"""\bcolumnId["']?\s*[:=]\s*["']([0-9A-Za-z-]{16,})["']""")
PROXY = re.compile(r"""\bproxyUrl["']?\s*[:=]\s*["']([^"'<>\s]{1,300}getMessage\.do)["']""")
RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL)
TOTAL = re.compile(r"<totalrecord>\s*(\d+)\s*</totalrecord>")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class TruecmsParameters(Parameters):
    """Facts of a column: `column` its id, and `endpoint` the address of the service, where the page does not state
    them; `page_size` rows at once, of which sites bear 10 to 50."""

    column: str | None = None
    endpoint: str = "/truecms/messageController/getMessage.do"
    page_size: int = 20


def read_listing(page: Page, lead: Lead, parameters: TruecmsParameters) -> Listed:
    """The list a column's page stands for, or the rows of one page of the list."""
    if "getMessage.do" in page.url:
        return _records(page, lead, parameters)
    stated, proxy = COLUMN.search(page.scripts), PROXY.search(page.scripts)
    column = parameters.column or (stated.group(1) if stated else None)
    if column is None:
        raise ListingNotUnderstoodError(f"{page.url!r} states no columnId; give it as the parameter 'column'.")
    size = parameters.page_size
    query = {"startrecord": 1, "endrecord": size, "perpage": size, "columnId": column, "callback": "cb"}
    address = absolute(page.url, proxy.group(1) if proxy else parameters.endpoint)
    return Listed(
        columns=(Lead(url=f"{address}?{urlencode(query)}", role=Role.LISTING, parent_url=lead.url, referer=page.url),)
    )


def _records(page: Page, lead: Lead, parameters: TruecmsParameters) -> Listed:
    answer = part(page, read_json(page), "", dict)
    store = part(page, answer, "result", str)
    markup = "".join(f"<div class='record'>{record}</div>" for record in RECORD.findall(store))
    listed = rows(Page(markup, page.url), parameters.row) or rows(Page(markup, page.url), "div.record")
    total = TOTAL.search(store)
    size = count_of(query_of(page.url), "perpage") or parameters.page_size
    start = lead.page_number * size + 1
    following = with_query(page.url, startrecord=start, endrecord=start + size - 1) if listed else None
    return Listed(
        rows=tuple(listed),
        next_pages=page_after(lead, following, referer=lead.referer),
        total=int(total.group(1)) if total else None,
        may_be_empty=lead.page_number > 1,
    )


FAMILY = Family(parameters=TruecmsParameters, read_listing=read_listing, stated_parameters=stated_by(column=COLUMN))
