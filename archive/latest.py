"""The last capture of every address of a portal, in a temporary database: a portal's history fits no memory."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping

from gongkai.archive import capture_table
from gongkai.archive.capture import Capture, Outcome

_CACHE_KIB = 4096
_RECENT = 256
_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE latest (
    url TEXT PRIMARY KEY, parent TEXT, at TEXT NOT NULL, row TEXT NOT NULL, gone TEXT, seen INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
"""
_PUT = """
INSERT INTO latest (url, parent, at, row) VALUES (?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET parent = excluded.parent, at = excluded.at, row = excluded.row, gone = NULL
WHERE excluded.at >= latest.at
"""
_TIMES = ("requested_at", "received_at")


class Latest(Mapping[str, Capture]):
    """For every address the last capture that has a payload; which addresses were seen since, and which were gone.

    Holds a few megabytes of memory however many addresses there are.  Safe for use from several threads.
    """

    def __init__(self, captures: Iterable[Capture] = ()) -> None:
        """The captures in the order written; what they raise while they are read is passed on."""
        self._lock = threading.Lock()
        self._recent: dict[str, Capture | None] = {}
        # An empty name is SQLite's for a private database that spills to a temporary file and goes with its connection.
        self._database = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        self._database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        for capture in captures:
            self._add(capture)
        self._database.execute("COMMIT")
        self._database.execute("CREATE INDEX children ON latest (parent)")
        self._is_empty = not len(self)

    def __del__(self) -> None:
        self._database.close()

    def __getitem__(self, url: str) -> Capture:
        found = self._recent.get(url) if self._is_empty or url in self._recent else self._look_up(url)
        if found is None:
            raise KeyError(url)
        return found

    def _look_up(self, url: str) -> Capture | None:
        """An address is asked about several times in a row; every question to the database costs a thread switch."""
        with self._lock:
            row = self._database.execute("SELECT row FROM latest WHERE url = ?", (url,)).fetchone()
            if len(self._recent) >= _RECENT:
                self._recent.clear()
            self._recent[url] = found = row and loaded(row[0])
        return found

    def __iter__(self) -> Iterator[str]:
        return (url for (url,) in self._rows("SELECT url FROM latest ORDER BY url"))

    def __len__(self) -> int:
        with self._lock:
            return int(self._database.execute("SELECT count(*) FROM latest").fetchone()[0])

    def children(self, url: str) -> list[Capture]:
        """The captures of the addresses that stood on a page, by address."""
        return [loaded(row) for (row,) in self._rows("SELECT row FROM latest WHERE parent = ? ORDER BY url", url)]

    def saw(self, *urls: str, read: bool = False) -> None:
        """Note that addresses were met again, and whether they were read; an address not held is ignored."""
        if self._is_empty:  # a question spared is a thread switch spared
            return
        with self._lock:
            self._database.executemany(
                "UPDATE latest SET seen = max(seen, ?) WHERE url = ?", [(1 + read, url) for url in urls]
            )

    def was_met(self, url: str) -> bool:
        """True for an address that `saw` was called for."""
        return self._one("SELECT seen > 0 FROM latest WHERE url = ?", url)

    def was_read(self, url: str) -> bool:
        """True for an address that `saw` was called for as read."""
        return self._one("SELECT seen > 1 FROM latest WHERE url = ?", url)

    def was_gone(self, url: str) -> bool:
        """True for an address whose last capture says that it is gone."""
        return self._one("SELECT gone IS NOT NULL FROM latest WHERE url = ?", url)

    def unseen(self) -> Iterator[Capture]:
        """The captures of addresses not met again, by address; an address recorded as gone is left out."""
        rows = self._rows("SELECT row FROM latest WHERE NOT seen AND gone IS NULL ORDER BY url")
        return (loaded(row) for (row,) in rows)

    def _one(self, sql: str, url: str) -> bool:
        with self._lock:
            row = self._database.execute(sql, (url,)).fetchone()
        return bool(row and row[0])

    def _add(self, capture: Capture) -> None:
        at = capture_table.instant(capture.requested_at).isoformat(timespec="microseconds")
        if capture.payload_sha256:
            self._database.execute(_PUT, (capture.url, capture.parent_url, at, dumped(capture)))
        elif capture.outcome is Outcome.GONE:
            self._database.execute("UPDATE latest SET gone = ? WHERE url = ? AND at <= ?", (at, capture.url, at))

    def _rows(self, sql: str, *values: str, step: int = 500) -> Iterator[tuple[str]]:
        """The rows, a few at a time, so that others can write in between."""
        with self._lock:
            cursor = self._database.execute(sql, values)
        while True:
            with self._lock:
                rows = cursor.fetchmany(step)
            if not rows:
                return
            yield from rows


def dumped(capture: Capture) -> str:
    """The capture as JSON, for a column of a temporary database."""
    return json.dumps(capture_table.to_row(capture), ensure_ascii=False, default=lambda time: time.isoformat())


def loaded(text: str) -> Capture:
    """The capture that `dumped` wrote."""
    row: capture_table.Row = json.loads(text)
    for name in _TIMES:
        row[name] = row[name] and dt.datetime.fromisoformat(row[name])
    for hop in row.get("redirects") or ():
        hop["requested_at"] = dt.datetime.fromisoformat(hop["requested_at"])
    row["published_on"] = row["published_on"] and dt.date.fromisoformat(row["published_on"])
    return capture_table.from_row(row)
