"""What is left to parse: the payloads of all captures that may hold a document, but for those the lake knows.

An archive of a country has millions of them.  Captures are compared as columns, their hashes as 32 bytes each and by
their first digit, sixteen shares one after the other; captures become objects for the originals that are left alone,
and for the files of the articles that these stand in.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gongkai.archive import Archive, Capture, Outcome, Role
from gongkai.archive.compaction import Piece
from gongkai.lake.manifest import Manifest

_PARSABLE = (Outcome.CAPTURED, Outcome.UNCHANGED, Outcome.NOT_MODIFIED)
_ROLES = (Role.ARTICLE, Role.ATTACHMENT, Role.FILE)
_CHOSEN_BY: dict[str, Any] = {
    "outcome": pa.array([each.value for each in _PARSABLE]),
    "role": pa.array([each.value for each in _ROLES]),
}
_HASH = pa.binary(32)
_DIGITS = "0123456789abcdef"
_ROWS_AT_ONCE = 100_000
_LOOKED_AT = 100_000
"""Originals up to which the index of the lake is asked for each, rather than read whole."""


@dataclasses.dataclass(frozen=True, slots=True)
class Left:
    """The originals that are left, with all their captures by time, in order of first capture."""

    chosen: Mapping[str, list[Capture]]
    beside: tuple[Capture, ...]
    """The first capture of every file of an article in which a chosen one stands, the chosen ones among them."""
    siblings: Mapping[str, list[Capture]]
    """All captures of those files that are not chosen themselves."""
    candidates: int
    """How many originals may hold a document."""
    rows: tuple[pa.Table, ...]
    """The hash of each of them, by its first digit."""

    def is_candidate(self, sha256: str) -> bool:
        """True for an original that was published by itself and may hold a document."""
        return self.count_of([sha256]) > 0

    def count_of(self, sha256s: Iterable[str]) -> int:
        """How many of these are candidates."""
        asked = pa.table({"sha256": pa.array(list(sha256s), pa.string())})
        pairs = zip(_shares([asked]), self.rows, strict=True)
        return sum(int(pc.sum(pc.is_in(few["sha256"], value_set=many["sha256"])).as_py() or 0) for few, many in pairs)


def left(archive: Archive, manifest: Manifest | None, version: str, limit: int) -> Left:
    """What a parser version has left of the archive; everything where no manifest is given.

    An original that could not be read for a reason that may pass is left until it was tried ``limit`` times.

    Raises CapturesUnreadableError, LakeDamagedError, StoreError.
    """
    files, rows = _candidates(archive)
    done = _shares(_done(rows, manifest, version, limit) if manifest else ())
    candidates, open_ = 0, []
    for share, known in zip(rows, done, strict=True):
        hashes: Any = share["sha256"].unique()
        candidates += len(hashes)
        open_.append(hashes.filter(pc.invert(pc.is_in(hashes, value_set=known["sha256"]))))
    del done
    chosen = _captures_of(archive, files, rows, open_)
    order = sorted(chosen.items(), key=lambda item: (item[1][0].requested_at, item[0]))
    siblings = _siblings(archive, files, rows, chosen)
    firsts = [captures[0] for captures in (*chosen.values(), *siblings.values())] if siblings is not None else []
    beside = tuple(sorted(firsts, key=lambda first: (first.requested_at, first.payload_sha256 or "")))
    return Left(dict(order), beside, siblings or {}, candidates, tuple(rows))


def _candidates(archive: Archive) -> tuple[list[str], list[pa.Table]]:
    """The keys of all capture files; hash and number of the file of every capture that may be of a document."""
    files: list[str] = []

    def read() -> Iterator[pa.Table]:
        for piece in archive.capture_columns(["payload_sha256", *_CHOSEN_BY]):
            columns = {"sha256": piece.rows["payload_sha256"], "file": _numbered(piece, len(files))}
            files.extend(key for key, _ in piece.files)
            yield pa.table(columns).filter(_may_be_documents(piece.rows))

    return files, _shares(read(), pa.field("file", pa.int32()))


def _shares(tables: Iterable[pa.Table], *further: pa.Field[Any]) -> list[pa.Table]:
    """Rows by the first digit of their ``sha256``, which becomes 32 bytes."""
    shares = [[pa.schema([pa.field("sha256", _HASH), *further]).empty_table()] for _ in _DIGITS]
    for block in _blocks(tables):
        digits = pc.utf8_slice_codeunits(block["sha256"], 0, 1)
        for share, digit in zip(shares, _DIGITS, strict=True):
            rows = block.filter(pc.equal(digits, pa.scalar(digit)))
            share.append(rows.set_column(0, pa.field("sha256", _HASH), _packed(rows["sha256"])))
    return [pa.concat_tables(share) for share in shares]


def _blocks(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The tables put together: many capture files have few rows."""
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if sum(map(len, held)) >= _ROWS_AT_ONCE:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _packed(hashes: pa.ChunkedArray[Any]) -> pa.Array[Any]:
    """Hashes of 64 digits as 32 bytes each."""
    array: Any = pa.concat_arrays([*hashes.chunks, pa.array([], pa.string())])  # whose texts stand in a row
    data = bytes.fromhex(str(memoryview(array.buffers()[2] or b"")[: 64 * len(array)], "ascii"))
    return pa.FixedSizeBinaryArray.from_buffers(_HASH, len(hashes), [None, pa.py_buffer(data)])


