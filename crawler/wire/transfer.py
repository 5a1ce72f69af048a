"""Scrapy's download handler, with bodies hashed while they arrive, held on disk where they are long, and bounded.

Scrapy's own handler collects a body of any length in memory.  Here an answer ends early and by name once it is larger
than its role allows, once its time is over, or while it trickles: an endless body and a server that sends a byte now
and then cost one outcome each.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime as dt
import io
import ipaddress
import time
import zlib
from typing import Any
from urllib.parse import urldefrag

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError, DownloadTimeoutError, ResponseDataLossError
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet import protocol
from twisted.internet.defer import CancelledError, Deferred
from twisted.internet.ssl import Certificate
from twisted.python.failure import Failure
from twisted.web.client import Agent, FileBodyProducer, ResponseDone
from twisted.web.http import PotentialDataLoss
from twisted.web.http_headers import Headers as WireHeaders
from twisted.web.iweb import UNKNOWN_LENGTH

from gongkai.archive import ArchiveError, Arrival, Outcome, Role
from gongkai.crawler.errors import AnswerRefusedError
from gongkai.crawler.pages.media_types import is_html, is_office_export
from gongkai.crawler.report.counts import Severity
from gongkai.crawler.visit import Visit, visit_of
from gongkai.crawler.wire.carried_leads import lead_in
from gongkai.crawler.wire.content_encoding import Decoder, decoder_of
from gongkai.crawler.wire.exchange import EXCHANGE, Exchange, Limits, redirects_to
from gongkai.crawler.wire.scrapy_internals import (
    bound_heads,
    connection_of,
    connection_pool,
    peer_address,
    peer_certificate,
    wrap_twisted_exceptions,
)
from gongkai.crawler.wire.tls import TlsPolicy, describe

CLOSE_SECONDS = 1.0
"""Scrapy's own patience with connections that are to be closed."""


class TransferHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https: its connections and their pool, our reading of the answers."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.crawler, settings = crawler, crawler.settings
        bound_heads(connection_pool(self), settings.getint("HEADERS_MAXSIZE"))
        self._timeout = settings.getfloat("DOWNLOAD_TIMEOUT")
        self._limits = Limits(
            page_bytes=settings.getint("PAGE_MAXSIZE"),
            file_bytes=settings.getint("DOWNLOAD_MAXSIZE"),
            seconds=self._timeout,
            bytes_per_second=settings.getfloat("MINIMUM_RATE"),
            window_seconds=settings.getfloat("MINIMUM_RATE_SECONDS"),
        )
        self._agent: Agent | None = None

    async def download_request(self, request: Request) -> Response:
        visit = visit_of(self.crawler)
        seconds = float(request.meta.get("download_timeout") or self._timeout)
        limits = dataclasses.replace(self._limits, seconds=seconds)
        transfer = _Transfer(request, limits, visit)
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(transfer.begin(self._connections(visit)))

    async def close(self) -> None:
        """Close the connections kept open, and wait for it a while: a server may never answer.

        Scrapy's own way calls one Deferred twice, and prints so, where the loop comes to it later than that.
        """
        closing: Any = connection_pool(self).closeCachedConnections()  # type: ignore[no-untyped-call]
        await asyncio.wait([asyncio.ensure_future(maybe_deferred_to_future(closing))], timeout=CLOSE_SECONDS)

    def _connections(self, visit: Visit) -> Agent:
        if self._agent is None:
            from twisted.internet import reactor  # noqa: PLC0415  importing it chooses one

            policy = TlsPolicy(visit.portal.tls)
            self._agent = Agent(  # type: ignore[no-untyped-call]
                reactor, policy, connectTimeout=self._timeout, pool=connection_pool(self)
            )
        return self._agent


