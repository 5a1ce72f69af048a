"""An exchange: a request that was sent and its answer, and the bounds set to one answer."""

from __future__ import annotations

import dataclasses
import datetime as dt

from scrapy import Request
from scrapy.http import Headers

from gongkai.archive import Arrived, Redirect

EXCHANGE = "exchange"
"""The key in its `meta` under which a request carries its `Exchange`."""
_REDIRECTING = (301, 302, 303, 307, 308)
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
    redirects: tuple[Redirect, ...] = ()
    """The answers that led here."""


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


def redirects_to(request: Request) -> tuple[Redirect, ...]:
    """The answers that led to a request that is about to be sent: those of the exchange before, and its own."""
    before, urls = exchange_of(request), request.meta.get("redirect_urls", ())
    if before is None:
        return ()
    if before.status not in _REDIRECTING or before.headers is None or len(urls) != len(before.redirects) + 1:
        return before.redirects
    return (*before.redirects, Redirect(urls[-1], before.requested_at, before.status, header_pairs(before.headers)))


def header_pairs(headers: Headers) -> tuple[tuple[str, str], ...]:
    """Headers in order as text; bytes that are not ASCII are kept one to one, as Latin-1 characters."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1")) for name in headers for value in headers.getlist(name)
    )
