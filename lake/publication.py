"""The lake on disk: partitions rewritten whole, readers shown one moment at a time.

A publication replaces the rows of some documents.  Every touched partition of every table is written anew, as
``lake/versions/…/<sha256>.parquet``, under its own hash and never replaced; then ``lake/manifest.json``, which
names all of them, is written: the moment of publication; then the current files ``lake/<table>/…/data.parquet`` are
brought in line, for tools that read the lake by glob.  ``lake/publishing.json`` stands while that last step is under
way: a run that finds it finishes the step first.  Versions that neither the manifest nor the one before it names are
removed, so that a reader who started from the one before can finish.
"""

from __future__ import annotations

import dataclasses
import hashlib
import io
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongkai.archive.store import Store
from gongkai.lake.manifest import CURRENT, MANIFEST_KEY, VERSIONS, LakeFile, Manifest, read_manifest
from gongkai.lake.partition import Partition
from gongkai.lake.rows import DocumentRow, ParsedDocument
from gongkai.lake.schema import TABLES, LakeTable, arrow_schema, schema_fingerprint
from gongkai.vocabulary.dimensions import ParseStatus


class ColumnUnknownError(Exception):
    """Raised when a row has a key that is no column of its table, from ``pack`` and ``PackedDocument.with_row``."""


@dataclasses.dataclass(frozen=True, slots=True)
class PackedDocument:
    """The outcome of one original as the tables that are published.

    ``pack`` makes it where the original was parsed, so that a value no column can hold costs that document alone.
    """

    sha256: str
    status: ParseStatus
    partition: Partition
    tables: dict[str, pa.Table]
    """Those that it has rows of."""
    container: str | None = None
    """SHA-256 of the archive file it was found in."""

    def row(self) -> DocumentRow:
        """Its row of ``documents``."""
        return cast("DocumentRow", self.tables["documents"].to_pylist()[0])

    def with_row(self, row: DocumentRow) -> PackedDocument:
        """The document with another row of ``documents``.  Raises ColumnUnknownError."""
        documents = _arrow(TABLES["documents"], [row], {})
        return dataclasses.replace(self, tables={**self.tables, "documents": documents})


def pack(document: ParsedDocument) -> PackedDocument:
    """Rows to Arrow tables.

    Raises ColumnUnknownError for a key that no column has, pyarrow.ArrowException where a value fits no column.
    """
    rows = cast("Mapping[str, Sequence[Mapping[str, object]]]", document.rows)
    common = {"document_sha256": document.sha256, **dataclasses.asdict(document.partition)}
    tables = {name: _arrow(table, rows[name], common) for name, table in TABLES.items() if rows[name]}
    return PackedDocument(document.sha256, document.status, document.partition, tables, document.container)


