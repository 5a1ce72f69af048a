"""Run a crawl: portals in, captures and a report out."""

from __future__ import annotations

import asyncio
import collections
import contextlib
import datetime as dt
import logging
import math
import signal
import threading
import time
from collections.abc import Callable, Container, Iterator, Sequence
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.http import Response
from scrapy.settings import Settings
from scrapy.utils.misc import load_object
from scrapy.utils.reactor import install_reactor
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from gongkai.archive import Archive, ArchiveError, Capture, new_run_id
from gongkai.crawler import settings as project_settings
from gongkai.crawler.errors import AlreadyCrawledError
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.report.counts import CrawlReport, ExitCode, PortalReport, Severity, Watcher
from gongkai.crawler.report.html_page import run_page
from gongkai.crawler.report.latest import Latest
from gongkai.crawler.spider.observation import Observation
from gongkai.crawler.visit import Run, Visit
from gongkai.crawler.wire import rendering, scrapy_internals
from gongkai.crawler.wire.safe_addresses import GuardedResolver

PORTALS_AT_ONCE = 64
"""Portals crawled side by side, hardly more work than one as each is asked once in a second or two; portals that share
a host are crawled one after the other."""

_crawled = threading.Event()


def crawl(
    root: str,
    portals: Sequence[Portal],
    *,
    limit: int | None = None,
    dry_run: bool = False,
    full: Container[str] = (),
    on_capture: Callable[[Capture], None] | None = None,
    spider: type[Spider] | None = None,
    max_seconds: float = math.inf,
    watcher: Watcher | None = None,
) -> CrawlReport:
    """Crawl portals into the archive at `root`; blocks until done, and works once per process.

    `limit` caps the documents asked for, per portal: files, and articles without files.  `dry_run` reads the listing
    pages only, stores nothing, and notes in the report what would be asked for.  `full` holds the ids of the portals
    whose known documents are all asked for again, whatever their age.  `on_capture` is called on the calling
    thread for each capture once it is recorded.  SIGINT and SIGTERM end the crawl in order: what was received is
    recorded, and the report says interrupted.  `spider` reads the portals in place of their families' spiders.
    After `max_seconds` nothing more is begun, and the report names what was cut short.  `watcher` looks on.

    The report is stored as `runs/<run>.json`, and for people as `runs/<run>.html` (not in a dry run); its `exit_code`
    is explained at `report.counts.ExitCode`.  Raises AlreadyCrawledError, InternalsChangedError where the installed
    Scrapy or Twisted do not fit, and what `Archive.open` raises when the root cannot be used.
    """
    if _crawled.is_set():
        raise AlreadyCrawledError("A process can crawl once; start another process for another crawl.")
    scrapy_internals.check()
    archive = Archive.open(root)
    started = dt.datetime.now(dt.UTC)
    run = Run(
        run_id=new_run_id(started),
        archive=archive,
        limit=limit,
        dry_run=dry_run,
        full=full,
        on_capture=on_capture,
        spider=spider,
        deadline=time.monotonic() + max_seconds,
        watcher=watcher,
    )
    visits = [_visit_to(run, portal) for portal in portals]
    report = CrawlReport(
        run_id=run.run_id, started=started, portals=[visit.report for visit in visits], dry_run=dry_run
    )
    if visits:
        _crawled.set()
        with _signal_handlers_restored():
            _visit_all(run, visits)
    report.interrupted = run.interrupted
    report.finished = dt.datetime.now(dt.UTC)
    if not dry_run:
        _store(archive, report)
    return report


def _visit_to(run: Run, portal: Portal) -> Visit:
    sweeps = portal.id in run.full or portal.look_back_days is None
    return Visit(run=run, portal=portal, report=PortalReport(portal=portal.id, full=sweeps))


def _store(archive: Archive, report: CrawlReport) -> None:
    document = report.as_dict()
    try:
        before = {name: known["last"] for name, known in Latest.of(archive).portals.items()}
        archive.write_run_page(report.run_id, run_page(document, before))
        archive.write_run_report(report.run_id, document)
    except ArchiveError as error:
        if not report.portals:
            raise
        report.portals[0].problem("archive_failed", f"The run report was not stored: {error}", severity=Severity.FATAL)


