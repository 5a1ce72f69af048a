"""Bringing an index in line with a manifest: of the lake's partitions only the new and the changed ones are read.

First the blocks of each such partition are compared with those of the index; then the passages of blocks that are gone
leave ``words`` and those of new ones are added, each in the order of their numbers, which is the order FTS5 writes in.
"""

from __future__ import annotations

import collections
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from gongkai.archive.store import Store
from gongkai.lake.manifest import LakeDamagedError, LakeFile, Manifest
from gongkai.lake.partition import Partition
from gongkai.queries.full_text.compared import tokens
from gongkai.queries.full_text.passages import TABLES, Document, documents
from gongkai.queries.full_text.tables import KINDS, ROW_BITS, SCHEMA, WORDS, block_number, unpacked

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
    connection: sqlite3.Connection, store: Store, load: Callable[[], Manifest | None], advance: Callable[[str], None]
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
    for table in WORDS:
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', ?)", (_HASH_BYTES,))  # noqa: S608 - our own
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


def _read_partitions(index: _Partitions, wanted: Mapping[Partition, Files], advance: Callable[[str], None]) -> None:
    by_path = {partition.path(): (partition, files) for partition, files in wanted.items()}
    held = index.held()
    for path in held.keys() - by_path.keys():
        index.drop(path)
    for path, (partition, files) in sorted(by_path.items()):
        if held.get(path) != _named(files):
            index.read(path, partition, files)
            advance(path)


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
        for rows in self._documents(number).values():
            self._forget(rows)
        self._connection.execute("DELETE FROM partitions WHERE id = ?", (number,))

    def read(self, path: str, partition: Partition, files: Files) -> None:
        """Take in a partition as its files are; blocks that did not change stay."""
        execute = self._connection.execute
        execute("INSERT OR IGNORE INTO partitions (path, files) VALUES (?, '')", (path,))
        (number,) = execute("SELECT id FROM partitions WHERE path = ?", (path,)).fetchone()
        held = self._documents(number)
        for document in documents(self._store, files):
            self._take(number, partition, document, held.pop(document.facts["sha256"], []))
        for rows in held.values():
            self._forget(rows)
        execute("UPDATE partitions SET files = ? WHERE id = ?", (_named(files), number))

    def _documents(self, partition: int) -> dict[str, list[tuple[int, int | None]]]:
        """The rows of each document of a partition: number and year."""
        rows: dict[str, list[tuple[int, int | None]]] = collections.defaultdict(list)
        held = "SELECT sha256, id, year FROM documents WHERE partition = ? ORDER BY id"
        for sha256, number, year in self._connection.execute(held, (partition,)):
            rows[sha256].append((number, year))
        return rows

    def _take(
        self, number: int, partition: Partition, document: Document, held: Sequence[tuple[int, int | None]]
    ) -> None:
        """Take in a document, in as many rows as its blocks need."""
        facts = document.facts
        row = (facts["sha256"], number, self._publisher(partition, document), partition.year, facts["phase"])
        needed = max([1, *map(len, document.blocks.values())])
        for at in range(needed):
            written = self._connection.execute(
                "INSERT OR REPLACE INTO documents (sha256, partition, publisher, year, phase, id)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (*row, held[at][0] if at < len(held) else None),
            )
            for kind in KINDS:
                bodies = document.blocks.get(kind, ())
                block = block_number(kind, partition.year, int(written.lastrowid or 0))
                self._set(block, bodies[at] if at < len(bodies) else None)
        self._forget(held[needed:])

    def _forget(self, rows: Sequence[tuple[int, int | None]]) -> None:
        for document, year in rows:
            for kind in KINDS:
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
    for number, written in _numbered(gone):
        for table, text in zip(WORDS, written, strict=True):
            connection.execute(f"INSERT INTO {table} ({table}, rowid, text) VALUES ('delete', ?, ?)", (number, text))  # noqa: S608 - our own
    fresh = connection.cursor().execute("SELECT id, body FROM fresh JOIN blocks USING (id) ORDER BY id")
    for number, written in _numbered(fresh):
        for table, text in zip(WORDS, written, strict=True):
            connection.execute(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", (number, text))  # noqa: S608 - our own


def _numbered(blocks: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Each passage of these blocks by its number, as the tables ``WORDS`` have it."""
    for block, body in blocks:
        for row, passage in enumerate(unpacked(body)):
            pairs, characters = zip(*map(tokens, passage.texts), strict=True)
            yield (block << ROW_BITS) + row, (" ".join(pairs), " ".join(characters))
