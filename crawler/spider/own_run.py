"""A run of its own, for a spider that Scrapy's commands or scrapyd start: `scrapy crawl trs -a portal=ID`.

The spider's arguments name the portal and the archive; everything else is as in `gongkai crawl`: manners, captures,
and at the end the report of the run.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
from collections.abc import Mapping
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.misc import load_object

from gongkai.archive import Archive, ArchiveError, Capture, new_run_id
from gongkai.crawler.errors import CrawlerError, SpiderArgumentError
from gongkai.crawler.families.registry import FAMILIES
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.portal.shipped import find_portals
from gongkai.crawler.report.counts import CrawlReport, PortalReport, Severity
from gongkai.crawler.report.filing import store
from gongkai.crawler.spider import given_settings
from gongkai.crawler.spider.watch import Watch
from gongkai.crawler.visit import Run, Visit
from gongkai.crawler.wire import rendering, scrapy_internals
from gongkai.crawler.wire.safe_addresses import GuardedResolver

DEFAULT_ROOT = "gongkai-data"
"""The archive where neither `-a root=` nor `GONGKAI_ROOT` names one, as for `gongkai`."""
ARGUMENTS = ("portal", "root", "limit")
_log = logging.getLogger(__name__)


class NotBegunError(asyncio.CancelledError, IgnoreRequest):
    """Raised where a spider cannot begin and the reason is logged: Scrapy's commands end with code 1 on a task that was
    cancelled, and its shell passes over a request that was ignored, both without a traceback."""


def begin(crawler: Crawler, arguments: Mapping[str, Any]) -> Visit:
    """The visit that the arguments of a spider ask for, with the settings and the watch of every visit.

    What cannot be done is logged in one sentence before NotBegunError is raised.
    """
    try:
        return _begin(crawler, arguments)
    except (CrawlerError, ArchiveError) as error:
        _log.error("%s", error)
        raise NotBegunError(str(error)) from error


def _begin(crawler: Crawler, arguments: Mapping[str, Any]) -> Visit:
    scrapy_internals.check()
    portal = _portal(crawler.spidercls, arguments)
    given_settings.check(crawler.settings, portal)
    if portal.browser and (reason := rendering.impossible(crawler.settings)):
        raise SpiderArgumentError(reason)
    archive = Archive.open(str(arguments.get("root") or os.environ.get("GONGKAI_ROOT") or DEFAULT_ROOT))
    given_settings.state(crawler.settings, portal)
    given_settings.keep_parts(crawler.settings)
    if portal.allow_loopback:
        GuardedResolver.loopback_hosts = GuardedResolver.loopback_hosts | set(portal.hosts)
    run = Run(run_id=new_run_id(dt.datetime.now(dt.UTC)), archive=archive, limit=_limit(arguments.get("limit")))
    is_whole = portal.look_back_days is None
    visit = Visit(run=run, portal=portal, report=PortalReport(portal=portal.id, full=is_whole))
    visit.report.started = dt.datetime.now(dt.UTC)
    # `scrapy parse` and `scrapy fetch` put a start of theirs in the spider's place: such a visit reads one page
    visit.report.limit_reached = not _starts_itself(crawler.spidercls)
    Watch(visit, crawler).connect()
    _End(crawler, visit).connect()
    return visit


def _starts_itself(spider: type[Spider]) -> bool:
    return not spider.start.__module__.startswith("scrapy.commands")


def _portal(spider: type[Spider], arguments: Mapping[str, Any]) -> Portal:
    unknown = [name for name in arguments if name not in ARGUMENTS and not name.startswith("_")]
    if unknown:
        raise SpiderArgumentError(f"The spider takes no argument {unknown[0]!r}; it takes {', '.join(ARGUMENTS)}.")
    if not arguments.get("portal"):
        raise SpiderArgumentError(
            f"The spider {spider.name!r} reads one portal: give -a portal=ID or -a portal=FILE.yaml, as in"
            f" `scrapy crawl {spider.name} -a portal=guangdong/foshan`."
        )
    [portal] = find_portals([str(arguments["portal"])])
    reader = load_object(FAMILIES[portal.family].spider)
    if spider is not reader and spider.__module__.startswith(f"{__package__}."):
        raise SpiderArgumentError(
            f"The portal {portal.id!r} is of the family {portal.family!r}, which the spider {spider.name!r} does not"
            f" read: `scrapy crawl {reader.name} -a portal={arguments['portal']}`."
        )
    return portal


def _limit(given: object) -> int | None:
    text = str(given or "").strip()
    if not text:
        return None
    if not text.isdecimal() or not int(text):
        raise SpiderArgumentError(f"The argument limit is a number of documents above 0, not {text!r}.")
    return int(text)


class _End:
    """Files the report once the engine has stopped, and logs what a person should know."""

    def __init__(self, crawler: Crawler, visit: Visit) -> None:
        self.crawler, self.visit = crawler, visit
        self.started = dt.datetime.now(dt.UTC)
        self.has_filed = False
        visit.run.on_capture = self._captured

    def connect(self) -> None:
        self.crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped, weak=False)

    def _captured(self, capture: Capture) -> None:
        self.has_filed = True

    async def engine_stopped(self) -> None:
        """A run that only looked at a page, and filed nothing, leaves no report."""
        visit = self.visit
        visit.report.finished = finished = dt.datetime.now(dt.UTC)
        report = CrawlReport(
            run_id=visit.run.run_id,
            started=self.started,
            portals=[visit.report],
            finished=finished,
            interrupted=visit.run.interrupted,
        )
        if self.has_filed or _starts_itself(self.crawler.spidercls):
            await asyncio.to_thread(store, visit.archive, report)
        for problem in visit.report.problems:
            level = logging.WARNING if problem.severity is Severity.WARNING else logging.ERROR
            _log.log(level, "%s: %s", visit.portal.id, problem.message)
