"""Scrapy's log without a line for each response and each item: the captures tell of them."""

from __future__ import annotations

from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter
from twisted.python.failure import Failure


class QuietFormatter(LogFormatter):
    """Makes no log record of what went well."""

    def crawled(self, request: Request, response: Response, spider: Spider) -> None:  # type: ignore[override]
        """None: Scrapy then logs nothing."""

    def scraped(self, item: Any, response: Response | Failure | None, spider: Spider) -> None:  # type: ignore[override]
        """None: Scrapy then logs nothing."""
