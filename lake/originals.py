"""The index of originals: what became of each, and in which partition its rows stand, by its SHA-256.

Its pieces are Parquet files under ``lake_versions/manifest/``, named by ``lake/manifest.json``.  A piece holds the
originals whose CRC-32 begins with certain bits; how many bits depends on the number of originals alone, so that equal
lakes have equal pieces, and one document is looked for, or changed, in one piece of at most ``_ROWS_PER_PIECE``.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import functools
import hashlib
import io
import zlib
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongkai.archive.store import Store
from gongkai.lake.files import PIECES, LakeDamagedError, LakeFile, conform, proven, read_file
from gongkai.lake.partition import Partition

_ROWS_PER_PIECE = 8192


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """What became of one original."""

    sha256: str
    partition: Partition | None = None
    """Where its rows stand; None where it has none."""
    parse_status: str | None = None
    parser_version: str | None = None
    container_sha256: str | None = None
    """The original it lies in, and was last read from."""
    inside: tuple[str, ...] = ()
    """The documents whose ``container_sha256`` it is."""
    passed_over: bool = False
    """True for a page read by the manifest's parser version that holds no statement form; it is no document."""
    attempts: int = 0
    """How often the manifest's parser version failed to read it for a reason that may pass, and has not read it."""

    @property
    def is_worth_noting(self) -> bool:
        return self != Known(self.sha256)


_FIELDS: list[pa.Field[Any]] = [
    pa.field("sha256", pa.string()),
    pa.field("is_document", pa.bool_()),
    pa.field("province", pa.string()),
    pa.field("year", pa.int32()),
    pa.field("department", pa.string()),
    pa.field("parse_status", pa.string()),
    pa.field("parser_version", pa.string()),
    pa.field("container_sha256", pa.string()),
    pa.field("inside", pa.list_(pa.field("element", pa.string()))),  # as Parquet names it
    pa.field("passed_over", pa.bool_()),
    pa.field("attempts", pa.int32()),
]
_SCHEMA = pa.schema(_FIELDS)
_MARKS = ["sha256", "passed_over", "attempts"]
_STAYING = ["sha256", "is_document", "inside", "passed_over", "attempts"]
"""Columns that say whether a row stays when marks are forgotten."""
_OF_DOCUMENTS = ("sha256", "parse_status", "parser_version", "container_sha256")


@dataclasses.dataclass(frozen=True)
class Originals:
    """The index as one manifest names it."""

    pieces: tuple[str | None, ...]
    """The SHA-256 of each piece, None for an empty one; as many as a power of two."""
    rows: int
    unsettled: int
    """How many have ``attempts``."""
    store: Store | None = dataclasses.field(default=None, compare=False, repr=False)
    whole: Callable[[], pa.Table] | None = dataclasses.field(default=None, compare=False, repr=False)
    """Gives all rows, where they are not stored as pieces."""

    @classmethod
    def load(cls, document: Mapping[str, Any], store: Store) -> Originals:
        """Raises KeyError, TypeError where the document is none."""
        return cls(tuple(document["pieces"]), int(document["rows"]), int(document["unsettled"]), store)

    @classmethod
    def of_documents(
        cls,
        store: Store,
        documents: Sequence[LakeFile],
        marks: Mapping[str, int] | None = None,
        parser_version: str | None = None,
    ) -> Originals:
        """The index that files of ``documents`` give, which are read when it is asked for the first time, and the
        marks of an earlier one."""

        @functools.cache
        def whole() -> pa.Table:
            return _whole(store, documents, marks or {}, parser_version)

        return cls((None,), 0, sum(map(bool, (marks or {}).values())), store, whole)

    def dump(self) -> dict[str, Any]:
        return {"pieces": list(self.pieces), "rows": self.rows, "unsettled": self.unsettled}

    @property
    def keys(self) -> list[str]:
        """The keys of its pieces."""
        return [_key(sha256) for sha256 in self.pieces if sha256]

    def of(self, sha256s: Iterable[str]) -> dict[str, Known]:
        """What is known of some originals; one piece is read for each, no piece twice."""
        known: dict[str, Known] = {}
        for some, table in self.grouped(sha256s):
            rows = table.filter(pc.is_in(table["sha256"], value_set=pa.array(some, pa.string())))
            known.update((row["sha256"], _known(row)) for row in rows.to_pylist())
        return known

    def grouped(self, sha256s: Iterable[str]) -> Iterator[tuple[list[str], pa.Table]]:
        """The originals asked for, piece by piece, each with all rows of the piece."""
        groups: dict[int, list[str]] = {}
        for sha256 in sha256s:
            groups.setdefault(_piece_of(sha256, len(self.pieces)), []).append(sha256)
        for number, group in sorted(groups.items()):
            yield group, self.piece(number)

    def every(self) -> Iterator[pa.Table]:
        """All rows, a piece at a time."""
        return map(self.piece, range(len(self.pieces)))

    def marks(self) -> dict[str, int]:
        """Originals passed over, with 0, and those unsettled, with their attempts; a damaged piece is left out."""
        found: dict[str, int] = {}
        for number in range(len(self.pieces)):
            with contextlib.suppress(LakeDamagedError):
                table = self.piece(number, _MARKS)
                rows = table.filter(_is_marked(table)).to_pylist()
                found.update((row["sha256"], row["attempts"]) for row in rows)
        return found

    def piece(self, number: int, columns: list[str] = _SCHEMA.names) -> pa.Table:
        """The rows of one piece, in these columns."""
        if self.whole is not None:
            return self.whole().select(columns)
        sha256, store = self.pieces[number], self.store
        if sha256 is None or store is None:
            return _SCHEMA.empty_table().select(columns)
        data = proven(store, _key(sha256))
        return pq.ParquetFile(io.BytesIO(data), page_checksum_verification=True).read(columns)