class _Transfer:
    """One request on its way, and its answer as it arrives."""

    def __init__(self, request: Request, limits: Limits, visit: Visit) -> None:
        self.exchange = Exchange(requested_at=dt.datetime.now(dt.UTC), redirects=redirects_to(request))
        self._request = request
        self._limits = limits
        self._visit = visit
        self._arrival = Arrival(limits.page_bytes)
        self._decoder: Decoder | None = None
        self._received = 0
        self._counted = 0
        self._done: Deferred[Response] = Deferred(lambda _: self.fail(CancelledError()))
        self._asking: Deferred[Any] | None = None
        self._connection: Any = None
        self._certificate: Certificate | None = None
        lead = lead_in(request)
        self._role = lead.role if lead else None

    def begin(self, agent: Agent) -> Deferred[Response]:
        from twisted.internet import reactor  # noqa: PLC0415  importing it chooses one

        request, self._reactor = self._request, reactor
        request.meta[EXCHANGE] = self.exchange
        self._visit.sent(request.url)
        self._started = time.monotonic()
        self._timer = self._next_look()
        body: Any = None
        if request.body:
            body = FileBodyProducer(io.BytesIO(request.body))  # type: ignore[no-untyped-call]
        url = urldefrag(request.url)[0].encode("ascii")
        self._asking = agent.request(request.method.encode("ascii"), url, WireHeaders(request.headers), body)
        self._asking.addCallbacks(self._answered, self._failed)
        self._asking.addErrback(self._failed)  # _answered itself may fail on the answer's head
        return self._done

    # --- the answer -------------------------------------------------------------------------------------------------

    def _answered(self, answer: Any) -> None:
        self._request.meta["download_latency"] = time.monotonic() - self._started
        headers = Headers(answer.headers.getAllRawHeaders())
        if answer.length is not UNKNOWN_LENGTH:
            headers.setdefault(
                b"Content-Length", str(answer.length).encode()
            )  # Twisted's parser keeps the header to itself
        self.exchange.status, self.exchange.headers = int(answer.code), headers
        self.exchange.remote_address = str(peer_address(answer))
        if self._request.url.startswith("https:"):
            self._certificate = peer_certificate(answer)
            self.exchange.tls = describe(self._certificate, self._visit.portal.tls)
        if answer.length == 0:  # Twisted never delivers an empty body
            self._finish()
            return
        try:
            self._decoder = decoder_of(headers)
        except AnswerRefusedError as error:
            answer.deliverBody(_Body(self))
            self.fail(error)
            return
        answer.deliverBody(_Body(self))
        if answer.length is not UNKNOWN_LENGTH:
            self._check_size(int(answer.length))

    def connected(self, connection: Any) -> None:
        """Note the connection a body comes over, and the TLS version it speaks."""
        self._connection = connection
        if self._certificate is not None:
            version = connection.getHandle().get_protocol_version_name()
            self.exchange.tls = describe(self._certificate, self._visit.portal.tls, version)

    def take(self, piece: bytes) -> None:
        """A piece of the body."""
        if self._done.called:
            return
        self._received += len(piece)
        try:
            for part in self._decoder.undo(piece) if self._decoder else (piece,):
                self._arrival.write(part)
                if self._check_size(self._arrival.size):
                    return
        except zlib.error as error:
            self.fail(ResponseDataLossError(f"the compressed body is damaged: {error}"))
        except ArchiveError as error:
            self._visit.report.problem("archive_failed", str(error), self._request.url, Severity.FATAL)
            self.fail(DownloadFailedError(str(error)))

    def ended(self, reason: Failure) -> None:
        """The body is over, whole or not."""
        if self._done.called:
            return
        cut = self._decoder is not None and not self._decoder.is_whole
        if cut or not reason.check(ResponseDone, PotentialDataLoss):  # type: ignore[no-untyped-call]
            self.fail(ResponseDataLossError(f"the body ended after {self._received} bytes, before it was whole"))
        else:
            self._finish()

    def _check_size(self, size: int) -> bool:
        """Give up an answer that is, or says it will be, too large; True when it was given up."""
        limits, head = self._limits, self._arrival.head if size > self._limits.page_bytes else b""
        is_page = self._role is Role.LISTING or (is_html(head) and not is_office_export(head))
        limit = limits.page_bytes if head and is_page else limits.file_bytes
        if size > limit:
            self.fail(AnswerRefusedError(f"it has more than {limit} bytes", Outcome.TOO_LARGE))
        return size > limit

    # --- the end ----------------------------------------------------------------------------------------------------

    def _finish(self) -> None:
        self._timer.cancel()
        exchange = self.exchange
        exchange.received_at = dt.datetime.now(dt.UTC)
        exchange.arrived = arrived = self._arrival.finish()
        headers, url = exchange.headers or Headers(), self._request.url
        kind = responsetypes.from_args(headers=headers, url=url, body=arrived.head)
        address = ipaddress.ip_address(exchange.remote_address) if exchange.remote_address else None
        self._done.callback(
            kind(url, status=exchange.status or 0, headers=headers, body=arrived.head, ip_address=address)
        )

    def _failed(self, failure: Failure) -> None:
        if not self._done.called:
            self._timer.cancel()
            self._done.errback(_refusal_in(failure) or failure)

    def fail(self, error: BaseException) -> None:
        """End the exchange, and its connection with it."""
        if self._done.called:
            return
        self._failed(Failure(error))  # type: ignore[no-untyped-call]
        self._arrival.close()
        if self._connection is not None:
            self._connection.abortConnection()
        elif self._asking is not None:
            self._asking.cancel()

    def _next_look(self) -> Any:
        clock: Any = self._reactor
        left = self._started + self._limits.seconds - time.monotonic()
        window = min(self._limits.window_seconds, self._limits.seconds / 2)
        return clock.callLater(max(0.0, min(window, left)), self._look, window)

    def _look(self, window: float) -> None:
        """Look after an answer under way: is its time over, does it trickle?"""
        self._timer = self._next_look()
        seconds, url = self._limits.seconds, self._request.url
        arrived, self._counted = self._received - self._counted, self._received
        if time.monotonic() - self._started >= seconds:
            self.fail(DownloadTimeoutError(f"{url} took longer than {seconds:g} seconds"))
        elif self._connection is not None and arrived < self._limits.bytes_per_second * window:
            self.fail(
                DownloadTimeoutError(f"{url} sent {arrived} bytes in {window:g} seconds, slower than is waited for")
            )


def _refusal_in(failure: Failure) -> Failure | None:
    """Our own refusal, where Twisted hands it on as one of the reasons of a failure."""
    reasons = getattr(failure.value, "reasons", None) or ()
    return next((each for each in reasons if isinstance(each.value, AnswerRefusedError)), None)


class _Body(protocol.Protocol):
    """Hands a body to its transfer."""

    def __init__(self, transfer: _Transfer) -> None:
        self._transfer = transfer

    def connectionMade(self) -> None:  # noqa: N802  Twisted's name
        self._transfer.connected(connection_of(self))

    def dataReceived(self, data: bytes) -> None:  # noqa: N802  Twisted's name
        self._transfer.take(data)

    def connectionLost(self, reason: Failure = protocol.connectionDone) -> None:  # noqa: N802  Twisted's name
        self._transfer.ended(reason)
