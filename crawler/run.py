"""Run a crawl: portals in, captures and a report out."""

from __future__ import annotations

import collections
import contextlib
import datetime as dt
import logging
import math
import signal
import threading
import time
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from scrapy import Spider
from scrapy.crawler import Crawler, CrawlerProcess
from scrapy.settings import Settings
from scrapy.utils.misc import load_object
from scrapy.utils.reactor import install_reactor
from twisted.internet.defer import Deferred
from twisted.python.failure import Failure

from gongkai.archive import Archive, ArchiveError, Capture, new_run_id
from gongkai.crawler.errors import AlreadyCrawledError, SettingRefusedError
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.report.counts import CrawlReport, PortalReport, Severity, Watcher
from gongkai.crawler.report.filing import crawled_before, store
from gongkai.crawler.spider import given_settings
from gongkai.crawler.spider.watch import Watch, cut_short
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
    settings: Mapping[str, str] | None = None,
    watcher: Watcher | None = None,
    silent_hosts: dict[str, type[Exception]] | None = None,
) -> CrawlReport:
    """Crawl portals into the archive at `root`; blocks until done, and works once per process.

    `limit` caps the documents asked for, per portal: files, and articles without files.  `dry_run` reads the listing
    pages only, stores nothing, and notes in the report what would be asked for.  `full` holds the ids of the portals
    whose known documents are all asked for again, whatever their age.  `on_capture` is called on the calling
    thread for each capture once it is recorded.  SIGINT and SIGTERM end the crawl in order: what was received is
    recorded, and the report says interrupted.  `spider` reads the portals in place of their families' spiders.
    After `max_seconds` nothing more is begun, and the report names what was cut short.  `settings` are Scrapy's, by
    name and value, see `spider.given_settings`.  `watcher` looks on.  `silent_hosts` are left alone
    (host, with port, → why, as in `visit.Run`); those that this run has to leave alone are added.

    The report is stored as `runs/<run>.json`, and for people as `runs/<run>.html` (not in a dry run); its `exit_code`
    is explained at `report.counts.ExitCode`.  Raises AlreadyCrawledError, SettingRefusedError, InternalsChangedError
    where the installed Scrapy or Twisted do not fit, and what `Archive.open` raises when the root cannot be used.
    """
    if _crawled.is_set():
        raise AlreadyCrawledError("A process can crawl once; start another process for another crawl.")
    scrapy_internals.check()
    scrapy_settings = _settings(settings or {}, portals)
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
        portals=len(portals),
        silent_hosts={} if silent_hosts is None else silent_hosts,
    )
    visits = [_visit_to(run, portal) for portal in portals]
    report = CrawlReport(
        run_id=run.run_id, started=started, portals=[visit.report for visit in visits], dry_run=dry_run
    )
    before = None
    if not dry_run:
        with contextlib.suppress(ArchiveError):  # which the end of the run meets again, and tells
            before = crawled_before(archive)
    if visits:
        _crawled.set()
        with _signal_handlers_restored():
            _visit_all(run, visits, scrapy_settings)
    report.interrupted = run.interrupted
    report.finished = dt.datetime.now(dt.UTC)
    if not dry_run:
        store(archive, report, before)
    return report


def _settings(given: Mapping[str, str], portals: Sequence[Portal]) -> Settings:
    """The project's settings with those given for this run, of which none may harm any of the portals."""
    settings = given_settings.of_project()
    given_settings.give(settings, given)
    for portal in portals:
        given_settings.check(settings, portal)
    if "FEEDS" in given and len(portals) > 1:
        raise SettingRefusedError(f"The setting FEEDS is for one portal: {len(portals)} would write over one another.")
    given_settings.keep_parts(settings)
    return settings


def _visit_to(run: Run, portal: Portal) -> Visit:
    sweeps = portal.id in run.full or portal.look_back_days is None
    return Visit(run=run, portal=portal, report=PortalReport(portal=portal.id, full=sweeps))


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


def _visit_all(run: Run, visits: Sequence[Visit], settings: Settings) -> None:
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
            cut_short(visit.report, "the time of the run was over before its turn")
    batch, visit.unrecorded = visit.unrecorded, []
    if not batch:
        return
    try:
        visit.record(batch)
    except ArchiveError as error:
        visit.report.problem("archive_failed", str(error), batch[0].capture.url, Severity.FATAL)
    else:
        visit.acknowledge(batch)


class OfPortal(Protocol):
    """Whatever is to be done with a portal."""

    @property
    def portal(self) -> Portal: ...


V = TypeVar("V", bound=OfPortal)


def by_shared_host(visits: Sequence[V]) -> list[list[V]]:
    """Visits in groups that share no host, each group in the order given.

    The work grows with the visits, not with their square: hosts are joined under one that stands for all of a group.
    """
    joined: dict[str, str] = {}

    def representative(host: str) -> str:
        """The host that stands for all that were joined with this one; on the way there every second link is cut."""
        while (above := joined.setdefault(host, host)) != host:
            joined[host] = host = joined[above]
        return host

    for visit in visits:
        first, *others = visit.portal.hosts
        for host in others:
            joined[representative(host)] = representative(first)
    groups: dict[str, list[V]] = {}
    for visit in visits:
        groups.setdefault(representative(next(iter(visit.portal.hosts))), []).append(visit)
    return list(groups.values())


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
    settings = process.settings.copy()
    given_settings.state(settings, visit.portal)
    crawler = Crawler(spider, settings)
    watch = Watch(visit, crawler)
    watch.connect()
    visit.report.started = dt.datetime.now(dt.UTC)

    def done(result: object) -> None:
        watch.disconnect()
        if isinstance(result, Failure):  # the catch-all of this stage: one portal's crash stops no other
            visit.report.problem(
                "crash", f"The crawl of {visit.portal.id!r} crashed: {result.value!r}.", severity=Severity.FATAL
            )
        visit.report.finished = dt.datetime.now(dt.UTC)
        visit.report.shorten(run.portals)
        _visit_next(process, run, queue, queues)

    finished: Deferred[None] = process.crawl(crawler, visit=visit)
    finished.addBoth(done)


def _visit_next(process: CrawlerProcess, run: Run, queue: list[Visit], queues: collections.deque[list[Visit]]) -> None:
    if queue and not run.is_over:
        _visit(process, run, queue, queues)
    else:
        _visit_queues(process, run, queues)
