"""A request tells its last exchange, and none when it was never sent."""

from __future__ import annotations

import datetime as dt

from scrapy import Request
from scrapy.http import Headers

from gongkai.archive import Redirect
from gongkai.crawler.wire.exchange import EXCHANGE, Exchange, exchange_of, redirects_to


def test_the_exchange_is_that_of_the_request() -> None:
    request = Request("http://a.cn/")
    assert exchange_of(request) is None
    request.meta[EXCHANGE] = exchange = Exchange(requested_at=dt.datetime.now(dt.UTC))
    assert exchange_of(request) is exchange
    assert exchange_of(request.replace(url="http://a.cn/b")) is exchange, "a redirect keeps what was known"


def test_what_led_to_a_request_is_what_was_answered_before() -> None:
    at = dt.datetime.now(dt.UTC)
    request = Request("http://a.cn/1")
    assert redirects_to(request) == ()
    request.meta[EXCHANGE] = Exchange(at, status=302, headers=Headers({"Location": "/2"}))
    assert redirects_to(request) == (), "an answer that nobody followed"
    followed = request.replace(url="http://a.cn/2", meta={**request.meta, "redirect_urls": [request.url]})
    hop = Redirect("http://a.cn/1", at, 302, (("Location", "/2"),))
    assert redirects_to(followed) == (hop,)
    followed.meta[EXCHANGE] = Exchange(at, status=503, headers=Headers(), redirects=(hop,))
    assert redirects_to(followed) == (hop,), "tried again"
