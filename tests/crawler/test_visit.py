"""The state of one portal's crawl: its limit, its completeness, and which spider carries it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy import Spider
from scrapy.crawler import Crawler

from gongkai.crawler.errors import NoArchiveError
from gongkai.crawler.visit import visit_of
from tests.crawler.offline import portal_of, spider_of, visit_to


def test_the_limit_is_taken_document_by_document() -> None:
    visit = visit_to(portal_of(), limit=2)
    assert [visit.take_document() for _ in range(3)] == [True, True, False]
    assert (visit.documents, visit.limit_reached) == (2, True)
    unlimited = visit_to(portal_of())
    assert all(unlimited.take_document() for _ in range(5))


@pytest.mark.parametrize(
    ("is_finished", "limit_reached", "dry_run", "is_complete"),
    [(True, False, False, True), (False, False, False, False), (True, True, False, False), (True, False, True, False)],
)
def test_a_crawl_is_complete_when_all_was_followed(
    *, is_finished: bool, limit_reached: bool, dry_run: bool, is_complete: bool
) -> None:
    visit = visit_to(portal_of(), dry_run=dry_run)
    visit.is_finished, visit.report.limit_reached = is_finished, limit_reached
    assert visit.is_complete == is_complete


def test_a_full_sweep_is_of_the_portals_named() -> None:
    visit = visit_to(portal_of())
    assert not visit.full
    visit.run.full = ["test"]
    assert visit.full


def test_the_pauses_between_requests_are_those_of_each_host(monkeypatch: pytest.MonkeyPatch) -> None:
    visit, moments = visit_to(portal_of()), iter([10.0, 10.5, 11.5, 11.8])
    monkeypatch.setattr("gongkai.crawler.visit.time", SimpleNamespace(monotonic=lambda: next(moments)))
    for host in ("A.cn", "b.cn", "a.cn", "b.cn"):
        visit.sent(f"http://{host}/x")
    assert [(host.host, host.requests, host.shortest_pause) for host in visit.report.hosts.values()] == [
        ("a.cn", 2, 1.5),
        ("b.cn", 2, 1.3),
    ]


def test_a_component_finds_the_visit_its_spider_carries() -> None:
    visit = visit_to(portal_of())
    crawler: Any = SimpleNamespace(spider=spider_of(visit))
    assert visit_of(cast("Crawler", crawler)) is visit


def test_a_spider_that_visits_no_portal_keeps_all_manners_and_files_nothing() -> None:
    crawler = Crawler(Spider)
    visit = visit_of(crawler)
    assert visit is visit_of(crawler), "the notes of a crawler are kept together"
    assert not visit.portal.allow_loopback
    with pytest.raises(NoArchiveError, match="Nothing is filed without an archive"):
        _ = visit.archive
