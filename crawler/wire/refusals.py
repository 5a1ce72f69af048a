"""Says why a request was not sent, where no capture tells it: `scrapy shell` and `scrapy fetch` file nothing."""

from __future__ import annotations

import logging

from scrapy import Request
from scrapy.crawler import Crawler

from gongkai.crawler.errors import RequestRefusedError
from gongkai.crawler.visit import visit_of

_log = logging.getLogger(__name__)


class Refusals:
    """Downloader middleware that logs the refusals of a spider that visits no portal, one sentence each."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Refusals:
        return cls(crawler)

    def process_exception(self, request: Request, exception: Exception) -> None:
        if isinstance(exception, RequestRefusedError) and visit_of(self.crawler).run.archive is None:
            _log.error("%s", exception)
