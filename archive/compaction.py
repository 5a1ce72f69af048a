"""Compactions: the capture files of a portal and year in one file, so that years of daily runs are read in few pieces.

``indexes/captures/<portal>/<year>.parquet`` says nothing of its own: it holds the rows of capture files and names each
of those by key, length and SHA-256; it carries its own SHA-256 too.  The capture files stay, and stay what is proven:
a listing says which there are, and a compaction is read in place of those that it names.  It is written by whoever
reads a history of which ``LOOSE`` files are in no compaction, made anew where it is damaged or has other columns than
this version's, and may be deleted at any time.  Of two processes that write one at once either result is whole.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import hashlib
import itertools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive import capture_table, seal
from gongkai.archive.capture_table import CapturesUnreadableError
from gongkai.archive.store import ObjectInfo, ObjectMissingError, Store, StoreError

PREFIX = "indexes/captures/"
LOOSE = 32
"""Capture files of one portal and year from which on they are put together."""
_GROUP_ROWS = 8192
"""Rows of a row group, which is what of a compaction is in memory as a table; a capture file is in one of them."""
_READ_AT_ONCE = 8
"""Capture files fetched side by side: most of the time of a fetch from S3 is waiting."""
_COVERS = "gongkai.covers"
"""Name of the list of capture files in the Parquet metadata."""


@dataclasses.dataclass(frozen=True, slots=True)
class Covered:
    """A capture file and where a compaction holds its rows: in which row group, from which row on, how many."""

    key: str
    bytes: int
    sha256: str
    rows: int
    group: int = 0
    first: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """Rows of capture files, each of which is named with the number of its rows, in their order."""

    files: Sequence[tuple[str, int]]
    rows: pa.Table


def history(
    store: Store,
    infos: Sequence[ObjectInfo],
    names: Sequence[str] | None = None,
    wanted: Collection[str] | None = None,
) -> Iterator[Piece]:
    """The rows, or some columns of them, of all capture files of one portal, which are given in order of their keys.

    ``wanted`` are the keys of the files to be read, where it is not all.

    Raises CapturesUnreadableError when a capture file is damaged or newer than this version.
    """
    for _, group in itertools.groupby(infos, key=lambda info: key_of(info.key)):
        of_year = list(group)
        chosen = of_year if wanted is None else [info for info in of_year if info.key in wanted]
        compaction = _brought_up_to_date(store, of_year) if len(chosen) >= LOOSE else None
        for covered, table in _in_order(store, chosen, compaction, names):
            yield Piece([(each.key, each.rows) for each in covered], table)


def key_of(capture_file: str) -> str:
    """The key of the compaction that a capture file belongs into: by the first four characters of its run."""
    _, portal, run, _ = capture_file.split("/")
    return f"{PREFIX}{portal}/{run[:4]}.parquet"


def differences(store: Store, key: str) -> Iterator[str]:
    """Compare a compaction with the capture files it names: a sentence for whatever differs.

    A capture file that is gone or damaged is no fault of the compaction.
    """
    try:
        compaction = Compaction(store.read(key))
    except CapturesUnreadableError as error:
        yield str(error)
        return
    for covered, table in compaction.tables(compaction.covers.values()):
        first = 0
        for each in covered:
            rows, first = table.slice(first, each.rows), first + each.rows
            with contextlib.suppress(ObjectMissingError, CapturesUnreadableError):
                found, own = _loaded(store, each.key)
                if found.sha256 != each.sha256 or not own.equals(rows):
                    yield f"it holds other rows than {each.key!r}"


class Compaction:
    """A compaction that is whole, and of this version's columns."""

    def __init__(self, data: bytes) -> None:
        """Raises CapturesUnreadableError."""
        self._file = capture_table.opened(data)
        named = (self._file.metadata.metadata or {}).get(_COVERS.encode())
        if self._file.schema_arrow.names != capture_table.SCHEMA.names or named is None:
            raise CapturesUnreadableError("it is no compaction of this version's")
        placed = _placed(json.loads(named), self._file.metadata)
        self.covers: Mapping[str, Covered] = {each.key: each for each in placed}

    def tables(
        self, covered: Iterable[Covered], names: Sequence[str] | None = None
    ) -> Iterator[tuple[list[Covered], pa.Table]]:
        """The rows of some of its capture files, in the order given; a row group at a time."""
        for number, group in itertools.groupby(covered, key=lambda each: each.group):
            members = list(group)
            # Portals are read side by side already: threads within a row group cost more than they bring.
            columns = None if names is None else list(names)
            table = self._file.read_row_group(number, columns=columns, use_threads=False)
            yield members, pa.concat_tables(table.slice(first, rows) for first, rows in _spans(members))


