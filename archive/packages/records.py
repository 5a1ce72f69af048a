"""Captures as WARC records.

====================  ================================================================================================
a capture             becomes
====================  ================================================================================================
with bytes received   ``response``; ``revisit`` (identical payload) where the part holds these bytes already
``not_modified``      ``revisit`` (server not modified), with the head of the answer 304
cut, or not kept      ``response`` with the head alone and ``WARC-Truncated``, which gives the reason
after redirects       besides, ``response`` of each with its head, as far as they were noted; else ``revisit`` of the
                      address that was asked for
drawn by a browser,   ``conversion``: nobody sent these bytes
made of others
a local file          ``resource``
any                   besides, ``request`` where one was sent, and ``metadata``: title, index number, link and the rest
====================  ================================================================================================

Bytes are kept as the transfer and content encodings, once undone, left them.  The fields of the head that spoke of the
encoded bytes are therefore named ``X-Archive-Orig-…``, and ``Content-Length`` is that of the bytes there are.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import http
import io
import re
import uuid
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from gongkai.archive.capture import Capture, Outcome, Redirect, Role
from gongkai.archive.packages.addresses import as_uri, asked
from gongkai.archive.streams import chunks, new_spool

PROFILE = "http://netpreserve.org/warc/1.1/revisit/"
RENDERED = "gongkai-rendered"
"""The header of what a browser drew."""
_ENCODED = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_RESPONSE = "application/http; msgtype=response"
_NOTHING = hashlib.sha256(b"").hexdigest()
_CUT = {Outcome.TOO_LARGE: "length", Outcome.TIMEOUT: "time", Outcome.TRUNCATED: "disconnect"}
_TEXT_FACTS = ("title", "index_number", "link_text", "publisher", "context", "file_name", "tls", "told_entity")
_OTHER_FACTS = ("portal", "run_id", "capture_id", "role", "outcome", "url", "published_on", "received_at")
_MORE_FACTS = ("payload_sha256", "previous_sha256", "media_type_detected", "told_year", "told_division", "told_phase")
FACTS = (*_TEXT_FACTS, *_OTHER_FACTS, *_MORE_FACTS)
"""Fields of a capture that its metadata record holds, besides ``via``, the page that linked there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Written:
    """A record as written: what an index says of it.  ``lookup`` is the address a viewer looks for."""

    kind: str
    url: str
    lookup: str
    at: dt.datetime
    data: BinaryIO
    length: int
    status: int | None = None
    media_type: str | None = None
    sha256: str | None = None
    body: bytes | None = None
    """That of a POST."""

    @property
    def is_shown(self) -> bool:
        """True for what can be looked at: an answer with its bytes."""
        return self.sha256 is not None


@dataclasses.dataclass(frozen=True, slots=True)
class First:
    """The record that holds some bytes, for later ones to refer to."""

    url: str
    at: dt.datetime


class _Head(StatusAndHeaders):  # type: ignore[misc]
    """An HTTP head, written as its bytes came: captures hold them one to one, as Latin-1 characters."""

    def compute_headers_buffer(self, _header_filter: Any = None) -> None:
        self.headers_buff = self.to_bytes(encoding="latin-1")


def records(capture: Capture, payload: BinaryIO | None, first: First | None) -> Iterator[Written]:
    """The records of a capture.  Of its bytes either ``payload`` is given, a seekable stream, or ``first``, the record
    that holds them; of a capture without bytes neither."""
    request = asked(capture.url)
    url = as_uri(capture.final_url or request.url)
    main = _answer(capture, url, payload, first)
    if main is not None:
        yield main
        is_elsewhere = request.url not in {url, *(hop.url for hop in capture.redirects)}
        if main.is_shown and main.status is not None and is_elsewhere:
            yield _revisit(capture, request.url, First(url, capture.requested_at), "identical-payload-digest", None)
    yield from (_redirect(capture, number, hop) for number, hop in enumerate(capture.redirects))
    if capture.request_headers:
        yield _request(capture, url)
    yield _metadata(capture, url)


def _answer(capture: Capture, url: str, payload: BinaryIO | None, first: First | None) -> Written | None:
    """The record of what came; None where nothing did."""
    is_304 = capture.outcome is Outcome.NOT_MODIFIED
    status = capture.http_status
    if first is not None:
        profile = "server-not-modified" if is_304 else "identical-payload-digest"
        head = _response_head(capture, None if is_304 else capture.payload_bytes) if status is not None else None
        return _revisit(capture, url, first, profile, head)
    if payload is not None and (status is None or is_304 or _is_rendered(capture)):
        kind = "resource" if capture.role is Role.FILE or is_304 else "conversion"
        return _write(capture, kind, url, _described(capture), payload=payload)
    if status is None:
        return None
    if payload is None:
        fields = {"WARC-Truncated": _CUT.get(capture.outcome, "unspecified")}
        return _write(capture, "response", url, fields, head=_response_head(capture, 0))
    return _write(
        capture,
        "response",
        url,
        _described(capture),
        head=_response_head(capture, capture.payload_bytes),
        payload=payload,
    )


