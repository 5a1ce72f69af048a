"""What changed between the versions of a document: its bytes, and the numbers that the lake read in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture
from gongkai.exits import Exit
from gongkai.queries.lake import connect
from gongkai.session import CommandError

_TIME = pa.timestamp("us", "UTC")
VERSIONS: dict[str, pa.DataType] = {
    "version": pa.int32(),
    "sha256": pa.string(),
    "observed_at": _TIME,
    "last_observed_at": _TIME,
    "bytes": pa.int64(),
    "bytes_change": pa.int64(),
    "amounts_changed": pa.int64(),
    "lines_changed": pa.int64(),
    "url": pa.string(),
}
AMOUNTS: dict[str, pa.DataType] = {
    "version": pa.int32(),
    "form": pa.string(),
    "label": pa.string(),
    "measure": pa.string(),
    "amount_before": pa.decimal128(24, 2),
    "amount_after": pa.decimal128(24, 2),
    "sha256": pa.string(),
    "url": pa.string(),
}
_KEYS = (
    "form",
    "direction",
    "fund",
    "spending",
    "period",
    "item",
    "basis",
    "function_code",
    "economic_code",
    "government_economic_code",
    "unit_code",
    "unit_name",
    "label",
    "measure",
)
_KEY = ", ".join(_KEYS)
_SAME = " AND ".join(f"b.{name} IS NOT DISTINCT FROM a.{name}" for name in _KEYS)
_READ = (
    "SELECT count(DISTINCT sha256) FROM documents WHERE sha256 IN ($before, $after) AND parse_status <> 'unreadable'"
)
_CHANGED = f"""
    WITH numbered AS (
        SELECT *, row_number() OVER (PARTITION BY document_sha256, {_KEY} ORDER BY table_index, row_index, column_index)
            AS repeated
        FROM line_items WHERE document_sha256 IN ($before, $after)
    ), b AS (SELECT * FROM numbered WHERE document_sha256 = $before),
    a AS (SELECT * FROM numbered WHERE document_sha256 = $after)
    SELECT coalesce(a.form, b.form), coalesce(a.label, b.label), coalesce(a.measure, b.measure), b.amount, a.amount
    FROM b FULL JOIN a ON {_SAME} AND b.repeated = a.repeated
    WHERE b.amount IS DISTINCT FROM a.amount
    ORDER BY coalesce(a.table_index, b.table_index), coalesce(a.row_index, b.row_index),
        coalesce(a.column_index, b.column_index), 1, 2, 3, 4, 5
"""  # noqa: S608 - names of columns, of this module
_LINES = """
    WITH line AS (
        SELECT document_sha256, text, count(*) AS times FROM (
            SELECT document_sha256, trim(unnest(string_split(text, chr(10)))) AS text
            FROM sections WHERE document_sha256 IN ($before, $after)
        ) GROUP BY ALL
    )
    SELECT coalesce(sum(abs(coalesce(b.times, 0) - coalesce(a.times, 0))), 0)
    FROM (SELECT * FROM line WHERE document_sha256 = $before) b
    FULL JOIN (SELECT * FROM line WHERE document_sha256 = $after) a ON b.text = a.text
"""


def captures_of(archive: Archive, what: str) -> list[Capture]:
    """Every capture at the addresses of a document, given by 8 digits of its SHA-256 or an address.

    Raises CommandError where there is none, AmbiguousHashError.
    """
    urls = sorted({capture.url for capture in archive.find(what) if capture.payload_sha256})
    if not urls:
        message = f"the archive holds no original of {what!r}: give 8 or more digits of a SHA-256, or an address"
        raise CommandError(message, Exit.SOMETHING_FAILED)
    return [capture for url in urls for capture in archive.find(url) if capture.url == url]


def versions(archive: Archive, captures: Sequence[Capture]) -> Iterator[dict[str, Any]]:
    """A row for each version of each address, oldest first, with what differs from the one before.

    ``amounts_changed`` and ``lines_changed`` are null for the first, and where one of the two was not parsed.
    """
    with connect(archive.store) as connection:
        for number, before, seen in _stretches(captures):
            first, size = seen[0], seen[0].payload_bytes or 0
            pair = {"before": before.payload_sha256 if before else None, "after": first.payload_sha256}
            is_read = _is_read(connection, pair)
            yield {
                "version": number,
                "sha256": first.payload_sha256,
                "observed_at": first.requested_at,
                "last_observed_at": seen[-1].requested_at,
                "bytes": size,
                "bytes_change": size - (before.payload_bytes or 0) if before else None,
                "amounts_changed": len(connection.execute(_CHANGED, pair).fetchall()) if is_read else None,
                "lines_changed": _one(connection, _LINES, pair) if is_read else None,
                "url": first.url,
            }


def amounts(archive: Archive, captures: Sequence[Capture]) -> Iterator[dict[str, Any]]:
    """A row for each number that a version states otherwise than the one before; null where it states none."""
    with connect(archive.store) as connection:
        for number, before, seen in _stretches(captures):
            pair = {"before": before.payload_sha256 if before else None, "after": seen[0].payload_sha256}
            if not _is_read(connection, pair):
                continue
            for form, label, measure, was, now in connection.execute(_CHANGED, pair).fetchall():
                yield {
                    "version": number,
                    "form": form,
                    "label": label,
                    "measure": measure,
                    "amount_before": was,
                    "amount_after": now,
                    "sha256": seen[0].payload_sha256,
                    "url": seen[0].url,
                }


def _stretches(captures: Sequence[Capture]) -> Iterator[tuple[int, Capture | None, list[Capture]]]:
    """Number, the version before, and the captures of each version of an address, by address; bytes that come back
    are a version of their own."""
    by_url: dict[str, list[Capture]] = {}
    for capture in captures:
        if capture.payload_sha256:
            by_url.setdefault(capture.url, []).append(capture)
    for _, observed in sorted(by_url.items()):
        number, before, seen = 1, None, [observed[0]]
        for capture in observed[1:]:
            if capture.payload_sha256 == seen[0].payload_sha256:
                seen.append(capture)
                continue
            yield number, before, seen
            number, before, seen = number + 1, seen[-1], [capture]
        yield number, before, seen


def _is_read(connection: duckdb.DuckDBPyConnection, pair: dict[str, str | None]) -> bool:
    return pair["before"] is not None and _one(connection, _READ, pair) == 2


def _one(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, str | None]) -> int:
    row = connection.execute(sql, values).fetchone()
    return int(row[0]) if row else 0
