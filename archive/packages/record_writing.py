"""A WARC record as it is written: a gzip member of its own, with its head as it was received."""

from __future__ import annotations

import datetime as dt
import hashlib
import http
import io
import re
from collections.abc import Mapping
from typing import Any, BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from gongkai.archive.streams import chunks, new_spool

_ENCODED = frozenset({"content-encoding", "content-length", "transfer-encoding"})


class Head(StatusAndHeaders):  # type: ignore[misc]
    """An HTTP head, written as its bytes came: captures hold them one to one, as Latin-1 characters."""

    def compute_headers_buffer(self, _header_filter: Any = None) -> None:
        self.headers_buff = self.to_bytes(encoding="latin-1")


def received_head(status: int, received: tuple[tuple[str, str], ...], length: int | None) -> Head:
    """The head as received; what spoke of bytes that are not these is kept under a name of its own."""
    is_coded = length is not None and any(name.lower() in _ENCODED - {"content-length"} for name, _ in received)
    fields: list[tuple[str, str]] = []
    for name, value in cleaned(received):
        low = name.lower()
        speaks_of_others = length is not None and low in _ENCODED and (is_coded or value.strip() != str(length))
        fields.append((f"X-Archive-Orig-{name}" if speaks_of_others else name, value))
    if length is not None and not any(name.lower() == "content-length" for name, _ in fields):
        fields.append(("Content-Length", str(length)))
    phrase = http.HTTPStatus(status).phrase if status in http.HTTPStatus._value2member_map_ else "-"
    return Head(f"{status} {phrase}", fields, protocol="HTTP/1.1")


def cleaned(fields: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    """Fields that stay one line each, of characters that are one byte each."""

    def clean(text: str) -> str:
        return re.sub(r"[\r\n\x00]+", " ", text).encode("latin-1", "replace").decode("latin-1")

    return [(clean(name), clean(value)) for name, value in fields]


def written_record(
    kind: str, url: str, fields: Mapping[str, str], *, content_type: str, head: Head | None, payload: BinaryIO | None
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
        http_headers=head or Head("", [], protocol=""),
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
