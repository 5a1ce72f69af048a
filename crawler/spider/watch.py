"""Watches one visit: notes what Scrapy would only log, and draws the conclusions when its spider closes."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from gongkai.archive import Capture
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.report.counts import ExitCode, PortalReport, Severity
from gongkai.crawler.spider.observation import Observation
from gongkai.crawler.visit import Visit

NO_LIMIT = frozenset({"finished", "shutdown", "archive_failed", "time_over"})
"""The reasons for which a spider closes that are told otherwise; any other one is a limit that somebody set."""
STATISTICS = ("listed", "listing_pages", "fetched", "new", "changed", "unchanged", "not_modified", "gone", "not_asked")
"""The counts of a portal's report that Scrapy's statistics hold too, as `gongkai/<name>`."""


def cut_short(report: PortalReport, why: str) -> None:
    """Note that a portal was not read whole for want of time; it stays due."""
    report.limit_reached = True
    report.problem("time_over", f"The crawl of {report.portal!r} was cut short: {why}; it stays due.")


class Watch:
    """Sees to it that nothing passes in silence."""

    def __init__(self, visit: Visit, crawler: Crawler) -> None:
        self.visit = visit
        self.crawler = crawler
        self._clock: Any = None
        self._closing: asyncio.Future[None] | None = None

    def connect(self) -> None:
        """Listen to the signals of the crawler."""
        for receiver, signal in self._receivers():
            self.crawler.signals.connect(receiver, signal=signal, weak=False)

    def disconnect(self) -> None:
        """Hear no more: the dispatcher would hold the watch, and with it the crawler, as long as the process lives."""
        for receiver, signal in self._receivers():
            self.crawler.signals.disconnect(receiver, signal=signal, weak=False)

    def _receivers(self) -> list[tuple[Callable[..., None], object]]:
        return [
            (self.spider_opened, signals.spider_opened),
            (self.spider_closed, signals.spider_closed),
            (self.spider_error, signals.spider_error),
            (self.item_error, signals.item_error),
        ]

    def spider_opened(self, spider: Spider) -> None:
        from twisted.internet import reactor  # noqa: PLC0415  importing it chooses one

        clock: Any = reactor
        left = self.visit.run.deadline - time.monotonic()
        patience = min(left, self.crawler.settings.getfloat("PORTAL_MAX_SECONDS"))
        self._clock = clock.callLater(max(0.0, patience), self._time_is_over)

    def _time_is_over(self) -> None:
        cut_short(self.visit.report, "its time was over")
        if self.crawler.engine is not None:
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="time_over"))

    def spider_closed(self, spider: Spider, reason: str) -> None:
        visit, report = self.visit, self.visit.report
        if self._clock is not None and self._clock.active():
            self._clock.cancel()
        if reason == "shutdown":
            visit.run.interrupted = True
        report.limit_reached |= reason not in NO_LIMIT
        is_whole = reason == "finished" and not report.limit_reached and not visit.run.dry_run
        if is_whole and report.exit_code < ExitCode.LISTING_FAILED:
            self._compare(visit.portal, report)
        self._count()

    def _count(self) -> None:
        report, stats = self.visit.report, self.crawler.stats
        for name in STATISTICS:
            stats.set_value(f"gongkai/{name}", getattr(report, name))
        stats.set_value("gongkai/problems", len(report.problems) + report.problems_left_out)
        stats.set_value("gongkai/exit_code", int(report.exit_code))

    def spider_error(self, failure: Failure, response: Response, spider: Spider) -> None:
        message = f"Reading {response.url!r} failed: {failure.value!r}; this is a mistake of the crawler's."
        self.visit.report.problem("crash", message, response.url, Severity.FATAL)

    def item_error(self, item: Observation | Capture, failure: Failure, spider: Spider) -> None:
        url = item.capture.url if isinstance(item, Observation) else item.url
        message = f"Filing {url!r} failed: {failure.value!r}; this is a mistake of the crawler's."
        self.visit.report.problem("crash", message, url, Severity.FATAL)

    def _compare(self, portal: Portal, report: PortalReport) -> None:
        count = report.documents
        if portal.expected_minimum is not None and count < portal.expected_minimum:
            message = f"{count} documents were found; the portal's file expects at least {portal.expected_minimum}."
            report.problem("below_minimum", message, severity=Severity.FATAL)
        if portal.expected_maximum is not None and count > portal.expected_maximum:
            message = f"{count} documents were found; the portal's file expects at most {portal.expected_maximum}."
            report.problem("above_maximum", message, severity=Severity.WARNING)
