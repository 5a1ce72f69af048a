"""Golden pages: one invented page of each kind that portals show, read as a person agreed.

A folder holds `<kind>.html`, and `expected.yaml` says what is to be read in each: its address and role, the family by
which it is recognised, and then its rows and next pages, or what an article says of itself, its files and its pictures.
`reader` names the family and its parameters where the page alone does not tell them.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from scrapy.utils.misc import load_object

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError, PortalFileError
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page
from gongkai.crawler.pages.pictures import page_pictures
from gongkai.crawler.portal.file import Portal, StartUrl
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.spider.family_spider import FamilySpider
from gongkai.crawler.survey.recognition import detect
from gongkai.crawler.visit import Run, Visit

EXPECTED = "expected.yaml"
Reading = dict[str, Any]


def expectations(folder: Path) -> dict[str, Reading]:
    """What a person agreed to, by kind.  Raises PortalFileError where it cannot be read."""
    try:
        values = yaml.safe_load((folder / EXPECTED).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise PortalFileError(f"The golden pages in {str(folder)!r} cannot be read: {error}.") from error
    if not isinstance(values, dict) or not all(isinstance(value, dict) for value in values.values()):
        raise PortalFileError(f"{str(folder / EXPECTED)!r} holds no expectation for each kind of page.")
    return values


def read_golden(body: bytes, expected: Mapping[str, Any]) -> Reading:
    """The reading of a golden page, in values that YAML holds; nothing is requested."""
    url, role = str(expected["url"]), Role(expected["role"])
    detection = detect(body, url)
    reading: Reading = {"url": url, "role": role.value, "family": detection.family}
    if "reader" in expected:
        reading["reader"] = expected["reader"]
    if detection.challenge:
        return {**reading, "challenge": detection.challenge}
    reader = expected.get("reader") or {"family": detection.family or "static"}
    spider = _spider(url, reader["family"], reader.get("parameters") or {})
    page, lead = Page.from_bytes(body, url), Lead(url=url, role=role)
    reading |= _listing(spider, page, lead) if role is Role.LISTING else _article(spider, page, lead)
    problems = sorted({problem.kind for problem in spider.report.problems})
    return {**reading, **({"problems": problems} if problems else {})}


def _spider(url: str, family: str, parameters: Mapping[str, Any]) -> FamilySpider[Any]:
    stated = {name: tuple(value) if isinstance(value, list) else value for name, value in parameters.items()}
    portal = Portal(
        id="golden",
        name="golden",
        family=family,
        division_code="",
        start_urls=(StartUrl(url),),
        parameters=FAMILIES[family].parameters(**stated),
    )
    visit = Visit(run=Run(run_id="golden", archive=None), portal=portal, report=PortalReport(portal=portal.id))
    spider: FamilySpider[Any] = load_object(FAMILIES[family].spider)(visit=visit)
    return spider


def _listing(spider: FamilySpider[Any], page: Page, lead: Lead) -> Reading:
    try:
        listed = spider.read_listing(page, lead)
    except ListingNotUnderstoodError as error:
        return {"refused": str(error)}
    return {
        "rows": [f"{row.published_on or '-'} {row.title} {row.url}" for row in listed.rows],
        "next": [further.url for further in listed.next_pages],
        "columns": [column.url for column in listed.columns],
        "doubt": listed.doubt,
    }


def _article(spider: FamilySpider[Any], page: Page, lead: Lead) -> Reading:
    facts = spider.read_facts(page)
    return {
        "title": facts.title,
        "published_on": facts.published_on,
        "index_number": facts.index_number,
        "publisher": facts.publisher,
        "files": [f"{link.text} {link.url}" for link in spider.read_files(page, lead)],
        "pictures": [link.url.rpartition("/")[2] for link in page_pictures(page)],
        "articles": [row.url for row in spider.read_articles(page, lead)],
    }


def golden_differences(folder: Path) -> list[str]:
    """The differences between what is read now in golden pages and what a person agreed to, one sentence each.

    Raises PortalFileError where the pages or their expectations cannot be read.
    """
    told, expected = [], expectations(folder)
    for kind, agreed in expected.items():
        try:
            now = read_golden((folder / f"{kind}.html").read_bytes(), agreed)
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise PortalFileError(
                f"The golden page {kind!r} cannot be read: {type(error).__name__}: {error}."
            ) from error
        told += [
            f"{kind}: {key} reads {now.get(key)!r}; {agreed.get(key)!r} is expected."
            for key in dict.fromkeys((*agreed, *now))
            if now.get(key) != agreed.get(key)
        ]
    forgotten = sorted({path.stem for path in folder.glob("*.html")} - set(expected))
    return told + [f"{kind}: it is a page of which {EXPECTED} says nothing." for kind in forgotten]