@contextlib.contextmanager
def _signal_handlers_restored() -> Iterator[None]:
    """Scrapy installs its own handlers for SIGINT and SIGTERM and leaves them behind."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _visit_all(run: Run, visits: Sequence[Visit]) -> None:
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    install_reactor(settings["TWISTED_REACTOR"])
    allowed = [visit.portal.hosts for visit in visits if visit.portal.allow_loopback]
    GuardedResolver.loopback_hosts = set().union(*allowed)
    GuardedResolver.refused = set()
    # a caller that logs already keeps its own handlers
    settings.set("LOG_INSTALL_ROOT_HANDLER", not logging.getLogger().handlers, priority="project")
    process = CrawlerProcess(settings)
    queues = collections.deque(by_shared_host(visits))
    for _ in range(min(PORTALS_AT_ONCE, len(queues))):
        _visit_queues(process, run, queues)
    process.start(install_signal_handlers=threading.current_thread() is threading.main_thread())
    for visit in visits:
        _finish(visit)


def _finish(visit: Visit) -> None:
    """Record what a second SIGINT, which stops the reactor at once, left unrecorded."""
    if visit.report.finished is None:  # a portal that was not begun has no end either
        if visit.run.interrupted or not visit.run.is_over:
            visit.run.interrupted = True
        else:
            _cut_short(visit.report, "the time of the run was over before its turn")
    batch, visit.unrecorded = visit.unrecorded, []
    if not batch:
        return
    try:
        visit.record(batch)
    except ArchiveError as error:
        visit.report.problem("archive_failed", str(error), batch[0].capture.url, Severity.FATAL)
    else:
        visit.acknowledge(batch)


def _cut_short(report: PortalReport, why: str) -> None:
    """Note that a portal was not read whole for want of time; it stays due."""
    report.limit_reached = True
    report.problem("time_over", f"The crawl of {report.portal!r} was cut short: {why}; it stays due.")


def by_shared_host(visits: Sequence[Visit]) -> list[list[Visit]]:
    """Visits in groups that share no host, each group in the order given."""
    groups: list[tuple[set[str], list[Visit]]] = []
    for visit in visits:
        hosts, members = set(visit.portal.hosts), [visit]
        for group in [group for group in groups if group[0] & hosts]:
            groups.remove(group)
            hosts |= group[0]
            members = [*group[1], *members]
        groups.append((hosts, members))
    return [members for _, members in groups]


def _visit_queues(process: CrawlerProcess, run: Run, queues: collections.deque[list[Visit]]) -> None:
    """Crawl one portal after the other until the queues are empty; several of these run side by side."""
    if queues and not run.is_over:
        _visit(process, run, queues.popleft(), queues)


def _visit(process: CrawlerProcess, run: Run, queue: list[Visit], queues: collections.deque[list[Visit]]) -> None:
    visit = queue.pop(0)
    if visit.portal.browser and (reason := rendering.impossible(process.settings)):
        visit.report.problem("browser_missing", reason, severity=Severity.FATAL)
        visit.report.started = visit.report.finished = dt.datetime.now(dt.UTC)
        _visit_next(process, run, queue, queues)
        return
    spider = run.spider or load_object(FAMILIES[visit.portal.family].spider)
    crawler = Crawler(spider, _settings_of(process, visit.portal))
    watch = _Watch(visit, crawler)
    crawler.signals.connect(watch.spider_opened, signal=signals.spider_opened, weak=False)
    crawler.signals.connect(watch.spider_closed, signal=signals.spider_closed, weak=False)
    crawler.signals.connect(watch.spider_error, signal=signals.spider_error, weak=False)
    crawler.signals.connect(watch.item_error, signal=signals.item_error, weak=False)
    visit.report.started = dt.datetime.now(dt.UTC)

    def done(result: object) -> None:
        if isinstance(result, Failure):  # the catch-all of this stage: one portal's crash stops no other
            visit.report.problem(
                "crash", f"The crawl of {visit.portal.id!r} crashed: {result.value!r}.", severity=Severity.FATAL
            )
        visit.report.finished = dt.datetime.now(dt.UTC)
        _visit_next(process, run, queue, queues)

    finished: Deferred[None] = process.crawl(crawler, visit=visit)
    finished.addBoth(done)


def _visit_next(process: CrawlerProcess, run: Run, queue: list[Visit], queues: collections.deque[list[Visit]]) -> None:
    if queue and not run.is_over:
        _visit(process, run, queue, queues)
    else:
        _visit_queues(process, run, queues)


def _settings_of(process: CrawlerProcess, portal: Portal) -> Settings:
    settings: Settings = process.settings.copy()
    if portal.delay_seconds is not None:
        settings.set("DOWNLOAD_DELAY", portal.delay_seconds, priority="spider")
    if portal.timeout_seconds is not None:
        settings.set("DOWNLOAD_TIMEOUT", portal.timeout_seconds, priority="spider")
    if portal.browser is not None:
        rendering.configure(settings)
    limits = {
        "PAGE_MAXSIZE": portal.limits.page_bytes,
        "DOWNLOAD_MAXSIZE": portal.limits.file_bytes,
        "MINIMUM_RATE": portal.limits.bytes_per_second,
        "LISTING_MAX_PAGES": portal.limits.pages,
        "PORTAL_MAX_SECONDS": portal.limits.seconds,
    }
    settings.update({name: value for name, value in limits.items() if value is not None}, priority="spider")
    return settings


class _Watch:
    """Sees to it that nothing passes in silence: notes what Scrapy would only log, and draws the conclusions of a
    visit when its spider closes."""

    def __init__(self, visit: Visit, crawler: Crawler) -> None:
        self.visit = visit
        self.crawler = crawler
        self._clock: Any = None
        self._closing: asyncio.Future[None] | None = None

    def spider_opened(self, spider: Spider) -> None:
        from twisted.internet import reactor  # noqa: PLC0415  importing it chooses one

        clock: Any = reactor
        left = self.visit.run.deadline - time.monotonic()
        patience = min(left, self.crawler.settings.getfloat("PORTAL_MAX_SECONDS"))
        self._clock = clock.callLater(max(0.0, patience), self._time_is_over)

    def _time_is_over(self) -> None:
        _cut_short(self.visit.report, "its time was over")
        if self.crawler.engine is not None:
            self._closing = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="time_over"))

    def spider_closed(self, spider: Spider, reason: str) -> None:
        visit, report = self.visit, self.visit.report
        if self._clock is not None and self._clock.active():
            self._clock.cancel()
        if reason == "shutdown":
            visit.run.interrupted = True
        is_whole = reason == "finished" and not report.limit_reached and not visit.run.dry_run
        if is_whole and report.exit_code < ExitCode.LISTING_FAILED:
            self._compare(visit.portal, report)

    def spider_error(self, failure: Failure, response: Response, spider: Spider) -> None:
        message = f"Reading {response.url!r} failed: {failure.value!r}; this is a mistake of the crawler's."
        self.visit.report.problem("crash", message, response.url, Severity.FATAL)

    def item_error(self, item: Observation, failure: Failure, spider: Spider) -> None:
        message = f"Filing {item.capture.url!r} failed: {failure.value!r}; this is a mistake of the crawler's."
        self.visit.report.problem("crash", message, item.capture.url, Severity.FATAL)

    def _compare(self, portal: Portal, report: PortalReport) -> None:
        count = report.documents
        if portal.expected_minimum is not None and count < portal.expected_minimum:
            message = f"{count} documents were found; the portal's file expects at least {portal.expected_minimum}."
            report.problem("below_minimum", message, severity=Severity.FATAL)
        if portal.expected_maximum is not None and count > portal.expected_maximum:
            message = f"{count} documents were found; the portal's file expects at most {portal.expected_maximum}."
            report.problem("above_maximum", message, severity=Severity.WARNING)