def _is_rendered(capture: Capture) -> bool:
    return any(name.lower() == RENDERED for name, _ in capture.response_headers)


def _described(capture: Capture) -> dict[str, str]:
    kind = capture.media_type_detected
    return {"WARC-Identified-Payload-Type": kind} if kind else {}


def _revisit(capture: Capture, url: str, first: First, profile: str, head: _Head | None) -> Written:
    fields = {
        "WARC-Profile": PROFILE + profile,
        "WARC-Refers-To-Target-URI": first.url,
        "WARC-Refers-To-Date": warc_date(first.at),
    }
    return _write(capture, "revisit", url, fields, head=head)


def _redirect(capture: Capture, number: int, hop: Redirect) -> Written:
    """The answer that led on, with its head alone: its body is not kept."""
    url, length = as_uri(hop.url), {name.lower(): value for name, value in hop.headers}.get("content-length")
    named = {
        "WARC-Record-ID": record_id(capture, f"redirect {number}", url),
        "WARC-Date": warc_date(hop.requested_at),
        **({} if length == "0" else {"WARC-Truncated": "unspecified"}),
        "WARC-Payload-Digest": f"sha256:{_NOTHING}",
    }
    head = _head(hop.http_status, hop.headers, 0)
    data, size = _record("response", url, named, content_type=_RESPONSE, head=head, payload=None)
    return Written("response", url, url, hop.requested_at, data, size, status=hop.http_status, sha256=_NOTHING)


def _request(capture: Capture, url: str) -> Written:
    request = asked(capture.url)
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    named = {name.lower() for name, _ in capture.request_headers}
    host = [] if "host" in named else [("Host", parts.netloc)]
    head = _Head(f"{target} HTTP/1.1", [*host, *_clean(capture.request_headers)], protocol=request.method)
    body = io.BytesIO(request.body) if request.body else None
    fields = {"WARC-Concurrent-To": record_id(capture, "response")} if capture.http_status is not None else {}
    return _write(capture, "request", url, fields, head=head, payload=body)


def _metadata(capture: Capture, url: str) -> Written:
    facts = {"via": capture.parent_url, **{_name(name): getattr(capture, name) for name in FACTS}}
    if capture.received_at is not None:
        taken = capture.received_at - capture.requested_at
        facts["fetchTimeMs"] = round(taken.total_seconds() * 1000)
    lines = [f"{name}: {_one_line(value)}\r\n" for name, value in facts.items() if value is not None]
    fields = {"WARC-Concurrent-To": record_id(capture, "response")}
    return _write(capture, "metadata", url, fields, payload=io.BytesIO("".join(lines).encode("utf-8", "replace")))


def _name(fact: str) -> str:
    """The name of a fact in a metadata record."""
    return fact if fact == "title" else f"gongkai-{fact.replace('_', '-')}"


def _one_line(value: object) -> str:
    text = value.isoformat() if isinstance(value, dt.date) else str(value)
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def _response_head(capture: Capture, length: int | None) -> _Head:
    return _head(capture.http_status or 0, capture.response_headers, length)


def _head(status: int, received: tuple[tuple[str, str], ...], length: int | None) -> _Head:
    """The head as received; what spoke of bytes that are not these is kept under a name of its own."""
    is_coded = length is not None and any(name.lower() in _ENCODED - {"content-length"} for name, _ in received)
    fields: list[tuple[str, str]] = []
    for name, value in _clean(received):
        low = name.lower()
        speaks_of_others = length is not None and low in _ENCODED and (is_coded or value.strip() != str(length))
        fields.append((f"X-Archive-Orig-{name}" if speaks_of_others else name, value))
    if length is not None and not any(name.lower() == "content-length" for name, _ in fields):
        fields.append(("Content-Length", str(length)))
    phrase = http.HTTPStatus(status).phrase if status in http.HTTPStatus._value2member_map_ else "-"
    return _Head(f"{status} {phrase}", fields, protocol="HTTP/1.1")


