"""A request tells its last exchange, and none when it was never sent."""

from __future__ import annotations

import datetime as dt

from scrapy import Request

from gongkai.crawler.wire.exchange import EXCHANGE, Exchange, exchange_of


def test_the_exchange_is_that_of_the_request() -> None:
    request = Request("http://a.cn/")
    assert exchange_of(request) is None
    request.meta[EXCHANGE] = exchange = Exchange(requested_at=dt.datetime.now(dt.UTC))
    assert exchange_of(request) is exchange
    assert exchange_of(request.replace(url="http://a.cn/b")) is exchange, "a redirect keeps what was known"
