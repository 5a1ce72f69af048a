"""The captures that go into a package, in a temporary database: an archive's history fits no memory."""

from __future__ import annotations

import datetime as dt
import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Iterator

from gongkai.archive import capture_table
from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture, Outcome
from gongkai.archive.latest import dumped, loaded
from gongkai.archive.selection import Selection

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -8192;
CREATE TABLE picked (
    url TEXT, at TEXT, id TEXT, sha256 TEXT, whole INTEGER, parent TEXT, row TEXT,
    PRIMARY KEY (url, at, id)
) WITHOUT ROWID;
CREATE TABLE pages (url TEXT PRIMARY KEY, child_at TEXT, done INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
"""
_PAGES_ABOVE = 3
"""A file stands on an article, that on a listing, and that may stand on another one."""
_WHOLE = (Outcome.CAPTURED, Outcome.UNCHANGED)


class Picked:
    """The captures selected, by address and time, and what they need to be understood: the pages that lead to them,
    and the bytes to which an answer "not modified" refers."""

    def __init__(self, archive: Archive, selection: Selection, note: Callable[[str], None] = lambda _: None) -> None:
        """Raises CapturesUnreadableError, StoreError."""
        # An empty name is SQLite's for a private database that spills to a temporary file and goes with its connection.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        for capture in _captures(archive, selection.portals):
            if selection.takes(capture):
                self._pick(capture)
                note(capture.url)
        if not selection.is_all:
            for _ in range(_PAGES_ABOVE):
                self._add_context(_captures(archive, selection.portals))
        self._database.execute("COMMIT")

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM picked").fetchone()[0])

    def close(self) -> None:
        """Give up the database."""
        self._database.close()

    def after(self, url: str | None = None) -> Iterator[Capture]:
        """The captures by address and time, behind an address where one is given."""
        sql = "SELECT row FROM picked WHERE url > ? ORDER BY url, at, id"
        return (loaded(row) for (row,) in self._database.execute(sql, (url or "",)))

    @property
    def fingerprint(self) -> str:
        """SHA-256 over what is selected: equal for equal selections of an archive that did not change."""
        digest = hashlib.sha256()
        for url, name in self._database.execute("SELECT url, id FROM picked ORDER BY url, at, id"):
            digest.update(f"{url}\n{name}\n".encode())
        return digest.hexdigest()

    @property
    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """When the first and the last of them were asked for."""
        first, last = self._database.execute("SELECT min(at), max(at) FROM picked").fetchone()
        return dt.datetime.fromisoformat(first), dt.datetime.fromisoformat(last)

    def _pick(self, capture: Capture) -> None:
        name = (capture.url, _at(capture), capture.capture_id)
        facts = (capture.payload_sha256, capture.outcome in _WHOLE, capture.parent_url, dumped(capture))
        self._database.execute("INSERT OR IGNORE INTO picked VALUES (?, ?, ?, ?, ?, ?, ?)", (*name, *facts))

    def _add_context(self, captures: Iterable[Capture]) -> None:
        """Pick of each page above what is picked its last capture before that; of each answer "not modified" the bytes
        it refers to."""
        execute = self._database.execute
        execute(
            "INSERT OR IGNORE INTO pages (url, child_at) SELECT parent, max(at) FROM picked WHERE parent IS NOT NULL"
            " AND parent NOT IN (SELECT url FROM picked WHERE sha256 IS NOT NULL) GROUP BY parent"
        )
        pages = dict(execute("SELECT url, child_at FROM pages WHERE NOT done"))
        execute("UPDATE pages SET done = 1")
        wanted = self._bytes_referred_to()
        if not pages and not wanted:
            return
        best: dict[str, Capture] = {}
        for capture in captures:
            if capture.payload_sha256 is None:
                continue
            if (capture.url, capture.payload_sha256) in wanted and capture.outcome in _WHOLE:
                self._pick(capture)
                wanted.discard((capture.url, capture.payload_sha256))
            if capture.url in pages:
                _keep_better(best, capture, pages[capture.url])
        for capture in best.values():
            self._pick(capture)

    def _bytes_referred_to(self) -> set[tuple[str, str]]:
        """Address and SHA-256 of what was not modified and never received whole among the picked."""
        rows = self._database.execute(
            "SELECT url, sha256 FROM picked AS one WHERE sha256 IS NOT NULL AND NOT whole AND NOT EXISTS"
            " (SELECT 1 FROM picked AS other WHERE other.url = one.url AND other.sha256 = one.sha256 AND other.whole)"
        )
        return {(url, sha256) for url, sha256 in rows}


def _keep_better(best: dict[str, Capture], capture: Capture, child_at: str) -> None:
    """Of two captures of a page the last one before what stands on it, else the first one after."""

    def rank(each: Capture) -> tuple[bool, float]:
        is_before = _at(each) <= child_at
        moment = each.requested_at.timestamp()
        return is_before, moment if is_before else -moment

    held = best.get(capture.url)
    if capture.outcome in _WHOLE and (held is None or rank(capture) > rank(held)):
        best[capture.url] = capture


def _captures(archive: Archive, portals: Iterable[str]) -> Iterator[Capture]:
    if not portals:
        return archive.captures()
    return (capture for portal in sorted(portals) for capture in archive.captures(portal))


def _at(capture: Capture) -> str:
    return capture_table.instant(capture.requested_at).isoformat(timespec="microseconds")
