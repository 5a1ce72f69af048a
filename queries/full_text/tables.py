"""The tables of a segment of the index, and the numbers that put its hits in order.

A passage is one text or a few that belong together: a section with its heading, a project, an indicator, a title, a
text of cells.  Its number says in which order hits come: by kind, newest year first, then document by document.  So the
first hits are the first numbers, and a year, a document or a partition is a range of numbers within each kind; so is
what one body published in a year, since the documents of a partition are numbered by place and body.

===============  ====================================================================================================
table            a row is
===============  ====================================================================================================
``partitions``   a partition of the lake: the hashes of its files, their bytes, its first and last row of ``documents``
``publishers``   who published: place, entity and department, as ``documents`` has them
``documents``    a document, with its partition and publisher; one with many passages takes several rows
``blocks``       the passages of one kind of one row of ``documents``, in order: JSON, compressed
``words``        FTS5 without contents: the pairs of characters of each passage, see ``compared``
``characters``   FTS5 without contents and places: the characters of each passage
===============  ====================================================================================================

Numbers are small for a reason: FTS5 writes their differences, which are most of an index.
"""

from __future__ import annotations

import dataclasses
import json
import zlib
from collections.abc import Sequence
from typing import Literal, NamedTuple, get_args

Kind = Literal["title", "narrative", "project", "indicator", "cell"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""Every kind of passage, in the order of hits."""

FORMAT = 2
"""Raised whenever an index made before would answer otherwise; such a one is made anew."""

SCHEMA = """
    CREATE TABLE partitions (
        id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, files TEXT NOT NULL, bytes INTEGER NOT NULL, year INTEGER,
        first INTEGER NOT NULL, last INTEGER NOT NULL
    );
    CREATE TABLE publishers (
        id INTEGER PRIMARY KEY, province TEXT, city TEXT, county TEXT, entity TEXT, department TEXT,
        place TEXT NOT NULL, facts TEXT NOT NULL UNIQUE
    );
    CREATE TABLE documents (
        id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, partition INTEGER NOT NULL, publisher INTEGER NOT NULL,
        year INTEGER, phase TEXT
    );
    CREATE INDEX documents_of_publisher ON documents (publisher);
    CREATE TABLE blocks (id INTEGER PRIMARY KEY, body BLOB NOT NULL);
    CREATE VIRTUAL TABLE words USING fts5 (text, content = '', columnsize = 0, tokenize = 'ascii');
    CREATE VIRTUAL TABLE characters USING fts5 (text, content = '', columnsize = 0, detail = none, tokenize = 'ascii');
"""

WORDS = ("words", "characters")
"""The tables of FTS5: of pairs, and of single characters."""

ROW_BITS, DOCUMENT_BITS, YEAR_BITS = 10, 28, 11
PASSAGES_OF_A_BLOCK = 1 << ROW_BITS
_YEARS = 1 << YEAR_BITS


class Place(NamedTuple):
    """Where in its document a passage stands; None where it has no such place."""

    page: int | None = None
    section_index: int | None = None
    table_index: int | None = None
    row_index: int | None = None
    column_index: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Passage:
    """Texts that are searched together, as printed."""

    place: Place
    texts: Sequence[str]


def packed(passages: Sequence[Passage]) -> bytes:
    """The body of a block."""
    rows = [[*passage.place, *passage.texts] for passage in passages]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), 6)


def unpacked(body: bytes) -> list[Passage]:
    """The passages of a block."""
    width = len(Place._fields)
    return [Passage(Place(*row[:width]), row[width:]) for row in json.loads(zlib.decompress(body))]


def block_number(kind: Kind, year: int | None, document: int) -> int:
    """The number of the passages of one kind of one document."""
    return (_ranked(kind, year) << DOCUMENT_BITS) + document


def document_of(block: int) -> int:
    """The document of a block."""
    return block & ((1 << DOCUMENT_BITS) - 1)


def kind_of(block: int) -> Kind:
    """The kind of a block's passages."""
    return KINDS[block >> (DOCUMENT_BITS + YEAR_BITS)]


def blocks_of(kind: Kind, years: tuple[int | None, int | None]) -> tuple[int, int]:
    """The first and the last number a block of a kind can have, of years from the newest to the oldest."""
    newest, oldest = years
    return _ranked(kind, newest) << DOCUMENT_BITS, ((_ranked(kind, oldest) + 1) << DOCUMENT_BITS) - 1


NEWEST = _YEARS - 1


def _ranked(kind: Kind, year: int | None) -> int:
    """Newest years first, documents without one last."""
    rank = _YEARS - 1 if year is None else _YEARS - 1 - min(max(year, 1), _YEARS - 1)
    return (KINDS.index(kind) << YEAR_BITS) + rank
