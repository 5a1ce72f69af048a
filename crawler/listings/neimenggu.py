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

from archive import Role
from crawler.errors import AnswerNotUnderstoodError
from crawler.facts import Parameters
from crawler.found import Found
from crawler.links import suffix_of
from crawler.listing import Listed, Row, page_after
from crawler.listings.answers import count_of, day_of, json_answer, part, query_of, records, text_of, with_query
from crawler.page import Page, absolute

RESULT = re.compile(r"/basic/result/[^/]+$")
SELECT = re.compile(r"/basic/select$")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class NeimengguParameters(Parameters):
    """What to ask for: `types` the platform's kinds of document; `offices` what follows the area's code in the number
    of a discloser (`zf` is the government)."""

    types: tuple[str, ...]
    offices: tuple[str, ...] = ("zf",)


def read(page: Page, found: Found, parameters: NeimengguParameters) -> Listed:
    """One step further: area, disclosures, files."""
    path = page.url.partition("?")[0]
    if RESULT.search(path):
        return _files(page, found)
    if SELECT.search(path):
        return _disclosures(page, found)
    return Listed(columns=tuple(_areas(page, found, parameters)))


def _business(url: str) -> str:
    before, _, _ = url.partition("/business/")
    return f"{before}/business/"


def _areas(page: Page, found: Found, parameters: NeimengguParameters) -> Iterator[Found]:
    area = query_of(page.url).get("areaCode") or query_of(page.url).get("cityCode")
    if not area:
        raise AnswerNotUnderstoodError(f"{page.url!r} names no areaCode; the address of a portal's file has to.")
    for office in parameters.offices:
        for kind in parameters.types:
            url = f"{_business(page.url)}basic/select?id={area}{office}&type={kind}&p=1"
            yield Found(url=url, role=Role.LISTING, parent_url=found.url, step="disclosures")


def _disclosures(page: Page, found: Found) -> Listed:
    answer = part(page, json_answer(page), "", dict)
    listed = records(page, answer, "list")
    columns = tuple(_disclosure(page, found, disclosure) for disclosure in listed)
    following = with_query(page.url, p=found.page_number + 1) if listed else None
    return Listed(
        columns=columns,
        next_pages=page_after(found, following),
        total=count_of(answer, "total"),
        printed=len(columns),
        is_end=True,
    )


def _disclosure(page: Page, found: Found, disclosure: Mapping[str, Any]) -> Found:
    number = text_of(disclosure, "id")
    if not number:
        raise AnswerNotUnderstoodError(f"{page.url!r}: the disclosure {text_of(disclosure, 'title')!r} has no id.")
    return Found(
        url=f"{_business(page.url)}basic/result/{number}",
        role=Role.LISTING,
        parent_url=found.url,
        title=text_of(disclosure, "title") or None,
        published_on=day_of(disclosure, "publishTime"),
        step="files",
    )


def _files(page: Page, found: Found) -> Listed:
    files = records(page, part(page, json_answer(page), "", dict), "files")
    return Listed(rows=tuple(_row(page, found, file) for file in files))


def _row(page: Page, found: Found, file: Mapping[str, Any]) -> Row:
    number, name, suffix = text_of(file, "id"), text_of(file, "name"), text_of(file, "suffix").lstrip(".")
    if not number or not name:
        raise AnswerNotUnderstoodError(f"{page.url!r}: a file of {found.title!r} has no id or no name.")
    full = name if suffix_of(name) or not suffix else f"{name}.{suffix}"
    url = absolute(page.url, f"{_business(page.url)}file/download/{number}") or ""
    return Row(
        url, found.title or full, found.published_on, role=Role.ATTACHMENT, promised=suffix_of(full), link_text=full
    )
