"""Portals crawled by a cluster.

A worker crawls a portal in a child process of its own, which files everything in the archive and leaves the portal's
run report there, as a crawl of that portal alone does; the counts travel back.  A host is never at two workers: portals
that share one are given out one after the other, and every crawl holds the locks of its hosts in the archive (see
``crawler.spider.host_locks``), also that of a worker that was only lost from sight.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import datetime as dt
import multiprocessing
import multiprocessing.connection
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from distributed import Future, KilledWorker, get_worker, secede

from gongkai.archive import Archive, ArchiveError, new_run_id
from gongkai.archive.children import spawned
from gongkai.cluster import children
from gongkai.cluster.connection import connected
from gongkai.cluster.terms import Terms, assure, marked
from gongkai.crawler.errors import CrawlerError
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.report.counts import CrawlReport, PortalReport, Severity
from gongkai.crawler.run import by_shared_host, crawl
from gongkai.crawler.spider.watch import cut_short

PORTALS_PER_THREAD = 8
"""A portal is waiting nearly all of the time, for its own pauses; its child takes about 100 MB."""

_LOOK_EVERY_SECONDS = 1.0
"""Between two looks whether anybody still waits for a portal."""


@dataclasses.dataclass(frozen=True, slots=True)
class Visiting:
    """A portal to crawl, and how: as the arguments of ``crawler.run.crawl`` of these names."""

    portal: Portal
    limit: int | None
    dry_run: bool
    full: bool
    max_seconds: float
    settings: Mapping[str, str]
    silent_hosts: dict[str, type[Exception]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Visited:
    """The report of a portal, and the hosts that are to be left alone for the rest of the command."""

    report: PortalReport
    silent_hosts: Mapping[str, type[Exception]]


def cluster_crawl(
    root: str,
    address: str,
    portals: Sequence[Portal],
    *,
    limit: int | None,
    dry_run: bool,
    full: Collection[str],
    max_seconds: float,
    settings: Mapping[str, str],
    on_portal: Callable[[PortalReport], None],
) -> CrawlReport:
    """Crawl portals by the cluster at an address; arguments and result as of ``crawler.run.crawl``.

    ``on_portal`` is called with each portal's report once it is done.  Raises CommandError where the cluster cannot be
    used, or is lost, and what ``crawl`` raises.
    """
    started, deadline = dt.datetime.now(dt.UTC), time.monotonic() + max_seconds
    visits = [Visiting(portal, limit, dry_run, portal.id in full, max_seconds, settings) for portal in portals]
    queue = HostQueue(visits)
    silent_hosts: dict[str, type[Exception]] = {}

    def take() -> Visiting | None:
        left = deadline - time.monotonic()
        visiting = queue.take() if left > 0 else None
        return visiting and dataclasses.replace(visiting, max_seconds=left, silent_hosts=silent_hosts)

    reports: dict[str, PortalReport] = {}
    with marked(Archive.open(root).store, "crawl") as terms, connected(address, terms) as cluster:
        for visiting, future in cluster.each(visit_here, take, per_thread=PORTALS_PER_THREAD):
            visited = _visited(visiting.portal, future)
            silent_hosts.update(visited.silent_hosts)
            report = reports[visiting.portal.id] = visited.report
            report.shorten(len(visits))
            queue.done(visiting)
            on_portal(report)
    return CrawlReport(
        run_id=new_run_id(started),
        started=started,
        portals=[reports.get(visiting.portal.id) or _not_begun(visiting) for visiting in visits],
        finished=dt.datetime.now(dt.UTC),
        dry_run=dry_run,
    )


class HostQueue:
    """Portals to be given out, of those that share a host one at a time."""

    def __init__(self, visits: Sequence[Visiting]) -> None:
        groups = [collections.deque(group) for group in by_shared_host(visits)]
        self._group_of = {visiting.portal.id: group for group in groups for visiting in group}
        self._ready = collections.deque(groups)

    def take(self) -> Visiting | None:
        """The next portal; None while those left have to wait for another of their host, or none is left."""
        return self._ready.popleft().popleft() if self._ready else None

    def done(self, visiting: Visiting) -> None:
        """A portal that was taken is done: the next of its hosts may be."""
        if group := self._group_of[visiting.portal.id]:
            self._ready.append(group)


def _not_begun(visiting: Visiting) -> PortalReport:
    report = PortalReport(portal=visiting.portal.id, full=visiting.full)
    cut_short(report, "the time of the run was over before its turn")
    return report


def _visited(portal: Portal, future: Future[Any]) -> Visited:
    try:
        visited: Visited = future.result()
    except KilledWorker:
        visited = _failed(portal, "every worker that was given it went away")
    except ArchiveError as error:
        visited = _failed(portal, str(error), kind="archive_failed")
    return visited


def _failed(portal: Portal, why: str, *, kind: str = "crash") -> Visited:
    report = PortalReport(portal=portal.id)
    report.problem(kind, f"The crawl of {portal.id!r} failed: {why}.", severity=Severity.FATAL)
    return Visited(report, {})


def visit_here(terms: Terms, visiting: Visiting) -> Visited:
    """On a worker: crawl a portal in a child process, and stop it once nobody waits for it."""
    assure(terms)
    worker, task = get_worker(), get_worker().get_current_task()
    secede()  # the worker's threads are for what computes
    children.allow()
    here, there = multiprocessing.Pipe()
    with children.starting():
        child = spawned(_visit, there, terms.root, visiting)
    there.close()
    with contextlib.closing(here):
        while not here.poll(_LOOK_EVERY_SECONDS) and children.is_wanted(worker, task):
            pass
        try:
            answer = here.recv() if here.poll() else None
        except EOFError:
            answer = None
        if answer is None:
            child.terminate()  # as SIGTERM ends a crawl: what was received is recorded
        child.join()
    if isinstance(answer, Exception):
        raise answer
    return answer or _failed(visiting.portal, f"its process ended with code {child.exitcode}")


def _visit(pipe: multiprocessing.connection.Connection, root: str, visiting: Visiting) -> None:
    """The life of the child: crawl, answer with what was found or with an error that a person can cause."""
    children.end_with_parent()
    portal = visiting.portal
    silent_hosts = dict(visiting.silent_hosts)
    answer: Visited | Exception
    try:
        report = crawl(
            root,
            [portal],
            limit=visiting.limit,
            dry_run=visiting.dry_run,
            full=[portal.id] if visiting.full else [],
            max_seconds=visiting.max_seconds,
            settings=visiting.settings,
            silent_hosts=silent_hosts,
        )
        answer = Visited(report.portals[0], silent_hosts)
    except (CrawlerError, ArchiveError) as error:
        answer = error
    pipe.send(answer)
