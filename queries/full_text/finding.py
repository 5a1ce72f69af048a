"""What a question finds in an index: hits in their order, how many there are in all, and the words around each."""

from __future__ import annotations

import dataclasses
import itertools
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.queries.full_text.compared import Word, expressions, must_be_looked_at, places
from gongkai.queries.full_text.tables import (
    DOCUMENT_BITS,
    KINDS,
    NEWEST,
    PASSAGES_OF_A_BLOCK,
    ROW_BITS,
    Kind,
    Passage,
    Place,
    blocks_of,
    document_of,
    kind_of,
    unpacked,
)

_BEFORE, _AFTER = 30, 60
"""Characters of a passage before its first hit and from there on."""


@dataclasses.dataclass(frozen=True, slots=True)
class Question:
    """What to look for, and where: every word must stand in one passage."""

    words: Sequence[Word]
    place: str = ""
    """Part of a province, city, county or entity name, parted by ``/``; empty for everywhere."""
    year: int | None = None
    department: str = ""
    phase: str = ""
    kinds: Sequence[Kind] = KINDS
    limit: int = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds every word."""

    kind: Kind
    document_sha256: str
    province: str | None
    city: str | None
    county: str | None
    entity: str | None
    department: str | None
    year: int | None
    phase: str | None
    place: Place
    passage: str
    """The words around the first hit, as printed."""
    marks: tuple[tuple[int, int], ...]
    """Begin and end of each hit in ``passage``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Answer:
    """The first hits of a question, and the number of all."""

    total: int
    hits: list[Hit]


_FACTS = {"document_sha256": "d.sha256", "year": "d.year", "phase": "d.phase"} | {
    name: f"p.{name}" for name in ("province", "city", "county", "entity", "department")
}
"""Of a hit what the index has by document: columns of ``documents`` and ``publishers``."""


def find(index: sqlite3.Connection, question: Question) -> Answer:
    """The hits of a question: by kind, newest year first, then by document.  Raises sqlite3.Error."""
    search = _Search(index, question)
    total, numbers = 0, list[int]()
    for kind in KINDS:
        if kind in question.kinds:
            count, first = search.of_kind(kind, question.limit - len(numbers))
            total += count
            numbers += first
    return Answer(total, [search.hit(number) for number in numbers])


