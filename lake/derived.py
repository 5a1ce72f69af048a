"""Rows of the lake once more, in one large file for each province: for questions about much of the lake.

=================================================================  ============================================  =======
key                                                                what it holds                                 changes
=================================================================  ============================================  =======
``lake_derived/<relation>/province=<province>/<sha256>.parquet``   rows by department and year                   never
``lake_derived/files/<sha256>.json``                               the files of a piece of the manifest          never
``lake_derived/index.json``                                        every piece, and the manifest's piece behind  last
=================================================================  ============================================  =======

The path alone tells the province, so that DuckDB has it once for a file and not in every row: a fifth of a national sum
by province.  Version 0.1.0 wrote pieces without it in their path; they hold it in every row.

Of a piece only rows are used that stand in the files that the manifest names, so none is ever stale: where a
publication touched a few partitions of its province, the piece is read without these and beside their new files.  A
piece may be removed at any time, and the files of the lake are read in its place.  ``function_labels`` counts the names
printed beside each functional code. ``deriving`` writes them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping

from gongkai.archive import formats, seal
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.lake.files import LakeFile
from gongkai.lake.manifest import Manifest, Piece
from gongkai.lake.partition import Partition, Partitions

DERIVED = "lake_derived/"
"""Prefix of everything here."""
LABELS = "function_labels"
"""Relation of how often each functional code is printed beside each name."""

INDEX = f"{DERIVED}index.json"
FORMAT = 1

Pieces = Mapping[tuple[str, str | None, str], LakeFile]
"""The derived piece of each relation, province and piece of the manifest (SHA-256)."""


def read_pieces(store: Store) -> Pieces:
    """Every piece there is; none where the index is missing, altered or of another format.  Raises StoreError."""
    try:
        index = seal.load_sealed_json(store.read(INDEX))
        formats.check_format(index.get(formats.MEMBER), FORMAT, INDEX)
    except (ObjectMissingError, seal.SealBrokenError, formats.NewerFormatError):
        return {}
    return {(row["relation"], row["province"], row["of"]): _piece(row) for row in index["pieces"]}


@dataclasses.dataclass(frozen=True, slots=True)
class Difference:
    """How the files of a manifest's piece differ from those that a derived piece is made of."""

    new: tuple[LakeFile, ...]
    """The files of which the derived piece has nothing."""
    gone: tuple[Partition, ...]
    """The partitions of which it has other rows than the lake."""
    files: int
    """How many files the manifest's piece names."""

    @property
    def share(self) -> float:
        """How much of the piece is of no use, and how much it lacks, as a part of all."""
        return max(len(self.new), len(self.gone)) / max(self.files, 1)


def difference(manifest: Manifest, piece: Piece, made_of: str) -> Difference | None:
    """What changed since a piece was derived from the manifest's piece ``made_of``; None where that is not known.

    Raises LakeDamagedError, StoreError.
    """
    then = _files_of(manifest.store, made_of)
    if then is None:
        return None
    files = manifest.of(piece.table, Partitions(frozenset([piece.province])))
    now = {file.partition: file.sha256 for file in files}
    gone = sorted((place for place, sha256 in then.items() if now.get(place) != sha256), key=lambda each: each.order)
    return Difference(tuple(file for file in files if then.get(file.partition) != file.sha256), tuple(gone), len(files))


def write_files(store: Store, made_of: str, files: Iterable[LakeFile]) -> None:
    """Note the files of the manifest's piece from which something is derived."""
    rows = [[*dataclasses.astuple(file.partition), file.sha256] for file in files]
    store.write(files_key(made_of), seal.sealed_json({formats.MEMBER: FORMAT, "files": rows}))


def _files_of(store: Store, made_of: str) -> dict[Partition, str] | None:
    try:
        rows = seal.load_sealed_json(store.read(files_key(made_of)))["files"]
    except (ObjectMissingError, seal.SealBrokenError):
        return None
    return {Partition(*place): sha256 for *place, sha256 in rows}


def files_key(made_of: str) -> str:
    return f"{DERIVED}files/{made_of}.json"


def _piece(row: Mapping[str, object]) -> LakeFile:
    relation, province, sha256 = str(row["relation"]), row["province"], str(row["sha256"])
    place = Partition(None if province is None else str(province), None, None)
    key = str(row.get("key", f"{DERIVED}{relation}/{sha256}.parquet"))
    return LakeFile(relation, place, int(str(row["rows"])), int(str(row["bytes"])), sha256, key)


def piece_key(relation: str, place: Partition, sha256: str) -> str:
    province, _, _ = place.path().partition("/")
    return f"{DERIVED}{relation}/{province}/{sha256}.parquet"


def is_province_in_path(location: str) -> bool:
    """False for a piece as version 0.1.0 wrote it, which holds its province in every row."""
    return "/province=" in location.rpartition(DERIVED)[2]
