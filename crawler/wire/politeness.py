"""Manners: hosts that defend themselves are left alone, hosts that ask for patience get it."""

from __future__ import annotations

import asyncio
import datetime as dt
import email.utils
import math
import time
from urllib.parse import urlsplit

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from gongkai.archive import Role
from gongkai.crawler.errors import HostChallengedError, HostRestingError, RequestRefusedError
from gongkai.crawler.report.counts import Severity
from gongkai.crawler.visit import visit_of
from gongkai.crawler.wire.carried_leads import lead_in
from gongkai.crawler.wire.outcome import challenge_of, is_of_a_firewall

THROTTLED = frozenset({429, 503})
MOST_STOPS = 3
"""Pages of a firewall, one after the other, after which a host is left alone."""


class LimitReachedError(IgnoreRequest):
    """Raised when a page would be read only to find documents beyond the limit; leaves no capture."""


class CrawlStoppedError(IgnoreRequest):
    """Raised for a request that waited for its turn when the crawl was stopped; leaves no capture."""


def host_of(url: str) -> str:
    """Host and port of an address: what is left alone, and what is slowed."""
    return urlsplit(url).netloc.lower()


class Gatekeeper:
    """Downloader middleware that holds back what should not be asked for any more.

    Once a host has served an anti-bot page, or a firewall's page `MOST_STOPS` times in a row, nothing further is
    requested from it in this run, by any portal.  The page itself ends as outcome `challenged`, and so do the requests
    that are not made because of it.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Gatekeeper:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        visit, host = visit_of(self.crawler), host_of(request.url)
        if silent := visit.run.silent_hosts.get(host):
            raise silent(f"The host {host!r} is left alone for the rest of the run.")
        lead = lead_in(request)
        if lead is not None and lead.role not in {Role.ATTACHMENT, Role.PICTURE} and visit.limit_reached:
            raise LimitReachedError(f"The limit of {visit.run.limit} documents is reached.")

    def process_response(self, request: Request, response: Response) -> Response:
        if name := challenge_of(response.status, response.body):
            request.meta["challenge"] = f"an anti-bot page of {name}"
            self._silence(host_of(request.url), HostChallengedError, f"an anti-bot page of {name}", request.url)
        elif not 300 <= response.status < 400:
            self._count_stops(request, is_stopped=is_of_a_firewall(response.body))
        return response

    def _count_stops(self, request: Request, *, is_stopped: bool) -> None:
        """A firewall that dislikes one address lets the next one pass; one that does not is in earnest."""
        stops, host = visit_of(self.crawler).run.stops_in_a_row, host_of(request.url)
        stops[host] = stops.get(host, 0) + 1 if is_stopped else 0
        if is_stopped:
            request.meta["challenge"] = "the page of a firewall that stopped the request"
        if stops[host] >= MOST_STOPS:
            self._silence(host, HostChallengedError, f"a firewall's page {MOST_STOPS} times in a row", request.url)

    def _silence(self, host: str, reason: type[RequestRefusedError], what: str, url: str) -> None:
        visit = visit_of(self.crawler)
        if host not in visit.run.silent_hosts:
            visit.run.silent_hosts[host] = reason
            message = f"The host {host!r} served {what} and is left alone for the rest of the run."
            visit.report.problem(reason.outcome.value, message, url)


class Patience:
    """Extension that turns 429 and 503 into longer pauses for the host that sent them.

    It acts on `response_downloaded`, which Scrapy sends before it takes the next request from the host's queue, so that
    not even a waiting request slips through.  AutoThrottle shortens the pause again after good answers.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.longest = crawler.settings.getfloat("RETRY_AFTER_MAX_SECONDS")
        self.first = crawler.settings.getfloat("THROTTLED_DELAY_SECONDS")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Patience:
        extension = cls(crawler)
        crawler.signals.connect(extension.response_downloaded, signal=signals.response_downloaded)
        return extension

    def response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        slot = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if response.status not in THROTTLED or slot is None:
            return
        asked = retry_after(response, dt.datetime.now(dt.UTC))
        wait = asked if asked is not None else max(self.first, 2 * slot.delay)
        if wait > self.longest:
            self._give_up(request, wait)
        else:
            # a slot's pause runs from when it took the request; the one asked for runs from the answer, which is now
            slot.delay = max(slot.delay, wait + max(0.0, time.monotonic() - slot.lastseen))

    def _give_up(self, request: Request, wait: float) -> None:
        visit, host = visit_of(self.crawler), host_of(request.url)
        request.meta["dont_retry"] = True
        visit.run.silent_hosts.setdefault(host, HostRestingError)
        message = f"The host {host!r} asks for {wait:.0f} s of patience and is left alone for the rest of the run."
        visit.report.problem("host_resting", message, request.url, Severity.ERROR)


class Leave:
    """Extension that lets a stopped crawl go at once: what waits for its turn behind a pause is given up.

    Scrapy waits for every request it has taken up, also for those that a host's pause holds back for an hour.
    """

    LOOK_EVERY_SECONDS = 0.2

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._watching: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Leave:
        extension = cls(crawler)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        if self.crawler.crawling:  # in `scrapy shell` nothing ever is
            self._watching = asyncio.ensure_future(self._watch())

    def spider_closed(self, spider: Spider) -> None:
        if self._watching is not None:
            self._watching.cancel()

    async def _watch(self) -> None:
        """Requests can come to wait after the crawl was stopped too, such as those that follow on robots.txt."""
        while True:
            await asyncio.sleep(self.LOOK_EVERY_SECONDS)
            if not self.crawler.crawling:
                self._give_up_what_waits()

    def _give_up_what_waits(self) -> None:
        for slot in self.crawler.engine.downloader.slots.values():
            while slot.queue:
                _, waiting = slot.queue.popleft()
                waiting.errback(CrawlStoppedError("The crawl was stopped before this request had its turn."))


def retry_after(response: Response, now: dt.datetime) -> float | None:
    """Seconds a Retry-After header asks for, given as a number or as a date; None without a readable one."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value)
    try:
        moment = email.utils.parsedate_to_datetime(value)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
        return max(0.0, math.ceil((moment - now).total_seconds()))
    except (ValueError, OverflowError):  # no date, or one that no calendar holds
        return None
