"""robots.txt (RFC 9309), read more cautiously than Scrapy does.

Scrapy takes an unreadable robots.txt as permission.  Here permission is established only by a readable file that
allows the address, or by 404 or 410: no file is published.  Anything else (403, an HTML page, an error, no answer)
means that permission could not be established, and nothing of the host is requested.  Crawl-delay and Request-rate are
kept.
"""

from __future__ import annotations

import asyncio
import dataclasses
import math
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK

from gongkai.archive import Outcome
from gongkai.crawler.errors import (
    HostChallengedError,
    HostRestingError,
    RobotsDeniedError,
    RobotsUnreachableError,
    UnsafeAddressError,
)
from gongkai.crawler.pages.media_types import is_html
from gongkai.crawler.pages.page import decode
from gongkai.crawler.visit import visit_of
from gongkai.crawler.wire.outcome import DOWNLOAD_ERRORS, READABLE, verdict_of_error

ROBOTS = "reads_robots"
PUBLISHED_NOWHERE = frozenset({404, 410})
UNREACHABLE = frozenset({Outcome.TIMEOUT, Outcome.TLS_ERROR, Outcome.CONNECTION_ERROR, Outcome.UNSAFE_ADDRESS})


@dataclasses.dataclass(frozen=True, slots=True)
class Rules:
    """A host's robots.txt: its rules, or the reason why permission could not be established.

    `failure` is the outcome where no answer came at all, or an anti-bot page in its place.  `pause` are the seconds
    between two requests that the rules ask for.
    """

    rules: Protego | None = None
    unreadable: str = ""
    failure: Outcome | None = None
    pause: float = 0.0


class RobotsMiddleware:
    """Downloader middleware that lets only permitted requests through; each robots.txt is read once per visit."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.longest = crawler.settings.getfloat("CRAWL_DELAY_MAX_SECONDS")
        self._reading: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get(ROBOTS):
            return
        parts = urlsplit(request.url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._reading:
            self._reading[origin] = asyncio.ensure_future(self._read(origin))
        self._decide(request.url, origin, await self._reading[origin])

    def _decide(self, url: str, origin: str, robots: Rules) -> None:
        if robots.failure in UNREACHABLE:
            raise RobotsUnreachableError(
                f"{origin} cannot be reached ({robots.unreadable.rstrip('.')}).", robots.failure
            )
        if robots.failure is Outcome.CHALLENGED:
            raise HostChallengedError(f"{origin}/robots.txt is an anti-bot page; the host is left alone.")
        if robots.unreadable:
            raise RobotsDeniedError(
                f"{origin}/robots.txt could not be read ({robots.unreadable}); nothing is requested."
            )
        if robots.rules is not None and not robots.rules.can_fetch(url, self.agent):
            raise RobotsDeniedError(f"{origin}/robots.txt forbids {url!r}.")
        if robots.pause > self.longest:
            raise HostRestingError(f"{origin}/robots.txt asks for {robots.pause:g} s between two requests.")

    async def _read(self, origin: str) -> Rules:
        request = Request(f"{origin}/robots.txt", meta={ROBOTS: True}, callback=NO_CALLBACK, priority=1000)
        try:
            response = await self.crawler.engine.download_async(request)
        except DOWNLOAD_ERRORS as error:
            verdict = verdict_of_error(error, request.url)
            # a robots.txt that redirects out of the public network is unreadable; the host itself is not unsafe
            failure = None if isinstance(error, UnsafeAddressError) else verdict.outcome
            visit_of(self.crawler).report.host(urlsplit(origin).netloc).robots = f"no answer: {verdict.reason}"
            return Rules(unreadable=verdict.reason, failure=failure)
        robots = read_rules(response, self.agent)
        report, host = visit_of(self.crawler).report, urlsplit(origin).netloc
        report.host(host).robots = self._in_words(robots)
        if robots.pause > self.longest:
            message = f"The host {host!r} asks for {robots.pause:g} s between two requests and is left alone;"
            report.problem("host_resting", f"{message} at most {self.longest:g} s are kept.", request.url)
        elif robots.rules is not None:
            self._keep_pace(urlsplit(origin).hostname or "", robots.pause)
        return robots

    def _in_words(self, robots: Rules) -> str:
        """The rules in words, for the report."""
        if robots.unreadable:
            return f"unreadable: {robots.unreadable}"
        if robots.rules is None:
            return "none published"
        return f"obeyed, {robots.pause:g} s between requests" if robots.pause else "obeyed"

    def _keep_pace(self, host: str, pause: float) -> None:
        """Keep the pause that robots.txt asks for, over AutoThrottle and over a shorter one in the portal's file."""
        throttle = self.crawler.get_extension(AutoThrottle)
        if throttle is not None and pause > throttle.mindelay:
            throttle.mindelay, throttle.maxdelay = pause, max(pause, throttle.maxdelay)
        slot = self.crawler.engine.downloader.slots.get(host)
        if slot is not None:
            slot.delay = max(slot.delay, pause)


def pause_of(rules: Protego, agent: str) -> float:
    """Seconds between two requests that a robots.txt asks of an agent; infinite where no request is allowed at all."""
    delay, rate = rules.crawl_delay(agent) or 0.0, rules.request_rate(agent)
    paced = 0.0 if rate is None else rate.seconds / rate.requests if rate.requests else math.inf
    return max(delay, paced, 0.0)


def read_rules(response: Response, agent: str) -> Rules:
    """The rules for an agent in an answer to a request for robots.txt."""
    if served := response.meta.get("challenge"):
        return Rules(unreadable=served, failure=Outcome.CHALLENGED)
    if response.status in PUBLISHED_NOWHERE:
        return Rules()
    if response.status not in READABLE:
        return Rules(unreadable=f"status {response.status}")
    if is_html(response.body):
        return Rules(unreadable="an HTML page")
    rules = Protego.parse(decode(response.body))
    return Rules(rules=rules, pause=pause_of(rules, agent))
