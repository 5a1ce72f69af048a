"""How many documents, amounts and issues a lake has of each status or kind, each file being read for it once.

``indexes/counts.json`` gives the counts of every piece of the manifest, ``indexes/counts/<table>/province=….json``
those of every file of a table in one province.  Both name what they counted by SHA-256, so that after a publication
the pieces that it touched are added up again, and the files that it wrote are read.  A file here that is absent,
damaged or of another version is made anew; all may be deleted at any time.
"""

from __future__ import annotations

import collections
import contextlib
from collections.abc import Iterator, Mapping

import pyarrow.compute as pc

from gongkai.archive import seal
from gongkai.archive.run_index import PREFIX
from gongkai.archive.store import ObjectMissingError, Store, StoreError
from gongkai.lake.files import LakeFile, Totals, read_file
from gongkai.lake.manifest import Manifest, Piece, read_piece
from gongkai.lake.partition import Partition

KEY = f"{PREFIX}counts.json"
COUNTED = {"documents": "parse_status", "line_items": "status", "issues": "kind"}
"""The column of each table by whose values its rows are counted."""
FROM = 2_000
"""Partitions from which a lake is worth counting: a smaller one is read as fast."""
_AMOUNT = "amount"
"""Column of ``line_items``: rows without one are no amounts, and are not counted."""
_VERSION = "1"
"""Another one whenever a file is counted otherwise."""

Counts = Mapping[str | None, int]


def counted(manifest: Manifest, *, most: float) -> dict[str, Counts] | None:
    """The counts of each table in ``COUNTED``, for which ``most`` files are read; None where that does not suffice, and
    for a small lake.

    What was read is kept even then, so that one reader after the other comes to the end of a country's lake.
    Raises LakeDamagedError, StoreError.
    """
    if manifest.listed is not None or manifest.tables.get("documents", Totals()).files < FROM:
        return None
    pieces = [piece for piece in manifest.pieces if piece.table in COUNTED]
    stored = _stored(manifest.store, KEY)
    known = {piece.sha256: stored[piece.sha256] for piece in pieces if piece.sha256 in stored}
    for piece in (piece for piece in pieces if piece.sha256 not in stored):
        total, read = _total(manifest.store, piece, most)
        most -= read
        if total is not None:
            known[piece.sha256] = total
    if known.keys() != stored.keys():
        _save(manifest.store, KEY, known)
    if any(piece.sha256 not in known for piece in pieces):
        return None
    sums: dict[str, collections.Counter[str | None]] = {table: collections.Counter() for table in COUNTED}
    for piece in pieces:
        sums[piece.table].update(known[piece.sha256])
    return dict(sums)


def _total(store: Store, piece: Piece, most: float) -> tuple[Counts | None, int]:
    """The sum over the files that a piece names, None where some are not counted yet, and how many were read for it."""
    path = Partition(piece.province, None, None).path().partition("/")[0]
    key = f"{KEY.removesuffix('.json')}/{piece.table}/{path}.json"
    files, stored = read_piece(store, piece), _stored(store, key)
    known = {file.sha256: stored[file.sha256] for file in files if file.sha256 in stored}
    unread = [file for file in files if file.sha256 not in known]
    some = unread if len(unread) <= most else unread[: int(most)]
    known |= {file.sha256: dict(_counts_of(store, file)) for file in some}
    if known.keys() != stored.keys():
        _save(store, key, known)
    total = collections.Counter[str | None]()
    for file in files:
        total.update(known.get(file.sha256, {}))
    return (total if len(some) == len(unread) else None), len(some)


def _counts_of(store: Store, file: LakeFile) -> Iterator[tuple[str | None, int]]:
    """How often each value occurs in a file; null for a column that an older version did not write."""
    name = COUNTED[file.table]
    rows = read_file(store, file, (name, _AMOUNT))
    if file.table == "line_items":
        rows = rows.filter(pc.is_valid(rows[_AMOUNT]))
    values = rows[name].to_pylist() if name in rows.column_names else [None] * rows.num_rows
    yield from collections.Counter(values).items()


def _stored(store: Store, key: str) -> dict[str, Counts]:
    """Counts by the SHA-256 of what was counted."""
    try:
        document = seal.load_sealed_json(store.read(key))
    except (ObjectMissingError, seal.SealBrokenError):
        return {}
    if document.get("version") != _VERSION:
        return {}
    return {sha256: dict(pairs) for sha256, pairs in document["counts"].items()}


def _save(store: Store, key: str, counts: Mapping[str, Counts]) -> None:
    pairs = {sha256: list(each.items()) for sha256, each in counts.items()}
    with contextlib.suppress(StoreError):  # a reader may not be allowed to write
        store.write(key, seal.sealed_json({"version": _VERSION, "counts": pairs}))
