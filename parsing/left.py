"""What is left to parse: the payloads of all captures that may hold a document, but for those the lake knows.

An archive of a country has millions of them.  They are compared part by part with the lake's index of originals, and a
part in which nothing was left is not looked at again while both stay as they are; captures become objects a batch at a
time, for the originals that are left alone, and for the files of the articles that these stand in.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from gongkai.archive import Archive, Capture, Role, capture_table, compaction
from gongkai.lake.manifest import Manifest, read_manifest
from gongkai.parsing.candidate_index import HASH, SCHEMA, Candidates, PartLostError
from gongkai.parsing.candidates import CHOSEN_BY, WAYS, Way, article_number, compared, may_be_documents
from gongkai.parsing.settings import attempts
from gongkai.parsing.waiting import FIRST_ARTICLE, WAITING_SCHEMA, Waiting

T = TypeVar("T")

PARSER_VERSION = "13"
"""Raised whenever the same bytes may give other rows; documents parsed by an older one are parsed again."""

_SAID = ["sha256", "is_document", "parser_version", "passed_over", "attempts"]
"""What of the lake's index says whether an original is left."""

ORIGINALS_AT_ONCE = 5000
"""Originals of a batch: their captures are in memory together."""

_LOOKED_AT = 1000
"""Hashes of a part up to which the lake's index is asked for each, rather than read whole where they stand."""


@dataclasses.dataclass(frozen=True, slots=True)
class Batch:
    """Originals that are parsed together, with all their captures by time, in order of first capture."""

    chosen: Mapping[str, list[Capture]]
    beside: tuple[Capture, ...] = ()
    """The first capture of every file of an article in which a chosen one stands, the chosen ones among them."""
    siblings: Mapping[str, list[Capture]] = dataclasses.field(default_factory=dict)
    """All captures of those files that are not chosen themselves."""


class Left:
    """The originals that are left.  Their captures are read a batch at a time: those of a country fit no memory."""

    def __init__(self, archive: Archive, index: Candidates, parts: Iterable[pa.Table]) -> None:
        """``parts`` are the rows of the index that are left, those of a hash in one of them."""
        self._archive, self._index, self._waiting = archive, index, Waiting()
        self._portals = {portal.number: name for name, portal in index.portals.items()}
        for rows in parts:
            self._waiting.add(rows)
        self.total = self._waiting.originals
        """How many originals are left."""
        self.candidates = index.count
        """How many originals may hold a document."""

    def batches(self) -> Iterator[Batch]:
        """All of them, those of a portal and of an article one after the other.  Raises CapturesUnreadableError."""
        for rows in _cut(self._waiting):
            chosen = _captures_of(self._archive, self._portals, rows)
            order = dict(sorted(chosen.items(), key=lambda item: (item[1][0].requested_at, item[0])))
            siblings = self._siblings(order)
            firsts = [captures[0] for captures in (*order.values(), *siblings.values())] if siblings is not None else []
            beside = sorted(firsts, key=lambda first: (first.requested_at, first.payload_sha256 or ""))
            yield Batch(order, tuple(beside), siblings or {})

    def _siblings(self, chosen: Mapping[str, list[Capture]]) -> dict[str, list[Capture]] | None:
        """All captures of the files that stand beside chosen ones in an article; None where no chosen one does."""
        firsts = [captures[0] for captures in chosen.values()]
        articles = {first.parent_url for first in firsts if first.role is Role.ATTACHMENT and first.parent_url}
        if not articles:
            return None
        numbers = pa.array(sorted(map(article_number, articles)), pa.int64())
        known = pa.array([bytes.fromhex(sha256) for sha256 in chosen], HASH)
        rows, portals = self._asked(lambda index: (_beside(index, numbers, known), index.portals))
        return _captures_of(self._archive, {portal.number: name for name, portal in portals.items()}, rows)

    def is_candidate(self, sha256: str) -> bool:
        """True for an original that was published by itself and may hold a document."""
        return self.count_of([sha256]) > 0

    def count_of(self, sha256s: Iterable[str]) -> int:
        """How many of these are candidates."""
        asked = list(sha256s)
        return self._asked(lambda index: index.count_of(asked))

    def _asked(self, answer: Callable[[Candidates], T]) -> T:
        """What the index answers, which is come by anew where another process writes it."""
        for way in WAYS:
            with contextlib.suppress(PartLostError):
                return answer(self._index)
            with contextlib.suppress(PartLostError):
                self._index = way(self._archive)
        return answer(self._index)


