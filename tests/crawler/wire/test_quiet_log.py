"""Nothing is logged of what went well."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.logformatter import LogFormatter

from gongkai.crawler.wire.quiet_log import QuietFormatter


def test_answers_and_items_make_no_record_and_errors_do() -> None:
    request, response = Request("http://a.cn/"), Response("http://a.cn/")
    spider: Any = None
    quiet: Any = QuietFormatter()
    assert quiet.crawled(request, response, spider) is None
    assert quiet.scraped({}, response, spider) is None
    assert LogFormatter().crawled(request, response, spider) is not None
    assert QuietFormatter.download_error is LogFormatter.download_error
