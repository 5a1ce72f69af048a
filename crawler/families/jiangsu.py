"""江苏预决算公开 platform (`yjsgk`): four steps of POST requests from a group of departments to its files.

`front/department/getdepartmentname.do` gives the departments of a group (a city or county, by `pid`),
`front/budgetfinal/itemsandpag.do` the disclosures of a department, page by page,
`front/budgetfinal/getTemporaryFiles.do` the files of a disclosure, `front/budgetfinal/download.do?iid=` one file.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.families.family import Family
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.pages.address import post_address, sent
from gongkai.crawler.pages.article import ArticleFacts
from gongkai.crawler.pages.json_answers import day_of, read_json, records, text_of
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import Link, suffix_of
from gongkai.crawler.pages.listing import Listed, Row, page_after
from gongkai.crawler.pages.page import Page, absolute

DEPARTMENTS = "front/department/getdepartmentname.do"
DISCLOSURES = "front/budgetfinal/itemsandpag.do"
FILES = "front/budgetfinal/getTemporaryFiles.do"
FILE = "front/budgetfinal/download.do"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JiangsuParameters(Parameters):
    """Facts to ask by: `groups` the platform's numbers (`pid`) of cities and counties, `years` as it writes them
    (`date`), `types` its kinds of document (`typeid`).  Nothing else tells them, so that all are needed."""

    groups: tuple[str, ...]
    years: tuple[str, ...]
    types: tuple[str, ...]


def read_listing(page: Page, lead: Lead, parameters: JiangsuParameters) -> Listed:
    """One step further: the groups of the platform, the departments of a group, the disclosures of a department."""
    url = sent(lead.url).url
    if url.endswith(DEPARTMENTS):
        return _departments(page, lead)
    if url.endswith(DISCLOSURES):
        return _disclosures(page, lead)
    return Listed(columns=tuple(_groups(lead, parameters)))


def _post(lead: Lead, address: str, **values: str) -> str:
    return post_address(absolute(_platform(lead), address) or "", urlencode(values))


def _platform(lead: Lead) -> str:
    """The address of the platform: where its pages lie, above `front/`."""
    url = sent(lead.url).url
    before, front, _ = url.partition("/front/")
    return f"{before}/" if front else url


def _groups(lead: Lead, parameters: JiangsuParameters) -> Iterator[Lead]:
    for group, year, kind in itertools.product(parameters.groups, parameters.years, parameters.types):
        url = _post(lead, DEPARTMENTS, pid=group, departmentName="", date=year, typeid=kind)
        yield Lead(url=url, role=Role.LISTING, parent_url=lead.url)


def _asked(lead: Lead) -> dict[str, str]:
    return dict(parse_qsl(sent(lead.url).body or "", keep_blank_values=True))


def _departments(page: Page, lead: Lead) -> Listed:
    departments = records(page, read_json(page), "")
    return Listed(
        columns=tuple(_department(page, lead, department) for department in departments),
        total=None if departments else 0,
    )


def _department(page: Page, lead: Lead, department: Mapping[str, Any]) -> Lead:
    asked, number, name = _asked(lead), text_of(department, "iid"), text_of(department, "name")
    if not number or not name:
        raise ListingNotUnderstoodError(f"{page.url!r}: the department {name or number!r} has no iid or no name.")
    url = _post(lead, DISCLOSURES, page_num="1", groupid=number, typeid=asked["typeid"], date=asked["date"])
    return Lead(url=url, role=Role.LISTING, parent_url=lead.url, link_text=name)


def _disclosures(page: Page, lead: Lead) -> Listed:
    disclosures = records(page, read_json(page), "budgetTemplates")
    asked = {**_asked(lead), "page_num": str(lead.page_number + 1)}
    following = _post(lead, DISCLOSURES, **asked) if disclosures else None
    return Listed(
        rows=tuple(_disclosure(page, lead, disclosure) for disclosure in disclosures),
        next_pages=page_after(lead, following, link_text=lead.link_text),
        total=None if disclosures or lead.page_number > 1 else 0,
        may_be_empty=lead.page_number > 1,
    )


def _disclosure(page: Page, lead: Lead, disclosure: Mapping[str, Any]) -> Row:
    number = text_of(disclosure, "uuid")
    if not number:
        raise ListingNotUnderstoodError(f"{page.url!r}: a disclosure of {lead.link_text!r} has no uuid.")
    # the quotes belong to the value: the platform's own page sends them
    url = _post(lead, FILES, uuid=f"'{number}'")
    return Row(url, lead.link_text or number, None, role=Role.ARTICLE, step="files", referer=_platform(lead))


def read_files(page: Page, lead: Lead, parameters: JiangsuParameters) -> list[Link]:
    """The files of a disclosure."""
    return [_file(page, lead, file) for file in records(page, read_json(page), "")]


def read_facts(page: Page) -> ArticleFacts:
    """A disclosure is of the day on which its first file was uploaded; no other answer of the platform tells a day."""
    return ArticleFacts(published_on=_first_upload(page) if page.url.endswith(FILES) else None)


def _first_upload(page: Page) -> dt.date | None:
    days = [day for file in records(page, read_json(page), "") if (day := day_of(file, "t_uploaddate"))]
    return min(days, default=None)


def _file(page: Page, lead: Lead, file: Mapping[str, Any]) -> Link:
    number, name = text_of(file, "iid"), text_of(file, "t_oldname")
    if not number or not name:
        raise ListingNotUnderstoodError(f"{page.url!r}: the file {name or number!r} has no iid or no name.")
    url = absolute(_platform(lead), f"{FILE}?{urlencode({'iid': number})}") or ""
    return Link(url, name, promised=suffix_of(name))


FAMILY = Family(parameters=JiangsuParameters, read_listing=read_listing, read_files=read_files, read_facts=read_facts)
