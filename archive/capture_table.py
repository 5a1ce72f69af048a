"""Captures as Parquet: one row each, every column described in the file's own metadata."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongkai.archive import formats, seal
from gongkai.archive.capture import Capture, Outcome, Redirect, Role
from gongkai.archive.store import ArchiveError

_TEXT = pa.string()
_TIME = pa.timestamp("us", "UTC")
_HEADERS = pa.list_(pa.struct([("name", _TEXT), ("value", _TEXT)]))
_REDIRECTS = pa.list_(
    pa.struct([("url", _TEXT), ("requested_at", _TIME), ("http_status", pa.int32()), ("headers", _HEADERS)])
)

_COLUMNS: tuple[tuple[str, pa.DataType, str], ...] = (
    ("capture_id", _TEXT, "identifier of this observation, unique in every archive"),
    ("run_id", _TEXT, "run that made it; starts with the run's UTC start time"),
    ("portal", _TEXT, "portal it belongs to, as its file in portals/ is named; local for files given by hand"),
    ("role", _TEXT, "listing, article, attachment, picture, file or requisite"),
    ("url", _TEXT, "address asked for; a file: address for a local file"),
    ("outcome", _TEXT, "how the observation ended; one of a closed list"),
    ("requested_at", _TIME, "when the request was sent, UTC"),
    ("received_at", _TIME, "when the answer was complete, UTC; null where none came"),
    ("final_url", _TEXT, "address that answered after redirects; null where it is the one asked for or none answered"),
    ("parent_url", _TEXT, "address of the page that linked here"),
    ("http_status", pa.int32(), "status code of the answer; null where none came or no HTTP was spoken"),
    ("request_headers", _HEADERS, "header fields sent, in order, repeated fields repeated"),
    ("response_headers", _HEADERS, "header fields received, in order, repeated fields repeated"),
    ("remote_address", _TEXT, "IP address that answered"),
    ("payload_sha256", _TEXT, "SHA-256 of the original, its name under raw/; null where no whole payload was received"),
    ("payload_bytes", pa.int64(), "length of the original, bytes"),
    ("media_type_declared", _TEXT, "media type the server declared"),
    ("media_type_detected", _TEXT, "media type told from the bytes"),
    ("file_name", _TEXT, "file name given by the portal, or of the local file"),
    ("link_text", _TEXT, "text of the link that led here"),
    ("title", _TEXT, "title of the page, or of the article a file is attached to"),
    ("published_on", pa.date32(), "date of publication as the portal states it, China Standard Time"),
    ("index_number", _TEXT, "索引号, the number the portal gives the disclosure"),
    ("publisher", _TEXT, "发布机构, who published the disclosure as the portal says"),
    ("context", _TEXT, "names of the columns the page says it stands in (当前位置), joined by ' > '"),
    ("previous_sha256", _TEXT, "SHA-256 of the payload observed at this address before this one"),
    ("told_year", pa.int32(), "fiscal year of the disclosure, as who added the file told it"),
    ("told_entity", _TEXT, "body whose disclosure it is, as who added the file told it"),
    ("told_division", _TEXT, "GB/T 2260 code of its division, as who added the file told it"),
    ("told_phase", _TEXT, "approved or executed, as who added the file told it"),
    ("tls", _TEXT, "TLS version, whether the certificate was verified, and its SHA-256; null without TLS"),
    ("redirects", _REDIRECTS, "answers that led from url to final_url, in order; null where none was noted"),
)

SCHEMA = pa.schema(
    [pa.field(name, kind, metadata={b"description": text.encode()}) for name, kind, text in _COLUMNS],
    metadata={
        b"table": b"captures",
        b"row": b"one observation of a URL or of a local file",
        formats.MEMBER.encode(): str(formats.CAPTURES).encode(),
    },
)
"""The columns of a capture file, each with its description in the field's metadata."""

_AT_ONCE = 500
_REQUIRED = ("capture_id", "run_id", "portal", "role", "url", "outcome", "requested_at")

Row = dict[str, Any]
"""One row as Arrow takes and gives it: column name to Python value."""


class CapturesUnreadableError(ArchiveError):
    """Raised when a capture file is damaged, or was written by a newer version with values unknown to this one."""


def to_row(capture: Capture) -> Row:
    """The capture as a row: header fields as ``{"name": …, "value": …}``, enumerations as their text."""
    row = {field.name: getattr(capture, field.name) for field in dataclasses.fields(capture)}
    for column in ("request_headers", "response_headers"):
        row[column] = _fields_in_row(row[column])
    hops = [
        {"url": hop.url, "requested_at": hop.requested_at, "http_status": hop.http_status}
        | {"headers": _fields_in_row(hop.headers)}
        for hop in capture.redirects
    ]
    return row | {"role": capture.role.value, "outcome": capture.outcome.value, "redirects": hops or None}


def _fields_in_row(fields: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"name": name, "value": value} for name, value in fields]


def _fields(row: Iterable[Mapping[str, str]] | None) -> tuple[tuple[str, str], ...]:
    return tuple((header["name"], header["value"]) for header in row or ())


