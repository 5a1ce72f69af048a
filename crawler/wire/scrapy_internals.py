"""Private names of Scrapy and Twisted that the crawler cannot do without, all in one place.

Neither project promises them, so that `pyproject.toml` bounds the versions of both.  A version without one of them ends
in `InternalsChangedError`: before anything is asked for, where the name belongs to a class or a module (`crawler.run`
calls `check`); with the first answer where it belongs to an object.  Names are looked up as texts, since type checkers
know nothing of most of them.
"""

from __future__ import annotations

import importlib
import importlib.metadata
from collections.abc import Callable
from contextlib import AbstractContextManager
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.downloadermiddlewares.cookies import CookiesMiddleware
from twisted.internet.protocol import Protocol
from twisted.internet.ssl import Certificate
from twisted.python.failure import Failure
from twisted.web.client import HTTPConnectionPool

from gongkai.archive import Outcome
from gongkai.crawler.errors import AnswerRefusedError, InternalsChangedError

KNOWN_TO_WORK = {"scrapy": "2.19", "twisted": "26.10"}
"""The versions whose private names were seen to be these."""


def private(owner: Any, name: str) -> Any:
    """The value that an object, a class or a module of Scrapy or Twisted keeps under a private name.

    Raises InternalsChangedError where it keeps nothing under it.
    """
    try:
        return getattr(owner, name)
    except AttributeError as error:
        raise _changed(f"{getattr(owner, '__name__', type(owner).__name__)}.{name}") from error


def private_of_module(module: str, name: str) -> Any:
    """A name out of a module of Scrapy or Twisted, often a private one.  Raises InternalsChangedError without it."""
    try:
        return private(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        raise _changed(module) from error


def _changed(what: str) -> InternalsChangedError:
    installed = " and ".join(f"{name} {importlib.metadata.version(name)}" for name in KNOWN_TO_WORK)
    known = " and ".join(f"{name} {version}" for name, version in KNOWN_TO_WORK.items())
    return InternalsChangedError(f"The crawler needs {what!r}, which {installed} lack; {known} are known to work.")


wrap_twisted_exceptions: Callable[[], AbstractContextManager[None]] = private_of_module(
    "scrapy.utils._download_handlers", "wrap_twisted_exceptions"
)
"""Turns Twisted's exceptions into Scrapy's within a `with` block."""

COOKIE_FILTER = "_process_cookies"
"""The method of `CookiesMiddleware` through which every received cookie goes."""
PEER = "_producer"
"""The attribute in which the transport that Twisted hands to the reader of a body keeps the connection itself."""


def check() -> None:
    """Raise InternalsChangedError unless every private name of a class or a module is there."""
    private(CookiesMiddleware, COOKIE_FILTER)
    private(private_of_module("twisted.web._newclient", "TransportProxyProducer")(None), PEER)


def connection_pool(handler: HTTP11DownloadHandler) -> HTTPConnectionPool:
    """The connections that Scrapy's handler keeps open; another pool's would not tell address and certificate."""
    pool: HTTPConnectionPool = private(handler, "_pool")
    return pool


def bound_heads(pool: HTTPConnectionPool, most: int) -> None:
    """Let the connections of a pool give up an answer whose head is longer than `most` bytes, interim answers included.

    Twisted bounds a line of a head and neither their number nor their sum, and keeps all of them.
    """
    made = private(pool, "_factory")

    class Factory(made):  # type: ignore[misc,valid-type]  # which one is Scrapy's to say
        def buildProtocol(self, addr: Any) -> Any:  # noqa: N802  Twisted's name
            connection = super().buildProtocol(addr)
            connection.dataReceived = _bounded(connection, most)
            return connection

    pool._factory = Factory  # noqa: SLF001


def _bounded(connection: Any, most: int) -> Callable[[bytes], None]:
    received, taken = connection.dataReceived, 0

    def data_received(data: bytes) -> None:
        nonlocal taken
        received(data)
        parser = private(connection, "_parser")
        taken = taken + len(data) if parser is not None and parser.state in {"STATUS", "HEADER"} else 0
        if taken > most:
            refusal = AnswerRefusedError(f"the head of the answer has more than {most} bytes", Outcome.TOO_LARGE)
            private(connection, "_giveUp")(Failure(refusal))  # type: ignore[no-untyped-call]
            connection.transport.abortConnection()

    return data_received


def peer_address(answer: object) -> IPv4Address | IPv6Address:
    """The address of the server that gave an answer."""
    address: IPv4Address | IPv6Address = private(answer, "_scrapy_ip_address")
    return address


def peer_certificate(answer: object) -> Certificate:
    """The certificate of the server that gave an answer over TLS."""
    certificate: Certificate = private(answer, "_scrapy_certificate")
    return certificate


def connection_of(reader: Protocol) -> Any:
    """The connection a body comes over: Twisted offers no public way to end one at once, or to ask it about its TLS."""
    return private(reader.transport, PEER)


class FilteredCookies(CookiesMiddleware):
    """Scrapy's cookies, with `filter_cookies` deciding which received ones are kept."""

    def filter_cookies(self, cookies: Any, jar: Any, request: Any) -> None:
        """Put into the jar the cookies of an answer that are to be kept."""
        raise NotImplementedError

    def _process_cookies(self, cookies: Any, *, jar: Any, request: Any) -> None:
        self.filter_cookies(cookies, jar, request)
