"""Bringing an index in line with a manifest: of the lake's partitions only the new and the changed ones are read.

First the blocks of each such partition are compared with those of the index; then the passages of blocks that are gone
leave ``words`` and those of new ones are added, each in the order of their numbers, which is the order FTS5 writes in.
"""

from __future__ import annotations

import collections
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping

from gongkai.archive.store import Store
from gongkai.lake.manifest import LakeDamagedError, LakeFile, Manifest
from gongkai.lake.partition import Partition
from gongkai.queries.full_text.compared import tokens
from gongkai.queries.full_text.passages import TABLES, Document, documents
from gongkai.queries.full_text.tables import ROW_BITS, SCHEMA, block_number, unpacked
from gongkai.queries.full_text.tables import KINDS as _KINDS

Files = Mapping[str, LakeFile]
"""The files of one partition by table."""

_HASH_BYTES = 1 << 26
"""Memory FTS5 gathers words in before it writes them: with SQLite's own 1 MB it writes, and merges, without end."""
_PAGE_BYTES = 8192
_CACHE_KIBIBYTES = 1 << 16


def partitions(manifest: Manifest | None) -> dict[Partition, Files]:
    """The files that are searched, by partition and table."""
    by_partition: dict[Partition, dict[str, LakeFile]] = collections.defaultdict(dict)
    for table in TABLES:
        for file in manifest.of(table) if manifest else ():
            by_partition[file.partition][table] = file
    return dict(by_partition)


def bring_in_line(
    connection: sqlite3.Connection, store: Store, load: Callable[[], Manifest | None], advance: Callable[[int], None]
) -> Manifest | None:
    """Make an index, or an empty database, show the lake; returns the manifest it shows then.

    A later manifest is gone on with where files of the first were removed meanwhile.  ``advance`` is told of each
    partition read.  Raises LakeDamagedError, StoreError, sqlite3.Error.
    """
    for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KIBIBYTES}"):
        connection.execute(f"PRAGMA {pragma}")
    if not connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.executescript(SCHEMA)
    connection.execute("INSERT INTO words (words, rank) VALUES ('hashsize', ?)", (_HASH_BYTES,))
    connection.execute("CREATE TEMP TABLE gone (id INTEGER PRIMARY KEY, body BLOB)")
    connection.execute("CREATE TEMP TABLE fresh (id INTEGER PRIMARY KEY)")
    manifest = load()
    while True:
        try:
            _read_partitions(_Partitions(connection, store), partitions(manifest), advance)
            break
        except LakeDamagedError:
            later = load()
            if later == manifest:
                raise
            manifest = later
    _write_words(connection)
    connection.commit()
    return manifest


def _read_partitions(index: _Partitions, wanted: Mapping[Partition, Files], advance: Callable[[int], None]) -> None:
    by_path = {partition.path(): (partition, files) for partition, files in wanted.items()}
    held = index.held()
    for path in held.keys() - by_path.keys():
        index.drop(path)
    for path, (partition, files) in sorted(by_path.items()):
        if held.get(path) != _named(files):
            index.read(path, partition, files)
            advance(1)


def _named(files: Files) -> str:
    """The hashes of a partition's files, in one text."""
    return " ".join(f"{table}:{files[table].sha256}" for table in sorted(files))


class _Partitions:
    """The partitions an index holds."""

    def __init__(self, connection: sqlite3.Connection, store: Store) -> None:
        self._connection = connection
        self._store = store

    def held(self) -> dict[str, str]:
        """The hashes of each partition's files, by its path."""
        return dict(self._connection.execute("SELECT path, files FROM partitions"))

    def drop(self, path: str) -> None:
        """Forget a partition with its documents."""
        (number,) = self._connection.execute("SELECT id FROM partitions WHERE path = ?", (path,)).fetchone()
        for document, year in self._documents(number).values():
            self._forget(document, year)
        self._connection.execute("DELETE FROM partitions WHERE id = ?", (number,))

    def read(self, path: str, partition: Partition, files: Files) -> None:
        """Take in a partition as its files are; blocks that did not change stay."""
        execute = self._connection.execute
        execute("INSERT OR IGNORE INTO partitions (path, files) VALUES (?, '')", (path,))
        (number,) = execute("SELECT id FROM partitions WHERE path = ?", (path,)).fetchone()
        held = self._documents(number)
        for document in documents(self._store, files):
            known = held.pop(document.facts["sha256"], None)
            self._take(number, partition, document, known and known[0])
        for gone, year in held.values():
            self._forget(gone, year)
        execute("UPDATE partitions SET files = ? WHERE id = ?", (_named(files), number))

    def _documents(self, partition: int) -> dict[str, tuple[int, int | None]]:
        rows = self._connection.execute("SELECT sha256, id, year FROM documents WHERE partition = ?", (partition,))
        return {sha256: (document, year) for sha256, document, year in rows.fetchall()}

    def _take(self, number: int, partition: Partition, document: Document, known: int | None) -> None:
        facts = document.facts
        row = (facts["sha256"], number, self._publisher(partition, document), partition.year, facts["phase"])
        written = self._connection.execute(
            "INSERT OR REPLACE INTO documents (sha256, partition, publisher, year, phase, id) VALUES (?, ?, ?, ?, ?, ?)",
            (*row, known),
        )
        for kind in _KINDS:
            self._set(block_number(kind, partition.year, int(written.lastrowid or 0)), document.blocks.get(kind))

    def _forget(self, document: int, year: int | None) -> None:
        for kind in _KINDS:
            self._set(block_number(kind, year, document), None)
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document,))

    def _set(self, block: int, body: bytes | None) -> None:
        """Give a block another body, or none; ``gone`` keeps the one that ``words`` knows."""
        execute = self._connection.execute
        row = execute("SELECT body FROM blocks WHERE id = ?", (block,)).fetchone()
        if row and row[0] == body:
            return
        if row and not execute("DELETE FROM fresh WHERE id = ?", (block,)).rowcount:
            execute("INSERT INTO gone VALUES (?, ?)", (block, row[0]))
        execute("DELETE FROM blocks WHERE id = ?", (block,))
        if body is not None:
            execute("INSERT INTO blocks VALUES (?, ?)", (block, body))
            execute("INSERT INTO fresh VALUES (?)", (block,))

    def _publisher(self, partition: Partition, document: Document) -> int:
        place = (partition.province, document.facts["city"], document.facts["county"], document.facts["entity"])
        row = (*place, partition.department)
        facts = json.dumps(row, ensure_ascii=False)
        self._connection.execute(
            "INSERT OR IGNORE INTO publishers (province, city, county, entity, department, place, facts)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (*row, "/".join(filter(None, place)), facts),
        )
        found = self._connection.execute("SELECT id FROM publishers WHERE facts = ?", (facts,)).fetchone()
        return int(found[0])


def _write_words(connection: sqlite3.Connection) -> None:
    gone = connection.cursor().execute("SELECT id, body FROM gone ORDER BY id")
    connection.executemany("INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)", _numbered(gone))
    fresh = connection.cursor().execute("SELECT id, body FROM fresh JOIN blocks USING (id) ORDER BY id")
    connection.executemany("INSERT INTO words (rowid, text) VALUES (?, ?)", _numbered(fresh))


def _numbered(blocks: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, str]]:
    """Each passage of these blocks by its number, as ``words`` has it."""
    for block, body in blocks:
        for row, passage in enumerate(unpacked(body)):
            yield (block << ROW_BITS) + row, " ".join(map(tokens, passage.texts))
