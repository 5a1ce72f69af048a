"""What every answer is guarded by.

| danger | guard |
|---|---|
| another site asks through the person's browser (DNS rebinding) | the Host header is an address or a name of ours |
| it sends a form | what changes something must come from a page of ours: Sec-Fetch-Site, else Origin |
| markup of a document runs | Content-Security-Policy: nothing but our own style sheet, script and pictures |
| one client asks without end | a number of requests a second for each address |
| more people ask at once than can be answered | a number of requests under way; no further one waits |
| someone on the network reads along | a password where one is set |
"""

from __future__ import annotations

import base64
import binascii
import collections
import dataclasses
import hmac
import ipaddress
import time
from collections.abc import Awaitable, Callable

from starlette.middleware.base import BaseHTTPMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp

from gongkai.viewer.pages import refused
from gongkai.viewer.publications import WAITING_SECONDS
from gongkai.vocabulary.languages import LANGUAGES, Language, said, speaking

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self';"
    " form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
LONGEST_ADDRESS = 4096
LARGEST_BODY = 65_536
REQUESTS_A_SECOND = 50
BURST = 400
"""A page with its pictures asks a dozen times; fifty people behind one address load theirs at once."""
AT_ONCE = 200
"""Requests under way; more are refused at once, so that none waits behind hundreds."""
_ADDRESSES_KEPT = 4096

RETRY_AFTER = {"Retry-After": "10"}
"""Goes with every refusal that time alone puts right."""
_ASKING = {401: {"WWW-Authenticate": 'Basic realm="gongkai"'}, 429: RETRY_AFTER, 503: RETRY_AFTER}

_NO_PAGES = ("/static/", "/picture/", "/original/")

Next = Callable[[Request], Awaitable[Response]]


@dataclasses.dataclass(frozen=True, slots=True)
class Guard:
    """``hosts`` are names that the Host header may have, without a port, beside localhost and bare addresses: those no
    name server of somebody else's can point here."""

    hosts: frozenset[str]
    user: str = ""
    password: str = ""


class _Allowances:
    """How many requests each address may still make."""

    def __init__(self) -> None:
        self._left: collections.OrderedDict[str, tuple[float, float]] = collections.OrderedDict()

    def may(self, address: str) -> bool:
        """Take one request of an address."""
        now = time.monotonic()
        left, at = self._left.pop(address, (float(BURST), now))
        left = min(left + (now - at) * REQUESTS_A_SECOND, BURST) - 1
        self._left[address] = (max(left, -1), now)
        while len(self._left) > _ADDRESSES_KEPT:
            self._left.popitem(last=False)
        return left >= 0


class Protection(BaseHTTPMiddleware):
    """Refuses what the guard says, and sends the headers with every answer."""

    def __init__(self, app: ASGIApp, guard: Guard) -> None:
        super().__init__(app)
        self._guard = guard
        self._allowances = _Allowances()
        self._under_way = 0

    async def dispatch(self, request: Request, call_next: Next) -> Response:
        request.state.user = self._guard.user if self._guard.password else ""
        request.state.arrived = time.monotonic()
        response = self._refused(request) or await self._answered(request, call_next)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    async def _answered(self, request: Request, call_next: Next) -> Response:
        self._under_way += 1
        try:
            return await call_next(request)
        finally:
            self._under_way -= 1

    def _refused(self, request: Request) -> Response | None:
        """The answer to a request that is not let through."""
        client = request.client.host if request.client else ""
        length = len(request.url.path) + len(request.url.query)
        refusals = (
            (not self._allowances.may(client), 429, "too many requests: wait a moment"),
            (not self._is_our_host(request), 421, "this host name is not served here: see gongkai serve --name"),
            (length > LONGEST_ADDRESS, 414, "the address is too long"),
            (request.method == "POST" and not _is_from_our_page(request), 403, "the form is not one of this site"),
            (not _is_small(request), 413, "the request is too large"),
            (not self._is_known(request), 401, "a password is needed"),
            (self._under_way >= AT_ONCE, 503, "too many people are asking at once: load the page again in a minute"),
        )
        found = next(((status, reason) for is_refused, status, reason in refusals if is_refused), None)
        return None if found is None else _refusal(request, *found)

    def _is_our_host(self, request: Request) -> bool:
        host = request.headers.get("host", "").lower()
        name = (host if host.endswith("]") else host.rpartition(":")[0] or host).strip("[]")
        return name == "localhost" or name in self._guard.hosts or _is_address(name)

    def _is_known(self, request: Request) -> bool:
        if not self._guard.password:
            return True
        kind, _, given = request.headers.get("authorization", "").partition(" ")
        try:
            told = base64.b64decode(given, validate=True) if kind.lower() == "basic" else b""
        except (binascii.Error, ValueError):
            told = b""
        return hmac.compare_digest(told, f"{self._guard.user}:{self._guard.password}".encode())


def _refusal(request: Request, status: int, reason: str) -> Response:
    """A page in the person's language, for which the lake is not asked; of what is no page the sentence alone."""
    language = language_of(request)
    with speaking(language):
        if request.url.path.startswith(_NO_PAGES):
            return PlainTextResponse(said(reason), status, _ASKING.get(status))
        return HTMLResponse(refused(language, said(reason)), status, _ASKING.get(status))


def language_of(request: Request) -> Language:
    """That of the address, else the one that the browser names first."""
    named = request.url.path.strip("/").partition("/")[0]
    header = request.headers.get("accept-language", "")
    wanted = [named, *(part.split(";")[0].strip().lower()[:2] for part in header.split(","))]
    return next((language for name in wanted for language in LANGUAGES if language == name), "en")


def patience_of(request: Request) -> float:
    """Seconds that a request may still wait, counted from when it came: it may have waited for a thread before."""
    return max(WAITING_SECONDS - (time.monotonic() - float(request.state.arrived)), 0.0)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_from_our_page(request: Request) -> bool:
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("origin", "")
    return bool(origin) and origin.split("://", 1)[-1].lower() == request.headers.get("host", "").lower()


def _is_small(request: Request) -> bool:
    if request.method in ("GET", "HEAD"):
        return "transfer-encoding" not in request.headers and request.headers.get("content-length", "0") == "0"
    size = request.headers.get("content-length", "")
    return size.isdigit() and int(size) <= LARGEST_BODY
