"""Pauses that a host asks for."""

from __future__ import annotations

import datetime as dt

import pytest
from scrapy.http import Response

from gongkai.crawler.wire.politeness import retry_after

NOW = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("Sun, 01 Mar 2026 08:01:30 GMT", 90.0),
        ("Sun, 01 Mar 2026 07:00:00 GMT", 0.0),
        ("Sun, 01 Mar 99999 07:00:00 GMT", None),
        ("Sun, 01 Mar 2026 07:00:00 +999999999", None),
        ("9" * 400, float("inf")),
        ("soon", None),
        ("", None),
    ],
)
def test_retry_after_is_read_as_number_and_as_date(value: str, seconds: float | None) -> None:
    assert retry_after(Response("http://a", headers={"Retry-After": value}), NOW) == seconds
