"""What ``current.json`` says of an index: its segments by province, and of which lake each province shows what."""

from __future__ import annotations

import dataclasses
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Segment:
    """A file of the index, which holds some partitions of a province and is never changed."""

    index: str
    """The SHA-256 of its bytes, which is its name."""
    mark: str
    """The mark of the file system (number, size, times) by which the file was last found to have these bytes."""
    years: tuple[int | None, ...]
    dead: tuple[int, ...] = ()
    """Numbers of its partitions that are passed over: a later segment holds them, or the lake has them no more."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shard:
    """A province: the segments of its partitions, and the pieces of the manifest that they show."""

    province: str | None
    pieces: str
    """A digest of the pieces; empty where the segments do not show all of one manifest."""
    segments: tuple[Segment, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Statement:
    """An index: the tag of the manifest it shows, empty while it is made, and its shards."""

    lake: str = ""
    shards: tuple[Shard, ...] = ()

    @property
    def segments(self) -> list[Segment]:
        return [segment for shard in self.shards for segment in shard.segments]

    @property
    def pieces(self) -> dict[str | None, str]:
        """By province the pieces shown."""
        return {shard.province: shard.pieces for shard in self.shards}

    def of(self, province: str | None) -> Shard:
        """A province's shard; one without segments where there is none."""
        return next((shard for shard in self.shards if shard.province == province), Shard(province, "", ()))

    def with_shard(self, shard: Shard) -> Statement:
        """The statement with another shard of a province, for which the lake is not known to be shown."""
        others = [other for other in self.shards if other.province != shard.province]
        shards = sorted([*others, shard], key=lambda each: each.province or "")
        return Statement("", tuple(each for each in shards if each.segments or each.pieces))

    def with_marks(self, marks: dict[str, str]) -> Statement:
        """The statement with other marks of segments, by their names."""
        shards = tuple(
            dataclasses.replace(
                shard,
                segments=tuple(
                    dataclasses.replace(segment, mark=marks.get(segment.index, segment.mark))
                    for segment in shard.segments
                ),
            )
            for shard in self.shards
        )
        return Statement(self.lake, shards)

    def without(self, indexes: set[str]) -> Statement:
        """The statement without some segments, whose provinces are then not known to be shown."""
        statement = self
        for shard in self.shards:
            kept = tuple(segment for segment in shard.segments if segment.index not in indexes)
            if kept != shard.segments:
                statement = statement.with_shard(Shard(shard.province, "", kept))
        return statement

    @classmethod
    def load(cls, document: dict[str, Any]) -> Statement:
        """Raises KeyError, TypeError for a document that ``dump`` did not make."""
        shards = [
            Shard(
                shard["province"],
                shard["pieces"],
                tuple(
                    Segment(each["index"], each["mark"], tuple(each["years"]), tuple(each["dead"]))
                    for each in shard["segments"]
                ),
            )
            for shard in document["shards"]
        ]
        return cls(document["lake"], tuple(shards))

    def dump(self) -> dict[str, Any]:
        return dataclasses.asdict(self)
