"""The lake on disk: partitions rewritten whole, readers shown one moment at a time, writers one after the other.

A publication replaces the rows of some documents.  It holds the lock ``LOCK`` from reading the manifest to its end, so
that no other publication comes between.  Every touched partition of every table is written anew, as
``lake_versions/…/<sha256>.parquet``, under its own hash and never replaced; then ``lake/manifest.json``, which
names all of them, is written: the moment of publication; then the current files ``lake/<table>/…/data.parquet`` are
brought in line, for tools that read the lake by glob.  ``lake/publishing.json`` stands while that last step is under
way: a run that finds it finishes the step first.  The manifest is written on condition that it is the one that was
read; a publication that lost its lock (a lease, its process having stood still) finds another one and starts again.

A version that the manifest names no more is kept for ``GONGKAI_LAKE_GRACE`` seconds, so that a reader who started from
an earlier manifest can finish; ``lake/retired.json`` says since when.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import io
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongkai.archive import seal
from gongkai.archive.lock import Hold, LockedError, locked
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.lake.intact import damaged
from gongkai.lake.manifest import (
    CURRENT,
    MANIFEST_KEY,
    VERSION_FOLDERS,
    LakeDamagedError,
    LakeFile,
    Manifest,
    ManifestDamagedError,
    read_manifest,
    stored_versions,
    version_sha256,
)
from gongkai.lake.partition import PARTITION, Partition
from gongkai.lake.rows import DocumentRow, ParsedDocument
from gongkai.lake.schema import TABLES, LakeTable, arrow_schema, pandas_types, schema_fingerprint
from gongkai.lake.settings import grace_seconds
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
    is_passing: bool = False
    """True where it could not be read for a reason that may pass: a killed worker, time, memory, a store away."""

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


LOCK = "lake"
"""Held by whoever publishes."""
PUBLISHING_KEY = "lake/publishing.json"
RETIRED_KEY = "lake/retired.json"
_ROWS_PER_GROUP = 131_072
_DICTIONARY_FROM = 2_000
"""Rows from which a column's values are worth a dictionary beside them."""


def read_table(store: Store, table: str, manifest: Manifest | None, columns: Sequence[str] | None = None) -> pa.Table:
    """All rows of a lake table, as the manifest names them."""
    schema = arrow_schema(TABLES[table])
    if columns is not None:
        schema = pa.schema([schema.field(name) for name in columns])
    pieces = [
        _conform(_load(store, file, columns), schema, file.partition)
        for file in (manifest.of(table) if manifest else ())
    ]
    return pa.concat_tables([schema.empty_table(), *pieces]) if pieces else schema.empty_table()


def _load(store: Store, file: LakeFile, columns: Sequence[str] | None = None) -> pa.Table:
    """A file's rows.  Raises LakeDamagedError, before Arrow sees a byte, when it is not what the manifest says."""
    try:
        data = store.read(file.version)
    except ObjectMissingError as error:
        raise LakeDamagedError.of([file.version]) from error
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise LakeDamagedError.of([file.version])
    # Read as one file: a directory-style path would make pyarrow add the partition columns a second time.
    return pq.ParquetFile(io.BytesIO(data), page_checksum_verification=True).read(
        columns=None if columns is None else list(columns)
    )


def finish_publication(store: Store) -> None:
    """Complete a publication that was cut off after its manifest was written; does nothing otherwise."""
    if store.size(PUBLISHING_KEY) is not None:
        with locked(store, LOCK, wait=True) as hold:
            _finish(store, hold, read_manifest(store))


def _finish(store: Store, hold: Hold, manifest: Manifest | None) -> None:
    if store.size(PUBLISHING_KEY) is not None:
        _bring_in_line(store, hold, manifest, None)


def _is_lost(hold: Hold) -> bool:
    try:
        hold.assure()
    except LockedError:
        return True
    return False


def assure_intact(store: Store) -> None:
    """Raises LakeDamagedError, ManifestError when something of the lake is missing or altered."""
    manifest = read_manifest(store)
    if manifest is not None and (keys := damaged(store, manifest, current=True)):
        raise LakeDamagedError.of(keys)


