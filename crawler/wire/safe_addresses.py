"""Nothing outside the public network is reached.

The crawler follows what strangers write into their pages, so that every address is checked three times: its text
before the request (scheme, literal address), its name through a lookup off the event loop, and once more inside the
name resolver that Twisted connects with.  The last one makes the check proof against DNS rebinding: the address that
was checked is the one that is connected to.  Redirects are new requests and pass all three again.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any, ClassVar, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from gongkai.crawler.errors import UnsafeAddressError
from gongkai.crawler.pages.address import DEFAULT_PORTS
from gongkai.crawler.visit import visit_of


def refusal_of_address(address: str, *, allow_loopback: bool) -> str | None:
    """The reason why an IP address may not be reached, or None when it may."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    if ip.is_loopback and allow_loopback:
        return None
    if ip.is_loopback:
        return "a loopback address"
    return None if ip.is_global and not ip.is_multicast else "not a public address"


def check_url(url: str, *, allow_loopback: bool) -> None:
    """Raise UnsafeAddressError unless the address is http(s), names a host, and no literal private address."""
    parts = urlsplit(url)
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname:
        raise UnsafeAddressError(f"The address {url!r} is not followed: only http and https hosts are.")
    try:
        _ = parts.port  # which is read only when it is asked for
    except ValueError as error:
        raise UnsafeAddressError(f"The address {url!r} is not followed: its port is none below 65536.") from error
    try:
        reason = refusal_of_address(parts.hostname, allow_loopback=allow_loopback)
    except ValueError:  # the host is a name, no literal address
        return
    if reason:
        raise UnsafeAddressError(f"The address {url!r} is not followed: {parts.hostname} is {reason}.")


def _look_up(host: str) -> set[str]:
    """IPv4 addresses of a name, as the connection will be made over IPv4; empty when there are none."""
    try:
        answers = socket.getaddrinfo(host, None, socket.AF_INET, socket.SOCK_STREAM)
    except (OSError, UnicodeError):  # the download fails on it by itself, as a connection error
        return set()
    return {str(sockaddr[0]) for *_, sockaddr in answers}


class AddressGuard:
    """Downloader middleware that lets only safe addresses through, for this portal's notion of safe.

    Names are looked up in a thread, once per host and visit; what they resolve to at the moment of connecting is
    checked again by `GuardedResolver`.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self._safe_hosts: set[str] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AddressGuard:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        allow_loopback = visit_of(self.crawler).portal.allow_loopback
        check_url(request.url, allow_loopback=allow_loopback)
        host = urlsplit(request.url).hostname or ""
        if host in self._safe_hosts:
            return
        for address in await asyncio.to_thread(_look_up, host):
            if reason := refusal_of_address(address, allow_loopback=allow_loopback):
                raise UnsafeAddressError(f"The address {request.url!r} is not followed: {host} is {address}, {reason}.")
        self._safe_hosts.add(host)


class GuardedResolver(CachingThreadedResolver):
    """Scrapy's resolver, refusing names that lead out of the public network at the moment of connecting.

    The resolver serves every portal of the process and is not told which one asks; `loopback_hosts` holds the hosts
    that portals with `allow_loopback` name themselves, and `refused` the names turned down, for the captures.
    """

    loopback_hosts: ClassVar[set[str]] = set()
    refused: ClassVar[set[str]] = set()

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        if crawler.settings.getbool("ALLOW_LOOPBACK"):
            cls.loopback_hosts = cls.loopback_hosts | {"localhost", "127.0.0.1"}
        return super().from_crawler(crawler, reactor)

    def getHostByName(self, name: str, timeout: object = ()) -> Deferred[str]:  # noqa: N802  Twisted's name
        lookup: Deferred[str] = super().getHostByName(name, ())
        return lookup.addCallback(self._check, name)

    def _check(self, address: str, name: str) -> str:
        reason = refusal_of_address(address, allow_loopback=name in self.loopback_hosts)
        if reason:
            self.refused.add(name)
            raise DNSLookupError(f"{name} is {address}, {reason}")
        return address