class _Search:
    """One question to one index."""

    def __init__(self, index: sqlite3.Connection, question: Question) -> None:
        self._index = index
        self._question = question
        self._pairs, self._characters = expressions(question.words)
        self._looked_at = [word for word in question.words if must_be_looked_at(word)]
        self._documents = _documents(question)
        self._last: tuple[int, list[Passage]] = (-1, [])

    def of_kind(self, kind: Kind, limit: int) -> tuple[int, list[int]]:
        """How many hits of this kind there are, and the numbers of the first."""
        if self._looked_at:
            numbers = self._by_looking(kind)
            first = list(itertools.islice(numbers, limit))
            return len(first) + sum(1 for _ in numbers), first
        hits, values = self._hits(kind)
        rows = self._index.execute(f"SELECT rowid {hits} ORDER BY rowid LIMIT ?", (*values, limit))
        first = [number for (number,) in rows]
        if len(first) < limit:
            return len(first), first
        (count,) = self._index.execute(f"SELECT count(*) {hits}", values).fetchone()
        return count, first

    def _hits(self, kind: Kind) -> tuple[str, tuple[object, ...]]:
        """SQL from its FROM on, with its values, for what the index has of this kind."""
        first, last = self._blocks(kind)
        numbers = (first << ROW_BITS, ((last + 1) << ROW_BITS) - 1)
        asked = {"words": self._pairs, "characters": self._characters}
        tables = [table for table, match in asked.items() if match]
        sql = f"FROM {tables[0]} WHERE {tables[0]} MATCH ? AND rowid BETWEEN ? AND ?"
        values: tuple[object, ...] = (asked[tables[0]], *numbers)
        if len(tables) > 1:  # the sign keeps SQLite from asking FTS5 for each number anew
            sql += " AND +rowid IN (SELECT rowid FROM characters WHERE characters MATCH ? AND rowid BETWEEN ? AND ?)"
            values += (self._characters, *numbers)
        if self._documents is not None:
            among, chosen = self._documents
            sql += f" AND (rowid >> {ROW_BITS}) & {(1 << DOCUMENT_BITS) - 1} IN ({among})"
            values += chosen
        return sql, values

    def _by_looking(self, kind: Kind) -> Iterator[int]:
        """The numbers of hits where the index alone cannot tell: each passage it names, or all, is looked at."""
        for block, rows in self._to_look_at(kind):
            passages = self._block(block)
            for row in range(len(passages)) if rows is None else rows:
                if all(word.is_in(passages[row].texts) for word in self._looked_at):
                    yield (block << ROW_BITS) + row

    def _to_look_at(self, kind: Kind) -> Iterator[tuple[int, list[int] | None]]:
        """Blocks with the rows that the index names; with None for all of them."""
        if self._pairs or self._characters:
            hits, values = self._hits(kind)
            numbers = (number for (number,) in self._index.execute(f"SELECT rowid {hits} ORDER BY rowid", values))
            for block, each in itertools.groupby(numbers, lambda number: number >> ROW_BITS):
                yield block, [number & (PASSAGES_OF_A_BLOCK - 1) for number in each]
        else:
            for block in self._all_blocks(kind):
                yield block, None

    def _all_blocks(self, kind: Kind) -> Iterator[int]:
        sql, values = "SELECT id FROM blocks WHERE id BETWEEN ? AND ?", list[object](self._blocks(kind))
        if self._documents is not None:
            among, chosen = self._documents
            sql += f" AND id & {(1 << DOCUMENT_BITS) - 1} IN ({among})"
            values += chosen
        return (block for (block,) in self._index.execute(f"{sql} ORDER BY id", values))

    def _blocks(self, kind: Kind) -> tuple[int, int]:
        year = self._question.year
        return blocks_of(kind, (NEWEST, None) if year is None else (year, year))

    def _block(self, block: int) -> list[Passage]:
        """A block's passages; the last one's are kept, since hits come block by block."""
        if self._last[0] != block:
            (body,) = self._index.execute("SELECT body FROM blocks WHERE id = ?", (block,)).fetchone()
            self._last = block, unpacked(body)
        return self._last[1]

    def hit(self, number: int) -> Hit:
        """A hit by its number."""
        block, row = number >> ROW_BITS, number & (PASSAGES_OF_A_BLOCK - 1)
        passage = self._block(block)[row]
        row_of_document = self._index.execute(
            f"SELECT {', '.join(_FACTS.values())}"  # noqa: S608 - columns of our own
            " FROM documents AS d JOIN publishers AS p ON p.id = d.publisher WHERE d.id = ?",
            (document_of(block),),
        ).fetchone()
        facts: dict[str, Any] = dict(zip(_FACTS, row_of_document, strict=True))
        text = next((text for text in passage.texts if self._question.words[0].is_in([text])), passage.texts[0])
        words, marks = _around(text, self._question.words)
        return Hit(kind=kind_of(block), place=passage.place, passage=words, marks=marks, **facts)


def _documents(question: Question) -> tuple[str, tuple[str, ...]] | None:
    """SQL for the documents to search, with its values; None for all."""
    conditions = {
        "instr(p.place, ?)": question.place,
        "p.department = ?": question.department,
        "d.phase = ?": question.phase,
    }
    given = {condition: value for condition, value in conditions.items() if value}
    if not given:
        return None
    sql = "SELECT d.id FROM publishers AS p JOIN documents AS d ON d.publisher = p.id WHERE "
    return sql + " AND ".join(given), tuple(given.values())


def _around(text: str, words: Sequence[Word]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The words around the first hit, with an ellipsis where text is left out, and the marks in them."""
    spans = places(text, words)
    first = spans[0] if spans else (0, 0)
    begin, end = max(0, first[0] - _BEFORE), min(len(text), max(first[0] + _AFTER, first[1]))
    before, after = "…" if begin else "", "…" if end < len(text) else ""
    shift = len(before) - begin
    marks = tuple((left + shift, right + shift) for left, right in spans if right <= end)
    return f"{before}{text[begin:end]}{after}", marks