def _clean(fields: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Fields that stay one line each, of characters that are one byte each."""

    def clean(text: str) -> str:
        return re.sub(r"[\r\n\x00]+", " ", text).encode("latin-1", "replace").decode("latin-1")

    return [(clean(name), clean(value)) for name, value in fields]


def _write(
    capture: Capture,
    kind: str,
    url: str,
    fields: Mapping[str, str],
    *,
    head: _Head | None = None,
    payload: BinaryIO | None = None,
) -> Written:
    is_of_payload = kind in {"response", "revisit", "resource", "conversion"} and capture.payload_sha256 is not None
    named = {
        "WARC-Record-ID": record_id(capture, kind, url),
        "WARC-Date": warc_date(capture.requested_at),
        **(
            {"WARC-IP-Address": capture.remote_address}
            if capture.remote_address and kind in {"response", "revisit", "request"}
            else {}
        ),
        **fields,
        **({"WARC-Payload-Digest": f"sha256:{capture.payload_sha256}"} if is_of_payload else {}),
    }
    request = asked(capture.url)
    lookup = dataclasses.replace(request, url=url).lookup_url
    data, length = _record(kind, url, named, content_type=_content_type(capture, kind), head=head, payload=payload)
    return Written(
        kind=kind,
        url=url,
        lookup=lookup,
        at=capture.requested_at,
        data=data,
        length=length,
        status=capture.http_status if kind in {"response", "revisit"} else None,
        media_type=_shown_type(capture),
        sha256=capture.payload_sha256 if is_of_payload else None,
        body=request.body,
    )


def _content_type(capture: Capture, kind: str) -> str:
    if kind in {"response", "revisit"} and capture.http_status is None:
        return _shown_type(capture) or "application/octet-stream"
    if kind in {"resource", "conversion"}:
        return _shown_type(capture) or "application/octet-stream"
    if kind in {"response", "revisit"}:
        return _RESPONSE
    return "application/http; msgtype=request" if kind == "request" else "application/warc-fields"


def _shown_type(capture: Capture) -> str | None:
    declared = _clean((("", capture.media_type_declared or ""),))[0][1].partition(";")[0].strip().lower()
    return declared or capture.media_type_detected


def warcinfo(at: dt.datetime, name: str, software: str) -> Written:
    """The record that a WARC begins with, which says how to read the others."""
    lines = {
        "software": software,
        "format": "WARC File Format 1.1",
        "conformsTo": "https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "robots": "obey",
        "description": (
            "Captures of a gongkai archive. Bodies are kept with their transfer and content encodings undone; the"
            " fields that spoke of the encoded bytes are named X-Archive-Orig-*. Status lines and request lines are"
            " made anew from status and address, Host from the address. An answer whose body was cut or not kept has"
            " WARC-Truncated."
        ),
    }
    body = io.BytesIO("".join(f"{key}: {value}\r\n" for key, value in lines.items()).encode())
    fields = {
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{name} {at.isoformat()}')}>",
        "WARC-Date": warc_date(at),
        "WARC-Filename": name,
    }
    data, length = _record("warcinfo", "", fields, content_type="application/warc-fields", head=None, payload=body)
    return Written("warcinfo", "", "", at, data, length)


def _record(
    kind: str, url: str, fields: Mapping[str, str], *, content_type: str, head: _Head | None, payload: BinaryIO | None
) -> tuple[BinaryIO, int]:
    """A record as a gzip member of its own in a temporary stream, rewound, and its length."""
    stream = payload or io.BytesIO()
    digest = hashlib.sha256()
    if head is not None:
        head.compute_headers_buffer()
        digest.update(head.headers_buff)
    size = 0
    for chunk in chunks(stream):
        digest.update(chunk)
        size += len(chunk)
    stream.seek(0)
    spool = new_spool()
    writer = WARCWriter(spool, gzip=True, warc_version="1.1")
    all_fields = {"WARC-Type": kind, **fields, "WARC-Block-Digest": f"sha256:{digest.hexdigest()}"}
    record = writer.create_warc_record(
        url,
        kind,
        payload=stream,
        length=size,
        warc_content_type=content_type,
        warc_headers_dict=all_fields,
        http_headers=head or _Head("", [], protocol=""),
    )
    if head is None:
        record.http_headers = None
    writer.write_record(record)
    length = spool.tell()
    spool.seek(0)
    return spool, length


def warc_date(at: dt.datetime) -> str:
    """The time as WARC 1.1 writes it, to the microsecond."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def record_id(capture: Capture, kind: str, url: str | None = None) -> str:
    """The identifier of a capture's record, the same in every export; that of its answer is ``response`` for each."""
    is_answer = kind in {"response", "revisit", "resource", "conversion"}
    main = as_uri(capture.final_url or asked(capture.url).url)
    name = "response" if is_answer and url in {None, main} else f"{kind} {url or ''}"
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{capture.capture_id} {name}')}>"
