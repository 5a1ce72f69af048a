"""An exchange: a request that was sent and its answer, and the bounds set to one answer."""

from __future__ import annotations

import dataclasses
import datetime as dt

from scrapy import Request
from scrapy.http import Headers

from gongkai.archive import Arrived

EXCHANGE = "exchange"
"""The key in its `meta` under which a request carries its `Exchange`."""
NOT_ASKED = "not_asked"
"""Marks a request that the archive answered, so that nothing was sent."""


@dataclasses.dataclass(slots=True)
class Exchange:
    """A request that was sent and its answer, as far as it came; times are UTC."""

    requested_at: dt.datetime
    received_at: dt.datetime | None = None
    status: int | None = None
    headers: Headers | None = None
    remote_address: str | None = None
    tls: str | None = None
    arrived: Arrived | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one answer: bytes of a page and of a file, seconds in all, bytes a second once the body has begun."""

    page_bytes: int
    file_bytes: int
    seconds: float
    bytes_per_second: float
    window_seconds: float


def exchange_of(request: Request) -> Exchange | None:
    """The last exchange of a request; None when it was never sent."""
    exchange = request.meta.get(EXCHANGE)
    return exchange if isinstance(exchange, Exchange) else None
