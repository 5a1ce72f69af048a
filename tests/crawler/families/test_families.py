"""Whole crawls of simulated portals: each family's articles and files, once each, as printed; then nothing new."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.crawler.pages.address import FORM, sent
from gongkai.crawler.report.counts import ExitCode
from tests.crawler.crawling import Crawled, crawl, write_portal
from tests.crawler.simulator.content import Content, sample
from tests.crawler.simulator.expectations import Held, archived, published
from tests.crawler.simulator.gkmlpt import GkmlptPortal
from tests.crawler.simulator.hebei import HebeiPortal
from tests.crawler.simulator.jpaas import UNIT, JpaasPortal
from tests.crawler.simulator.jpage import PROXY, JpagePortal
from tests.crawler.simulator.portal import SimulatedPortal
from tests.crawler.simulator.query_pages import AspxPortal, ZhengzhouPortal
from tests.crawler.simulator.services import EpointPortal, LongxunPortal, TruecmsPortal
from tests.crawler.simulator.sitesources import SitesourcesPortal
from tests.crawler.simulator.static import StaticPortal
from tests.crawler.simulator.trs import HUB_TITLE, TrsPortal
from tests.crawler.simulator.ucap import UcapPortal
from tests.crawler.simulator.vsb import VsbPortal
from tests.crawler.site import Query, Reply, Site, article, listing, row, running_site

FAMILIES: dict[str, Callable[[Site, Content], SimulatedPortal]] = {
    "epoint": EpointPortal,
    "gkmlpt, below a path": GkmlptPortal,
    "hebei": HebeiPortal,
    "jpaas, lasting links": JpaasPortal,
    "jpaas, redirects": lambda site, content: JpaasPortal(site, content, data_link=False, as_text=True),
    "jpage, groups": JpagePortal,
    "jpage, pages": lambda site, content: JpagePortal(site, content, by_page=True),
    "longxun": LongxunPortal,
    "query_pages, ASP.NET": AspxPortal,
    "zhengzhou, signed files": ZhengzhouPortal,
    "sitesources": SitesourcesPortal,
    "static, Webplus": StaticPortal,
    "static, by handlers": lambda site, content: StaticPortal(site, content, shape="handlers"),
    "static, in a frame": lambda site, content: StaticPortal(site, content, shape="frame"),
    "static, in a script": lambda site, content: StaticPortal(site, content, shape="script"),
    "trs, pages from 0": TrsPortal,
    "trs, pages from 1": lambda site, content: TrsPortal(site, content, base=1),
    "truecms": TruecmsPortal,
    "ucap": UcapPortal,
    "vsb": VsbPortal,
}


def portal_file(folder: Path, portal: SimulatedPortal, **facts: Any) -> Path:
    start = f"{portal.site.url}{portal.start}"
    return write_portal(folder, start, **{"family": portal.family, "parameters": portal.parameters, **facts})


@dataclasses.dataclass(frozen=True)
class Visits:
    """Three visits to every family's portal, with what each portal published at the first: as it was, unchanged, and
    after an article was amended, a file replaced, an article withdrawn and one published."""

    portals: dict[str, SimulatedPortal]
    published: dict[str, Held]
    first: Crawled
    again: Crawled
    changed: Crawled
    news: dict[str, set[str]]


@pytest.fixture(scope="module")
def visits(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visits]:
    folder = tmp_path_factory.mktemp("families")
    with contextlib.ExitStack() as stack:
        portals = {name: make(stack.enter_context(running_site()), sample()) for name, make in FAMILIES.items()}
        files = [portal_file(folder, portal, name=_slug(name)) for name, portal in portals.items()]
        first = crawl(folder / "archive", files)
        as_it_was = {name: published(portal) for name, portal in portals.items()}
        again = crawl(folder / "archive", files)
        news = {name: _change(portal.content) for name, portal in portals.items()}
        yield Visits(portals, as_it_was, first, again, crawl(folder / "archive", files), news)


def _slug(name: str) -> str:
    return re.sub(r"\W+", "-", name.lower())


def _change(content: Content) -> set[str]:
    """Change a portal; the hashes of its new files."""
    [department] = content.departments
    content.amend(department.articles[3], "本部门预算已经更正，以此为准。")
    replaced = department.articles[1].files[0]
    content.replace(replaced, "v2")
    content.withdraw(department.articles[-1])
    added = content.publish(department, "甲水局2027年部门预算公开", dt.date(2027, 2, 1), ["新预算.pdf"])
    return {replaced.sha256, added.files[0].sha256}


@pytest.mark.parametrize("name", FAMILIES)
def test_every_article_and_file_is_archived_once_as_printed(visits: Visits, name: str) -> None:
    report = visits.first.portal(_slug(name))
    assert report["exit_code"] == 0, report["problems"]
    assert archived(visits.first, _slug(name)) == visits.published[name]
    assert report["listed"] == sum(len(row) == 3 for row in visits.published[name])


@pytest.mark.parametrize("name", FAMILIES)
def test_a_second_visit_downloads_no_document_again(visits: Visits, name: str) -> None:
    report = visits.again.portal(_slug(name))
    assert report["exit_code"] == 0, report["problems"]
    assert [report[count] for count in ("new", "changed", "unchanged")] == [0, 0, 0]


@pytest.mark.parametrize("name", FAMILIES)
def test_what_changed_between_two_visits_is_what_is_downloaded(visits: Visits, name: str) -> None:
    report = visits.changed.portal(_slug(name))
    assert report["exit_code"] == 0, report["problems"]
    assert (report["new"], report["changed"]) == (2, 2)
    assert visits.news[name] <= {capture.payload_sha256 for capture in visits.changed.captures}


# --- TRS --------------------------------------------------------------------------------------------------------------


def test_a_trs_column_that_announces_more_pages_than_there_are_says_so(tmp_path: Path, site: Site) -> None:
    portal = TrsPortal(site, sample(), announced=5)
    crawled = crawl(tmp_path / "archive", [portal_file(tmp_path, portal)])
    assert crawled.exit_code == ExitCode.LISTING_FAILED
    assert crawled.outcomes()["/zwgk/bm100/index_3.html"] == "listing_empty"
    assert crawled.portal()["documents"] > 0


# --- jpaas ------------------------------------------------------------------------------------------------------------


def test_a_file_whose_gateway_address_rotates_stays_the_same_file(tmp_path: Path, new_site: Callable[[], Site]) -> None:
    portals = {
        "linked": JpaasPortal(new_site(), sample(articles=3), burst=1),  # the second download is refused for a while
        "redirected": JpaasPortal(new_site(), sample(articles=3), data_link=False),
    }
    files = [portal_file(tmp_path, portal, name=name) for name, portal in portals.items()]
    first = crawl(tmp_path / "archive", files)
    assert first.exit_code == 0, first.report
    for portal in portals.values():
        portal.content.clock.advance(days=1)
    again = crawl(tmp_path / "archive", files)
    for name, portal in portals.items():
        assert archived(first, name) == published(portal)
        lasting = {portal.site.url + portal.file_path(file) for file in portal.content.files}
        for crawled in (first, again):
            captures = [one for one in crawled.captures if one.portal == name and one.role == "attachment"]
            assert {capture.url for capture in captures} == lasting
        assert (again.portal(name)["new"], again.portal(name)["changed"]) == (0, 3), "only the pages were built anew"


def test_a_page_of_units_without_a_list_is_no_quiet_day(tmp_path: Path, site: Site) -> None:
    portal = JpaasPortal(site, sample())
    crawled = crawl(tmp_path / "archive", [portal_file(tmp_path, portal, parameters={"tag": "导航0"})])
    assert crawled.exit_code == ExitCode.LISTING_FAILED
    assert "listing_empty" in crawled.problems()
    missing = crawl(tmp_path / "archive", [portal_file(tmp_path, portal, parameters={"tag": "没有"})])
    [problem] = missing.portal()["problems"]
    assert "当前栏目list" in problem["message"]


# --- jpage ------------------------------------------------------------------------------------------------------------


def test_a_jpage_column_is_read_wherever_it_moved_and_whatever_stands_beside_it(
    tmp_path: Path, new_site: Callable[[], Site]
) -> None:
    content = sample(articles=2)
    content.publish(content.departments[0], "甲水局2027年部门预算公开", dt.date(2027, 2, 1), ["一.pdf", "二.pdf"])
    portals: dict[str, JpagePortal] = {
        "moved": JpagePortal(new_site(), content, moved=True),  # one of its articles joins two files by `#`
        "several": JpagePortal(new_site(), sample(), units=2),
        "hollow": JpagePortal(new_site(), sample(), hollow=True),
        "lying": JpagePortal(new_site(), sample(), announced=8),
    }
    crawled = crawl(tmp_path / "archive", [portal_file(tmp_path, one, name=name) for name, one in portals.items()])
    for name in ("moved", "several", "hollow"):
        assert crawled.portal(name)["problems"] == []
        assert archived(crawled, name) == published(portals[name])
    assert crawled.problems("lying") == {"listing_incomplete"}
    assert crawled.portal("lying")["exit_code"] == ExitCode.LISTING_FAILED


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


# --- what any family meets --------------------------------------------------------------------------------------------


def test_a_hub_behind_a_page_that_leads_on_gives_every_unit_it_lists(tmp_path: Path, site: Site) -> None:
    content = sample(departments=2)
    portal = TrsPortal(site, content, hub=True)
    crawled = crawl(tmp_path / "archive", [portal_file(tmp_path, portal)])
    assert crawled.exit_code == 0, crawled.report
    titles = [str(capture.title) for capture in crawled.captures if capture.role == "article"]
    assert sorted(titles) == sorted([HUB_TITLE, *(article.title for article in content.articles)])
    assert {file.sha256 for file in content.files} <= {capture.payload_sha256 for capture in crawled.captures}
    documents = len(content.files) + sum(not article.files for article in content.articles)
    assert crawled.portal()["documents"] == documents, "the hub itself is no document"


def test_a_page_that_leads_to_another_host_or_on_and_on_is_no_listing(tmp_path: Path, site: Site) -> None:
    site.pages |= {
        "/a/": Reply(b"<script>location.href='http://127.0.0.2:1/b/'</script>"),
        "/b/": Reply(b"<script>location.href='/c/'</script>"),
        "/c/": Reply(b"<script>location.href='/d/'</script>"),
        "/e/": listing([row("stub.html", "甲局2025年预算"), row("moved.html", "乙局2025年预算")]),
        "/e/moved.html": Reply(b"<meta http-equiv=refresh content='0;url=new.html'>"),
        "/e/new.html": article("乙局2025年预算公开"),
        "/e/stub.html": Reply(b"<meta http-equiv=refresh content='0;url=http://127.0.0.2:1/x.html'>"),
    }
    starts = [f"{site.url}{path}" for path in ("/a/", "/b/", "/e/")]
    portal = write_portal(tmp_path, site, family="static", start_urls=starts)
    crawled = crawl(tmp_path / "archive", [portal])
    assert crawled.exit_code == ExitCode.LISTING_FAILED
    assert crawled.outcomes() == {
        "/a/": "listing_empty",
        "/b/": "captured",
        "/c/": "listing_empty",
        "/e/": "captured",
        "/e/stub.html": "soft_404",
        "/e/moved.html": "captured",
        "/e/new.html": "captured",
    }
    assert crawled.portal()["documents"] == 1
    assert "/d/" not in site.paths()


FAULTS = {
    "http_error": Reply(status=500),
    "listing_empty": Reply("<html><body><h1>暂无数据，请与管理员联系。</h1></body></html>".encode()),
    "challenged": Reply(b"<script>var arg1='0123456789ABCDEF0123456789ABCDEF01234567'</script>"),
    "soft_404": Reply("<html><body><h1>系统繁忙，请稍候再试，或与管理员联系。</h1></body></html>".encode()),
}


@pytest.mark.parametrize(("name", "endpoint"), [("jpage, groups", PROXY), ("jpaas, lasting links", UNIT)])
def test_a_fault_in_place_of_data_is_told_by_its_name(
    tmp_path: Path, new_site: Callable[[], Site], name: str, endpoint: str
) -> None:
    files = []
    for outcome, fault in FAULTS.items():
        portal = FAMILIES[name](new_site(), sample(articles=5))
        portal.site.portal = _failing(portal, endpoint, fault)
        files.append(portal_file(tmp_path, portal, name=outcome))
    crawled = crawl(tmp_path / "archive", files)
    for outcome in FAULTS:
        assert crawled.portal(outcome)["exit_code"] == ExitCode.LISTING_FAILED
        asked = [capture for capture in crawled.captures if capture.portal == outcome and endpoint in capture.url]
        assert {(capture.outcome.value, capture.payload_sha256) for capture in asked} == {(outcome, None)}


def _failing(portal: SimulatedPortal, endpoint: str, fault: Reply) -> Callable[[Query], Reply]:
    return lambda query: fault if query.place == endpoint else portal.answer(query)


def test_a_listing_asked_for_by_post_is_recorded_with_all_that_was_sent(tmp_path: Path, site: Site) -> None:
    portal = JpagePortal(site, sample())
    crawled = crawl(tmp_path / "archive", [portal_file(tmp_path, portal)])
    [asked] = [asked for asked in site.log if asked.method == "POST"]
    [capture] = [capture for capture in crawled.captures if "__wb_method=POST" in capture.url]
    wire = sent(capture.url)
    assert (wire.url, wire.body, wire.media_type) == (f"{site.url}{asked.path}", asked.body.decode(), FORM)
    assert (capture.role, capture.outcome, capture.final_url) == ("listing", "captured", wire.url)
    assert asked.headers["referer"] == f"{site.url}{portal.start}"
    assert any(row.parent_url == capture.url for row in crawled.captures), "its rows were found there"


def test_columns_that_a_page_links_are_read_where_the_portals_file_says_so(tmp_path: Path, site: Site) -> None:
    tabs = "<div class='tabs'><a href='/2026/'>2026年</a><a href='/2025/'>2025年</a><a href='/2024/'>2024年</a></div>"
    site.pages |= {"/": Reply(f"<html><title>专栏</title>{tabs}</html>".encode())}
    for year in (2026, 2025):
        rows = f"<ul>{row('a.html', f'甲局{year}年部门预算', f'{year}-02-01')}</ul>"
        site.pages[f"/{year}/"] = Reply(f"<html>{tabs}{rows}<p>本栏目公开各部门预算</p></html>".encode())
        site.pages[f"/{year}/a.html"] = article(f"甲局{year}年部门预算公开")
    portal = write_portal(
        tmp_path, site, family="static", start_urls=[f"{site.url}/"], parameters={"column_links": ".tabs a"}
    )
    crawled = crawl(tmp_path / "archive", [portal])
    assert crawled.outcomes() == {
        "/": "captured",
        "/2026/": "captured",
        "/2026/a.html": "captured",
        "/2025/": "captured",
        "/2025/a.html": "captured",
        "/2024/": "http_error",
    }
    assert crawled.exit_code == ExitCode.LISTING_FAILED, "a year that cannot be read is no quiet year"
