"""Golden pages: one invented page of each kind that portals show, read as a person agreed.

`golden/<kind>.html` holds the page, `golden/expected.yaml` what is to be read in it: the family by which it is
recognised, and then its rows and next pages, or what an article says of itself, its files and its pictures.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from gongkai.archive import Role
from gongkai.crawler.errors import ListingNotUnderstoodError
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.page import Page
from gongkai.crawler.pages.pictures import page_pictures
from gongkai.crawler.survey.recognition import detect
from tests.crawler.offline import portal_of, spider_of, visit_to

GOLDEN = Path(__file__).with_name("golden")
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((GOLDEN / "expected.yaml").read_text(encoding="utf-8"))


def read(kind: str, url: str, role: str) -> dict[str, Any]:
    """The reading of a golden page, in values that YAML holds."""
    body = (GOLDEN / f"{kind}.html").read_bytes()
    detection = detect(body, url)
    reading: dict[str, Any] = {"url": url, "role": role, "family": detection.family}
    if detection.challenge:
        return {**reading, "challenge": detection.challenge}
    page, lead = Page.from_bytes(body, url), Lead(url=url, role=Role(role))
    visit = visit_to(portal_of(detection.family or "static"))
    spider = spider_of(visit)
    reading |= _listing(spider, page, lead) if role == "listing" else _article(spider, page, lead)
    problems = sorted({problem.kind for problem in visit.report.problems})
    return {**reading, **({"problems": problems} if problems else {})}


def _listing(spider: Any, page: Page, lead: Lead) -> dict[str, Any]:
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


def _article(spider: Any, page: Page, lead: Lead) -> dict[str, Any]:
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


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_golden_page_is_read_as_agreed(kind: str) -> None:
    expected = EXPECTED[kind]
    assert read(kind, expected["url"], expected["role"]) == expected


def test_every_golden_page_has_its_expectation() -> None:
    assert {path.stem for path in GOLDEN.glob("*.html")} == set(EXPECTED)
