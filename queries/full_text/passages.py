"""The texts of one partition of the lake, document by document; its files are read whole and checked by their hash."""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive.store import ObjectMissingError, Store
from gongkai.lake.manifest import LakeDamagedError, LakeFile
from gongkai.lake.partition import PARTITION
from gongkai.queries.full_text.tables import PASSAGES_OF_A_BLOCK, Kind, Passage, Place, packed

Row = Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True)
class _Texts:
    """What of a table's rows is searched: the columns of their texts, and those that say where they stand."""

    kind: Kind
    texts: tuple[str, ...]
    places: tuple[str, ...]


TABLES = {
    "documents": _Texts("title", ("title",), ()),
    "sections": _Texts("narrative", ("heading", "text"), ("page", "section_index")),
    "projects": _Texts("project", ("project_name", "purpose", "goals"), ("page", "table_index")),
    "indicators": _Texts(
        "indicator",
        ("level1", "level2", "level3", "description", "target", "basis"),
        ("page", "table_index", "row_index"),
    ),
    "cells": _Texts("cell", ("text",), ("page", "table_index", "row_index", "column_index")),
}
"""The tables that are searched."""

FACTS = ("sha256", "entity", "city", "county", "phase")
"""Columns of ``documents``; with those of its partition they are what is known of a hit's document."""

_BATCH = 20_000


@dataclasses.dataclass(frozen=True, slots=True)
class Document:
    """A document with its texts: what ``FACTS`` and its partition say of it, and by kind the bodies of their blocks."""

    facts: Row
    blocks: Mapping[Kind, Sequence[bytes]]


def documents(store: Store, files: Mapping[str, LakeFile]) -> list[Document]:
    """The documents of a partition, of which these are the files by table, in the order of places and bodies.

    Raises LakeDamagedError, StoreError.
    """
    bodies: dict[str, dict[Kind, list[bytes]]] = collections.defaultdict(dict)
    facts: dict[str, Row] = {}
    for table, read in TABLES.items():
        if table in files:
            data = _data(store, files[table])
            if table == "documents":
                of_all = {name: getattr(files[table].partition, name) for name in PARTITION}
                facts = {row["sha256"]: {**row, **of_all} for row in _rows(data, FACTS)}
            for sha256, passages in _passages(table, data, read).items():
                bodies[sha256][read.kind] = [
                    packed(passages[first : first + PASSAGES_OF_A_BLOCK])
                    for first in range(0, len(passages), PASSAGES_OF_A_BLOCK)
                ]
    return [Document(row, bodies[row["sha256"]]) for row in sorted(facts.values(), key=_order)]


def _order(facts: Row) -> tuple[str, ...]:
    return tuple(facts[name] or "" for name in ("city", "county", "entity", "sha256"))


def _passages(table: str, data: bytes, read: _Texts) -> Mapping[str, Sequence[Passage]]:
    """The passages of each document; of a document's cells each text once, where it stands first."""
    of_documents: dict[str, list[Passage]] = collections.defaultdict(list)
    seen: set[tuple[str, str]] = set()
    key = "sha256" if table == "documents" else "document_sha256"
    once = (key, *read.texts) if table == "cells" else ()
    for row in _rows(data, (key, *read.texts, *read.places), once):
        texts = [row[name] for name in read.texts if row[name]]
        if not texts or (table == "cells" and (row[key], texts[0]) in seen):
            continue
        if table == "cells":
            seen.add((row[key], texts[0]))
        of_documents[row[key]].append(Passage(Place(**{name: row[name] for name in read.places}), texts))
    return of_documents


def _data(store: Store, file: LakeFile) -> bytes:
    try:
        data = store.read(file.version)
    except ObjectMissingError as error:
        raise LakeDamagedError.of([file.version]) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise LakeDamagedError.of([file.version])
    return data


def _rows(data: bytes, names: Sequence[str], once: Sequence[str] = ()) -> Iterator[Row]:
    """Rows with these columns; one that an older version did not write is None.  Of rows of a batch that are alike in
    the columns ``once`` the first is given."""
    file = pq.ParquetFile(io.BytesIO(data), page_checksum_verification=True)
    there = [name for name in names if name in file.schema_arrow.names]
    absent = dict.fromkeys(name for name in names if name not in there)
    for batch in file.iter_batches(_BATCH, columns=there):
        read = (_firsts(batch, once) if once else batch).to_pydict()
        for values in zip(*read.values(), strict=True):
            yield {**absent, **dict(zip(read, values, strict=True))}


def _firsts(batch: pa.RecordBatch, once: Sequence[str]) -> pa.RecordBatch:
    """The first of the rows that are alike in some columns: of a partition's cells a quarter, told apart by Arrow."""
    numbered = pa.Table.from_batches([batch.select(once)]).append_column("at", pa.array(range(batch.num_rows)))
    return batch.take(numbered.group_by(list(once)).aggregate([("at", "min")])["at_min"].combine_chunks().sort())
