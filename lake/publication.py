"""The lake on disk: partitions rewritten whole, readers shown one moment at a time, writers one after the other.

A publication replaces the rows of some documents.  It holds the lock ``LOCK`` from reading the manifest to its end, so
that no other publication comes between.  Every touched partition of every table is written anew, as
``lake_versions/…/<sha256>.parquet``, under its own hash and never replaced, and so are the pieces of the manifest that
name them; then ``lake/manifest.json``, which names all pieces, is written: the moment of publication; then the current
files ``lake/<table>/…/data.parquet`` are brought in line, for tools that read the lake by glob.
``lake/publishing.json`` stands while that last step is under way: a run that finds it finishes the step first.  The
manifest is written on condition that it is the one that was read; a publication that lost its lock (a lease, its
process having stood still) finds another one and starts again.

What a publication does not touch it neither opens nor lists, so that its cost does not grow with the lake.  A version
of gongkai that gives a table other columns writes the files of that table anew, and of no other one, in its first
publication.

A version that the manifest names no more is kept for ``GONGKAI_LAKE_GRACE`` seconds, so that a reader who started from
an earlier manifest can finish; ``lake/retired.json`` says since when.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

import pyarrow as pa

from gongkai.archive.lock import Hold, locked
from gongkai.archive.store import Store
from gongkai.archive.streams import digest_of, new_spool
from gongkai.lake import originals
from gongkai.lake.current import (
    PUBLISHING_KEY,
    Files,
    Mark,
    bring_in_line,
    is_lost,
    read_mark,
    remove_altered_versions,
    remove_retired,
    write_mark,
)
from gongkai.lake.encoding import write_parquet
from gongkai.lake.files import LakeFile, ManifestDamagedError, conform, opened, read_file
from gongkai.lake.intact import damaged
from gongkai.lake.manifest import MANIFEST_KEY, Manifest, Piece, made_piece, read_manifest
from gongkai.lake.merging import is_layout_of, rows_after
from gongkai.lake.originals import Originals
from gongkai.lake.outcome import Outcome, partitions_in_order
from gongkai.lake.packing import PackedDocument
from gongkai.lake.partition import Partition, Partitions
from gongkai.lake.schema import TABLES, arrow_schema, schema_fingerprint

LOCK = "lake"
"""Held by whoever publishes."""


def read_table(
    store: Store,
    table: str,
    manifest: Manifest | None,
    columns: Sequence[str] | None = None,
    partitions: Partitions | None = None,
) -> pa.Table:
    """All rows of a lake table, or those in some partitions, as the manifest names them."""
    schema = arrow_schema(TABLES[table])
    if columns is not None:
        schema = pa.schema([schema.field(name) for name in columns])
    pieces = [
        conform(read_file(store, file, columns), schema, dataclasses.asdict(file.partition))
        for file in (manifest.of(table, partitions) if manifest else ())
    ]
    return pa.concat_tables([schema.empty_table(), *pieces]) if pieces else schema.empty_table()


def conformed_rows(store: Store, file: LakeFile) -> pa.Table:
    """All rows of one file under today's schema.  Raises LakeDamagedError when it is not what the manifest says."""
    return conform(read_file(store, file), arrow_schema(TABLES[file.table]), dataclasses.asdict(file.partition))


def finish_publication(store: Store) -> None:
    """Complete a publication that was cut off after its manifest was written; does nothing otherwise."""
    if store.size(PUBLISHING_KEY) is not None:
        with locked(store, LOCK, wait=True) as hold:
            _finish(store, hold, read_manifest(store))


def _finish(store: Store, hold: Hold, manifest: Manifest | None) -> None:
    mark = read_mark(store)
    if mark is not None:
        bring_in_line(store, hold, manifest, mark)


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
    ``Known.attempts``, and replaces no rows of an earlier reading.  ``rebuild`` goes on from what is intact: of a
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
    written = _written(store, before, change)
    if is_lost(hold):
        return None
    if written.manifest == before and not written.mark.is_whole:
        remove_retired(store, written.manifest)
        return written.manifest
    write_mark(store, written.mark)
    if not store.replace(MANIFEST_KEY, written.manifest.dump(), stood.tag if stood else None):
        return None
    bring_in_line(store, hold, written.manifest, written.mark, (written.stood, written.now))
    if change.rebuild:
        remove_altered_versions(store, written.manifest)
    return written.manifest


@dataclasses.dataclass(frozen=True, slots=True)
class _Written:
    """The manifest to be published, all that it names being written."""

    manifest: Manifest
    mark: Mark
    stood: Files
    """The files of the partitions touched, before."""
    now: Files
    """The files of the partitions touched, after."""