def _texts(hashes: Iterable[pa.Array[Any] | pa.ChunkedArray[Any]]) -> pa.Array[Any]:
    """Hashes of 32 bytes as 64 digits each."""
    return pa.array([each.hex() for share in hashes for each in share.to_pylist()], pa.string())


def _numbered(piece: Piece, start: int) -> pa.Array[Any]:
    """The number of its capture file for every row of a piece, counted from one on."""
    ends = pa.array(itertools.accumulate(rows for _, rows in piece.files), pa.int32())
    numbers = pa.array(range(start, start + len(piece.files)), pa.int32())
    decoded: pa.Array[Any] = pc.call_function("run_end_decode", [pa.RunEndEncodedArray.from_arrays(ends, numbers)])
    return decoded


def _may_be_documents(table: pa.Table) -> Any:
    wanted = pc.is_valid(table["payload_sha256"])
    for name, values in _CHOSEN_BY.items():
        wanted = pc.and_(wanted, pc.is_in(table[name], value_set=values))
    return wanted


def _done(rows: Sequence[pa.Table], manifest: Manifest, version: str, limit: int) -> Iterator[pa.Table]:
    """Those of the candidates in ``rows``, or of all originals, that this parser version need not look at."""
    index, is_of_now = manifest.originals, manifest.parser_version == version
    is_few = sum(map(len, rows)) <= _LOOKED_AT
    asked = sorted(set(map(str, _texts(share["sha256"] for share in rows).to_pylist()))) if is_few else ()
    tables = (table for _, table in index.grouped(asked)) if is_few else index.every()
    for table in tables:
        is_read = pc.and_(table["is_document"], pc.equal(table["parser_version"], pa.scalar(version)))
        if is_of_now:
            attempts = table["attempts"]
            is_given_up = pc.greater_equal(attempts, pa.scalar(max(limit, 1), pa.int32()))
            is_settled = pc.equal(attempts, pa.scalar(0, pa.int32()))
            is_read = pc.or_(is_given_up, pc.and_(is_settled, pc.or_kleene(is_read, table["passed_over"])))
        yield table.select(["sha256"]).filter(pc.fill_null(is_read, pa.scalar(False)))


def _captures_of(
    archive: Archive, files: list[str], rows: Sequence[pa.Table], payloads: Sequence[pa.Array[Any]]
) -> dict[str, list[Capture]]:
    """All captures of some payloads that may be of a document, by payload and time."""
    found: dict[str, list[Capture]] = {}
    numbers: set[int] = set()
    for share, wanted in zip(rows, payloads, strict=True):
        of_wanted = share.filter(pc.is_in(share["sha256"], value_set=wanted))
        numbers.update(int(each or 0) for each in of_wanted["file"].unique().to_pylist())
    texts = _texts(payloads) if numbers else pa.array([], pa.string())
    for number in sorted(numbers):
        for capture in archive.captures_of(files[number], texts):
            if capture.payload_sha256 and capture.outcome in _PARSABLE and capture.role in _ROLES:
                found.setdefault(capture.payload_sha256, []).append(capture)
    for captures in found.values():
        captures.sort(key=lambda capture: capture.requested_at)
    return found


def _siblings(
    archive: Archive, files: list[str], rows: Sequence[pa.Table], chosen: Mapping[str, list[Capture]]
) -> dict[str, list[Capture]] | None:
    """All captures of the files that stand beside chosen ones in an article; None where no chosen one does."""
    firsts = [captures[0] for captures in chosen.values()]
    articles = {first.parent_url for first in firsts if first.role is Role.ATTACHMENT and first.parent_url}
    if not articles:
        return None
    wanted = pa.array(sorted(articles), pa.string())
    others: set[str] = set()
    for piece in archive.capture_columns(["payload_sha256", "parent_url", *_CHOSEN_BY]):
        table = piece.rows
        of_article = pc.and_(_may_be_documents(table), pc.is_in(table["parent_url"], value_set=wanted))
        others.update(map(str, table.filter(of_article)["payload_sha256"].to_pylist()))
    further = _shares([pa.table({"sha256": pa.array(sorted(others - chosen.keys()), pa.string())})])
    return _captures_of(archive, files, rows, [share["sha256"].combine_chunks() for share in further])
