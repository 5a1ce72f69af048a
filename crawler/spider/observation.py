"""Observations: an exchange becomes the capture that records it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import email.errors
import email.header
import re
from urllib.parse import parse_qsl, unquote, unquote_to_bytes, urlsplit

from scrapy import Request
from scrapy.http import Response

from gongkai.archive import Arrival, Arrived, Capture, Outcome, new_capture_id
from gongkai.crawler.pages.lead import Lead
from gongkai.crawler.pages.links import suffix_of
from gongkai.crawler.pages.media_types import detect_media_type
from gongkai.crawler.pages.page import squeeze
from gongkai.crawler.visit import Visit
from gongkai.crawler.wire.exchange import NOT_ASKED, Exchange, exchange_of, header_pairs

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that move a terminal's cursor or turn the direction of writing: no honest file name holds one."""
PLAIN_NAME = re.compile(rb'filename\s*=\s*(?:"([^"]*)"|([^;]+))', re.IGNORECASE)
CODED_NAME = re.compile(rb"filename\*\s*=\s*([\w-]+)'[^']*'([^;\s]+)", re.IGNORECASE)


@dataclasses.dataclass(slots=True, kw_only=True)
class Observation:
    """A capture on its way into the archive, with the bytes it will name; the item of the spiders.

    `payload` is None where nothing is to be stored: failures, and what the archive holds already (304).  `asked` is
    False where the archive answered and nothing was sent, see `crawler.wire.held_documents`: no capture comes of it.
    """

    capture: Capture
    payload: Arrived | None = None
    received_body: bool = False
    asked: bool = True


def answered(visit: Visit, lead: Lead, response: Response, outcome: Outcome) -> Observation:
    """The observation of a request that got an answer."""
    request = response.request
    if request is None:
        raise TypeError(f"The response {response!r} carries no request.")
    known = visit.previous(lead.url)
    not_modified = outcome is Outcome.NOT_MODIFIED
    wanted = outcome is Outcome.CAPTURED
    arrived = _arrived(request, response)
    capture = dataclasses.replace(
        _capture(visit, lead, request, outcome),
        final_url=response.url,
        http_status=304 if not_modified else response.status,
        payload_sha256=known.payload_sha256 if known and not_modified else None,
        payload_bytes=known.payload_bytes if known and not_modified else (arrived.size if arrived else None),
        media_type_declared=_header(response, "Content-Type"),
        media_type_detected=_detected(known, arrived) if wanted or not_modified else None,
        file_name=file_name(response, lead),
    )
    if arrived and not wanted:
        arrived.close()
    return Observation(
        capture=capture,
        payload=arrived if wanted else None,
        received_body=wanted and arrived is not None and arrived.size > 0,
        asked=not request.meta.get(NOT_ASKED),
    )


def _arrived(request: Request, response: Response) -> Arrived | None:
    """The body that came over the wire, or the one that took its place since; None where nothing was sent."""
    exchange = exchange_of(request)
    if exchange and exchange.arrived and exchange.arrived.head is response.body:
        return exchange.arrived
    if response.meta.get("not_modified"):
        return exchange.arrived if exchange else None
    arrival = Arrival()
    arrival.write(response.body)
    return arrival.finish()


def _detected(known: Capture | None, arrived: Arrived | None) -> str | None:
    if known and (arrived is None or not arrived.size):
        return known.media_type_detected
    return detect_media_type(arrived.head if arrived.is_whole else arrived.open()) if arrived else None


def assembled(visit: Visit, lead: Lead, request: Request, payload: Arrived) -> Observation:
    """The observation of a document made of what several requests gave; `request` was the last of them."""
    capture = dataclasses.replace(
        _capture(visit, lead, request, Outcome.CAPTURED),
        http_status=None,
        request_headers=(),
        response_headers=(),
        remote_address=None,
        tls=None,
        redirects=(),
        payload_bytes=payload.size,
        media_type_detected=detect_media_type(payload.open()),
        file_name=_base_name(f"{lead.title or 'pictures'}.zip"),
    )
    return Observation(capture=capture, payload=payload)


