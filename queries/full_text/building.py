"""Bringing an index in line with a manifest: of the lake's partitions only the new and the changed ones are read.

They are written into a new segment of their province.  It takes in the partitions of segments that are not larger than
what is being written, so that a province has few segments and a partition is written again a few times at most; and
those of segments of which most is passed over.  A segment is named as soon as it is written: who is killed goes on
there.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from gongkai.archive.store import Store
from gongkai.lake.manifest import LakeFile, Manifest
from gongkai.lake.partition import Partitions
from gongkai.queries.full_text.folder import IndexFolder
from gongkai.queries.full_text.passages import TABLES, documents
from gongkai.queries.full_text.segment import Draft, HeldPartition, documents_of, partitions_of
from gongkai.queries.full_text.statement import Segment, Shard, Statement

Files = Mapping[str, LakeFile]
"""The files of one partition by table."""

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
    advance: Callable[[str], None],
) -> Statement:
    """Have the index show a manifest: of each of these provinces that differs the segments are written and named.

    ``advance`` is told of each partition read.  Raises ManifestError, StoreError, sqlite3.Error.
    """
    wanted = pieces_of(manifest)
    for province in [province for province in statement.pieces if province not in wanted]:
        statement = statement.with_shard(Shard(province, "", ()))
    for province, pieces in among(provinces, wanted).items():
        if manifest is not None and statement.of(province).pieces != pieces:
            update = _Update(folder, store, _files(manifest, province), advance)
            for segments in update.stages(statement.of(province).segments):
                statement = statement.with_shard(Shard(province, "", segments))
                folder.state(statement)
            statement = statement.with_shard(Shard(province, pieces, segments))
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
    """One province being brought in line."""

    def __init__(
        self, folder: IndexFolder, store: Store, files: Mapping[str, Files], advance: Callable[[str], None]
    ) -> None:
        self._folder = folder
        self._store = store
        self._files = files
        self._advance = advance
        self._bytes = {path: sum(file.bytes for file in of.values()) for path, of in files.items()}
        self._live: dict[str, _Live] = {}
        self._dead: dict[str, list[int]] = defaultdict(list)
        self._sizes: dict[str, int] = {}

    def stages(self, segments: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
        """The segments to name after each that was written; those of the last show the province."""
        for segment in segments:
            self._look_at(segment)
        absorbed = self._absorbed(segments)
        to_write = [path for path in self._files if path not in self._live or self._live[path].segment in absorbed]
        made: list[Segment] = []
        for paths in self._parted(to_write):
            made.append(self._made(paths))
            yield (*segments, *made)
        kept = [
            dataclasses.replace(segment, dead=tuple(self._dead[segment.index]))
            for segment in segments
            if segment not in absorbed
        ]
        yield (*kept, *made)

    def _look_at(self, segment: Segment) -> None:
        """Tell what a segment holds that is still to be found there."""
        with contextlib.closing(self._folder.opened(segment)) as connection:
            partitions = partitions_of(connection)
        self._sizes[segment.index] = sum(held.bytes for held in partitions)
        for held in partitions:
            files = self._files.get(held.path)
            known = held.number not in segment.dead and held.path not in self._live
            if known and files is not None and _named(files) == held.files:
                self._live[held.path] = _Live(segment, held)
            else:
                self._dead[segment.index].append(held.number)

    def _absorbed(self, segments: Sequence[Segment]) -> list[Segment]:
        """Segments whose partitions are written anew, from the smallest on."""
        sizes = {segment.index: 0 for segment in segments}
        for live in self._live.values():
            sizes[live.segment.index] += live.held.bytes
        gathered = sum(self._bytes[path] for path in self._files if path not in self._live)
        absorbed = []
        for segment in sorted(segments, key=lambda each: sizes[each.index]):
            size = sizes[segment.index]
            if 2 * size < self._sizes[segment.index] or not size or size <= min(gathered, FULL // 2):
                absorbed.append(segment)
                gathered += size
        return absorbed

    def _parted(self, paths: Sequence[str]) -> Iterator[list[str]]:
        """The partitions of each new segment, newest years first."""
        size, part = 0, list[str]()
        for path in sorted(paths, key=lambda path: (-(self._year(path) or 0), path)):
            if part and size + self._bytes[path] > FULL:
                yield part
                size, part = 0, []
            size += self._bytes[path]
            part.append(path)
        if part:
            yield part

    def _year(self, path: str) -> int | None:
        return next(iter(self._files[path].values())).partition.year

    def _made(self, paths: Sequence[str]) -> Segment:
        with self._folder.made() as written, contextlib.closing(sqlite3.connect(written.draft)) as connection:
            draft = Draft(connection)
            for number, path in enumerate(paths, 1):
                self._add(draft, number, path)
            draft.finish(written.path)
        years = dict.fromkeys(map(self._year, paths))
        return Segment(written.digest, written.mark, tuple(years))

    def _add(self, draft: Draft, number: int, path: str) -> None:
        held = HeldPartition(number, path, _named(self._files[path]), self._bytes[path], self._year(path))
        if live := self._live.get(path):
            with contextlib.closing(self._folder.opened(live.segment)) as connection:
                draft.add(held, documents_of(connection, live.held.number))
        else:
            draft.add(held, documents(self._store, self._files[path]))
            self._advance(path)


def _named(files: Files) -> str:
    """The hashes of a partition's files, in one text."""
    return " ".join(f"{table}:{files[table].sha256}" for table in sorted(files))
