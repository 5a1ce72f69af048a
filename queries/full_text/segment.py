"""One segment of the index: writing it into an empty database, and reading back the partitions it holds.

Documents and blocks come first, partition by partition; then the words of all blocks in the order of their numbers,
which is the order FTS5 writes in, and at last FTS5 makes one run of them, so that a word is looked up once.
"""

from __future__ import annotations

import dataclasses
import itertools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from gongkai.queries.full_text.compared import tokens
from gongkai.queries.full_text.passages import Document
from gongkai.queries.full_text.tables import (
    KINDS,
    ROW_BITS,
    SCHEMA,
    WORDS,
    block_number,
    unpacked,
)

_HASH_BYTES = 1 << 24
"""Memory FTS5 gathers words in before it writes them: with SQLite's own 1 MB it writes without end."""
_SETTINGS = {"hashsize": _HASH_BYTES, "automerge": 0, "crisismerge": 1 << 10}
"""Nothing is merged before the end: each merge on the way writes the words once more."""
_BATCH = 1_000
_PAGE_BYTES = 8192
_CACHE_KIBIBYTES = 1 << 14


@dataclasses.dataclass(frozen=True, slots=True)
class HeldPartition:
    """A partition as a segment has it."""

    number: int
    path: str
    files: str
    """The hashes of its files."""
    bytes: int
    """The bytes of its files."""
    year: int | None


class Draft:
    """A segment being written.  Methods raise sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._documents = 0
        self._publishers: dict[tuple[str | None, ...], int] = {}
        for pragma in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE_KIBIBYTES}"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
        connection.executescript(SCHEMA)
        for table, (name, value) in itertools.product(WORDS, _SETTINGS.items()):
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", (name, value))  # noqa: S608 - our own

    def add(self, held: HeldPartition, documents: Iterable[Document]) -> None:
        """Take in a partition with its documents."""
        first = self._documents + 1
        for document in documents:
            self._take(held.number, document)
        row = (held.number, held.path, held.files, held.bytes, held.year, first, self._documents)
        self._connection.execute("INSERT INTO partitions VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def finish(self, path: Path) -> None:
        """Write the words, and the whole segment to a path, without the pages that are left free."""
        blocks = self._connection.cursor().execute("SELECT id, body FROM blocks ORDER BY id")
        written = _numbered(blocks)
        while batch := list(itertools.islice(written, _BATCH)):
            for at, table in enumerate(WORDS):
                rows = [(number, texts[at]) for number, texts in batch]
                self._connection.executemany(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", rows)  # noqa: S608 - our own
        for table in WORDS:
            self._connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 - our own
        self._connection.commit()
        self._connection.execute("VACUUM INTO ?", (str(path),))

    def _take(self, partition: int, document: Document) -> None:
        """Take in a document, in as many rows as its blocks need."""
        facts = document.facts
        row = (facts["sha256"], partition, self._publisher(document), facts["year"], facts["phase"])
        for at in range(max([1, *map(len, document.blocks.values())])):
            self._documents += 1
            self._connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", (self._documents, *row))
            blocks = [
                (block_number(kind, facts["year"], self._documents), bodies[at])
                for kind, bodies in document.blocks.items()
                if at < len(bodies)
            ]
            self._connection.executemany("INSERT INTO blocks VALUES (?, ?)", blocks)

    def _publisher(self, document: Document) -> int:
        place = tuple(document.facts[name] for name in ("province", "city", "county", "entity"))
        row = (*place, document.facts["department"])
        if row not in self._publishers:
            self._publishers[row] = len(self._publishers) + 1
            self._connection.execute(
                "INSERT INTO publishers VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (self._publishers[row], *row, "/".join(filter(None, place)), json.dumps(row, ensure_ascii=False)),
            )
        return self._publishers[row]


def partitions_of(connection: sqlite3.Connection) -> list[HeldPartition]:
    """The partitions of a segment.  Raises sqlite3.Error."""
    rows = connection.execute("SELECT id, path, files, bytes, year FROM partitions ORDER BY id")
    return [HeldPartition(*row) for row in rows]


def documents_of(connection: sqlite3.Connection, partition: int) -> Iterator[Document]:
    """The documents of a segment's partition, one for each of its rows.  Raises sqlite3.Error."""
    names = ("sha256", "phase", "year", "province", "city", "county", "entity", "department")
    rows = connection.execute(
        f"SELECT d.id, {', '.join(names)} FROM documents AS d JOIN publishers AS p ON p.id = d.publisher"  # noqa: S608 - columns of our own
        " WHERE d.id BETWEEN (SELECT first FROM partitions WHERE id = ?) AND (SELECT last FROM partitions WHERE id = ?)"
        " ORDER BY d.id",
        (partition, partition),
    ).fetchall()
    for number, *facts in rows:
        named = dict(zip(names, facts, strict=True))
        blocks = {}
        for kind in KINDS:
            key = (block_number(kind, named["year"], number),)
            if row := connection.execute("SELECT body FROM blocks WHERE id = ?", key).fetchone():
                blocks[kind] = [row[0]]
        yield Document(named, blocks)


def _numbered(blocks: Iterable[tuple[int, bytes]]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Each passage of these blocks by its number, as the tables ``WORDS`` have it."""
    for block, body in blocks:
        for row, passage in enumerate(unpacked(body)):
            written = [tokens(text) for text in passage.texts]
            pairs, characters = zip(*written, strict=True)
            yield (block << ROW_BITS) + row, (" ".join(pairs), " ".join(characters))
