"""江苏预决算公开 platform (`yjsgk`): four steps of POST requests from a group of departments to its files.

`front/department/getdepartmentname.do` gives the departments of a group (a city or county, by `pid`),
`front/budgetfinal/itemsandpag.do` the disclosures of a department, page by page,
`front/budgetfinal/getTemporaryFiles.do` the files of a disclosure, `front/budgetfinal/download.do?iid=` one file.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl, urlencode

from archive import Role
from crawler.address import post_address, sent
from crawler.errors import AnswerNotUnderstoodError
from crawler.facts import Parameters
from crawler.found import Found
from crawler.links import suffix_of
from crawler.listing import Listed, Row, page_after
from crawler.listings.answers import day_of, json_answer, records, text_of
from crawler.page import Page, absolute

DEPARTMENTS = "front/department/getdepartmentname.do"
DISCLOSURES = "front/budgetfinal/itemsandpag.do"
FILES = "front/budgetfinal/getTemporaryFiles.do"
FILE = "front/budgetfinal/download.do"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class JiangsuParameters(Parameters):
    """What to ask for: `groups` the platform's numbers (`pid`) of cities and counties, `years` as it writes them
    (`date`), `types` its kinds of document (`typeid`).  Nothing else tells them, so that all are needed."""

    groups: tuple[str, ...]
    years: tuple[str, ...]
    types: tuple[str, ...]


def read(page: Page, found: Found, parameters: JiangsuParameters) -> Listed:
    """One step further: platform, departments, disclosures, files."""
    url = sent(found.url).url
    if url.endswith(DEPARTMENTS):
        return Listed(columns=tuple(_disclosures(page, found)))
    if url.endswith(DISCLOSURES):
        return _files_of(page, found)
    if url.endswith(FILES):
        return _files(page, found)
    return Listed(columns=tuple(_departments(page, found, parameters)))


def _step(found: Found, address: str, step: str, title: str | None = None, **values: str) -> Found:
    asked = {name: value for name, value in values.items() if value is not None}
    url = post_address(absolute(_platform(found), address) or "", urlencode(asked))
    return Found(url=url, role=Role.LISTING, parent_url=found.url, step=step, title=title)


def _platform(found: Found) -> str:
    """The address of the platform: where its pages lie, above `front/`."""
    url = sent(found.url).url
    before, front, _ = url.partition("/front/")
    return f"{before}/" if front else url


def _departments(page: Page, found: Found, parameters: JiangsuParameters) -> Iterator[Found]:
    for group, year, kind in itertools.product(parameters.groups, parameters.years, parameters.types):
        yield _step(found, DEPARTMENTS, "departments", pid=group, departmentName="", date=year, typeid=kind)


def _asked(found: Found) -> dict[str, str]:
    return dict(parse_qsl(sent(found.url).body or "", keep_blank_values=True))


def _disclosures(page: Page, found: Found) -> Iterator[Found]:
    asked = _asked(found)
    for department in records(page, json_answer(page), ""):
        number, name = text_of(department, "iid"), text_of(department, "name")
        if not number:
            raise AnswerNotUnderstoodError(f"{page.url!r}: the department {name!r} has no iid.")
        values = {"page_num": "1", "groupid": number, "typeid": asked["typeid"], "date": asked["date"]}
        yield _step(found, DISCLOSURES, "disclosures", name, **values)


def _files_of(page: Page, found: Found) -> Listed:
    disclosures = records(page, json_answer(page), "budgetTemplates")
    # the quotes belong to the value, the platform's own page sends them
    columns = tuple(
        _step(found, FILES, "files", found.title, uuid=f"'{text_of(disclosure, 'uuid')}'")
        for disclosure in disclosures
        if text_of(disclosure, "uuid")
    )
    if len(columns) < len(disclosures):
        raise AnswerNotUnderstoodError(f"{page.url!r}: a disclosure of {found.title!r} has no uuid.")
    values: dict[str, Any] = {**_asked(found), "page_num": str(found.page_number + 1)}
    following = post_address(sent(found.url).url, urlencode(values)) if disclosures else None
    return Listed(columns=columns, next_pages=page_after(found, following, title=found.title), is_end=True)


def _files(page: Page, found: Found) -> Listed:
    return Listed(rows=tuple(_row(page, found, file) for file in records(page, json_answer(page), "")))


def _row(page: Page, found: Found, file: Any) -> Row:
    number, name = text_of(file, "iid"), text_of(file, "t_oldname")
    if not number or not name:
        raise AnswerNotUnderstoodError(f"{page.url!r}: a file of {found.title!r} has no iid or no name.")
    url = absolute(_platform(found), f"{FILE}?iid={number}") or ""
    return Row(
        url,
        name,
        day_of(file, "t_uploaddate"),
        role=Role.ATTACHMENT,
        promised=suffix_of(name),
        referer=_platform(found),
    )