def pending(archive: Archive, *, everything: bool = False) -> list[str]:
    """SHA-256 of every captured document that this parser version has not parsed, as they will be parsed.

    ``everything``: those it has parsed as well.
    """
    return [sha256 for batch in what_is_left(archive, everything=everything).batches() for sha256 in batch.chosen]


def count_pending(archive: Archive) -> int:
    """How many captured documents this parser version has not parsed."""
    return count_left(archive, read_manifest(archive.store), PARSER_VERSION, attempts())


def what_is_left(archive: Archive, *, everything: bool = False) -> Left:
    """As ``pending``, with all captures; ``stage.parse`` takes it, so that the index is compared with the lake once."""
    return left(archive, None if everything else read_manifest(archive.store), PARSER_VERSION, attempts())


def left(archive: Archive, manifest: Manifest | None, version: str, limit: int) -> Left:
    """What a parser version has left of the archive; everything where no manifest is given.

    An original that could not be read for a reason that may pass is left until it was tried ``limit`` times.

    Raises CapturesUnreadableError, LakeDamagedError, StoreError.
    """
    lake = _Lake(manifest, version, limit) if manifest else None
    first = None if lake else compared
    return _by_some_way(archive, lambda index: Left(archive, index, _open(index, lake)), first)


def count_left(archive: Archive, manifest: Manifest | None, version: str, limit: int) -> int:
    """How many originals ``left`` would choose, for which no capture becomes an object.  Raises as ``left`` does."""
    lake = _Lake(manifest, version, limit) if manifest else None
    return _by_some_way(archive, lambda index: sum(len(rows["sha256"].unique()) for rows in _open(index, lake)))


def _by_some_way(archive: Archive, answer: Callable[[Candidates], T], first: Way | None = None) -> T:
    """What the index answers, come by as it may be, the ``first`` way before others."""
    for way in (first or WAYS[0], *WAYS[1:-1]):
        with contextlib.suppress(PartLostError):
            return answer(way(archive))
    return answer(WAYS[-1](archive))


