"""What is known while web archives are taken in, in a temporary database: bodies, addresses, and what waits for one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Capture
from gongkai.archive.latest import dumped, loaded
from gongkai.archive.packages.warc_reader import parsed_digest

_SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE known (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE last (url TEXT PRIMARY KEY, at TEXT, sha256 TEXT) WITHOUT ROWID;
CREATE TABLE bodies (name TEXT PRIMARY KEY, sha256 TEXT, bytes INTEGER) WITHOUT ROWID;
CREATE TABLE waiting (row TEXT, names TEXT, place TEXT);
"""


class Memory:
    """The captures taken in before and now."""

    def __init__(self, archive: Archive, portal: str) -> None:
        """Raises CapturesUnreadableError, StoreError."""
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript(_SCHEMA)
        self._database.execute("BEGIN")
        for capture in archive.captures(portal):
            self.note(capture)

    def close(self) -> None:
        """Give up the database."""
        self._database.close()

    def note(self, capture: Capture) -> None:
        """Remember a capture that is recorded, or will be at once."""
        execute = self._database.execute
        execute("INSERT OR IGNORE INTO known VALUES (?)", (capture.capture_id,))
        if capture.payload_sha256:
            at = capture.requested_at.isoformat()
            execute("INSERT OR REPLACE INTO last VALUES (?, ?, ?)", (capture.url, at, capture.payload_sha256))
            self.note_body(by_address(capture.url, at[:19]), capture.payload_sha256, capture.payload_bytes or 0)

    def knows(self, capture_id: str) -> bool:
        """True for a capture that is recorded already."""
        return self._database.execute("SELECT 1 FROM known WHERE id = ?", (capture_id,)).fetchone() is not None

    def last(self, url: str) -> str | None:
        """SHA-256 of what an address held last."""
        row = self._database.execute("SELECT sha256 FROM last WHERE url = ?", (url,)).fetchone()
        return row and str(row[0])

    def note_body(self, name: str | None, sha256: str, size: int) -> None:
        """Remember by which name records refer to an original."""
        if name:
            self._database.execute("INSERT OR IGNORE INTO bodies VALUES (?, ?, ?)", (name, sha256, size))

    def body(self, name: str | None) -> tuple[str, int] | None:
        """SHA-256 and length of the original that records call so."""
        row = self._database.execute("SELECT sha256, bytes FROM bodies WHERE name = ?", (name,)).fetchone()
        return row and (str(row[0]), int(row[1]))

    def wait(self, capture: Capture, names: list[str], place: str) -> None:
        """Put off a capture that refers to an original not met yet."""
        self._database.execute("INSERT INTO waiting VALUES (?, ?, ?)", (dumped(capture), "\n".join(names), place))

    def waiting(self) -> Iterator[tuple[Capture, list[str], str]]:
        """What was put off, with the names it refers by, and where it stands."""
        for row, names, place in self._database.execute(
            "SELECT row, names, place FROM waiting ORDER BY rowid"
        ).fetchall():
            yield loaded(row), names.split("\n"), place


def by_digest(text: str | None) -> str | None:
    """The name of a body by a digest as records state it."""
    digest = parsed_digest(text)
    return f"{digest[0]}:{digest[1].hex()}" if digest else None


def by_address(url: str, second: str) -> str:
    """The name of a body by where and when it was received, to the second."""
    return f"{second} {url}"