def publish(
    store: Store,
    documents: Iterable[PackedDocument],
    passed_over: Iterable[str],
    parser_version: str,
    *,
    rebuild: bool = False,
) -> Manifest:
    """Replace the rows of ``documents`` (and drop those of ``passed_over``) and publish the result as one moment.

    A document that could not be read for a reason that may pass (``PackedDocument.is_passing``) is counted in
    ``Manifest.unsettled``, and replaces no rows of an earlier reading.  ``rebuild`` goes on from what is intact: of a
    partition with a damaged file nothing is kept.  Raises LakeDamagedError when rows to be kept cannot be read.
    """
    parsed: dict[str, PackedDocument] = {}
    for document in documents:  # the last reading of each, where one was read twice
        if not (document.is_passing and document.sha256 in parsed):
            parsed[document.sha256] = document
    change = _Change(parsed, frozenset(passed_over), parser_version, rebuild)
    while True:
        with locked(store, LOCK, wait=True) as hold:
            manifest = _publish(store, hold, change)
        if manifest is not None:
            return manifest


@dataclasses.dataclass(frozen=True, slots=True)
class _Change:
    """What a publication is to do, whatever it finds."""

    parsed: Mapping[str, PackedDocument]
    passed_over: frozenset[str]
    parser_version: str
    rebuild: bool


def _publish(store: Store, hold: Hold, change: _Change) -> Manifest | None:
    """One attempt; None where the lock was lost, and another manifest may have been published meanwhile."""
    stood = store.info(MANIFEST_KEY)
    before = _intact(store) if change.rebuild else read_manifest(store)
    if not change.rebuild:
        _finish(store, hold, before)
    manifest = _rewritten(store, before, change)
    if _is_lost(hold):
        return None
    if manifest == before and not change.rebuild:
        _sweep(store, manifest)
        return manifest
    store.write(PUBLISHING_KEY, b"{}")
    if not store.replace(MANIFEST_KEY, manifest.dump(), stood.tag if stood else None):
        return None
    _bring_in_line(store, hold, manifest, None if change.rebuild else before)
    if change.rebuild:
        _remove_altered_versions(store, manifest)
    return manifest


def _rewritten(store: Store, before: Manifest | None, change: _Change) -> Manifest:
    """The manifest after the change, its versions written."""
    of_this_version = before if before and before.parser_version == change.parser_version else None
    parsed = _without_worse_readings(store, before, change.parsed)
    skipped = change.passed_over | set(of_this_version.passed_over if of_this_version else ())
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
    return Manifest(
        change.parser_version,
        tuple(sorted((*kept, *written), key=lambda file: (file.table, _order(file.partition)))),
        tuple(sorted(skipped - change.parsed.keys())),
        _unsettled(of_this_version, change),
        schema_fingerprint(),
    )


def _unsettled(before: Manifest | None, change: _Change) -> dict[str, int]:
    """How often each original failed for a reason that may pass, those of the change counted."""
    counts = dict(before.unsettled) if before else {}
    for sha256 in change.passed_over:
        counts.pop(sha256, None)
    for document in change.parsed.values():
        count = counts.pop(document.sha256, 0)
        if document.is_passing:
            counts[document.sha256] = count + 1
    return dict(sorted(counts.items()))


def _without_worse_readings(
    store: Store, before: Manifest | None, parsed: Mapping[str, PackedDocument]
) -> dict[str, PackedDocument]:
    """The documents but for those that failed for a reason that may pass and were read before."""
    failed = {sha256 for sha256, document in parsed.items() if document.is_passing}
    if failed:
        rows = read_table(store, "documents", before, ["sha256", "parse_status"]).to_pylist()
        failed &= {row["sha256"] for row in rows if row["parse_status"] != "unreadable"}
    return {sha256: document for sha256, document in parsed.items() if sha256 not in failed}


def _intact(store: Store) -> Manifest | None:
    """The manifest without the partitions of which some file is damaged; None where it is damaged itself."""
    try:
        manifest = read_manifest(store)
    except ManifestDamagedError:
        return None
    if manifest is None:
        return None
    missing = set(damaged(store, manifest, current=True))
    by_copy = [file for file in manifest.files if file.version in missing and file.path not in missing]
    store.copy_all((file.path, file.version) for file in by_copy)
    missing -= {file.version for file in by_copy}
    lost = {file.partition for file in manifest.files if file.version in missing}
    return dataclasses.replace(manifest, files=tuple(file for file in manifest.files if file.partition not in lost))


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
            old = _conform(_load(store, file), schema, partition)
            gone = pc.is_in(old.column(key), value_set=pa.array(sorted(replaced), pa.string()))
            pieces.insert(0, old.filter(pc.invert(gone)))
    if not pieces:
        return schema.empty_table()
    whole = pa.concat_tables(pieces)
    return whole.sort_by([(name, "ascending") for name in table.sort])


