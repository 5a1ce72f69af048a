"""The conclusions of a visit: what closed it, and what its report and Scrapy's statistics say."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest
from scrapy.crawler import Crawler
from scrapy.statscollectors import StatsCollector
from twisted.python.failure import Failure

from gongkai.crawler.spider.watch import STATISTICS, Watch, cut_short
from tests.crawler.offline import SITE, portal_of, spider_of, visit_to


class Kept(StatsCollector):
    """Statistics that a test reads."""

    def __init__(self) -> None:
        self._stats: dict[str, Any] = {}


def watch_of(**facts: Any) -> tuple[Watch, Kept]:
    kept = Kept()
    crawler: Any = SimpleNamespace(stats=kept)
    visit = visit_to(portal_of(**facts))
    visit.run.interrupted = False
    return Watch(visit, cast("Crawler", crawler)), kept


@pytest.mark.parametrize(
    ("reason", "limit_reached"),
    [("finished", False), ("shutdown", False), ("closespider_timeout", True), ("cancelled", True)],
)
def test_a_spider_that_something_else_closed_did_not_read_the_portal_whole(
    reason: str,
    *,
    limit_reached: bool,
) -> None:
    watch, _ = watch_of(expected_minimum=5)
    watch.spider_closed(spider_of(watch.visit), reason)
    report = watch.visit.report
    assert (report.limit_reached, watch.visit.run.interrupted) == (limit_reached, reason == "shutdown")
    assert [problem.kind for problem in report.problems] == (["below_minimum"] if reason == "finished" else [])


def test_statistics_hold_the_counts_of_the_report() -> None:
    watch, kept = watch_of()
    watch.visit.report.listed, watch.visit.report.new = 7, 3
    cut_short(watch.visit.report, "its time was over")
    watch.spider_closed(spider_of(watch.visit), "time_over")
    stats = kept.get_stats()
    assert {name.removeprefix("gongkai/") for name in stats} == {*STATISTICS, "problems", "exit_code"}
    assert [stats[f"gongkai/{name}"] for name in ("listed", "new", "problems", "exit_code")] == [7, 3, 1, 1]


def test_what_scrapy_would_only_log_is_a_problem() -> None:
    watch, _ = watch_of()
    response: Any = SimpleNamespace(url=f"{SITE}/list/")
    watch.spider_error(Failure(ValueError("odd")), response, spider_of(watch.visit))  # type: ignore[no-untyped-call]
    [problem] = watch.visit.report.problems
    assert (problem.kind, problem.url) == ("crash", f"{SITE}/list/")
