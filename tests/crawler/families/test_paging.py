"""Columns of any length, cut into pages of any size, read by every family's spider: no row is missed, none invented.

The spiders are driven without a network here, request by request, so that many columns can be tried.
"""

from __future__ import annotations

import collections
import datetime as dt
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import HtmlResponse

from gongkai.archive import Role
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.portal.file import Portal, StartUrl
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.visit import Run, Visit
from tests.crawler.offline import spider_of
from tests.crawler.simulator.content import Content
from tests.crawler.simulator.gkmlpt import GkmlptPortal
from tests.crawler.simulator.hebei import HebeiPortal
from tests.crawler.simulator.jpaas import JpaasPortal
from tests.crawler.simulator.jpage import JpagePortal
from tests.crawler.simulator.portal import SimulatedPortal
from tests.crawler.simulator.query_pages import ZhengzhouPortal
from tests.crawler.simulator.services import EpointPortal, LongxunPortal, TruecmsPortal
from tests.crawler.simulator.sitesources import SitesourcesPortal
from tests.crawler.simulator.static import StaticPortal
from tests.crawler.simulator.trs import TrsPortal
from tests.crawler.simulator.ucap import UcapPortal
from tests.crawler.simulator.vsb import VsbPortal
from tests.crawler.site import Query, Site, running_site

PORTALS: list[Callable[[Site, Content, int], SimulatedPortal]] = [
    JpaasPortal,
    JpagePortal,
    lambda site, content, size: JpagePortal(site, content, size, by_page=True),
    StaticPortal,
    TrsPortal,
    lambda site, content, size: TrsPortal(site, content, size, base=1),
    VsbPortal,
    EpointPortal,
    GkmlptPortal,
    HebeiPortal,
    LongxunPortal,
    ZhengzhouPortal,
    SitesourcesPortal,
    TruecmsPortal,
    UcapPortal,
]


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


def column(length: int) -> Content:
    content = Content()
    department = content.department("甲水局")
    for place in range(length):
        content.publish(department, f"甲水局第{place}号部门预算公开", dt.date(2025, 1, 1) + dt.timedelta(place))
    return content


def read(portal: SimulatedPortal, before_page: Callable[[int], object] = lambda _: None) -> PortalReport:
    """Read a portal's column as a dry run does; `before_page` is called with the number of each page asked for."""
    family = FAMILIES[portal.family]
    facts = Portal(
        id="test",
        name="测试市",
        family=portal.family,
        division_code="990000",
        start_urls=(StartUrl(f"{portal.site.url}{portal.start}"),),
        parameters=family.parameters(**portal.parameters),
        allow_loopback=True,
    )
    run = Run.__new__(Run)
    run.dry_run, run.limit = True, None
    report = PortalReport(portal="test")
    spider = spider_of(Visit(run=run, portal=facts, report=report))
    start = spider.ask(Lead(url=facts.start_urls[0].url, role=Role.LISTING))
    waiting = collections.deque([start])
    asked = 0
    while waiting:
        asked += 1
        before_page(asked)
        waiting.extend(one for one in spider.received(answer(portal, waiting.popleft())) if isinstance(one, Request))
    spider.closed("finished")
    return report


def answer(portal: SimulatedPortal, request: Request) -> HtmlResponse:
    parts = urlsplit(request.url)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    headers = {name.decode().lower(): value[0].decode() for name, value in request.headers.items()}
    reply = portal.answer(Query(request.method, path, headers, request.body))
    return HtmlResponse(request.url, status=reply.status, body=reply.body, request=request)


@pytest.mark.parametrize("make", PORTALS)
@settings(max_examples=40, deadline=None)
@given(length=st.integers(1, 23), size=st.integers(1, 5))
def test_a_column_of_any_length_is_read_whole(
    site: Site, make: Callable[[Site, Content, int], SimulatedPortal], length: int, size: int
) -> None:
    content = column(length)
    report = read(make(site, content, size))
    assert report.problems == []
    assert [planned.title for planned in report.planned] == [article.title for article in content.articles]


@pytest.mark.parametrize("make", PORTALS)
@settings(max_examples=40, deadline=None)
@given(lengths=st.tuples(st.integers(1, 23), st.integers(1, 5)), when=st.integers(2, 6), added=st.integers(1, 3))
def test_rows_added_while_a_column_is_read_push_no_other_out_of_sight(
    site: Site, make: Callable[[Site, Content, int], SimulatedPortal], lengths: tuple[int, int], when: int, added: int
) -> None:
    length, size = lengths
    content = column(length)
    before = {article.title for article in content.articles}

    def publish(page: int) -> None:
        for place in range(added if page == when else 0):
            content.publish(content.departments[0], f"甲水局新增第{place}号", dt.date(2026, 1, 1))

    report = read(make(site, content, size), publish)
    is_whole = before <= {planned.title for planned in report.planned}
    assert is_whole or report.problems
    if added < size:  # more than a page makes pages repeat, which is told
        assert (is_whole, report.problems) == (True, [])


COUNTED = [JpaasPortal, JpagePortal, VsbPortal, EpointPortal, GkmlptPortal, ZhengzhouPortal, TruecmsPortal, UcapPortal]
"""Portals that say how many rows a column has; where none says so, such a loss cannot be seen."""


@pytest.mark.parametrize("make", COUNTED)
@settings(max_examples=40, deadline=None)
@given(length=st.integers(4, 23), size=st.integers(1, 5), when=st.integers(2, 4))
def test_a_row_that_vanishes_while_a_column_is_read_is_never_a_silent_loss(
    site: Site, make: Callable[[Site, Content, int], SimulatedPortal], length: int, size: int, when: int
) -> None:
    content = column(length)

    def withdraw(page: int) -> None:
        if page == when:
            content.withdraw(content.articles[0])

    report = read(make(site, content, size), withdraw)
    planned = {one.title for one in report.planned}
    is_whole = {article.title for article in content.articles} <= planned
    assert is_whole or report.problems


def test_the_driver_meets_faults_like_a_crawl_does(site: Site) -> None:
    portal = TrsPortal(site, column(5), 2, announced=7)
    assert {problem.kind for problem in read(portal).problems} == {"listing_empty"}
    assert {problem.kind for problem in read(JpagePortal(site, column(5), 2, announced=6)).problems} == {
        "listing_incomplete"
    }