def _arrow(table: LakeTable, rows: Sequence[Mapping[str, object]], common: Mapping[str, Any]) -> pa.Table:
    """Rows as a table of the lake; ``common`` holds the columns that have one value in all of them."""
    schema = arrow_schema(table)
    unknown = set().union(*rows).difference(schema.names)
    if unknown:
        raise ColumnUnknownError(f"a row of {table.name!r} has {min(unknown)!r}, which is no column of that table")
    own = pa.Table.from_pylist(rows, schema=pa.schema([field for field in schema if field.name not in common]))
    columns = [
        pa.repeat(pa.scalar(common[field.name], field.type), len(rows))
        if field.name in common
        else own.column(field.name)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


PUBLISHING_KEY = "lake/publishing.json"
_ROWS_PER_GROUP = 131_072
_DICTIONARY_FROM = 2_000
"""Rows from which a column's values are worth a dictionary beside them."""


def read_table(store: Store, table: str, manifest: Manifest | None, columns: Sequence[str] | None = None) -> pa.Table:
    """All rows of a lake table, as the manifest names them."""
    schema = arrow_schema(TABLES[table])
    if columns is not None:
        schema = pa.schema([schema.field(name) for name in columns])
    pieces = [_conform(_load(store, file, columns), schema) for file in (manifest.of(table) if manifest else ())]
    return pa.concat_tables([schema.empty_table(), *pieces]) if pieces else schema.empty_table()


def _load(store: Store, file: LakeFile, columns: Sequence[str] | None = None) -> pa.Table:
    data = io.BytesIO(store.read(file.version))
    # Read as one file: a directory-style path would make pyarrow add the partition columns a second time.
    return pq.ParquetFile(data, page_checksum_verification=True).read(
        columns=None if columns is None else list(columns)
    )


def finish_publication(store: Store) -> None:
    """Complete a publication that was cut off after its manifest was written; does nothing otherwise."""
    if store.size(PUBLISHING_KEY) is not None:
        _bring_in_line(store, read_manifest(store), None)


def publish(
    store: Store, documents: Iterable[PackedDocument], passed_over: Iterable[str], parser_version: str
) -> Manifest:
    """Replace the rows of ``documents`` (and drop those of ``passed_over``) and publish the result as one moment."""
    finish_publication(store)
    before = read_manifest(store)
    parsed = {document.sha256: document for document in documents}
    skipped = set(passed_over) | (
        set(before.passed_over) if before and before.parser_version == parser_version else set()
    )
    replaced = parsed.keys() | skipped
    replaced |= _inside(store, before, replaced)
    touched = {document.partition for document in parsed.values()} | _holding(store, before, replaced)
    if before and before.schema != schema_fingerprint():
        touched |= {file.partition for file in before.files}  # one schema throughout: older files are written anew
    kept = [file for file in before.files if file.partition not in touched] if before else []
    by_partition: dict[Partition, list[PackedDocument]] = {partition: [] for partition in sorted(touched, key=_order)}
    for document in parsed.values():
        by_partition[document.partition].append(document)
    written: list[LakeFile] = []

    def encoded() -> Iterator[tuple[str, bytes]]:
        for table, (partition, new) in itertools.product(TABLES.values(), by_partition.items()):
            rows = _rows_of(store, table, partition, before=before, new=new, replaced=replaced)
            if rows.num_rows:
                data = _parquet(table, rows)
                sha256 = hashlib.sha256(data).hexdigest()
                written.append(LakeFile(table.name, partition, rows.num_rows, len(data), sha256))
                yield written[-1].version, data

    store.write_all_once(encoded())
    files = sorted((*kept, *written), key=lambda file: (file.table, _order(file.partition)))
    manifest = Manifest(parser_version, tuple(files), tuple(sorted(skipped - parsed.keys())), schema_fingerprint())
    store.write(PUBLISHING_KEY, b"{}")
    store.write(MANIFEST_KEY, manifest.dump())
    _bring_in_line(store, manifest, before)
    return manifest


def _inside(store: Store, manifest: Manifest | None, containers: Collection[str]) -> set[str]:
    """Documents found in these archive files when they were last parsed."""
    rows = read_table(store, "documents", manifest, ["sha256", "container_sha256"]).to_pylist()
    return {row["sha256"] for row in rows if row["container_sha256"] in containers}


def _order(partition: Partition) -> tuple[str, int, str]:
    return (partition.province or "", partition.year or 0, partition.department or "")


def _holding(store: Store, manifest: Manifest | None, documents: Iterable[str]) -> set[Partition]:
    """The partitions in which rows of these documents stand now."""
    wanted = pa.array(sorted(documents), pa.string())
    found: set[Partition] = set()
    for file in manifest.of("documents") if manifest else ():
        hashes = _load(store, file, ["sha256"]).column("sha256")
        if pc.any(pc.is_in(hashes, value_set=wanted)).as_py():
            found.add(file.partition)
    return found


def _rows_of(
    store: Store,
    table: LakeTable,
    partition: Partition,
    *,
    before: Manifest | None,
    new: Sequence[PackedDocument],
    replaced: Iterable[str],
) -> pa.Table:
    """All rows of a table's partition after the publication, in the order of the table."""
    key = "sha256" if table.name == "documents" else "document_sha256"
    schema = arrow_schema(table)
    pieces = [document.tables[table.name] for document in new if table.name in document.tables]
    for file in before.of(table.name) if before else ():
        if file.partition == partition:
            old = _conform(_load(store, file), schema)
            gone = pc.is_in(old.column(key), value_set=pa.array(sorted(replaced), pa.string()))
            pieces.insert(0, old.filter(pc.invert(gone)))
    if not pieces:
        return schema.empty_table()
    whole = pa.concat_tables(pieces)
    return whole.sort_by([(name, "ascending") for name in table.sort])


def _conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Rows written by an older version under today's schema: a column that was not there then is null."""
    columns = [
        table.column(field.name).cast(field.type)
        if field.name in table.column_names
        else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _parquet(table: LakeTable, rows: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(
        rows,
        buffer,
        compression="zstd",
        row_group_size=_ROWS_PER_GROUP,
        use_dictionary=rows.num_rows > _DICTIONARY_FROM,
        write_page_checksum=True,
        sorting_columns=pq.SortingColumn.from_ordering(rows.schema, [(name, "ascending") for name in table.sort]),
    )
    return buffer.getvalue()


def _bring_in_line(store: Store, manifest: Manifest | None, before: Manifest | None) -> None:
    """Make the current files what the manifest says, remove what it no longer names, and lift the mark."""
    files = manifest.files if manifest else ()
    known = {(file.path, file.sha256) for file in before.files} if before else set()
    store.copy_all((file.version, file.path) for file in files if (file.path, file.sha256) not in known)
    current = {file.path for file in files}
    in_use = {file.version for each in (manifest, before) if each for file in each.files}
    for entry in list(store.list("lake/")):
        if entry.key.startswith(VERSIONS):
            stale = entry.key not in in_use and (before is not None or manifest is None)
        else:  # also of a table that an older version had
            stale = entry.key not in current and entry.key.endswith(CURRENT)
        if stale:
            store.delete(entry.key)
    store.delete(PUBLISHING_KEY)