NO_ORIGINALS = Originals((None,), 0, 0)
"""The index of an empty lake."""


class Change:
    """An index of which some rows change: ``encoded`` gives the pieces to be written, then ``after`` is the index."""

    def __init__(self, before: Originals, rows: Mapping[str, Known], *, forget: bool = False) -> None:
        """``forget``: what was passed over or unsettled so far is so no more, being of another parser version."""
        self._before, self._changed, self._forget = before, rows, forget
        new = [known for known in rows.values() if known.is_worth_noting]
        if forget or before.whole is not None:
            old = (self._kept(before.piece(number, _STAYING), rows) for number in range(len(before.pieces)))
            counts = [(len(table), _unsettled(table)) for table in old]
            self._rows = sum(count for count, _ in counts) + len(new)
            self._unsettled = sum(count for _, count in counts)
        else:
            replaced = before.of(rows).values()
            self._rows = before.rows + len(new) - len(replaced)
            self._unsettled = before.unsettled - sum(known.attempts > 0 for known in replaced)
        self._unsettled += sum(known.attempts > 0 for known in new)
        self._pieces = 1
        while self._rows > self._pieces * _ROWS_PER_PIECE:
            self._pieces *= 2
        self.after = before

    def encoded(self) -> Iterator[tuple[str, bytes]]:
        """Key and bytes of every piece that is another one than before."""
        before, after = len(self._before.pieces), self._pieces
        everything = self._forget or self._before.whole is not None or before != after
        pieces: list[str | None] = [None] * after if everything else list(self._before.pieces)
        coarse = min(before, after)
        changed: dict[int, dict[str, Known]] = {}
        for sha256, known in self._changed.items():
            changed.setdefault(_piece_of(sha256, coarse), {})[sha256] = known
        for number in range(coarse) if everything else sorted(changed):
            if everything and before == after and number not in changed and self._stays(number):
                pieces[number] = self._before.pieces[number]
                continue
            table = self._table(_within(number, coarse, before), changed.get(number, {}))
            for each, part in [(number, table)] if coarse == after else _split(table, after):
                data = _parquet(part)
                pieces[each] = hashlib.sha256(data).hexdigest() if part.num_rows else None
                if part.num_rows:
                    yield _key(str(pieces[each])), data
        self.after = Originals(tuple(pieces), self._rows, self._unsettled, self._before.store)

    def _table(self, numbers: Iterable[int], changed: Mapping[str, Known]) -> pa.Table:
        """The rows of some pieces after the change."""
        kept = [self._kept(self._before.piece(number), changed) for number in numbers]
        new = _table(known for known in changed.values() if known.is_worth_noting)
        return pa.concat_tables([*kept, new]).sort_by("sha256")

    def _stays(self, number: int) -> bool:
        """True for a stored piece of which nothing is forgotten."""
        if self._before.whole is not None:
            return False
        table = self._before.piece(number, _STAYING)
        return not pc.any(pc.or_(_is_marked(table), pc.invert(_is_of_document(table)))).as_py()

    def _kept(self, table: pa.Table, changed: Collection[str]) -> pa.Table:
        gone = pc.is_in(table["sha256"], value_set=pa.array(changed, pa.string()))
        if self._forget:
            gone = pc.or_(gone, pc.invert(_is_of_document(table)))
            for name, value in (("passed_over", False), ("attempts", 0)):
                constant = pa.repeat(pa.scalar(value, _SCHEMA.field(name).type), table.num_rows)
                table = table.set_column(table.column_names.index(name), _SCHEMA.field(name), constant)
        return table.filter(pc.invert(gone))


