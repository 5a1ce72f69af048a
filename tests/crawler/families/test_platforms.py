"""Crawls of simulated portals that give up their rows to scripts: dialects, platforms of several steps, and faults.

That each is archived whole, and only once, is tried with the other families in `test_families`.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import Outcome, Role
from tests.crawler.crawling import Crawled, crawl, write_portal
from tests.crawler.simulator.bmys import BmysPortal
from tests.crawler.simulator.content import Content, sample
from tests.crawler.simulator.expectations import archived, assert_archived, published
from tests.crawler.simulator.gkmlpt import GkmlptPortal
from tests.crawler.simulator.hebei import HebeiPortal
from tests.crawler.simulator.platforms import JiangsuPortal, NeimengguPortal
from tests.crawler.simulator.portal import SimulatedPortal
from tests.crawler.simulator.query_pages import ZhengzhouPortal
from tests.crawler.simulator.services import EpointPortal, LongxunPortal, TruecmsPortal
from tests.crawler.simulator.sitesources import SitesourcesPortal
from tests.crawler.simulator.ucap import UcapPortal
from tests.crawler.site import Reply, Site, running_site


@dataclasses.dataclass(frozen=True)
class Case:
    """A portal with switches of its simulator, what its file states, and the problem that must be reported, if any."""

    kind: type[SimulatedPortal]
    parameters: dict[str, Any] = dataclasses.field(default_factory=dict)
    switches: dict[str, Any] = dataclasses.field(default_factory=dict)
    problem: str = ""

    def open(self, site: Site) -> SimulatedPortal:
        portal = self.kind(site, sample())
        for name, value in self.switches.items():
            setattr(portal, name, value)
        return portal


CASES = {
    "hebei-json": Case(HebeiPortal, switches={"quoted": True}),
    "hebei-no-list-items": Case(HebeiPortal, switches={"undated_rows": True}),
    "longxun-uncounted": Case(LongxunPortal, switches={"counts": False}),
    "epoint-from-0": Case(EpointPortal, {"first_page": 0}, {"first_page": 0, "quoted": True}),
    "epoint-wrapped": Case(EpointPortal, {"first_page": 1, "wrapped": True}, {"wrapped": True}),
    "ucap-stated": Case(UcapPortal, {"channel": "f899139df5e1059396431415e770c6dd", "page_size": 3}),
    "ucap-counts-more": Case(UcapPortal, {}, {"counted": 1}, "listing_incomplete"),
    "sitesources-lists-missing": Case(SitesourcesPortal, {}, {"counted": 1}, "listing_failed"),
    "hebei-repeats": Case(HebeiPortal, {}, {"repeats": True}, "listing_repeated"),
    "truecms-too-many": Case(TruecmsPortal, {"page_size": 3}, {"most": 2}, "listing_empty"),
    "epoint-other-site": Case(EpointPortal, {"first_page": 1}, {"wrapped": True}, "column_empty"),
    "epoint-wrong-first-page": Case(EpointPortal, {"first_page": 0}, {}, "listing_repeated"),
    "query-wrong-name": Case(ZhengzhouPortal, {"page": "pageNo"}, {}, "pager_not_understood"),
    "longxun-wrong-template": Case(LongxunPortal, {"template": "/xxgk/other"}, {}, "listing_empty"),
    "gkmlpt-serves-less": Case(GkmlptPortal, {}, {"served": 4}, "listing_incomplete"),
    "gkmlpt-elsewhere": Case(GkmlptPortal, {}, {"moved": "/other/column.html"}, "listing_failed"),
    "gkmlpt-no-such-column": Case(GkmlptPortal, {"columns": ["没有这个栏目"]}, {}, "listing_empty"),
}


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Crawled, dict[str, SimulatedPortal]]]:
    """One crawl of all cases, each a site of its own."""
    folder = tmp_path_factory.mktemp("cases")
    with contextlib.ExitStack() as stack:
        portals = {name: case.open(stack.enter_context(running_site())) for name, case in CASES.items()}
        files = [
            write_portal(
                folder,
                f"{portal.site.url}{portal.start}",
                name,
                family=portal.family,
                parameters=CASES[name].parameters,
            )
            for name, portal in portals.items()
        ]
        yield crawl(folder / "archive", files), portals


Visited = tuple[Crawled, dict[str, SimulatedPortal]]


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if not case.problem])
def test_each_dialect_is_archived_whole(visited: Visited, name: str) -> None:
    found, portals = visited
    assert found.portal(name)["exit_code"] == 0, found.portal(name)["problems"]
    assert archived(found, name) == published(portals[name])


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.problem])
def test_each_fault_of_a_listing_has_a_name(visited: Visited, name: str) -> None:
    found, _ = visited
    assert CASES[name].problem in found.problems(name)
    assert found.portal(name)["exit_code"] == 3 or CASES[name].problem == "column_empty"


def crawled(folder: Path, portal: SimulatedPortal, parameters: dict[str, Any]) -> Crawled:
    file = write_portal(folder, f"{portal.site.url}{portal.start}", family=portal.family, parameters=parameters)
    return crawl(folder / "archive", [file])


def assert_nothing_new(again: Crawled) -> None:
    """No article and no file was sent a second time."""
    counts = {name: again.portal()[name] for name in ("new", "changed", "unchanged")}
    assert counts == {"new": 0, "changed": 0, "unchanged": 0}
    assert again.exit_code == 0, again.report
    assert again.portal()["not_modified"] > 0


# --- gkmlpt -----------------------------------------------------------------------------------------------------------


def test_a_gkmlpt_site_below_a_path_is_archived_with_the_columns_under_its_own(tmp_path: Path, site: Site) -> None:
    portal = GkmlptPortal(site, sample(departments=2))
    first = crawled(tmp_path, portal, {})
    assert_archived(first, portal)
    assert "page=0" not in "".join(site.paths()), "page 0 is page 1"
    assert not [path for path in site.paths() if "mpost_" in path], "the twin for telephones is the same article"
    assert_nothing_new(crawled(tmp_path, portal, {}))


def test_a_gkmlpt_column_is_found_by_its_id(tmp_path: Path, site: Site) -> None:
    portal = GkmlptPortal(site, sample(departments=2))
    second = portal.content.departments[1]
    found = crawled(tmp_path, portal, {"columns": [str(second.number)]})
    portal.content.departments = [second]
    assert_archived(found, portal)


# --- platforms --------------------------------------------------------------------------------------------------------


def test_the_platform_of_jiangsu_is_followed_through_its_four_steps(tmp_path: Path, site: Site) -> None:
    content = sample(departments=2)
    empty = content.department("空白局")
    portal = JiangsuPortal(site, content, per_page=2)
    asked = {"groups": ["122"], "years": ["2026", "2025"], "types": ["2"]}
    first = crawled(tmp_path, portal, asked)
    shown = [(one, file) for one in content.articles if one.published_on.year >= 2025 for file in one.files]
    files = [capture for capture in first.captures if capture.role is Role.ATTACHMENT]
    assert sorted(capture.payload_sha256 or "" for capture in files) == sorted(file.sha256 for _, file in shown)
    assert {capture.file_name for capture in files} == {file.name for _, file in shown}
    assert {capture.title for capture in files} == {one.name for one in content.departments if one is not empty}
    assert {capture.published_on for capture in files} == {content.clock.now.date()}
    without_files = [one for one in content.articles if one.published_on.year >= 2025 and not one.files]
    kinds = collections.Counter(problem["kind"] for problem in first.portal()["problems"])
    assert kinds == {"article_empty": len(without_files), "column_empty": 2}
    again = crawled(tmp_path, portal, asked)
    outcomes = collections.Counter((capture.role, capture.outcome) for capture in again.captures)
    assert {key: count for key, count in outcomes.items() if key[0] is Role.ATTACHMENT} == {
        (Role.ATTACHMENT, Outcome.NOT_MODIFIED): len(files)
    }
    assert outcomes[Role.ARTICLE, Outcome.UNCHANGED] == 8, "answers to POST are never conditional"


@pytest.mark.parametrize("twice", [True, False])
def test_the_platform_of_inner_mongolia_is_archived_whole(tmp_path: Path, site: Site, twice: bool) -> None:
    content = Content()
    department = content.department("伊金霍洛旗")
    for year in range(2019, 2027):
        content.publish(department, f"伊金霍洛旗{year}年预算", dt.date(year, 2, 3), [f"{year}年预算.pdf", "附表.xlsx"])
    portal = NeimengguPortal(site, content)
    portal.twice = twice
    first = crawled(tmp_path, portal, {"types": ["2"]})
    assert first.exit_code == 0, first.report
    held = [
        (capture.payload_sha256, capture.title, capture.published_on, capture.file_name)
        for capture in first.captures
        if capture.role is Role.ATTACHMENT
    ]
    wanted = [(file.sha256, one.title, one.published_on, file.name) for one in content.articles for file in one.files]
    assert collections.Counter(held) == collections.Counter(wanted)
    assert_nothing_new(crawled(tmp_path, portal, {"types": ["2"]}))


def test_years_groups_and_departments_of_shanghai_are_followed_to_their_files(tmp_path: Path, site: Site) -> None:
    content = sample(departments=4)
    portal = BmysPortal(site, content)
    first = crawled(tmp_path, portal, {})
    assert first.exit_code == 0, first.report
    wanted = [file.sha256 for one in content.articles if one.published_on.year >= 2025 for file in one.files]
    files = [capture for capture in first.captures if capture.role is Role.ATTACHMENT]
    assert collections.Counter(capture.payload_sha256 for capture in files) == collections.Counter(wanted)
    assert {capture.title for capture in files} == {department.name for department in content.departments}
    assert_nothing_new(crawled(tmp_path, portal, {}))


# --- signatures -------------------------------------------------------------------------------------------------------


def test_a_file_is_known_by_its_address_without_the_signature_that_changes(tmp_path: Path, site: Site) -> None:
    portal = ZhengzhouPortal(site, sample())
    first = crawled(tmp_path, portal, {})
    portal.key = "2"
    site.forget()
    again = crawled(tmp_path, portal, {})
    known = {capture.url for capture in first.captures if capture.role is Role.ATTACHMENT}
    assert {capture.url for capture in again.captures if capture.role is Role.ATTACHMENT} == known
    assert not [url for url in known if "?" in url]
    assert not [path for path in site.paths(bodies=True) if path.startswith("/attachment/")]


def test_no_file_is_lost_where_articles_name_their_files_alike(tmp_path: Path, site: Site) -> None:
    portal = ZhengzhouPortal(site, sample())
    portal.named_alike = True
    found = crawled(tmp_path, portal, {})
    assert_archived(found, portal)
    assert found.problems() == {"name_shared"}


# --- faults -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("body", [b"", b'{"data": null}', "<html><p>请稍候，正在为您打开页面</p></html>".encode()])
def test_no_strange_answer_is_taken_for_a_listing(tmp_path: Path, site: Site, body: bytes) -> None:
    portal = UcapPortal(site, sample())
    answer = portal.answer
    site.portal = lambda query: Reply(body) if "/common/search/" in query.place else answer(query)
    found = crawled(tmp_path, portal, {})
    assert found.exit_code == 3
    assert found.problems() <= {"listing_empty", "listing_failed"}, found.portal()["problems"]


@pytest.mark.parametrize("body", [b"null", b'{"files": []}', b'{"files": [{}]}'])
def test_a_disclosure_whose_answer_is_not_understood_is_no_document(tmp_path: Path, site: Site, body: bytes) -> None:
    content = Content()
    content.publish(content.department("伊金霍洛旗"), "伊金霍洛旗2026年预算", dt.date(2026, 2, 3), ["预算.pdf"])
    portal = NeimengguPortal(site, content)
    answer = portal.answer
    site.portal = lambda query: Reply(body) if "/basic/result/" in query.place else answer(query)
    found = crawled(tmp_path, portal, {"types": ["2"]})
    assert (found.exit_code, found.portal()["documents"]) == (1, 0), found.report
    assert found.problems() <= {"article_empty", "wrong_type", "soft_404"}
