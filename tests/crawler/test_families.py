"""Whole crawls of simulated portals: each family's articles and files, once each, as printed; then nothing new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crawler.report import ExitCode
from tests.crawler.crawling import crawl, write_portal
from tests.crawler.simulator.content import Content, sample
from tests.crawler.simulator.expectations import assert_archived
from tests.crawler.simulator.jpaas import JpaasPortal
from tests.crawler.simulator.jpage import JpagePortal
from tests.crawler.simulator.portal import SimulatedPortal
from tests.crawler.simulator.static import StaticPortal
from tests.crawler.simulator.trs import TrsPortal
from tests.crawler.simulator.vsb import VsbPortal
from tests.crawler.site import Site

Make = Callable[[Site, Content], SimulatedPortal]
FAMILIES: dict[str, tuple[Make, dict[str, Any]]] = {
    "static, Webplus": (StaticPortal, {}),
    "static, in a frame": (lambda site, content: StaticPortal(site, content, shape="frame"), {}),
    "static, in a script": (lambda site, content: StaticPortal(site, content, shape="script"), {}),
    "static, by handlers": (lambda site, content: StaticPortal(site, content, shape="handlers"), {}),
    "vsb": (VsbPortal, {}),
    "trs, pages from 0": (TrsPortal, {}),
    "jpage, groups": (JpagePortal, {}),
    "jpage, pages": (lambda site, content: JpagePortal(site, content, by_page=True), {}),
    "jpaas, lasting links": (JpaasPortal, {}),
    "jpaas, redirects": (lambda site, content: JpaasPortal(site, content, data_link=False, as_text=True), {}),
    "trs, pages from 1": (lambda site, content: TrsPortal(site, content, base=1), {}),
}


def portal_file(folder: Path, portal: SimulatedPortal, **facts: Any) -> Path:
    start = f"{portal.site.url}{portal.start}"
    return write_portal(folder, start, family=portal.family, **facts)


@pytest.mark.parametrize("name", FAMILIES)
def test_every_article_and_file_is_archived_once_and_later_only_what_changed(
    tmp_path: Path, site: Site, name: str
) -> None:
    make, parameters = FAMILIES[name]
    content = sample()
    portal = make(site, content)
    file = portal_file(tmp_path, portal, parameters=parameters)
    first = crawl(tmp_path / "archive", [file])
    assert_archived(first, portal)
    assert first.portal()["listed"] == len(content.articles)

    site.forget()
    again = crawl(tmp_path / "archive", [file])
    assert again.exit_code == 0, again.report
    downloaded = [again.portal()[count] for count in ("new", "changed", "unchanged")]
    assert downloaded == [0, 0, 0], site.paths(bodies=True)

    [department] = content.departments
    content.amend(department.articles[3], "本部门预算已经更正，以此为准。")
    replaced = department.articles[1].files[0]
    content.replace(replaced, "v2")
    content.withdraw(department.articles[-1])
    published = content.publish(department, "甲水局2027年部门预算公开", dt.date(2027, 2, 1), ["新预算.pdf"])
    changed = crawl(tmp_path / "archive", [file])
    assert changed.exit_code == 0, changed.report
    assert (changed.portal()["new"], changed.portal()["changed"]) == (2, 2)
    assert {replaced.sha256, published.files[0].sha256} <= {capture.payload_sha256 for capture in changed.captures}


# --- TRS --------------------------------------------------------------------------------------------------------------


def test_a_trs_column_that_announces_more_pages_than_there_are_says_so(tmp_path: Path, site: Site) -> None:
    portal = TrsPortal(site, sample(), announced=5)
    crawled = crawl(tmp_path / "archive", [portal_file(tmp_path, portal)])
    assert crawled.exit_code == ExitCode.LISTING_FAILED
    assert crawled.outcomes()["/zwgk/bm100/index_3.html"] == "listing_empty"
    assert crawled.portal()["documents"] > 0


# --- jpaas ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data_link", [True, False])
def test_a_file_whose_gateway_address_rotates_stays_the_same_file(tmp_path: Path, site: Site, data_link: bool) -> None:
    portal = JpaasPortal(site, sample(), data_link=data_link, burst=2)
    file = portal_file(tmp_path, portal)
    first = crawl(tmp_path / "archive", [file])
    assert_archived(first, portal)
    recorded = {capture.url for capture in first.captures if capture.role == "attachment"}
    assert recorded == {site.url + portal.file_path(file) for file in portal.content.files}

    portal.content.clock.advance(days=1)
    again = crawl(tmp_path / "archive", [file])
    articles_with_files = sum(bool(article.files) for article in portal.content.articles)
    assert (again.portal()["changed"], again.portal()["new"]) == (articles_with_files, 0), (
        "only the pages were built anew"
    )
    assert {capture.url for capture in again.captures if capture.role == "attachment"} == recorded


def test_a_page_of_units_without_a_list_is_no_quiet_day(tmp_path: Path, site: Site) -> None:
    portal = JpaasPortal(site, sample())
    crawled = crawl(tmp_path / "archive", [portal_file(tmp_path, portal, parameters={"tag": "导航0"})])
    assert crawled.exit_code == ExitCode.LISTING_FAILED
    assert "listing_empty" in crawled.problems()
    missing = crawl(tmp_path / "archive", [portal_file(tmp_path, portal, parameters={"tag": "没有"})])
    [problem] = missing.portal()["problems"]
    assert "当前栏目list" in problem["message"]


# --- VSB --------------------------------------------------------------------------------------------------------------


def test_an_article_inserted_while_the_column_is_read_moves_no_row_out_of_sight(tmp_path: Path, site: Site) -> None:
    content = sample(articles=6)
    before = list(content.articles)
    portal = VsbPortal(site, content, per_page=2, insert_after=1)  # three pages become four behind the first
    crawled = crawl(tmp_path / "archive", [portal_file(tmp_path, portal)])
    assert crawled.exit_code == 0, crawled.report
    titles = [str(capture.title) for capture in crawled.captures if capture.role == "article"]
    assert sorted(titles) == sorted(article.title for article in before), "the new one is the next run's"


def test_a_file_behind_a_captcha_is_recorded_and_not_asked_for_again(tmp_path: Path, site: Site) -> None:
    content = sample(articles=3)
    content.attach(content.articles[0], "captcha.doc")
    crawled = crawl(tmp_path / "archive", [portal_file(tmp_path, VsbPortal(site, content))])
    assert crawled.exit_code == ExitCode.SOMETHING_FAILED
    assert crawled.portal()["failures"] == {"challenged": 1}
    assert sum("wbfileid" in path for path in site.paths()) == len(content.files)
