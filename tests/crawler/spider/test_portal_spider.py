"""An answer is judged, recorded once, and followed: listings, articles, stubs, files, and pages for a browser."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from twisted.python.failure import Failure

from gongkai.archive import Outcome, Role
from gongkai.crawler.errors import RobotsDeniedError
from gongkai.crawler.pages.address import rendered_address
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.portal.browser_facts import Browser
from gongkai.crawler.spider.observation import Observation
from gongkai.crawler.visit import Visit
from gongkai.crawler.wire.carried_leads import lead_in
from gongkai.crawler.wire.politeness import LimitReachedError
from tests.crawler.offline import SITE, answer, portal_of, spider_of, visit_to

LIST = f"{SITE}/list/"
ROWS = (
    "<ul><li><a href='a.html'>甲局2026年部门预算</a>2026-02-01</li><li><a href='b.pdf'>乙局预算</a>2026-02-02</li></ul>"
)
ARTICLE = "<html><body><h1>甲局2026年部门预算公开</h1><p>现将预算公开如下。</p>{}</body></html>"


def read(visit: Visit, role: Role, body: str | bytes, url: str = LIST, **facts: Any) -> tuple[Observation, list[str]]:
    """What is recorded of an answer, and what is asked for next."""
    spider = spider_of(visit)
    spider.crawler = SimpleNamespace(settings=spider.settings)
    steps = list(spider.received(answer(spider.ask(Lead(url=url, role=role, **facts)), body)))
    [observation] = [step for step in steps if isinstance(step, Observation)]
    return observation, [step.url for step in steps if isinstance(step, Request)]


def test_a_listing_is_recorded_and_its_rows_are_asked_for() -> None:
    visit = visit_to(portal_of())
    observation, further = read(visit, Role.LISTING, ROWS)
    assert (observation.capture.outcome, observation.payload is not None) == (Outcome.CAPTURED, True)
    assert further == [f"{LIST}a.html", f"{LIST}b.pdf"]
    assert (visit.report.listed, visit.report.documents, visit.report.problems) == (2, 1, [])


@pytest.mark.parametrize("body", ["<html><p>请稍候再试，或与管理员联系。</p></html>", b"%PDF-1.7\n"])
def test_what_is_no_listing_is_told_and_not_stored(body: str | bytes) -> None:
    visit = visit_to(portal_of())
    observation, further = read(visit, Role.LISTING, body)
    assert (observation.capture.outcome, observation.payload, further) == (Outcome.LISTING_EMPTY, None, [])
    assert [problem.kind for problem in visit.report.problems] == ["listing_empty"]


@pytest.mark.parametrize(
    ("links", "asked", "documents"),
    [("<a href='1.pdf'>一</a><a href='2.xls'>二</a>", ["1.pdf", "2.xls"], 2), ("", [], 1)],
)
def test_an_article_gives_its_files_or_is_a_document_itself(links: str, asked: list[str], documents: int) -> None:
    visit = visit_to(portal_of())
    observation, further = read(visit, Role.ARTICLE, ARTICLE.format(links), f"{LIST}a.html")
    assert observation.capture.outcome is Outcome.CAPTURED
    assert further == [f"{LIST}{name}" for name in asked]
    assert visit.report.documents == documents


def test_a_file_under_a_pages_address_is_filed_as_a_file() -> None:
    visit = visit_to(portal_of())
    observation, _ = read(visit, Role.ARTICLE, b"%PDF-1.7\n", f"{LIST}a.html")
    assert (observation.capture.role, observation.capture.outcome) == (Role.ATTACHMENT, Outcome.CAPTURED)
    assert visit.report.documents == 1


@pytest.mark.parametrize(
    ("target", "hops", "followed"), [("new/", 0, True), ("new/", 1, False), ("http://elsewhere.gov.cn/", 0, False)]
)
def test_a_stub_is_followed_once_on_its_own_host(target: str, hops: int, *, followed: bool) -> None:
    stub = f"<meta http-equiv=refresh content='0;url={target}'>"
    _, further = read(visit_to(portal_of()), Role.LISTING, stub, hops=hops)
    assert further == ([f"{LIST}new/"] if followed else [])


def test_a_page_of_another_site_is_recorded_and_not_followed() -> None:
    visit = visit_to(portal_of(site_id_code="4301000052"))
    head = "<head><meta name=SiteIDCode content=9999999999></head>"
    observation, further = read(visit, Role.LISTING, f"<html>{head}{ROWS}</html>")
    assert (observation.capture.outcome, further) == (Outcome.CAPTURED, [])
    assert [problem.kind for problem in visit.report.problems] == ["site_changed"]


def test_a_page_for_the_browser_is_filed_as_received_and_asked_for_again_rendered() -> None:
    visit = visit_to(portal_of(browser=Browser(why="its rows are drawn by a script", wait_for="li")))
    spider = spider_of(visit)
    spider.crawler = SimpleNamespace(settings=spider.settings)
    shell = "<html><body><div id=app></div><script>draw()</script></body></html>"
    observation, request = list(spider.received(answer(spider.ask(Lead(url=LIST, role=Role.LISTING)), shell)))
    assert (observation.capture.outcome, observation.capture.url) == (Outcome.CAPTURED, LIST)
    lead = lead_in(request)
    assert lead is not None
    assert (lead.url, lead.is_rendered, request.url) == (rendered_address(LIST), True, LIST)
    assert (request.meta["playwright"], request.meta["download_slot"]) == (True, "browser")
    [rendered, *rows] = list(spider.received(answer(request, ROWS)))
    assert rendered.capture.url == rendered_address(LIST)
    assert [row.url for row in rows] == [f"{LIST}a.html", f"{LIST}b.pdf"]


def failed(visit: Visit, error: Exception, role: Role = Role.ATTACHMENT) -> list[Any]:
    spider = spider_of(visit)
    failure = Failure(error)  # type: ignore[no-untyped-call]
    failure.request = spider.ask(Lead(url=f"{LIST}b.pdf", role=role))  # type: ignore[attr-defined]
    return list(spider.failed(failure))


def test_a_failure_is_recorded_by_its_name() -> None:
    visit = visit_to(portal_of())
    [observation] = failed(visit, RobotsDeniedError("robots.txt forbids it."))
    assert (observation.capture.outcome, observation.payload) == (Outcome.ROBOTS_DENIED, None)
    assert [(problem.kind, problem.severity.value) for problem in visit.report.problems] == [("robots_denied", "error")]


def test_a_mistake_of_ours_is_told_apart() -> None:
    visit = visit_to(portal_of())
    [observation] = failed(visit, ZeroDivisionError("ours"), Role.LISTING)
    assert observation.capture.outcome is Outcome.CONNECTION_ERROR
    assert [problem.kind for problem in visit.report.problems] == ["unexpected_failure", "listing_failed"]


def test_what_the_limit_held_back_leaves_no_capture() -> None:
    visit = visit_to(portal_of(), limit=0)
    assert failed(visit, LimitReachedError("enough")) == []
    assert (visit.report.limit_reached, visit.report.problems) == (True, [])
