"""One portal in one run: what its spider, middlewares and pipeline share."""

from __future__ import annotations

import dataclasses
import math
import time
import weakref
from collections.abc import Callable, Container, Mapping
from urllib.parse import urlsplit

from scrapy import Spider
from scrapy.crawler import Crawler

from gongkai.archive import Archive, Capture, Latest
from gongkai.archive.keeping import Keeper
from gongkai.crawler.errors import NoArchiveError
from gongkai.crawler.families.parameters import Parameters
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.report.counts import PortalReport, Watcher


@dataclasses.dataclass(slots=True, kw_only=True)
class Run:
    """One run, as far as its portals share it.

    `full` holds the ids of the portals to be swept whole.  `silent_hosts` are left alone for the rest of the run: host
    (with port) → why; `stops_in_a_row` counts the pages of a firewall that each host served last.  `spider` reads the
    portals in place of their families' spiders, where it is given.  `deadline` is the monotonic time at which the run
    ends.  `watcher` looks on, if anybody does.  `portals` is their number.  `keeper` keeps their originals, from the
    first one on.
    """

    run_id: str
    archive: Archive | None
    limit: int | None = None
    dry_run: bool = False
    full: Container[str] = ()
    on_capture: Callable[[Capture], None] | None = None
    spider: type[Spider] | None = None
    silent_hosts: dict[str, type[Exception]] = dataclasses.field(default_factory=dict)
    stops_in_a_row: dict[str, int] = dataclasses.field(default_factory=dict)
    interrupted: bool = False
    deadline: float = math.inf
    watcher: Watcher | None = None
    portals: int = 1
    keeper: Keeper | None = None

    @property
    def is_over(self) -> bool:
        """True once nothing more is begun: a person ended the run, or its time did."""
        return self.interrupted or time.monotonic() >= self.deadline


@dataclasses.dataclass(frozen=True, slots=True)
class Received:
    """A capture whose original is stored, and whether a body came with it."""

    capture: Capture
    with_body: bool


@dataclasses.dataclass(slots=True, kw_only=True)
class Visit:
    """The state of one portal's crawl.

    `known` is the last observation with a payload of each address, as earlier runs left it, filled when the spider
    opens.  `documents` counts the attachments asked for and the articles that are documents themselves.  `unrecorded`
    holds what is stored and waits for its capture record.  `is_finished` is set once nothing is left to ask for.
    """

    run: Run
    portal: Portal
    report: PortalReport
    known: Mapping[str, Capture] = dataclasses.field(default_factory=dict)
    documents: int = 0
    unrecorded: list[Received] = dataclasses.field(default_factory=list)
    is_finished: bool = False

    @property
    def full(self) -> bool:
        """True where everything known is asked for again."""
        return self.portal.id in self.run.full

    @property
    def is_complete(self) -> bool:
        """True once every lead was followed to its end."""
        return self.is_finished and not self.report.limit_reached and not self.run.dry_run

    @property
    def archive(self) -> Archive:
        """The archive of the run.  Raises NoArchiveError where there is none."""
        if self.run.archive is None:
            raise NoArchiveError(
                f"Nothing is filed without an archive: start the spider as in `scrapy crawl trs -a portal=ID`,"
                f" and not as {self.portal.id!r}."
            )
        return self.run.archive

    def saw(self, url: str, *, read: bool = False) -> None:
        """Note that a known address was met again, under http or https."""
        if isinstance(self.known, Latest):
            rest = url.partition("://")[2]
            self.known.saw(f"http://{rest}", f"https://{rest}", read=read)

    def was_gone(self, url: str) -> bool:
        """True where the last observation of a known address says that it is gone."""
        return isinstance(self.known, Latest) and self.known.was_gone(url)

    def children(self, url: str) -> list[Capture]:
        """The last observations of what stood on a known page."""
        return self.known.children(url) if isinstance(self.known, Latest) else []

    def record(self, batch: list[Received]) -> None:
        """Write the capture records of a batch; blocks.  Raises what the archive raises."""
        self.archive.record([received.capture for received in batch])

    def acknowledge(self, batch: list[Received]) -> None:
        """Count a batch whose records are written, and tell the caller of the crawl."""
        for received in batch:
            self.report.count(received.capture, received=received.with_body)
            if self.run.on_capture:
                self.run.on_capture(received.capture)

    def sent(self, url: str) -> None:
        """Note that a request is sent now, for what the report says of politeness."""
        self.report.host(urlsplit(url).netloc.lower()).sent(time.monotonic())

    def previous(self, url: str) -> Capture | None:
        """The last observation of an address that left a payload in the archive, if any."""
        return self.known.get(url)

    def take_document(self) -> bool:
        """Claim one of the documents the limit allows; False when they are used up."""
        if self.limit_reached:
            return False
        self.documents += 1
        return True

    @property
    def limit_reached(self) -> bool:
        return self.run.limit is not None and self.documents >= self.run.limit


def visit_of(crawler: Crawler) -> Visit:
    """The visit a Scrapy component works for; its spider carries it.

    A spider of Scrapy's own (`scrapy shell`, `scrapy fetch`) or of a person's visits no portal: it gets a visit that
    keeps all manners and files nothing.
    """
    visit = getattr(crawler.spider, "visit", None)
    if not isinstance(visit, Visit):
        visit = _loose.get(crawler)
        if visit is None:
            visit = _loose[crawler] = _visit_to_no_portal(crawler)
    return visit


_loose: weakref.WeakKeyDictionary[Crawler, Visit] = weakref.WeakKeyDictionary()
"""The visits of crawlers whose spiders visit no portal."""


def _visit_to_no_portal(crawler: Crawler) -> Visit:
    name = str(getattr(crawler.spidercls, "name", ""))
    nowhere = Portal(
        id=name,
        name=name,
        family="static",
        division_code="",
        start_urls=(),
        parameters=Parameters(),
        allow_loopback=crawler.settings.getbool("ALLOW_LOOPBACK"),
    )
    return Visit(run=Run(run_id="", archive=None), portal=nowhere, report=PortalReport(portal=name))
