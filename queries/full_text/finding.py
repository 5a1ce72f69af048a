"""What a question finds in the segments of an index: hits in their order, their number, and the words around each."""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import functools
import heapq
import itertools
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from gongkai.queries.full_text.compared import Word, around, expressions, must_be_looked_at
from gongkai.queries.full_text.statement import Segment
from gongkai.queries.full_text.tables import (
    DOCUMENT_BITS,
    KINDS,
    NEWEST,
    PASSAGES_OF_A_BLOCK,
    ROW_BITS,
    Kind,
    Passage,
    Place,
    block_number,
    blocks_of,
    document_of,
    kind_of,
    unpacked,
)

T = TypeVar("T")

_Run = tuple[int | None, int, int]
"""A year, and the first and the last number of documents that follow each other in it."""

_ALL: _Run = (None, 0, 0)
"""Stands for all documents of a segment."""

_FEW = 256
"""Runs of documents that are asked for one by one; where there are more, each hit's document is looked up."""


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


@dataclasses.dataclass(frozen=True)
class Answer:
    """The first hits of a question, and how many there are in all, which is counted when it is asked for."""

    hits: list[Hit]
    count: Callable[[], int] = dataclasses.field(compare=False, repr=False)

    @functools.cached_property
    def total(self) -> int:
        """The number of all hits."""
        return self.count()


_FACTS = {"document_sha256": "d.sha256", "year": "d.year", "phase": "d.phase"} | {
    name: f"p.{name}" for name in ("province", "city", "county", "entity", "department")
}
"""Of a hit what the index has by document: columns of ``documents`` and ``publishers``."""

Open = Callable[[Segment], sqlite3.Connection]
"""Opens a segment for reading."""


def find(segments: Sequence[Segment], opened: Open, question: Question) -> Answer:
    """The hits of a question: by kind, newest year first, then by segment and document.  Raises sqlite3.Error."""
    asked = [segment for segment in segments if question.year is None or question.year in segment.years]
    numbers = list(_each(_Search.first, asked, opened, question))
    ranked = [(number >> (DOCUMENT_BITS + ROW_BITS), at, number) for at, each in enumerate(numbers) for number in each]
    chosen = [(asked[at], number) for _, at, number in sorted(ranked)[: question.limit]]
    long = [segment for segment, each in zip(asked, numbers, strict=True) if len(each) == question.limit]
    short = sum(len(each) for each in numbers if len(each) < question.limit)
    return Answer(_hits(chosen, opened, question), lambda: short + sum(_each(_Search.count, long, opened, question)))


def _each(of: Callable[[_Search], T], segments: Sequence[Segment], opened: Open, question: Question) -> Iterator[T]:
    """A function of the search in each segment; of several at once, since SQLite works beside Python."""

    def searched(segment: Segment) -> T:
        with contextlib.closing(opened(segment)) as connection:
            return of(_Search(connection, segment, question))

    if len(segments) < 2:
        yield from map(searched, segments)
    else:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as threads:
            yield from threads.map(searched, segments)


def _hits(chosen: Sequence[tuple[Segment, int]], opened: Open, question: Question) -> list[Hit]:
    hits: dict[tuple[str, int], Hit] = {}
    for segment in dict.fromkeys(segment for segment, _ in chosen):
        with contextlib.closing(opened(segment)) as connection:
            search = _Search(connection, segment, question)
            hits.update({(of.index, number): search.hit(number) for of, number in chosen if of == segment})
    return [hits[segment.index, number] for segment, number in chosen]