def _conform(table: pa.Table, schema: pa.Schema, partition: Partition) -> pa.Table:
    """A file's rows under today's schema: the partition columns, which its path holds, and null for what an older
    version did not write."""
    constant: dict[str, Any] = dataclasses.asdict(partition)
    columns = [
        table.column(field.name).cast(field.type)
        if field.name in table.column_names
        else pa.repeat(pa.scalar(constant.get(field.name), field.type), table.num_rows)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _parquet(table: LakeTable, rows: pa.Table) -> bytes:
    """A file's bytes, without the partition columns: tools that read them from the path refuse to find them twice."""
    rows = rows.drop_columns(list(PARTITION))
    rows = rows.replace_schema_metadata({**(arrow_schema(table).metadata or {}), b"pandas": pandas_types(table)})
    buffer = io.BytesIO()
    pq.write_table(
        rows,
        buffer,
        compression="zstd",
        row_group_size=_ROWS_PER_GROUP,
        use_dictionary=rows.num_rows > _DICTIONARY_FROM,
        write_page_checksum=True,
        sorting_columns=pq.SortingColumn.from_ordering(
            rows.schema, [(name, "ascending") for name in table.sort if name not in PARTITION]
        ),
    )
    return buffer.getvalue()


def _bring_in_line(store: Store, hold: Hold, manifest: Manifest | None, before: Manifest | None) -> None:
    """Make the current files what the manifest says, remove what it no longer names, and lift the mark."""
    files = manifest.files if manifest else ()
    known = {(file.path, file.sha256) for file in before.files} if before else set()
    store.copy_all((file.version, file.path) for file in files if (file.path, file.sha256) not in known)
    current = {file.path for file in files}
    for entry in list(store.list("lake/")):  # also of a table that an older version had
        if entry.key.endswith(CURRENT) and entry.key not in current and not entry.key.startswith(VERSION_FOLDERS):
            store.delete(entry.key)
    if _is_lost(hold):  # another publication may have been at the current files too: let the next one see to them
        store.write(PUBLISHING_KEY, b"{}")
        return
    _sweep(store, manifest)
    store.delete(PUBLISHING_KEY)


def _sweep(store: Store, manifest: Manifest | None) -> None:
    """Remove the versions that the manifest has not named for the time of grace, and note the others."""
    in_use = {file.version for file in manifest.files} if manifest else set()
    unused = [entry.key for entry in stored_versions(store) if entry.key not in in_use]
    now, noted = dt.datetime.now(dt.UTC), read_retired(store)
    since = {key: min(noted.get(key, now), now) for key in unused}
    over = {key for key, moment in since.items() if (now - moment).total_seconds() >= grace_seconds()}
    for key in sorted(over):
        store.delete(key)
    left = {key: moment for key, moment in since.items() if key not in over}
    if left and left != noted:
        moments = {key: moment.isoformat() for key, moment in left.items()}
        store.write(RETIRED_KEY, seal.sealed_json({"retired": moments}))
    elif not left and store.size(RETIRED_KEY) is not None:
        store.delete(RETIRED_KEY)


def read_retired(store: Store) -> dict[str, dt.datetime]:
    """Since when which version is named no more; empty where that is not known, and the time of grace begins anew."""
    try:
        moments = seal.load_sealed_json(store.read(RETIRED_KEY))["retired"]
        return {key: dt.datetime.fromisoformat(moment) for key, moment in moments.items()}
    except (ObjectMissingError, seal.SealBrokenError):
        return {}


def _remove_altered_versions(store: Store, manifest: Manifest) -> None:
    """Remove versions named no more whose bytes are not those their name says."""
    in_use = {file.version for file in manifest.files}
    for entry in list(stored_versions(store)):
        sha256 = version_sha256(entry.key)
        if entry.key not in in_use and sha256 and hashlib.sha256(store.read(entry.key)).hexdigest() != sha256:
            store.delete(entry.key)
