"""内蒙古预决算公开 platform (`czt.nmg.gov.cn/yjs`): JSON from region to disclosure to files.

`business/basic/select?id=<area>zf&type=<type>&p=<page>` lists the disclosures of an area (行政区划代码),
`business/basic/result/<id>` the files of one, `business/file/download/<file>` is a file.  Answers may be JSON in a JSON
text.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator, Mapping
from typing import Any

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import query_of, with_query
from gongkai.crawler.pages.json_answers import count_of, day_of, part, read_json, records, text_of
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, suffix_of
from gongkai.crawler.pages.listing import Listed, Row, page_after
from gongkai.crawler.pages.page import Page

SELECT = re.compile(r"/basic/select$")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NeimengguParameters(Parameters):
    """Facts to ask by: `types` the platform's kinds of document; `offices` what follows the area's code in the number
    of a discloser (`zf` is the government)."""

    types: tuple[str, ...]
    offices: tuple[str, ...] = ("zf",)


def read_listing(page: Page, lead: Lead, parameters: NeimengguParameters) -> Listed:
    """The lists of an area, or the disclosures of one page of a list."""
    if SELECT.search(page.url.partition("?")[0]):
        return _disclosures(page, lead)
    return Listed(columns=tuple(_areas(page, lead, parameters)))


def _business(url: str) -> str:
    before, _, _ = url.partition("/business/")
    return f"{before}/business/"


def _areas(page: Page, lead: Lead, parameters: NeimengguParameters) -> Iterator[Lead]:
    area = query_of(page.url).get("areaCode") or query_of(page.url).get("cityCode")
    if not area:
        raise ListingNotUnderstoodError(f"{page.url!r} names no areaCode; the address of a portal's file has to.")
    for office in parameters.offices:
        for kind in parameters.types:
            url = f"{_business(page.url)}basic/select?id={area}{office}&type={kind}&p=1"
            yield Lead(url=url, role=Role.LISTING, parent_url=lead.url)


def _disclosures(page: Page, lead: Lead) -> Listed:
    answer = part(page, read_json(page), "", dict)
    listed = records(page, answer, "list")
    following = with_query(page.url, p=lead.page_number + 1) if listed else None
    return Listed(
        rows=tuple(_disclosure(page, disclosure) for disclosure in listed),
        next_pages=page_after(lead, following),
        total=0 if not listed and lead.page_number == 1 else count_of(answer, "total"),
        may_be_empty=lead.page_number > 1,
    )


def _disclosure(page: Page, disclosure: Mapping[str, Any]) -> Row:
    number, title = text_of(disclosure, "id"), text_of(disclosure, "title")
    if not number or not title:
        raise ListingNotUnderstoodError(f"{page.url!r}: the disclosure {title or number!r} has no id or no title.")
    url = f"{_business(page.url)}basic/result/{number}"
    return Row(url, title, day_of(disclosure, "publishTime"), role=Role.ARTICLE, step="files")


def read_files(page: Page, lead: Lead, parameters: NeimengguParameters) -> list[Link]:
    """The files of a disclosure."""
    answer = part(page, read_json(page), "", dict)
    return [_file(page, file) for file in records(page, answer, "files")]


def _file(page: Page, file: Mapping[str, Any]) -> Link:
    number, name, suffix = text_of(file, "id"), text_of(file, "name"), text_of(file, "suffix").lstrip(".")
    if not number or not name:
        raise ListingNotUnderstoodError(f"{page.url!r}: the file {name or number!r} has no id or no name.")
    full = name if suffix_of(name) or not suffix else f"{name}.{suffix}"
    return Link(f"{_business(page.url)}file/download/{number}", full, promised=suffix_of(full) or suffix or None)


FAMILY = Family(parameters=NeimengguParameters, read_listing=read_listing, read_files=read_files)
