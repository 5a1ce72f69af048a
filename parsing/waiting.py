"""The originals that wait to be parsed, of an archive of any size, in the order in which they will be.

Parts of the index of candidates, each with all rows of its hashes, are put in order one by one, and written to a
temporary file in blocks.  Read again, of each part one block is in memory, and rows come out as if all had been put in
order together: by the portal and the article in which an original was captured first, as their numbers go, and by hash.
"""

from __future__ import annotations

import bisect
import weakref
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa

from gongkai.archive.streams import new_spool, write_to_spool
from gongkai.parsing.candidate_index import HASH

FIRST_PORTAL, FIRST_ARTICLE = "first_portal", "first_article"
_ORDER = (FIRST_PORTAL, FIRST_ARTICLE, "sha256")
_COLUMNS: dict[str, pa.DataType] = {
    FIRST_PORTAL: pa.int32(),
    FIRST_ARTICLE: pa.int64(),
    "sha256": HASH,
    "portal": pa.int32(),
}
WAITING_SCHEMA = pa.schema([pa.field(name, kind) for name, kind in _COLUMNS.items()])
_ROWS_PER_BLOCK = 2048
"""Keeps 12 MB of a country's 128 parts in memory."""

_Place = tuple[int, int]
"""Where a block begins in the file, and its length in bytes."""


class Waiting:
    """Rows that were added, in order; gone with this object."""

    def __init__(self) -> None:
        self._spool = new_spool()
        self._parts: list[list[_Place]] = []
        self.originals = 0
        """How many different hashes were added."""
        weakref.finalize(self, self._spool.close)

    def add(self, rows: pa.Table) -> None:
        """Add rows of the index of candidates, among them all that it has of their hashes."""
        firsts = rows.group_by("sha256", use_threads=False).aggregate([("portal", "min"), ("article", "min")])
        self.originals += len(firsts)
        named = firsts.rename_columns({"portal_min": FIRST_PORTAL, "article_min": FIRST_ARTICLE})
        joined = rows.select(["sha256", "portal"]).join(named, "sha256", use_threads=False).select(WAITING_SCHEMA.names)
        ordered = joined.sort_by([(name, "ascending") for name in (*_ORDER, "portal")]).cast(WAITING_SCHEMA)
        places: list[_Place] = []
        self._spool.seek(0, 2)
        for batch in ordered.combine_chunks().to_batches(_ROWS_PER_BLOCK):
            data = batch.serialize().to_pybytes()
            places.append((self._spool.tell(), len(data)))
            write_to_spool(self._spool, data)
        self._parts.append(places)

    def __iter__(self) -> Iterator[pa.Table]:
        """All rows, some at a time."""
        runs = [_Run(self, places) for places in self._parts if places]
        while runs:
            # Up to the key with which the first block ends, no part has rows but those in memory.
            last = min(run.last for run in runs)
            taken = [run.up_to(last) for run in runs]
            yield pa.concat_tables(taken).sort_by([(name, "ascending") for name in (*_ORDER, "portal")])
            runs = [run for run in runs if run.goes_on()]

    def block(self, place: _Place) -> pa.Table:
        start, length = place
        self._spool.seek(start)
        return pa.Table.from_batches([pa.ipc.read_record_batch(pa.py_buffer(self._spool.read(length)), WAITING_SCHEMA)])


class _Run:
    """One part, of which one block is in memory."""

    def __init__(self, waiting: Waiting, places: Sequence[_Place]) -> None:
        self._waiting, self._places = waiting, iter(places)
        self._block = WAITING_SCHEMA.empty_table()
        self.last: Any = None
        self.goes_on()

    def goes_on(self) -> bool:
        """Read the next block where the one in memory is used up; False where there is none."""
        if len(self._block):
            return True
        place = next(self._places, None)
        if place is not None:
            self._block = self._waiting.block(place)
            self.last = self._key(len(self._block) - 1)
        return place is not None

    def up_to(self, last: Any) -> pa.Table:
        """Take the rows up to a key."""
        count = bisect.bisect_right(range(len(self._block)), last, key=self._key)
        taken, self._block = self._block.slice(0, count), self._block.slice(count)
        return taken

    def _key(self, at: int) -> Any:
        """Tell what orders a row; without an article it comes last, as Arrow sorts."""
        portal, article, sha256 = (self._block[name][at].as_py() for name in _ORDER)
        return portal, article is None, article or 0, sha256