class _Search:
    """One question to one segment."""

    def __init__(self, index: sqlite3.Connection, segment: Segment, question: Question) -> None:
        self._index = index
        self._dead = ", ".join(map(str, segment.dead))
        self._question = question
        self._asked = expressions(question.words)
        self._every = any(map(must_be_looked_at, question.words))
        self._words = [word for word in question.words if word.exact or must_be_looked_at(word)]
        self._last: tuple[int, list[Passage]] = (-1, [])

    def first(self) -> list[int]:
        """The numbers of the first hits."""
        return list(itertools.islice(self._all(), self._question.limit))

    def count(self) -> int:
        """How many hits there are."""
        if self._every:
            return sum(1 for _ in self._all())
        if not self._asked.doubtful:
            return self._counted(self._asked.pairs)
        return self._counted(self._certain) + sum(1 for _ in self._looking(self._uncertain))

    def _all(self) -> Iterator[int]:
        if self._every:
            return self._looking(self._asked.pairs)
        if not self._asked.doubtful:
            return self._numbers(self._asked.pairs)
        return heapq.merge(self._numbers(self._certain), self._looking(self._uncertain))

    @property
    def _certain(self) -> str:
        """Where no phrase in quotes can be parted by punctuation."""
        return f"({self._asked.pairs}) NOT ({self._asked.doubtful})"

    @property
    def _uncertain(self) -> str:
        return f"({self._asked.pairs}) AND ({self._asked.doubtful})"

    def _numbers(self, pairs: str) -> Iterator[int]:
        """What the index has, in order."""
        for first, last in self._ranges:
            hits, values = self._sql(pairs, first, last)
            for (number,) in self._index.execute(f"SELECT rowid {hits} ORDER BY rowid", values):
                yield number

    def _counted(self, pairs: str) -> int:
        count = 0
        for first, last in self._ranges:
            hits, values = self._sql(pairs, first, last)
            count += self._index.execute(f"SELECT count(*) {hits}", values).fetchone()[0]
        return count

    def _sql(self, pairs: str, first: int, last: int) -> tuple[str, tuple[object, ...]]:
        """SQL from its FROM on, with its values, for what the index has of a range of blocks."""
        numbers = (first << ROW_BITS, ((last + 1) << ROW_BITS) - 1)
        asked = {"words": pairs, "characters": self._asked.characters}
        tables = [table for table, match in asked.items() if match]
        sql = f"FROM {tables[0]} WHERE {tables[0]} MATCH ? AND rowid BETWEEN ? AND ?"
        values: tuple[object, ...] = (asked[tables[0]], *numbers)
        if len(tables) > 1:  # the sign keeps SQLite from asking FTS5 for each number anew
            sql += " AND +rowid IN (SELECT rowid FROM characters WHERE characters MATCH ? AND rowid BETWEEN ? AND ?)"
            values += (self._asked.characters, *numbers)
        if self._runs is None:
            sql += f" AND (rowid >> {ROW_BITS}) & {(1 << DOCUMENT_BITS) - 1} IN chosen"
        return sql, values

    def _looking(self, pairs: str) -> Iterator[int]:
        """The numbers of hits where the index alone cannot tell: each passage it names, or all, is looked at."""
        for block, rows in self._to_look_at(pairs):
            passages = self._block(block)
            for row in range(len(passages)) if rows is None else rows:
                if all(word.is_in(passages[row].texts) for word in self._words):
                    yield (block << ROW_BITS) + row

    def _to_look_at(self, pairs: str) -> Iterator[tuple[int, list[int] | None]]:
        """Blocks with the rows that the index names; with None for all of them."""
        if pairs or self._asked.characters:
            numbers = self._numbers(pairs)
            for block, each in itertools.groupby(numbers, lambda number: number >> ROW_BITS):
                yield block, [number & (PASSAGES_OF_A_BLOCK - 1) for number in each]
        else:
            among = f" AND id & {(1 << DOCUMENT_BITS) - 1} IN chosen" if self._runs is None else ""
            sql = f"SELECT id FROM blocks WHERE id BETWEEN ? AND ?{among} ORDER BY id"  # noqa: S608 - our own
            for part in self._ranges:
                for (block,) in self._index.execute(sql, part):
                    yield block, None

    @functools.cached_property
    def _ranges(self) -> list[tuple[int, int]]:
        """The numbers of the blocks to search, in order: first and last of each range."""
        year, ranges = self._question.year, list[tuple[int, int]]()
        for kind in self._question.kinds:
            if self._runs is None or self._runs == [_ALL]:
                ranges.append(blocks_of(kind, (NEWEST, None) if year is None else (year, year)))
            else:
                runs = [run for run in self._runs if year is None or run[0] == year]
                ranges += [(block_number(kind, of, first), block_number(kind, of, last)) for of, first, last in runs]
        return [(first, last) for _, first, last in _joined((None, *each) for each in sorted(ranges))]

    @functools.cached_property
    def _runs(self) -> list[_Run] | None:
        """The documents to search as runs of their numbers; None if these are many, and in the table ``chosen``."""
        conditions = {condition: value for condition, value in self._conditions() if value}
        if not conditions and not self._dead:
            return [_ALL]
        if not conditions:
            sql = f"SELECT year, first, last FROM partitions WHERE id NOT IN ({self._dead}) ORDER BY first"  # noqa: S608 - our own
            return list(_joined(self._index.execute(sql)))
        self._index.execute("PRAGMA temp_store = MEMORY")
        self._index.execute("CREATE TEMP TABLE chosen (id INTEGER PRIMARY KEY)")
        self._index.execute(
            "INSERT INTO chosen SELECT d.id FROM publishers AS p JOIN documents AS d ON d.publisher = p.id"  # noqa: S608 - our own
            f" WHERE {' AND '.join(conditions)} AND d.partition NOT IN ({self._dead})",
            tuple(conditions.values()),
        )
        runs = _joined(self._index.execute("SELECT year, id, id FROM chosen JOIN documents USING (id) ORDER BY id"))
        few = list(itertools.islice(runs, _FEW + 1))
        return few if len(few) <= _FEW else None

    def _conditions(self) -> Iterator[tuple[str, str]]:
        """Conditions on publishers and documents with their values; without those that every publisher meets."""
        question = self._question
        of_publishers = {"instr(p.place, ?)": question.place, "p.department IS ?": question.department}
        for condition, value in of_publishers.items():
            others = f"SELECT 1 FROM publishers AS p WHERE NOT ({condition}) LIMIT 1"  # noqa: S608 - our own
            if value and self._index.execute(others, (value,)).fetchone():
                yield condition, value
        yield "d.phase = ?", question.phase

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
        words, marks = around(text, self._question.words)
        return Hit(kind=kind_of(block), place=passage.place, passage=words, marks=marks, **facts)


def _joined(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Runs of one year that follow each other as one."""
    whole: _Run | None = None
    for year, first, last in runs:
        if whole and whole[0] == year and first <= whole[2] + 1:
            whole = (year, whole[1], max(whole[2], last))
        elif first <= last:
            if whole:
                yield whole
            whole = (year, first, last)
    if whole:
        yield whole
