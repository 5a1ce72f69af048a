"""The index of candidates as it is stored: hashes in parts, which a document names by SHA-256.

``indexes/candidates.json`` gives the settled runs, the portals with what of their captures was read, and the parts,
``indexes/candidates/<n>.parquet``, in which the hashes stand by the first bits of their CRC-32 as in the lake's index
of originals; of a part of which nothing was left to parse it says for which lake that holds.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
import itertools
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongkai.archive import seal
from gongkai.archive.run_index import PREFIX
from gongkai.archive.store import ObjectMissingError, Store, StoreError

KEY = f"{PREFIX}candidates.json"
_VERSION = "2"
"""Another one whenever other captures may be of a document, or are kept otherwise."""
HASH = pa.binary(32)
_COLUMNS: dict[str, pa.DataType] = {"sha256": HASH, "portal": pa.int32(), "article": pa.int64()}
SCHEMA = pa.schema([pa.field(name, kind) for name, kind in _COLUMNS.items()])
_ROWS_PER_PART = 65_536


@dataclasses.dataclass(frozen=True, slots=True)
class Portal:
    """The number of a portal in the parts, how many of its capture files were read, and what the listing said then."""

    number: int
    files: int = 0
    digest: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class _Part:
    """A part by the SHA-256 of its file, how many rows and hashes it has, and what ``Candidates.settle`` noted."""

    sha256: str = ""
    rows: int = 0
    hashes: int = 0
    settled: str | None = None


class PartLostError(Exception):
    """Raised where a part is not what the index says: another process writes it, or it was damaged or deleted."""


class Candidates:
    """Every hash that may be a document's, each with the portals and articles in which it was captured."""

    def __init__(self, store: Store, *, stored: bool = True) -> None:
        """As it is stored, empty where it is not; or, if not ``stored``, empty and held in memory."""
        self._store, self._stored = store, stored
        self.settled: dict[str, str] | None = None
        """The settled runs, with the tag of the report of each; None in a new index."""
        self.portals: dict[str, Portal] = {}
        self.parts = [_Part()]
        self._held: dict[int, pa.Table] = {}
        if stored:
            self._load()
        self._saved = self._document()

    def _load(self) -> None:
        with contextlib.suppress(ObjectMissingError, seal.SealBrokenError):
            document = seal.load_sealed_json(self._store.read(KEY))
            if document.get("version") == _VERSION:
                self.settled = document["settled"]
                self.portals = {name: Portal(*row) for name, row in document["portals"].items()}
                self.parts = [_Part(*row) for row in document["parts"]]

    @property
    def count(self) -> int:
        """How many different hashes there are."""
        return sum(part.hashes for part in self.parts)

    def part(self, number: int) -> pa.Table:
        """The rows of one part.  Raises PartLostError, StoreError."""
        if number in self._held or not self.parts[number].rows:
            return self._held.get(number, SCHEMA.empty_table())
        try:
            data = self._store.read(_key(number))
        except ObjectMissingError as error:
            raise PartLostError from error
        if hashlib.sha256(data).hexdigest() != self.parts[number].sha256:
            raise PartLostError
        return pq.ParquetFile(io.BytesIO(data)).read()

    def count_of(self, sha256s: Iterable[str]) -> int:
        """How many of these are among them.  Raises PartLostError, StoreError."""
        groups: dict[int, list[bytes]] = {}
        for sha256 in sha256s:
            groups.setdefault(part_of(sha256, len(self.parts)), []).append(bytes.fromhex(sha256))
        found = 0
        for number, group in sorted(groups.items()):
            asked = pa.array(group, HASH)
            found += pc.is_in(asked, value_set=self.part(number)["sha256"].combine_chunks()).to_pylist().count(True)
        return found

    def settle(self, settled: Mapping[int, str]) -> None:
        """Note for parts a text that stands for the lake in which nothing of them was left."""
        for number, text in settled.items():
            self.parts[number] = dataclasses.replace(self.parts[number], settled=text)
        self._save()

    def take(self, read: Mapping[str, Portal], rows: Sequence[pa.Table], outdated: Collection[int]) -> None:
        """Add what was read of portals; ``outdated`` are the numbers of portals of which all earlier rows go."""
        self.portals.update(read)
        if rows or outdated:
            self._merge(pa.concat_tables([SCHEMA.empty_table(), *rows]), pa.array(sorted(outdated), pa.int32()))
        self._save()

    def _merge(self, new: pa.Table, gone: pa.Array[Any]) -> None:
        before, after = len(self.parts), len(self.parts)
        while sum(part.rows for part in self.parts) + len(new) > after * _ROWS_PER_PART:
            after *= 2
        added, parts = dict(_split(new, after)), [_Part() for _ in range(after)]
        # From the last on, as part n becomes parts beyond n: the file of a part not read yet is not written over.
        for number in reversed(range(before)):
            old = self.part(number)
            kept = old.filter(pc.invert(pc.is_in(old["portal"], value_set=gone)))
            within = range(number * after // before, (number + 1) * after // before)
            pieces = {number: kept} if before == after else dict(_split(kept, after))
            for each in within:
                piece = pieces.get(each, SCHEMA.empty_table())
                table = distinct(pa.concat_tables([piece, added.get(each, SCHEMA.empty_table())]))
                is_same = before == after and len(old) == len(kept) == len(table)
                parts[each] = self.parts[number] if is_same else self._put(each, table)
        self.parts = parts

    def _put(self, number: int, table: pa.Table) -> _Part:
        data = _parquet(table) if self._stored else b""
        self._held[number] = table
        with contextlib.suppress(StoreError):  # a reader may not be allowed to write
            if self._stored:
                self._store.write(_key(number), data)
                del self._held[number]
        return _Part(hashlib.sha256(data).hexdigest(), len(table), len(table["sha256"].unique()))

    def _document(self) -> dict[str, Any]:
        portals = {name: dataclasses.astuple(portal) for name, portal in self.portals.items()}
        parts = [dataclasses.astuple(part) for part in self.parts]
        return {"version": _VERSION, "settled": self.settled, "portals": portals, "parts": parts}

    def _save(self) -> None:
        document = self._document()
        if self._stored and document != self._saved and not self._held:
            self._saved = document
            with contextlib.suppress(StoreError):
                self._store.write(KEY, seal.sealed_json(document))


def part_of(sha256: str, parts: int) -> int:
    """The number of the part, of so many, in which a hash stands."""
    return zlib.crc32(sha256.encode()) * parts >> 32


def distinct(table: pa.Table) -> pa.Table:
    rows = table.group_by(table.column_names, use_threads=False).aggregate([]).select(table.column_names)
    return rows.sort_by([(name, "ascending") for name in table.column_names])


def _split(table: pa.Table, parts: int) -> Iterator[tuple[int, pa.Table]]:
    """Rows by the part in which they stand, of so many."""
    numbers = [part_of(bytes(each or b"").hex(), parts) for each in table["sha256"].to_pylist()]
    ordered = table.append_column("part", pa.array(numbers, pa.int64())).sort_by("part")
    start = 0
    for number, group in itertools.groupby(sorted(numbers)):
        count = sum(1 for _ in group)
        yield number, ordered.slice(start, count).drop_columns(["part"])
        start += count


def _key(number: int) -> str:
    return f"{KEY.removesuffix('.json')}/{number:05d}.parquet"


def _parquet(table: pa.Table) -> bytes:
    mark, sink = seal.placeholder(), io.BytesIO()
    with pq.ParquetWriter(sink, SCHEMA, compression="zstd", write_page_checksum=True) as writer:
        writer.write_table(table)
        writer.add_key_value_metadata({seal.NAME: mark})
    return seal.seal(sink.getvalue(), mark)