@dataclasses.dataclass(frozen=True, slots=True)
class _Lake:
    """What a lake says to a parser version that tries an original ``limit`` times."""

    manifest: Manifest
    version: str
    limit: int

    def _pieces(self, number: int, parts: int) -> range:
        """The pieces of the index of originals in which the hashes of a part, of so many, stand."""
        pieces = len(self.manifest.originals.pieces)
        first = number * pieces // parts
        return range(first, max(first + 1, (number + 1) * pieces // parts))

    def state(self, number: int, parts: int) -> str | None:
        """A text that is another one whenever this lake may say otherwise of a part; None where there is none."""
        index = self.manifest.originals
        if index.whole is not None:
            return None
        pieces = [index.pieces[each] for each in self._pieces(number, parts)]
        said = repr((self.manifest.parser_version, self.version, self.limit, len(index.pieces), pieces))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def open_of(self, part: pa.Table, number: int, parts: int) -> pa.Table:
        """The rows of a part that the parser version has to look at."""
        index = self.manifest.originals
        if len(part) <= _LOOKED_AT:
            asked = _texts(part["sha256"].to_pylist())
            tables = (table for _, table in index.grouped(sorted(set(map(str, asked.to_pylist())))))
            tables = (table.filter(pc.is_in(table["sha256"], value_set=asked)) for table in tables)
        else:
            tables = (index.piece(each, _SAID) for each in self._pieces(number, parts))
        done = pa.concat_arrays([pa.array([], HASH), *map(self._done, tables)])
        return part.filter(pc.invert(pc.is_in(part["sha256"], value_set=done))) if len(done) else part

    def _done(self, table: pa.Table) -> pa.Array[Any]:
        is_read = pc.and_(table["is_document"], pc.equal(table["parser_version"], pa.scalar(self.version)))
        if self.manifest.parser_version == self.version:
            attempts = table["attempts"]
            is_given_up = pc.greater_equal(attempts, pa.scalar(max(self.limit, 1), pa.int32()))
            is_settled = pc.equal(attempts, pa.scalar(0, pa.int32()))
            is_read = pc.or_(is_given_up, pc.and_(is_settled, pc.or_kleene(is_read, table["passed_over"])))
        hashes = table.filter(pc.fill_null(is_read, pa.scalar(False)))["sha256"]
        data = bytes.fromhex("".join(map(str, hashes.to_pylist())))
        return pa.Array.from_buffers(HASH, len(hashes), [None, pa.py_buffer(data)])


def _open(index: Candidates, lake: _Lake | None) -> Iterator[pa.Table]:
    """The rows of the index that are left, of one part after the other.

    A part that has none is noted as settled for this lake.
    """
    settled: dict[int, str] = {}
    for number, part in enumerate(index.parts):
        state = lake.state(number, len(index.parts)) if lake else None
        if not part.rows or (state is not None and state == part.settled):
            continue
        table = index.part(number)
        of_part = lake.open_of(table, number, len(index.parts)) if lake else table
        if len(of_part):
            yield of_part
        elif state is not None:
            settled[number] = state
    index.settle(settled)


def _cut(ordered: Iterable[pa.Table]) -> Iterator[pa.Table]:
    """The rows of a batch after the other: of one portal after the other, the files of an article in one of them."""
    held = WAITING_SCHEMA.empty_table()
    for rows in itertools.chain(ordered, [None]):
        held = held if rows is None else pa.concat_tables([held, rows])
        while count := _rows_of_batch(held, is_last=rows is None):
            yield held.slice(0, count)
            held = held.slice(count)


def _rows_of_batch(rows: pa.Table, *, is_last: bool) -> int:
    """How many of these rows make up a batch; 0 where the next rows may belong to it."""
    most = 2 * ORIGINALS_AT_ONCE
    hashes = rows["sha256"].combine_chunks()
    others = pc.indices_nonzero(pc.not_equal(hashes[1:], hashes[:-1])).to_pylist()
    begins = [0, *(int(at or 0) + 1 for at in others)] if len(rows) else []
    if len(begins) <= most and not is_last:
        return 0
    articles = rows[FIRST_ARTICLE].take(pa.array(begins[:most], pa.int64())).to_pylist()
    end = min(ORIGINALS_AT_ONCE, len(begins))
    while end < len(articles) and articles[end] == articles[end - 1] is not None:
        end += 1
    return begins[end] if end < len(begins) else len(rows)


def _beside(index: Candidates, articles: pa.Array[Any], known: pa.Array[Any]) -> pa.Table:
    """The rows of all files that stand in these articles, but for those known."""
    others = [pa.array([], HASH)]
    for number in range(len(index.parts)):
        table = index.part(number)
        table = table.filter(pc.is_in(table["article"], value_set=articles))
        others.append(table.filter(pc.invert(pc.is_in(table["sha256"], value_set=known)))["sha256"].combine_chunks())
    hashes = pa.concat_arrays(others)
    parts = map(index.part, range(len(index.parts))) if len(hashes) else ()
    rows = [part.filter(pc.is_in(part["sha256"], value_set=hashes)) for part in parts]
    return pa.concat_tables([SCHEMA.empty_table(), *rows])


def _captures_of(archive: Archive, portals: Mapping[int, str], rows: pa.Table) -> dict[str, list[Capture]]:
    """All captures of the originals in rows of the index, by payload and time."""
    found: dict[str, list[Capture]] = {}
    if not len(rows):
        return found
    table = rows.group_by("portal", use_threads=False).aggregate([("sha256", "list")])
    for row in table.sort_by("portal").to_pylist():
        for piece in _pieces_of(archive, portals[row["portal"]], _texts(set(row["sha256_list"]))):
            for capture in capture_table.captures(piece):
                found.setdefault(capture.payload_sha256 or "", []).append(capture)
    for captures in found.values():
        captures.sort(key=lambda capture: capture.requested_at)
    return found


def _pieces_of(archive: Archive, portal: str, wanted: pa.Array[Any]) -> Iterator[pa.Table]:
    """All columns of a portal's captures that may be of documents with the hashes wanted, given as texts."""
    infos = next(archive.capture_listing(portal), [])
    files: set[str] = set()
    for piece in compaction.history(archive.store, infos, ["payload_sha256", *CHOSEN_BY]):
        chosen = pc.and_(may_be_documents(piece.rows), pc.is_in(piece.rows["payload_sha256"], value_set=wanted))
        start = 0
        for key, count in piece.files if pc.any(chosen).as_py() else ():
            if pc.any(chosen.slice(start, count)).as_py():
                files.add(key)
            start += count
    for piece in compaction.history(archive.store, infos, wanted=files):
        chosen = pc.and_(may_be_documents(piece.rows), pc.is_in(piece.rows["payload_sha256"], value_set=wanted))
        yield piece.rows.filter(chosen)


def _texts(hashes: Iterable[bytes | None]) -> pa.Array[Any]:
    """Hashes of 32 bytes as 64 digits each."""
    return pa.array([bytes(each or b"").hex() for each in hashes], pa.string())
