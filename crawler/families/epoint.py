"""新点 Epoint web builder: rows by POST of JSON to `<project>/rest/lightfrontaction/getgovinfolist`.

The body is `{deptcode, categorynum, pageIndex, pageSize, siteGuid}`, on some sites inside `{params: …}`; the rows stand
in `custom.data`, their number in `custom.total`.  `/js/webBuilderCommon.js` states the site (`siteInfo`: `siteGuid`,
`projectName`).
"""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Mapping
from typing import Any

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters, one_of
from gongkai.crawler.pages.address import JSON, post_address, query_of, sent
from gongkai.crawler.pages.json_answers import count_of, day_of, part, read_json, records, text_of
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.listing import Listed, Row, page_after
from gongkai.crawler.pages.page import Page, absolute

SITE_SCRIPT = "/js/webBuilderCommon.js"
LIST = "/rest/lightfrontaction/getgovinfolist"
GUID = re.compile(r"""\bsiteGuid["']?\s*:\s*["']([0-9a-fA-F-]{32,36})["']""")
PROJECT = re.compile(r"""\bprojectName["']?\s*:\s*["'](/?[\w./-]*)["']""")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class EpointParameters(Parameters):
    """Facts of a column: `first_page` is the number of its first page, 0 or 1, which differs between sites and is
    needed; `category` and `department` where the column's address does not state them (`categorynum`, `deptcode`);
    `site` and `project` where the site's script does not; `wrapped` is true where the body stands inside `params`."""

    first_page: int = one_of(0, 1, default=dataclasses.MISSING)
    category: str | None = None
    department: str | None = None
    site: str | None = None
    project: str = "/EWB-FRONT"
    wrapped: bool = False
    page_size: int = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Service:
    """The site's id and the project its services lie under."""

    site: str
    project: str


def read_listing(page: Page, lead: Lead, parameters: EpointParameters) -> Listed:
    """The site's script a column's page needs, the list it leads to, or the rows of one page of the list."""
    url = sent(lead.url).url
    if url.endswith(LIST):
        return _articles(page, lead)
    if parameters.site:
        return Listed(columns=(_list(page, lead, parameters, Service(parameters.site, parameters.project)),))
    if not url.endswith(SITE_SCRIPT):
        script = absolute(page.url, SITE_SCRIPT) or ""
        return Listed(columns=(Lead(url=script, role=Role.LISTING, parent_url=lead.url, column=lead.url, step="site"),))
    return Listed(columns=(_list(page, lead, parameters, _service(page, parameters)),))


def _service(page: Page, parameters: EpointParameters) -> Service:
    site, project = GUID.search(page.text), PROJECT.search(page.text)
    if site is None:
        raise ListingNotUnderstoodError(f"{page.url!r} states no siteGuid; give it as the parameter 'site'.")
    return Service(site.group(1), project.group(1) if project else parameters.project)


def _list(page: Page, lead: Lead, parameters: EpointParameters, service: Service) -> Lead:
    asked = query_of(lead.column_key)
    category = parameters.category or asked.get("categorynum")
    if not category:
        raise ListingNotUnderstoodError(
            f"{lead.column_key!r} names no categorynum; give it as the parameter 'category'."
        )
    body: dict[str, Any] = {
        "deptcode": parameters.department or asked.get("deptcode", ""),
        "categorynum": category,
        "pageIndex": parameters.first_page,
        "pageSize": parameters.page_size,
        "siteGuid": service.site,
    }
    project = service.project.strip("/")
    address = absolute(page.url, f"/{project}{LIST}" if project else LIST) or ""
    url = post_address(address, _body({"params": body} if parameters.wrapped else body), JSON)
    return Lead(url=url, role=Role.LISTING, parent_url=lead.column_key, referer=lead.column_key)


def _body(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _articles(page: Page, lead: Lead) -> Listed:
    custom = part(page, read_json(page), "", dict).get("custom")
    answer = read_json(Page(custom, page.url)) if isinstance(custom, str) else custom
    listed = records(page, answer, "data")
    return Listed(
        rows=tuple(_row(page, lead, record) for record in listed),
        next_pages=page_after(lead, _following(lead) if listed else None, referer=lead.referer),
        total=count_of(part(page, answer, "", dict), "total"),
        may_be_empty=lead.page_number > 1,
    )


def _following(lead: Lead) -> str:
    request = sent(lead.url)
    body = json.loads(request.body or "{}")
    asked = body.get("params", body)
    asked["pageIndex"] = int(asked["pageIndex"]) + 1
    return post_address(request.url, _body(body), JSON)


def _row(page: Page, lead: Lead, record: Mapping[str, Any]) -> Row:
    address, title = text_of(record, "infourl"), text_of(record, "realtitle", "title")
    url = absolute(sent(lead.url).url, address) if address else None
    if not url or not title:
        raise ListingNotUnderstoodError(f"{page.url!r}: a row has no infourl or no title: {str(dict(record))[:80]!r}.")
    return Row(url, title, day_of(record, "infodate", "webdate", "pubdate", "date"))


FAMILY = Family(parameters=EpointParameters, read_listing=read_listing)
