"""The item pipeline: observations into the archive, off the event loop, in the order that survives a kill.

Blob first, then capture record, then acknowledgement (the counts, and the caller's `on_capture`).  Every call to the
archive blocks and therefore runs in a thread; while an observation waits for its blob, Scrapy holds back further
responses, so that memory stays bounded by what is in flight.
"""

from __future__ import annotations

import asyncio
import contextlib
from typing import Any

from scrapy import Spider, signals
from scrapy.crawler import Crawler

from gongkai.archive import ArchiveError
from gongkai.archive.keeping import Keeper
from gongkai.crawler.report.counts import SUCCESSES, Severity
from gongkai.crawler.spider.departed import gone
from gongkai.crawler.spider.observation import Observation, settle
from gongkai.crawler.visit import Received, Visit, visit_of


class ArchivePipeline:
    """Stores payloads at once and records captures in batches: `CAPTURE_BATCH` of them, or after
    `CAPTURE_BATCH_SECONDS`, and the rest when the spider closes, also after SIGINT and SIGTERM."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.batch_size = crawler.settings.getint("CAPTURE_BATCH")
        self.batch_seconds = crawler.settings.getfloat("CAPTURE_BATCH_SECONDS")
        self._recording = asyncio.Lock()
        self._closing = asyncio.Event()
        self._timer: asyncio.Task[None] | None = None
        self._keeps: Keeper | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchivePipeline:
        pipeline = cls(crawler)
        crawler.signals.connect(pipeline.finished, signal=signals.spider_idle)
        crawler.signals.connect(pipeline.conclude, signal=signals.spider_closed)
        return pipeline

    async def open_spider(self) -> None:
        self._timer = asyncio.ensure_future(self._record_regularly())

    async def close_spider(self) -> None:
        self._closing.set()
        if self._timer is not None:
            await self._timer
        await self._record()
        if self._keeps is not None:
            await self._keeps.leave()

    async def conclude(self, spider: Spider) -> None:
        """Record what is gone, once everyone else has said what was wrong with the crawl."""
        await asyncio.sleep(0)
        visit = visit_of(self.crawler)
        departed = await asyncio.to_thread(lambda: list(gone(visit)))
        visit.unrecorded += [Received(capture, with_body=False) for capture in departed]
        await self._record()
        visit.known = {}  # the temporary database behind it goes with it

    def finished(self, spider: Spider) -> None:
        """Nothing is left to ask for: Scrapy says so only where it was not stopped."""
        visit_of(self.crawler).is_finished = True

    async def process_item(self, item: Any) -> Any:
        """File an observation and pass its capture on, to feeds and whoever else counts items; the item of another
        spider passes as it is."""
        if not isinstance(item, Observation):
            return item
        visit, capture = visit_of(self.crawler), item.capture
        visit.saw(capture.url, read=capture.outcome in SUCCESSES)
        if not item.asked:
            visit.report.not_asked += 1
            return capture
        if item.payload is not None:
            try:
                original = await self._keeper(visit).keep(item.payload)
            except ArchiveError as error:
                self._archive_failed(visit, error, capture.url)
                return capture
            finally:
                item.payload.close()
            capture = settle(capture, original.sha256, visit.previous(capture.url))
        visit.unrecorded.append(Received(capture, item.received_body))
        if len(visit.unrecorded) >= self.batch_size:
            await self._record()
        return capture

    def _keeper(self, visit: Visit) -> Keeper:
        if self._keeps is None:
            self._keeps = visit.run.keeper = visit.run.keeper or Keeper(visit.archive)
            self._keeps.enter()
        return self._keeps

    async def _record_regularly(self) -> None:
        while not self._closing.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._closing.wait(), self.batch_seconds)
            await self._record()

    async def _record(self) -> None:
        visit = visit_of(self.crawler)
        async with self._recording:
            batch, visit.unrecorded = visit.unrecorded, []
            if not batch:
                return
            try:
                await asyncio.to_thread(visit.record, batch)
            except ArchiveError as error:
                visit.unrecorded = batch + visit.unrecorded
                self._archive_failed(visit, error, batch[0].capture.url)
                return
        visit.acknowledge(batch)

    def _archive_failed(self, visit: Visit, error: ArchiveError, url: str) -> None:
        """Stop the portal: what cannot be kept must not be fetched."""
        if not any(problem.kind == "archive_failed" for problem in visit.report.problems):
            visit.report.problem("archive_failed", str(error), url, Severity.FATAL)
            if self.crawler.engine.running and not self._closing.is_set():
                self._stopping = asyncio.ensure_future(self.crawler.engine.close_spider_async(reason="archive_failed"))
