"""What single records say of an answer: when, how it ended, what it is, where it leads, whose bytes it repeats."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from urllib.parse import quote, unquote, urljoin, urlsplit, urlunsplit

from gongkai.archive.capture import Outcome, Role
from gongkai.archive.packages.http_message import Head
from gongkai.archive.packages.memory import by_address, by_digest
from gongkai.archive.packages.warc_reader import Record, WarcDamagedError, parsed_digest

_AS_IT_IS = "!#$%&'()*+,/:;=?@[]~"
_CUT = {"length": Outcome.TOO_LARGE, "time": Outcome.TIMEOUT}
_REQUISITES = ("text/css", "text/javascript", "application/javascript", "application/x-javascript", "font/", "audio/")
_MORE_REQUISITES = ("video/", "application/font", "application/json", "application/wasm", "application/manifest")


def time_of(record: Record) -> dt.datetime:
    """The time of a record, UTC where it names no zone.  Raises WarcDamagedError."""
    text = record.fields.get("warc-date", "")
    try:
        at = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise WarcDamagedError(f"its WARC-Date is {text[:40]!r}") from error
    at = at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    if not 1990 <= at.year <= 2200:
        raise WarcDamagedError(f"its WARC-Date is {text[:40]!r}")
    return at.astimezone(dt.UTC)


def outcome_of(status: int | None, record: Record) -> Outcome:
    """The end that a record tells of; of a redirect that of a page, until it is known what stands there."""
    if status and status >= 400:
        return Outcome.HTTP_ERROR
    if record.kind == "revisit":
        is_304 = record.fields.get("warc-profile", "").endswith("server-not-modified")
        return Outcome.NOT_MODIFIED if is_304 else Outcome.UNCHANGED
    truncated = record.fields.get("warc-truncated")
    return _CUT.get(truncated, Outcome.TRUNCATED) if truncated else Outcome.CAPTURED


def says_nothing(status: int | None, record: Record) -> bool:
    """True for an answer without bytes of its own: 1xx, no content, a choice, a 304 that is no revisit, and a revisit
    of no bytes."""
    if status is not None and (status < 200 or status in {204, 205, 300, 305, 306}):
        return True
    if record.kind != "revisit":
        return status == 304
    return is_of_nothing(record.fields.get("warc-payload-digest")) and not is_redirect(status)


def is_redirect(status: int | None) -> bool:
    """True for an answer that names another address to go to."""
    return status in {301, 302, 303, 307, 308}


def is_of_nothing(digest: str | None) -> bool:
    """True for the digest of no bytes, which GNU Wget also gives as that of a revisit's block, whatever it holds."""
    parsed = parsed_digest(digest)
    return parsed is not None and parsed[1] == hashlib.new(parsed[0], usedforsecurity=False).digest()


def led_to(url: str, head: Head) -> str | None:
    """The address that a redirect names, as crawlers ask for it; None where it names none of the web."""
    location = head.get("location").encode("latin-1", "replace")
    try:
        parts = urlsplit(urljoin(url, quote(location, safe=_AS_IT_IS)))
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc or not location:
        return None
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", parts.query, ""))


def is_part(head: Head) -> bool:
    """True for an answer 206 that does not hold all bytes; browsers ask in parts also for what they then get whole."""
    whole = re.fullmatch(r"bytes 0-([0-9]{1,15})/([0-9]{1,15})", head.get("content-range").strip())
    return head.status == 206 and not (whole and int(whole[1]) + 1 == int(whole[2]))


def referred(record: Record) -> list[str]:
    """The names by which a revisit may refer to bytes."""
    fields = record.fields
    second = fields.get("warc-refers-to-date", "")[:19]
    address = by_address(fields.get("warc-refers-to-target-uri", "").strip("<>"), second) if second else None
    names = (fields.get("warc-refers-to"), by_digest(fields.get("warc-payload-digest")), address)
    return [name for name in names if name] or ["?"]


def role_of(declared: str, url: str, kind: str) -> Role:
    """The part an address plays, by the media type declared."""
    media_type = declared.partition(";")[0].strip().lower()
    if kind == "resource" and url.startswith("file:"):
        return Role.FILE
    if media_type in {"text/html", "application/xhtml+xml"}:
        return Role.ARTICLE
    if media_type.startswith("image/"):
        return Role.PICTURE
    return Role.REQUISITE if media_type.startswith((*_REQUISITES, *_MORE_REQUISITES)) else Role.ATTACHMENT


def is_html(head: bytes) -> bool:
    """True for bytes that begin a page."""
    return head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


def file_name_of(url: str) -> str | None:
    """The name of a file that an address ends in."""
    name = unquote(urlsplit(url).path).replace("\\", "/").rpartition("/")[2]
    return name if "." in name.strip(".") and name.isprintable() else None
