"""Rows of the lake once more, in one large file for each province: for questions about much of the lake.

=================================================================  ============================================  =======
key                                                                what it holds                                 changes
=================================================================  ============================================  =======
``lake_derived/<relation>/province=<province>/<sha256>.parquet``   rows by department and year                   never
``lake_derived/index.json``                                        every piece, and the manifest's piece behind  last
=================================================================  ============================================  =======

The path alone tells the province, so that DuckDB has it once for a file and not in every row: a fifth of a national sum
by province.  Version 0.1.0 wrote pieces without it in their path; they hold it in every row.

A piece is used only where it is made of the files that the manifest names, so none is ever stale; it may be
removed at any time, and the files of the lake are read in its place.  ``function_labels`` counts the names printed
beside each functional code. ``deriving`` writes them.
"""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.archive import formats, seal
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.lake.files import LakeFile
from gongkai.lake.partition import Partition

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