def _key(sha256: str) -> str:
    return f"{PIECES}{sha256}.parquet"


def _piece_of(sha256: str, pieces: int) -> int:
    """The number of the piece, of so many, in which an original stands: the first bits of its CRC-32."""
    return zlib.crc32(sha256.encode()) * pieces >> 32


def _within(number: int, coarse: int, fine: int) -> range:
    """Which of ``fine`` pieces make up one of ``coarse``."""
    each = fine // coarse
    return range(number * each, (number + 1) * each)


def _split(table: pa.Table, pieces: int) -> Iterator[tuple[int, pa.Table]]:
    """Rows sorted by SHA-256 by the piece in which they stand, of so many."""
    numbers = pa.array([_piece_of(str(sha256), pieces) for sha256 in table["sha256"].to_pylist()], pa.int64())
    table = table.append_column("piece", numbers).sort_by([("piece", "ascending"), ("sha256", "ascending")])
    start = 0
    for number, rows in collections.Counter(table["piece"].to_pylist()).items():
        yield int(number or 0), table.slice(start, rows).drop_columns(["piece"])
        start += rows


def _unsettled(table: pa.Table) -> int:
    return len(table.filter(pc.not_equal(table["attempts"], pa.scalar(0, pa.int32()))))


def _is_marked(table: pa.Table) -> Any:
    return pc.or_(table["passed_over"], pc.not_equal(table["attempts"], pa.scalar(0, pa.int32())))


def _is_of_document(table: pa.Table) -> Any:
    """True for a document, and for an original that holds some."""
    inside = pc.fill_null(pc.list_value_length(table["inside"]), 0)
    return pc.or_(table["is_document"], pc.greater(inside, pa.scalar(0)))


def _parquet(table: pa.Table) -> bytes:
    buffer = io.BytesIO()
    pq.write_table(table.combine_chunks(), buffer, compression="zstd", write_page_checksum=True)
    return buffer.getvalue()


def _table(rows: Iterable[Known]) -> pa.Table:
    return pa.Table.from_pylist([_row(known) for known in rows], schema=_SCHEMA)


def _row(known: Known) -> dict[str, Any]:
    row = {field.name: getattr(known, field.name) for field in dataclasses.fields(known) if field.name != "partition"}
    where = dataclasses.asdict(known.partition) if known.partition else {}
    return {**row, **where, "is_document": known.partition is not None, "inside": list(known.inside)}


def _known(row: Mapping[str, Any]) -> Known:
    partition = Partition(row["province"], row["year"], row["department"]) if row["is_document"] else None
    said = {field.name: row[field.name] for field in dataclasses.fields(Known) if field.name != "partition"}
    return Known(**{**said, "inside": tuple(row["inside"])}, partition=partition)


def _whole(store: Store, files: Iterable[LakeFile], marks: Mapping[str, int], parser_version: str | None) -> pa.Table:
    """The index that files of ``documents`` and the marks of an earlier index give."""
    table = pa.concat_tables([_SCHEMA.empty_table(), *(_of_file(store, file) for file in files)])
    inside: dict[str, list[str]] = {}
    contained = table.filter(pc.is_valid(table["container_sha256"])).select(["container_sha256", "sha256"])
    for row in contained.to_pylist():
        inside.setdefault(row["container_sha256"], []).append(row["sha256"])
    others = pa.array([*inside, *marks], pa.string())
    is_other = pc.is_in(table["sha256"], value_set=others)
    rows = {row["sha256"]: _known(row) for row in table.filter(is_other).to_pylist()}
    for sha256, documents in inside.items():
        known = rows.get(sha256, Known(sha256))
        rows[sha256] = dataclasses.replace(known, inside=tuple(sorted(documents)))
    for sha256, attempts in marks.items():
        known = rows.get(sha256, Known(sha256))
        version = known.parser_version if attempts else parser_version
        rows[sha256] = dataclasses.replace(known, attempts=attempts, passed_over=not attempts, parser_version=version)
    return pa.concat_tables([table.filter(pc.invert(is_other)), _table(rows.values())])


def _of_file(store: Store, file: LakeFile) -> pa.Table:
    """Rows of the index for a file of ``documents``."""
    read = read_file(store, file, _OF_DOCUMENTS)
    constant: dict[str, Any] = {**dataclasses.asdict(file.partition), "is_document": True, "inside": []}
    constant |= {"passed_over": False, "attempts": 0}
    return conform(read, _SCHEMA, constant)