def _written(store: Store, before: Manifest | None, change: _Change) -> _Written:
    """Write the versions and the pieces of the manifest after the change."""
    index = before.originals if before else originals.NO_ORIGINALS
    forget = before is not None and before.parser_version != change.parser_version
    outcome = Outcome.of(index, change.parsed, change.passed_over, change.parser_version, forget=forget)
    altered = _altered_tables(before) if before else frozenset()
    provinces = {partition.province for partition in outcome.touched}
    pieces = [each for each in before.pieces if each.table in altered or each.province in provinces] if before else []
    files = before.in_pieces(pieces) if before else {}
    stood = {of: file for of, file in files.items() if file.partition in outcome.touched or file.table in altered}
    now: dict[tuple[str, Partition], LakeFile] = {}
    spools: list[BinaryIO] = []
    """Those that are not stored yet."""
    changed = originals.Change(index, outcome.rows, forget=forget)
    replaced = pa.array(sorted(outcome.replaced), pa.string())

    def encoded() -> Iterator[tuple[str, bytes | BinaryIO]]:
        new: dict[Partition, list[PackedDocument]] = {}
        for sha256 in sorted(outcome.written):
            new.setdefault(change.parsed[sha256].partition, []).append(change.parsed[sha256])
        for table in TABLES.values():
            standing = {partition for name, partition in stood if name == table.name}
            for partition in partitions_in_order(standing.union(new)):
                parts = rows_after(store, table, stood.get((table.name, partition)), new.get(partition, ()), replaced)
                data = new_spool()  # on disk where it is long
                spools[:] = [each for each in spools if not each.closed] + [data]
                if rows := write_parquet(parts, table.sort, data):
                    file = LakeFile(table.name, partition, rows, data.tell(), digest_of(data))
                    now[table.name, partition] = file
                    yield file.version, data
                else:
                    data.close()
        yield from changed.encoded()

    try:
        store.write_all_once(encoded())
    finally:
        for each in spools:
            each.close()
    untouched = {of: file for of, file in files.items() if of not in stood}
    made = _pieces(before, {**untouched, **now}, pieces)
    store.write_all_once((piece.key, data) for piece, data in made.items() if data)
    manifest = Manifest(change.parser_version, schema_fingerprint(), tuple(made), changed.after, store)
    touched = outcome.touched.union(partition for _, partition in stood)
    # What an older version left at the places of tables that are no more is found by a listing alone.
    is_whole = change.rebuild or before is None or not before.schema or not altered <= TABLES.keys()
    return _Written(manifest, _mark(before, manifest, touched, stood, now, is_whole=is_whole), stood, now)


def _altered_tables(before: Manifest) -> frozenset[str]:
    """The tables whose files are all to be written anew: a table has files of one schema.

    One file of each table tells, as whoever published last kept to that too.  The first lakes say of no schema.
    """
    if before.schema == schema_fingerprint():
        return frozenset()
    if not before.schema:
        return frozenset(before.tables)
    return frozenset(table for table in before.tables if not _is_of_today(before, table))


def _is_of_today(before: Manifest, table: str) -> bool:
    if table not in TABLES:
        return False
    piece = next(each for each in before.pieces if each.table == table)
    file = next(iter(before.in_pieces([piece]).values()))
    with opened(before.store, file) as parquet:
        return is_layout_of(parquet.schema_arrow, TABLES[table])


def write_manifest(store: Store, files: Iterable[LakeFile], parser_version: str, schema: str = "") -> Manifest:
    """Make files whose versions are stored the lake, for who made them by other means than ``publish``."""
    listing = Manifest.listing(store, list(files), parser_version, schema=schema)
    index = originals.Change(listing.originals, {})
    store.write_all_once(index.encoded())
    pieces = _pieces(listing, {}, [])
    store.write_all_once((piece.key, data) for piece, data in pieces.items())
    manifest = Manifest(parser_version, schema, tuple(pieces), index.after, store)
    store.write(MANIFEST_KEY, manifest.dump())
    return manifest


def _pieces(before: Manifest | None, files: Files, replaced: Collection[Piece]) -> dict[Piece, bytes]:
    """Every piece after a change, in order, with its bytes unless it is stored: those that stay, and those of
    ``files``, which stand for the pieces replaced."""
    gone = frozenset(replaced)
    kept = [piece for piece in before.pieces if piece not in gone] if before else []
    made: dict[Piece, bytes] = dict.fromkeys(kept, b"")
    if before and before.listed is not None:
        made = dict(made_piece(piece.table, piece.province, before.listed[piece]) for piece in kept)
    groups: dict[tuple[str, str | None], list[LakeFile]] = {}
    for file in sorted(files.values(), key=lambda file: file.order):
        groups.setdefault((file.table, file.partition.province), []).append(file)
    made.update(made_piece(*of, group) for of, group in groups.items())
    return dict(sorted(made.items(), key=lambda item: (item[0].table, item[0].province or "")))


def _mark(
    before: Manifest | None,
    manifest: Manifest,
    touched: Iterable[Partition],
    stood: Files,
    now: Files,
    *,
    is_whole: bool,
) -> Mark:
    was = {file.version for file in stood.values()}.union(before.piece_keys if before else ())
    becomes = {file.version for file in now.values()}.union(manifest.piece_keys)
    return Mark(frozenset(touched), frozenset(was ^ becomes), is_whole)


def _intact(store: Store) -> Manifest | None:
    """The manifest without the partitions of which some file is damaged; None where it is damaged itself.

    What it says of documents is told anew by their files.
    """
    try:
        manifest = read_manifest(store)
    except ManifestDamagedError:
        return None
    if manifest is None:
        return None
    files = list(manifest.readable_files())
    missing = set(damaged(store, Manifest.listing(store, files, ""), current=True))
    by_copy = [file for file in files if file.version in missing and file.path not in missing]
    store.copy_all((file.path, file.version) for file in by_copy)
    missing -= {file.version for file in by_copy}
    lost = {file.partition for file in files if file.version in missing}
    kept = [file for file in files if file.partition not in lost]
    documents = [file for file in kept if file.table == "documents"]
    index = Originals.of_documents(store, documents, manifest.originals.marks(), manifest.parser_version)
    return Manifest.listing(store, kept, manifest.parser_version, originals=index, schema=manifest.schema)