def unanswered(visit: Visit, lead: Lead, request: Request, outcome: Outcome) -> Observation:
    """The observation of a request that was refused, failed, or got no whole answer."""
    final_url = request.url if request.meta.get("redirect_urls") else None
    return Observation(capture=dataclasses.replace(_capture(visit, lead, request, outcome), final_url=final_url))


def _capture(visit: Visit, lead: Lead, request: Request, outcome: Outcome) -> Capture:
    """A capture with the facts of the request, and of its answer as far as it came."""
    known = visit.previous(lead.url)
    exchange = exchange_of(request) or Exchange(requested_at=dt.datetime.now(dt.UTC))
    return Capture(
        capture_id=new_capture_id(),
        run_id=visit.run.run_id,
        portal=visit.portal.archive_name,
        role=lead.role,
        url=lead.url,
        outcome=outcome,
        requested_at=exchange.requested_at,
        received_at=exchange.received_at,
        http_status=exchange.status,
        request_headers=header_pairs(request.headers),
        response_headers=header_pairs(exchange.headers) if exchange.headers else (),
        remote_address=exchange.remote_address,
        parent_url=lead.parent_url,
        link_text=lead.link_text,
        title=lead.title,
        published_on=lead.published_on,
        index_number=lead.index_number,
        publisher=lead.publisher,
        context=lead.context,
        previous_sha256=known.payload_sha256 if known else None,
        tls=exchange.tls,
        redirects=exchange.redirects,
    )


def settle(capture: Capture, sha256: str, known: Capture | None) -> Capture:
    """A capture once its bytes are stored: unchanged where the last observation has their hash."""
    same = known is not None and known.payload_sha256 == sha256
    outcome = Outcome.UNCHANGED if same else Outcome.CAPTURED
    return dataclasses.replace(capture, outcome=outcome, payload_sha256=sha256)


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def file_name(response: Response, lead: Lead) -> str | None:
    """The name a file is offered under: by its Content-Disposition, its link's text, its query, or its address.

    Only the last part of a name with slashes counts: a name is a label here, never a path.
    """
    disposition = response.headers.get("Content-Disposition") or b""
    query = [value for _, value in parse_qsl(urlsplit(response.url).query) if suffix_of(value)]
    path = unquote(urlsplit(lead.url).path)
    names = [
        disposition_name(disposition),
        lead.link_text if lead.link_text and suffix_of(lead.link_text) else None,
        *query,
        path if suffix_of(path) else None,
    ]
    return next((base for name in names if name and (base := _base_name(name))), None)


def _base_name(name: str) -> str:
    """The last part of a name, without control characters; empty for what names a directory."""
    base = squeeze(CONTROLS.sub("", name.replace("\\", "/").rpartition("/")[2]))
    return "" if base in {".", ".."} else base


def disposition_name(header: bytes) -> str | None:
    """The file name of a Content-Disposition header: RFC 5987 where given, else raw UTF-8 or GBK, or percent-encoded,
    or RFC 2047, all of which portals send."""
    if coded := CODED_NAME.search(header):
        return _decoded(unquote_to_bytes(coded.group(2)), coded.group(1).decode("ascii"))
    plain = PLAIN_NAME.search(header)
    if plain is None:
        return None
    raw = plain.group(1) or (plain.group(2) or b"").strip()
    return _encoded_word(raw) or _decoded(unquote_to_bytes(raw), "utf-8")


def _encoded_word(raw: bytes) -> str | None:
    """A name written as RFC 2047 words (`=?UTF-8?B?…?=`), which some servers do although no header allows it."""
    if not raw.startswith(b"=?"):
        return None
    try:
        parts = email.header.decode_header(raw.decode("latin-1"))
    except email.errors.HeaderParseError:
        return None
    return "".join(part if isinstance(part, str) else _decoded(part, charset or "ascii") for part, charset in parts)


def _decoded(raw: bytes, encoding: str) -> str:
    for attempt in (encoding, "utf-8", "gb18030"):
        try:
            return raw.decode(attempt)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")