def _placed(named: Iterable[Sequence[object]], metadata: pq.FileMetaData) -> Iterator[Covered]:
    """Whole capture files fill one row group after the other."""
    group = first = 0
    for key, size, sha256, rows in named:
        while first >= metadata.row_group(group).num_rows:
            group, first = group + 1, 0
        yield Covered(str(key), int(str(size)), str(sha256), int(str(rows)), group, first)
        first += int(str(rows))


def _spans(covered: Iterable[Covered]) -> Iterator[tuple[int, int]]:
    """First row and number of rows of what lies in one piece."""
    start = length = 0
    for each in covered:
        if length and each.first == start + length:
            length += each.rows
        else:
            if length:
                yield start, length
            start, length = each.first, each.rows
    yield start, length


def _brought_up_to_date(store: Store, infos: Sequence[ObjectInfo]) -> Compaction | None:
    """The compaction of a portal's year, made anew where ``LOOSE`` of the capture files are not in it."""
    key, compaction = key_of(infos[0].key), None
    with contextlib.suppress(ObjectMissingError, CapturesUnreadableError):
        compaction = Compaction(store.read(key))
    if compaction is not None and sum(1 for info in infos if not _is_covered(compaction, info)) < LOOSE:
        return compaction
    data = _made(_in_order(store, infos, compaction, None))
    with contextlib.suppress(StoreError):  # a reader may not be allowed to write
        store.write(key, data)
    return Compaction(data)


def _is_covered(compaction: Compaction | None, info: ObjectInfo) -> bool:
    covered = compaction.covers.get(info.key) if compaction else None
    return covered is not None and covered.bytes == info.size


def _in_order(
    store: Store, infos: Sequence[ObjectInfo], compaction: Compaction | None, names: Sequence[str] | None
) -> Iterator[tuple[list[Covered], pa.Table]]:
    """Rows in the order of the capture files' keys, from the compaction or from the files themselves."""
    for is_covered, group in itertools.groupby(infos, key=lambda info: _is_covered(compaction, info)):
        keys = [info.key for info in group]
        if is_covered and compaction:
            yield from compaction.tables((compaction.covers[key] for key in keys), names)
        else:
            yield from _loose(store, keys, names)


def _loose(store: Store, keys: Sequence[str], names: Sequence[str] | None) -> Iterator[tuple[list[Covered], pa.Table]]:
    if len(keys) == 1:
        covered, table = _loaded(store, keys[0], names)
        yield [covered], table
        return
    with concurrent.futures.ThreadPoolExecutor(min(_READ_AT_ONCE, len(keys))) as pool:
        for at in range(0, len(keys), 4 * _READ_AT_ONCE):
            ahead = keys[at : at + 4 * _READ_AT_ONCE]
            for covered, table in pool.map(lambda key: _loaded(store, key, names), ahead):
                yield [covered], table


def _loaded(store: Store, key: str, names: Sequence[str] | None = None) -> tuple[Covered, pa.Table]:
    """A capture file; of one that an older version wrote the columns it lacks are null."""
    data = store.read(key)
    try:
        table = capture_table.load_columns(data, names)
        if names is None:
            table = capture_table.of_this_version(table)
    except CapturesUnreadableError as error:
        raise CapturesUnreadableError(f"{key!r} cannot be read: {error}; run `gongkai verify`") from error
    return Covered(key, len(data), hashlib.sha256(data).hexdigest(), len(table)), table


def _made(pieces: Iterable[tuple[list[Covered], pa.Table]]) -> bytes:
    """A compaction of capture files, held in memory a row group at a time."""
    named: list[tuple[str, int, str, int]] = []
    mark, sink = seal.placeholder(), pa.BufferOutputStream()
    with pq.ParquetWriter(sink, capture_table.SCHEMA, compression="zstd", write_page_checksum=True) as writer:
        for tables in _grouped(pieces, named):
            table = pa.concat_tables(tables)
            writer.write_table(table, row_group_size=max(1, len(table)))
        writer.add_key_value_metadata({_COVERS: json.dumps(named), seal.NAME: mark})
    return seal.seal(sink.getvalue().to_pybytes(), mark)


def _grouped(
    pieces: Iterable[tuple[list[Covered], pa.Table]], named: list[tuple[str, int, str, int]]
) -> Iterator[list[pa.Table]]:
    """Tables that make a row group together; ``named`` gains their capture files."""
    tables: list[pa.Table] = []
    for covered, table in pieces:
        named += [(each.key, each.bytes, each.sha256, each.rows) for each in covered]
        tables.append(table)
        if sum(map(len, tables)) >= _GROUP_ROWS:
            yield tables
            tables = []
    if tables:
        yield tables
