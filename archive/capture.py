"""One observation of one URL (or of one local file): the record that travels with every original."""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum


class Role(enum.StrEnum):
    """The part a captured address plays on the portal it was found on."""

    LISTING = "listing"
    """A page of a column (栏目) that lists articles."""
    ARTICLE = "article"
    """A page of its own with a title; some publish the whole budget in its HTML."""
    ATTACHMENT = "attachment"
    """A file linked from an article or listed directly."""
    PICTURE = "picture"
    """A picture of one page of an article that is pictures of pages; its document is their album, an attachment."""
    FILE = "file"
    """A local file given with ``gongkai add``."""
    REQUISITE = "requisite"
    """Needed by a page to be shown (style, script, font, data); only web archives taken in hold any."""


class Outcome(enum.StrEnum):
    """The end of an observation.  A closed list: every request ends as exactly one of these."""

    CAPTURED = "captured"
    """Bytes not seen before at this URL were received whole and stored."""
    UNCHANGED = "unchanged"
    """Received whole; byte for byte what the last observation of this URL gave."""
    NOT_MODIFIED = "not_modified"
    """The server answered a conditional request with 304; nothing was transferred."""
    GONE = "gone"
    """404 or 410 for an address that once held a document, or a listing read whole without it."""
    HTTP_ERROR = "http_error"
    """Any other status of 400 and above, after the allowed retries."""
    TIMEOUT = "timeout"
    """No answer, or no whole answer, in time, or an answer slower than the minimum rate."""
    TLS_ERROR = "tls_error"
    """The certificate or the handshake was refused."""
    CONNECTION_ERROR = "connection_error"
    """Name lookup or connection failed, or was cut before any byte of the body."""
    CHALLENGED = "challenged"
    """An anti-bot page, or a firewall's, was served in place of the content; recorded, never bypassed."""
    ROBOTS_DENIED = "robots_denied"
    """robots.txt forbids the address, or could not be read, so nothing was requested."""
    SOFT_404 = "soft_404"
    """Status 200, but nothing is there, as the page says, or it is another one: a login, the site's first page."""
    WRONG_TYPE = "wrong_type"
    """HTML where a file was promised."""
    TRUNCATED = "truncated"
    """Fewer bytes than the declared Content-Length, or a chunked body without its end."""
    TOO_LARGE = "too_large"
    """More bytes than the limit; the rest was not read."""
    LISTING_EMPTY = "listing_empty"
    """A listing page without a single row."""
    LISTING_REPEATED = "listing_repeated"
    """A listing page that repeats the rows of the page before: the pager is not understood."""
    UNSAFE_ADDRESS = "unsafe_address"
    """A private, loopback or non-HTTP target; nothing was requested."""


@dataclasses.dataclass(frozen=True, slots=True)
class Redirect:
    """An answer that led elsewhere: whose it was, when it was asked for (UTC), its status and header fields."""

    url: str
    requested_at: dt.datetime
    http_status: int
    headers: tuple[tuple[str, str], ...] = ()


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One observation, as stored in ``captures/<portal>/<run>/<n>.parquet``; also the Scrapy item.

    Times are UTC with zone.  ``payload_sha256`` names the original in ``raw/``; it is None where no
    whole payload was received.  For ``not_modified`` and ``unchanged`` it repeats the known one.
    """

    capture_id: str
    run_id: str
    portal: str
    role: Role
    url: str
    outcome: Outcome
    requested_at: dt.datetime
    received_at: dt.datetime | None = None
    final_url: str | None = None
    parent_url: str | None = None
    http_status: int | None = None
    request_headers: tuple[tuple[str, str], ...] = ()
    response_headers: tuple[tuple[str, str], ...] = ()
    remote_address: str | None = None
    payload_sha256: str | None = None
    payload_bytes: int | None = None
    media_type_declared: str | None = None
    media_type_detected: str | None = None
    file_name: str | None = None
    link_text: str | None = None
    title: str | None = None
    published_on: dt.date | None = None
    index_number: str | None = None
    """索引号, the number a portal gives a disclosure; survives moves between columns."""
    publisher: str | None = None
    """发布机构, who published it as the portal says: a department, rarely the portal itself."""
    context: str | None = None
    """Names of the columns that the page says it stands in (当前位置), outermost first, as it prints them."""
    previous_sha256: str | None = None
    told_year: int | None = None
    """The fiscal year, as who added a local file told it; so are the three below."""
    told_entity: str | None = None
    told_division: str | None = None
    """Code of GB/T 2260."""
    told_phase: str | None = None
    tls: str | None = None
    """TLS of the connection: protocol version, whether the certificate was verified, and its SHA-256."""
    redirects: tuple[Redirect, ...] = ()
    """The answers that led from ``url`` to ``final_url``, in order, as far as noted; version 0.1 noted none."""
