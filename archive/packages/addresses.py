"""Addresses in web archives: the request behind one, and the key under which an index sorts it."""

from __future__ import annotations

import dataclasses
import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

_POSTED = re.compile(r"[?&]__wb_method=POST&__wb_post_type=([^&]*)&__wb_post_data=([^&]*)$")
_WWW = re.compile(r"^www\d*\.")


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """The request that a capture's address stands for; ``body`` is that of a POST, None of a GET."""

    url: str
    body: bytes | None = None
    media_type: str | None = None

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"

    @property
    def lookup_url(self) -> str:
        """The address under which a viewer looks for the answer: a POST's body is part of it."""
        if self.body is None:
            return self.url
        body = self.body.decode("utf-8", "replace")
        is_form = self.media_type == "application/x-www-form-urlencoded"
        data = body if is_form else f"__wb_post_data={quote(body, safe='')}"
        return f"{self.url}{'&' if '?' in self.url else '?'}__wb_method=POST&{data}"


def asked(url: str) -> Asked:
    """The request of an address as captures hold it, in which the body of a POST stands behind the query."""
    match = _POSTED.search(url)
    if match is None:
        return Asked(as_uri(url))
    return Asked(as_uri(url[: match.start()]), unquote(match[2]).encode(), unquote(match[1]))


def as_uri(url: str) -> str:
    """The address with whatever no URI may hold percent-encoded."""
    return quote(url, safe="%/:?#[]@!$&'()*+,;=~-._")


def sort_key(url: str) -> str:
    """The address as indexes sort it (SURT): ``cn,gov,example,czj)/a/b.pdf?x=1``; of no web address the address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return url
    host = ",".join(reversed(_WWW.sub("", parts.hostname).split(".")))
    at = f":{port}" if port not in {None, 80, 443} else ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True))) if parts.query else ""
    return f"{host}{at}){parts.path or '/'}{'?' if query else ''}{query}".lower()
