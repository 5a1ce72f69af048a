"""Writes the files of ``derived``: of each province its documents, line items, claims, issues and labels.

Lakes of less than ``_FROM`` partitions have none, for they need none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive import formats, seal
from gongkai.archive.lock import locked
from gongkai.archive.store import Store
from gongkai.archive.streams import chunks
from gongkai.lake.derived import DERIVED, FORMAT, INDEX, LABELS, Pieces, piece_key, read_pieces
from gongkai.lake.files import LakeFile, Totals
from gongkai.lake.manifest import Manifest
from gongkai.lake.partition import Partition, Partitions
from gongkai.lake.publication import conformed_rows
from gongkai.lake.settings import grace_seconds

_LOCK = "lake_derived"
_COPIED = ("documents", "line_items", "claims", "issues")
_ROWS_PER_GROUP = 122_880
_FROM = 2_000
_STALE_SHARE = 0.25
"""Of the files of a lake: with more of them in provinces without a piece, pieces are written."""


def refresh(store: Store, manifest: Manifest | None) -> int:
    """Write the pieces that a large lake lacks, once it lacks many; returns how many.  Raises what reading raises."""
    if manifest is None or manifest.tables.get("documents", Totals()).files < _FROM:
        return 0
    with locked(store, _LOCK, wait=True):
        before = read_pieces(store)
        pieces = [piece for piece in manifest.pieces if piece.table in _COPIED]
        wanted = {(piece.table, piece.province, piece.sha256): piece for piece in pieces}
        lacking = sum(piece.totals.files for name, piece in wanted.items() if name not in before)
        if lacking <= _STALE_SHARE * sum(piece.totals.files for piece in wanted.values()):
            return 0
        return _write(manifest, before, wanted)


def _write(manifest: Manifest, before: Pieces, wanted: Iterable[tuple[str, str | None, str]]) -> int:
    store = manifest.store
    pieces: dict[tuple[str, str | None, str], LakeFile] = {}
    new = 0
    for table, province, of in wanted:
        if (table, province, of) in before:
            made = [before[name] for name in ((table, province, of), (LABELS, province, of)) if name in before]
        else:
            files = manifest.of(table, Partitions(frozenset([province])))
            made = list(_made(store, table, province, files))
            new += len(made)
        pieces |= {(each.table, province, of): each for each in made}
    rows = [
        {
            "relation": each.table,
            "province": province,
            "of": of,
            "rows": each.rows,
            "bytes": each.bytes,
            "sha256": each.sha256,
            "key": each.version,
        }
        for (_, province, of), each in pieces.items()
    ]
    store.write(INDEX, seal.sealed_json({formats.MEMBER: FORMAT, "pieces": rows}))
    _sweep(store, {each.version for each in pieces.values()})
    return new


def _made(store: Store, table: str, province: str | None, files: Sequence[LakeFile]) -> Iterator[LakeFile]:
    """The pieces of one table of a province, written."""
    ordered = sorted(files, key=lambda file: (file.partition.department or "", file.partition.year or 0))
    counts: list[pa.Table] = []
    with tempfile.TemporaryFile() as file:
        writer: pq.ParquetWriter | None = None
        for rows in _groups(conformed_rows(store, each).drop_columns(["province"]) for each in ordered):
            writer = writer or pq.ParquetWriter(file, rows.schema, compression="zstd", write_page_checksum=True)
            writer.write_table(rows, row_group_size=_ROWS_PER_GROUP)
            if table == "line_items":
                counts.append(_labels(rows))
        if writer is None:
            return
        writer.close()
        yield _kept(store, table, province, sum(each.rows for each in files), file)
    if counts:
        with tempfile.TemporaryFile() as file:
            labels = _summed(pa.concat_tables(counts))
            pq.write_table(labels, file, compression="zstd", write_page_checksum=True)
            yield _kept(store, LABELS, province, labels.num_rows, file)


def _groups(tables: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The tables put together into as many rows as a row group holds."""
    held: list[pa.Table] = []
    for table in tables:
        held.append(table)
        if sum(each.num_rows for each in held) >= _ROWS_PER_GROUP:
            yield pa.concat_tables(held)
            held = []
    if held:
        yield pa.concat_tables(held)


def _labels(line_items: pa.Table) -> pa.Table:
    named = line_items.select(["function_code", "label"]).drop_null()
    return _summed(named.append_column("times", pa.repeat(pa.scalar(1, pa.int64()), named.num_rows)))


def _summed(counts: pa.Table) -> pa.Table:
    grouped = counts.group_by(["function_code", "label"]).aggregate([("times", "sum")])
    return grouped.rename_columns({"times_sum": "times"}).select(["function_code", "label", "times"])


def _kept(store: Store, relation: str, province: str | None, rows: int, file: BinaryIO) -> LakeFile:
    """The piece that a temporary file holds, stored under its hash."""
    size = file.tell()
    file.seek(0)
    digest = hashlib.sha256()
    for chunk in chunks(file):
        digest.update(chunk)
    sha256 = digest.hexdigest()
    file.seek(0)
    place = Partition(province, None, None)
    key = piece_key(relation, place, sha256)
    store.write_once(key, file)
    return LakeFile(relation, place, rows, size, sha256, key)


def _sweep(store: Store, named: set[str]) -> None:
    """Remove pieces that the index names no more, once readers who started from an earlier one can have finished."""
    now = dt.datetime.now(dt.UTC)
    for entry in list(store.list(DERIVED)):
        if entry.key not in named and entry.key != INDEX and (now - entry.modified).total_seconds() >= grace_seconds():
            store.delete(entry.key)
