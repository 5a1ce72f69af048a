"""Bringing an index in line with a manifest: of the lake's partitions only the new and the changed ones are read.

They are written into a new segment of their province.  It takes in the partitions of segments that are not larger than
what is being written, so that a province has few segments and a partition is written again a few times at most; and
those of segments of which most is passed over.  Segments are made beside each other, those of provinces that somebody
waits for first; each is named as soon as it is written: who is killed goes on there.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from gongkai.archive.store import Store
from gongkai.lake.manifest import LakeFile, Manifest
from gongkai.lake.partition import Partitions
from gongkai.queries.full_text.folder import IndexFolder
from gongkai.queries.full_text.making import Advance, Files, Order, Part, made, named
from gongkai.queries.full_text.passages import TABLES
from gongkai.queries.full_text.segment import HeldPartition, partitions_of
from gongkai.queries.full_text.statement import Segment, Shard, Statement

Provinces = frozenset[str | None] | None
"""Provinces to search; None for all."""

FULL = 100_000_000
"""Bytes of the lake's files that one segment is made of, unless one partition has more."""


def pieces_of(manifest: Manifest | None) -> dict[str | None, str]:
    """By province a digest of the manifest's pieces whose files are searched; none of them is read."""
    lines: dict[str | None, list[str]] = defaultdict(list)
    for piece in manifest.pieces if manifest else ():
        if piece.table in TABLES:
            lines[piece.province].append(f"{piece.table} {piece.sha256}\n")
    return {
        province: hashlib.sha256("".join(sorted(each)).encode()).hexdigest()
        for province, each in sorted(lines.items(), key=lambda item: item[0] or "")
    }


def among(provinces: Provinces, pieces: Mapping[str | None, str]) -> dict[str | None, str]:
    """The pieces of these provinces alone."""
    return {province: of for province, of in pieces.items() if is_among(province, provinces)}


def is_among(province: str | None, provinces: Provinces) -> bool:
    """Is a province one of those to search?"""
    return provinces is None or province in provinces


def bring_in_line(
    folder: IndexFolder,
    store: Store,
    manifest: Manifest | None,
    statement: Statement,
    *,
    provinces: Provinces,
    advance: Advance,
) -> Statement:
    """Have the index show a manifest: of each of these provinces that differs the segments are written and named.

    ``advance`` is told of each partition read.  Raises ManifestError, StoreError, OSError, sqlite3.Error.
    """
    wanted = pieces_of(manifest)
    for province in [province for province in statement.pieces if province not in wanted]:
        statement = statement.with_shard(Shard(province, "", ()))
    differing = [each for each, of in among(provinces, wanted).items() if statement.of(each).pieces != of]
    updates: dict[str | None, _Update] = {}

    def orders() -> Iterator[Order]:
        while manifest is not None and differing:
            province = next((each for each in folder.asked_for() if each in differing), differing[0])
            differing.remove(province)
            segments = statement.of(province).segments
            updates[province] = _Update(folder, province, wanted[province], _files(manifest, province), segments)
            yield from updates[province].orders

    for order, segment in made(folder, store, orders(), advance):
        statement = statement.with_shard(updates[order.province].shard(order, segment))
        folder.state(statement)
    for update in updates.values():
        if not update.orders:
            statement = statement.with_shard(update.shard())
    return statement


def _files(manifest: Manifest, province: str | None) -> Mapping[str, Files]:
    """The files that are searched of a province, by the path of their partition."""
    by_path: dict[str, dict[str, LakeFile]] = defaultdict(dict)
    for table in TABLES:
        for file in manifest.of(table, Partitions(provinces={province})):
            by_path[file.partition.path()][table] = file
    return by_path


@dataclasses.dataclass(frozen=True, slots=True)
class _Live:
    """A partition that a segment holds as it is now."""

    segment: Segment
    held: HeldPartition


class _Update:
    """One province being brought in line: the segments to make for it, and which to name as they are made."""

    def __init__(
        self,
        folder: IndexFolder,
        province: str | None,
        pieces: str,
        files: Mapping[str, Files],
        segments: Sequence[Segment],
    ) -> None:
        self._folder = folder
        self._province = province
        self._pieces = pieces
        self._files = files
        self._segments = segments
        self._bytes = {path: sum(file.bytes for file in of.values()) for path, of in files.items()}
        self._live: dict[str, _Live] = {}
        self._dead: dict[str, list[int]] = defaultdict(list)
        self._sizes: dict[str, int] = {}
        for segment in segments:
            self._look_at(segment)
        self._absorbed = self._to_absorb()
        self._made: dict[int, Segment] = {}
        self.orders = [
            Order(province, number, tuple(map(self._part, paths))) for number, paths in enumerate(self._parted())
        ]

    def shard(self, order: Order | None = None, segment: Segment | None = None) -> Shard:
        """Take in a segment that was made, and name what to search: all that there was, until the province is shown."""
        if order and segment:
            self._made[order.number] = segment
        made = [self._made[number] for number in sorted(self._made)]
        if len(made) < len(self.orders):
            return Shard(self._province, "", (*self._segments, *made))
        kept = [
            dataclasses.replace(segment, dead=tuple(self._dead[segment.index]))
            for segment in self._segments
            if segment not in self._absorbed
        ]
        return Shard(self._province, self._pieces, (*kept, *made))

    def _look_at(self, segment: Segment) -> None:
        """Tell what a segment holds that is still to be found there."""
        with contextlib.closing(self._folder.opened(segment)) as connection:
            partitions = partitions_of(connection)
        self._sizes[segment.index] = sum(held.bytes for held in partitions)
        for held in partitions:
            files = self._files.get(held.path)
            known = held.number not in segment.dead and held.path not in self._live
            if known and files is not None and named(files) == held.files:
                self._live[held.path] = _Live(segment, held)
            else:
                self._dead[segment.index].append(held.number)

    def _to_absorb(self) -> list[Segment]:
        """Segments whose partitions are written anew, from the smallest on."""
        sizes = {segment.index: 0 for segment in self._segments}
        for live in self._live.values():
            sizes[live.segment.index] += live.held.bytes
        gathered = sum(self._bytes[path] for path in self._files if path not in self._live)
        absorbed = []
        for segment in sorted(self._segments, key=lambda each: sizes[each.index]):
            size = sizes[segment.index]
            if 2 * size < self._sizes[segment.index] or not size or size <= min(gathered, FULL // 2):
                absorbed.append(segment)
                gathered += size
        return absorbed

    def _parted(self) -> Iterator[list[str]]:
        """The partitions of each new segment, newest years first."""
        to_write = [path for path in self._files if not self._is_kept(path)]
        size, part = 0, list[str]()
        for path in sorted(to_write, key=lambda path: (-(self._year(path) or 0), path)):
            if part and size + self._bytes[path] > FULL:
                yield part
                size, part = 0, []
            size += self._bytes[path]
            part.append(path)
        if part:
            yield part

    def _is_kept(self, path: str) -> bool:
        return path in self._live and self._live[path].segment not in self._absorbed

    def _year(self, path: str) -> int | None:
        return next(iter(self._files[path].values())).partition.year

    def _part(self, path: str) -> Part:
        live = self._live.get(path)
        held = (live.segment, live.held.number) if live else None
        return Part(path, self._files[path], self._bytes[path], self._year(path), held)
