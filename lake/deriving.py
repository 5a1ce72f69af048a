"""Writes the files of ``derived``: of each province its documents, line items, claims, issues and labels.

Lakes of less than ``_FROM`` partitions have none, for they need none.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import math
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive import formats, seal
from gongkai.archive.lock import locked
from gongkai.archive.store import Store
from gongkai.archive.streams import chunks
from gongkai.lake.derived import (
    DERIVED,
    FORMAT,
    INDEX,
    LABELS,
    Pieces,
    difference,
    files_key,
    piece_key,
    read_pieces,
    write_files,
)
from gongkai.lake.files import LakeFile, Totals
from gongkai.lake.manifest import Manifest, Piece
from gongkai.lake.partition import Partition, Partitions
from gongkai.lake.publication import conformed_rows
from gongkai.lake.settings import grace_seconds

_LOCK = "lake_derived"
_COPIED = ("documents", "line_items", "claims", "issues")
_ROWS_PER_GROUP = 122_880
_FROM = 2_000
_STALE_SHARE = 0.25
"""Of the files of one table in a province: with more of them touched since, its piece is written anew."""

_Name = tuple[str, str | None, str]
"""The relation, the province and the piece of the manifest of which a piece is made."""


def refresh(store: Store, manifest: Manifest | None, *, most: float = math.inf) -> int:
    """Write the pieces that a large lake lacks, or of which publications touched much; returns how many.

    No piece more is begun once ``most`` files were read.  A file that a publication wrote is so read a few times at
    most, however small the publications are.  Raises what reading raises.
    """
    if manifest is None or manifest.tables.get("documents", Totals()).files < _FROM:
        return 0
    with locked(store, _LOCK, wait=True):
        before = read_pieces(store)
        pieces: dict[_Name, LakeFile] = {}
        new = 0
        for piece in (piece for piece in manifest.pieces if piece.table in _COPIED):
            kept = _kept(manifest, piece, before)
            if not kept and most > 0:
                files = manifest.of(piece.table, Partitions(frozenset([piece.province])))
                kept = {(each.table, piece.province, piece.sha256): each for each in _made(store, piece, files)}
                write_files(store, piece.sha256, files)
                most -= len(files)
                new += len(kept)
            pieces |= kept or _of(piece, before)
        if pieces != before:
            _write(store, pieces)
        return new


def _of(piece: Piece, pieces: Pieces) -> dict[_Name, LakeFile]:
    """The pieces derived from this piece of the manifest or an earlier one of its table and province."""
    relations = (piece.table, LABELS) if piece.table == "line_items" else (piece.table,)
    return {name: each for name, each in pieces.items() if name[0] in relations and name[1] == piece.province}


def _kept(manifest: Manifest, piece: Piece, before: Pieces) -> dict[_Name, LakeFile]:
    """The pieces that go on serving for one of the manifest's; none where there are none, or much was touched."""
    stood = _of(piece, before)
    made_of = {of for _, _, of in stood}
    if piece.sha256 in made_of or not made_of:
        return stood
    changed = difference(manifest, piece, made_of.pop())
    return stood if changed is not None and changed.share <= _STALE_SHARE else {}


def _write(store: Store, pieces: Mapping[_Name, LakeFile]) -> None:
    """Write the index, and remove what it names no more."""
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
    _sweep(store, {each.version for each in pieces.values()} | {files_key(of) for _, _, of in pieces})


def _made(store: Store, piece: Piece, files: Sequence[LakeFile]) -> Iterator[LakeFile]:
    """The pieces of one table of a province, written."""
    table, province = piece.table, piece.province
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
        yield _stored(store, table, province, sum(each.rows for each in files), file)
    if counts:
        with tempfile.TemporaryFile() as file:
            labels = _summed(pa.concat_tables(counts))
            pq.write_table(labels, file, compression="zstd", write_page_checksum=True)
            yield _stored(store, LABELS, province, labels.num_rows, file)


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


def _stored(store: Store, relation: str, province: str | None, rows: int, file: BinaryIO) -> LakeFile:
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
