"""Scrapy's side of whoever looks on: the hosts of a portal as the downloader holds them now."""

from __future__ import annotations

import time

from scrapy import Spider, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured

from gongkai.crawler.report.counts import HostState
from gongkai.crawler.visit import Visit
from gongkai.crawler.wire.politeness import host_of


class Watching:
    """Extension that tells the run's watcher of each portal that begins and ends."""

    def __init__(self, crawler: Crawler, visit: Visit) -> None:
        self.crawler = crawler
        self.visit = visit

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Watching:
        visit = getattr(crawler.spider, "visit", None)
        if not isinstance(visit, Visit) or visit.run.watcher is None:
            raise NotConfigured
        extension = cls(crawler, visit)
        crawler.signals.connect(extension.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(extension.spider_closed, signal=signals.spider_closed)
        return extension

    def spider_opened(self, spider: Spider) -> None:
        if self.visit.run.watcher is not None:
            self.visit.run.watcher.begun(self.visit.portal.id, self.hosts)

    def spider_closed(self, spider: Spider) -> None:
        if self.visit.run.watcher is not None:
            self.visit.run.watcher.ended(self.visit.report)

    def hosts(self) -> list[HostState]:
        """The hosts with something to do now; other threads may ask, as copies are made in one step."""
        downloader = getattr(self.crawler.engine, "downloader", None)  # gone with an engine that was stopped
        slots = list(downloader.slots.values()) if downloader is not None else []
        return [found for slot in slots if (found := self._state(slot)) is not None]

    def _state(self, slot: Slot) -> HostState | None:
        requests = list(slot.active)
        if not requests:
            return None
        host = host_of(requests[0].url)
        noted = self.visit.report.hosts.get(host)
        wait = max(0.0, slot.lastseen + slot.delay - time.monotonic()) if not slot.transferring else None
        return HostState(
            portal=self.visit.portal.id,
            host=host,
            state="receiving" if slot.transferring else "left alone" if self._is_silent(host) else "waiting",
            next_in=wait,
            requests=noted.requests if noted else 0,
            new=self.visit.report.new,
            failed=sum(self.visit.report.failures.values()),
        )

    def _is_silent(self, host: str) -> bool:
        return host in self.visit.run.silent_hosts
