"""Objects chosen by portal, age or document: originals, and the captures that tell of them."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gongkai.archive import keys
from gongkai.archive.archive import Archive, OriginalMissingError

_COLUMNS = ("payload_sha256", "portal", "requested_at")
_REMEMBERED = 1 << 16
"""Originals not named twice; forgetting one costs a second question to the store."""


@dataclasses.dataclass(frozen=True, slots=True)
class Selection:
    """A choice: what is observed by one of the portals, before a moment, and is one of the documents; all where
    nothing is given.  A document is a URL, or at least eight digits of an original's SHA-256."""

    portals: Sequence[str] = ()
    documents: Sequence[str] = ()
    before: dt.datetime | None = None

    def keys(self, archive: Archive) -> Iterator[str]:
        """Keys of originals and capture files.

        Raises OriginalMissingError for a document the archive does not know, AmbiguousHashError.
        """
        if not (self.portals or self.documents or self.before):
            yield from (keys.original_key(sha256) for sha256, _ in archive.originals())
            infos = archive.store.list(keys.CAPTURES)
            yield from (info.key for info in infos if keys.capture_file_number(info.key) is not None)
            return
        wanted = pa.array(sorted(self._hashes(archive)), pa.string()) if self.documents else None
        named: set[str] = set()
        for key, table in _files(archive):
            chosen = self._chosen(table, wanted)
            if not chosen.num_rows:
                continue
            yield key
            for sha256 in map(str, chosen["payload_sha256"].drop_null().unique().to_pylist()):
                if sha256 not in named:
                    yield keys.original_key(sha256)
                    named.add(sha256)
            if len(named) > _REMEMBERED:
                named.clear()

    def _hashes(self, archive: Archive) -> Iterator[str]:
        for document in self.documents:
            payloads = {capture.payload_sha256 for capture in archive.find(document)} - {None}
            if not payloads:
                raise OriginalMissingError(f"{document!r} is no document of {archive.store.url!r}: see gongkai get")
            yield from (str(sha256) for sha256 in payloads)

    def _chosen(self, table: pa.Table, wanted: Any) -> pa.Table:
        if self.portals:
            table = table.filter(pc.is_in(table["portal"], value_set=pa.array(self.portals, pa.string())))
        if self.before is not None:
            table = table.filter(pc.less(table["requested_at"], pa.scalar(self.before, table["requested_at"].type)))
        if wanted is not None:
            table = table.filter(pc.is_in(table["payload_sha256"], value_set=wanted))
        return table


def _files(archive: Archive) -> Iterator[tuple[str, pa.Table]]:
    """Key and columns of every capture file."""
    for piece in archive.capture_columns(_COLUMNS):
        start = 0
        for key, rows in piece.files:
            yield key, piece.rows.slice(start, rows)
            start += rows
