"""Addresses have one form, in which they are asked for, recorded and compared.  Pure functions."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from w3lib.url import safe_url_string

DEFAULT_PORTS = {"http": 80, "https": 443}
SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
RENDERED = re.compile(r"[?&]__wb_rendered=dom$")
POSTED = re.compile(r"[?&]__wb_method=POST&__wb_post_type=([^&]*)&__wb_post_data=([^&]*)$")


@functools.lru_cache(maxsize=2048)  # each address is asked for its form several times in a row
def clean_url(url: str) -> str:
    """The form in which an address is requested and recorded: percent-encoded, host in lower case, without default
    port, user name, fragment and session number.  What names no host is kept as it is written, to be refused so."""
    try:
        parts = urlsplit(safe_url_string(url.strip()))
    except ValueError:
        return url.strip()
    if not parts.hostname:
        return url.strip()
    path = SESSION_IN_PATH.sub("", parts.path) or "/"
    return urlunsplit((parts.scheme.lower(), _host_with_port(parts), path, parts.query, ""))


def _host_with_port(parts: SplitResult) -> str:
    host = (parts.hostname or "").lower()
    host = f"[{host}]" if ":" in host else host
    try:
        port = parts.port
    except ValueError:  # the port is no number below 65536: it is kept as written, and the request will fail
        return parts.netloc
    return host if port in {None, DEFAULT_PORTS.get(parts.scheme.lower())} else f"{host}:{port}"


def same_document_key(url: str) -> str:
    """Equal for addresses that name one document: the clean address without its scheme, as portals serve
    http and https twins of a file."""
    return clean_url(url).partition("://")[2]


def mark(url: str) -> int:
    """Eight bytes that stand for a document's address, equal for its twins: little enough to remember of each.

    That any two of n different addresses share one has a probability of about n²/2⁶⁵: three in ten billion for 100,000.
    """
    return int.from_bytes(hashlib.blake2b(same_document_key(url).encode(), digest_size=8).digest())


def same_site(one: str, other: str) -> bool:
    """True for two addresses that have host and port in common, whatever their scheme."""
    return same_document_key(one).partition("/")[0] == same_document_key(other).partition("/")[0]


def query_of(url: str) -> dict[str, str]:
    """The query of an address; the last value of a repeated name counts."""
    return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))


def with_query(url: str, **values: object) -> str:
    """An address with some values of its query replaced or added, the others in their order, without fragment."""
    parts = urlsplit(url)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, str(values.get(name, value))) for name, value in pairs]
    added = [(name, str(value)) for name, value in values.items() if name not in dict(pairs)]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept + added), ""))


# --- requests with a body ---------------------------------------------------------------------------------------------


@dataclasses.dataclass(frozen=True, slots=True)
class Sent:
    """A request as an address stands for it: where it is sent, and the body and its type of a POST."""

    url: str
    body: str | None = None
    media_type: str = FORM

    @property
    def method(self) -> str:
        return "GET" if self.body is None else "POST"


def post_address(url: str, body: str, media_type: str = FORM) -> str:
    """The address of a POST request, under which it is planned, compared and recorded: two requests are one where
    method, address and body are equal.

    The body becomes part of the query, as web archives index such requests:
    `<url>?__wb_method=POST&__wb_post_type=<media type>&__wb_post_data=<body>`, both percent-encoded.  `sent` takes it
    apart again, so that a capture says all that was sent.
    """
    url = clean_url(url)
    tail = f"__wb_method=POST&__wb_post_type={quote(media_type, safe='')}&__wb_post_data={quote(body, safe='')}"
    return f"{url}{'&' if '?' in url else '?'}{tail}"


def rendered_address(url: str) -> str:
    """The address under which what a browser made of a page is recorded, beside the page as it was received."""
    return f"{url}{'&' if '?' in url else '?'}__wb_rendered=dom"


def album_address(url: str) -> str:
    """The address under which the pictures of an article are recorded as one document, beside the article itself."""
    return f"{url}{'&' if '?' in url else '?'}__wb_pictures=album"


def sent(address: str) -> Sent:
    """The request an address stands for; anything but the form `post_address` gives is a GET of the address itself."""
    address = RENDERED.sub("", address)
    match = POSTED.search(address)
    if match is None:
        return Sent(address)
    return Sent(address[: match.start()], unquote(match.group(2)), unquote(match.group(1)))