def from_row(row: Row) -> Capture:
    """The capture in a row; columns an older file lacks are None.

    Raises ValueError when a required value is absent or a role or outcome is unknown.
    """
    absent = [name for name in _REQUIRED if row.get(name) is None]
    if absent:
        raise ValueError(f"a row has no {absent[0]!r}")
    values: Row = {name: row.get(name) for name in SCHEMA.names}
    for column in ("request_headers", "response_headers"):
        values[column] = _fields(values[column])
    values["redirects"] = tuple(
        Redirect(hop["url"], hop["requested_at"], hop["http_status"], _fields(hop["headers"]))
        for hop in values["redirects"] or ()
    )
    values["role"], values["outcome"] = Role(row["role"]), Outcome(row["outcome"])
    return Capture(**values)


def dump(captures: Sequence[Capture]) -> bytes:
    """A Parquet file with page checksums and its own SHA-256 (archive.seal); equal captures give equal bytes.

    Raises ValueError when a text cannot be written as UTF-8 or a number does not fit its column.
    """
    try:
        table = pa.Table.from_pylist([to_row(capture) for capture in captures], schema=SCHEMA)
    except (pa.ArrowException, OverflowError, TypeError) as error:
        raise ValueError(str(error)) from error
    mark = seal.placeholder()
    sink = pa.BufferOutputStream()
    with pq.ParquetWriter(sink, SCHEMA, compression="zstd", write_page_checksum=True) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({seal.NAME: mark})
    return seal.seal(sink.getvalue().to_pybytes(), mark)


def load(data: bytes) -> list[Capture]:
    """The captures in a file, also in one an older version wrote.  Raises CapturesUnreadableError."""
    return captures(load_columns(data))


def load_columns(data: bytes, names: Sequence[str] | None = None) -> pa.Table:
    """The columns named of a file, or all that it has.  Raises CapturesUnreadableError."""
    try:
        return opened(data).read(columns=None if names is None else list(names))
    except (pa.ArrowException, OSError, ValueError) as error:
        raise CapturesUnreadableError(str(error)) from error


def opened(data: bytes) -> pq.ParquetFile:
    """A file that is as it was sealed and of a format known here.  Raises CapturesUnreadableError."""
    try:
        # Before Arrow sees them: native code is not to be fed damaged bytes.
        seal.check_parquet(data)
        file = pq.ParquetFile(pa.BufferReader(data), page_checksum_verification=True)
        number = (file.schema_arrow.metadata or {}).get(formats.MEMBER.encode(), b"1")
        formats.check_format(number, formats.CAPTURES, "it")
    except (seal.SealBrokenError, formats.NewerFormatError, pa.ArrowException, OSError, ValueError) as error:
        raise CapturesUnreadableError(str(error)) from error
    return file


def of_this_version(table: pa.Table) -> pa.Table:
    """All columns of ``SCHEMA``, null where an older version's file lacks them.  Raises CapturesUnreadableError."""
    try:
        columns = [
            table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(len(table), field.type)
            for field in SCHEMA
        ]
        return pa.table(columns, schema=SCHEMA)
    except (pa.ArrowException, ValueError) as error:
        raise CapturesUnreadableError(str(error)) from error


def captures(table: pa.Table) -> list[Capture]:
    """The captures in rows of a file.  Raises CapturesUnreadableError."""
    try:
        return [from_row(row) for row in table.to_pylist()]
    except (pa.ArrowException, ValueError) as error:
        raise CapturesUnreadableError(str(error)) from error


def one_by_one(table: pa.Table) -> Iterator[Capture]:
    """The captures in rows of a file, few of which are objects at a time.  Raises CapturesUnreadableError."""
    for start in range(0, len(table), _AT_ONCE):
        yield from captures(table.slice(start, _AT_ONCE))


def last_of_each_url(table: pa.Table) -> pa.Table:
    """Keeps of each URL the last row that has a payload, and the last that says it is gone: no other tells it."""
    numbered = table.select(["url", "requested_at"]).append_column("row", pa.array(range(len(table)), pa.int64()))
    kept: list[pa.Table] = []
    for wanted in (pc.is_valid(table["payload_sha256"]), pc.equal(table["outcome"], pa.scalar(Outcome.GONE.value))):
        by_time = numbered.filter(wanted).sort_by([("requested_at", "ascending"), ("row", "ascending")])
        kept.append(by_time.group_by("url", use_threads=False).aggregate([("row", "last")]))
    return table.take(pa.concat_tables(kept)["row_last"].combine_chunks().unique().sort())


def instant(time: dt.datetime) -> dt.datetime:
    """The time in UTC.  Raises ValueError when it has no zone."""
    if time.tzinfo is None:
        raise ValueError(f"the time {time!r} has no zone")
    return time.astimezone(dt.UTC)


def by_time(captures: Iterable[Capture]) -> list[Capture]:
    """Oldest request first; captures of one instant in the order given."""
    return sorted(captures, key=lambda capture: capture.requested_at)
