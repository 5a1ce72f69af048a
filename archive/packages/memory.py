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
CREATE TABLE leads (url TEXT, target TEXT, at REAL, row TEXT, answer INTEGER);
CREATE TABLE answers (number INTEGER PRIMARY KEY, url TEXT, at REAL, row TEXT);
CREATE INDEX answers_by_url ON answers (url, at);
CREATE INDEX leads_by_url ON leads (url);
CREATE INDEX leads_by_target ON leads (target);
"""

_DAY = 86400.0
_MOST_REDIRECTS = 20
_ANSWER = """
    UPDATE leads SET answer = coalesce((
        SELECT number FROM answers
        WHERE answers.url = leads.target AND answers.at BETWEEN leads.at AND leads.at + ? ORDER BY answers.at LIMIT 1
    ), (
        SELECT number FROM answers
        WHERE answers.url = leads.target AND answers.at BETWEEN leads.at - ? AND leads.at
        ORDER BY answers.at DESC LIMIT 1
    ))
"""
_FOLLOW = """
    UPDATE leads SET answer = (
        SELECT next.answer FROM leads AS next
        WHERE next.url = leads.target AND next.answer IS NOT NULL AND next.at BETWEEN leads.at - ? AND leads.at + ?
        LIMIT 1
    ) WHERE answer IS NULL
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

    @property
    def has_leads(self) -> bool:
        """True where a redirect was met."""
        return self._database.execute("SELECT 1 FROM leads").fetchone() is not None

    def lead(self, redirect: Capture) -> None:
        """Remember a redirect, a capture whose ``final_url`` is where it leads."""
        values = (redirect.url, redirect.final_url, redirect.requested_at.timestamp(), dumped(redirect))
        self._database.execute("INSERT INTO leads VALUES (?, ?, ?, ?, NULL)", values)

    def note_answer(self, capture: Capture) -> None:
        """Keep a capture if a redirect leads to its address."""
        execute = self._database.execute
        if execute("SELECT 1 FROM leads WHERE target = ?", (capture.url,)).fetchone():
            values = (capture.url, capture.requested_at.timestamp(), dumped(capture))
            execute("INSERT INTO answers (url, at, row) VALUES (?, ?, ?)", values)

    def followed(self) -> Iterator[tuple[Capture, Capture | None]]:
        """Each redirect with what stood at its end: the next capture after it within a day, else the last before within
        a day; None where there is neither."""
        self._database.execute(_ANSWER, (_DAY, _DAY))
        for _ in range(_MOST_REDIRECTS):
            before = self._unanswered()
            self._database.execute(_FOLLOW, (_DAY, _DAY))
            if self._unanswered() == before:
                break
        sql = "SELECT leads.row, answers.row FROM leads LEFT JOIN answers ON number = answer ORDER BY leads.rowid"
        for row, answer in self._database.execute(sql):
            yield loaded(row), loaded(answer) if answer else None

    def _unanswered(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM leads WHERE answer IS NULL").fetchone()[0])


def by_digest(text: str | None) -> str | None:
    """The name of a body by a digest as records state it."""
    digest = parsed_digest(text)
    return f"{digest[0]}:{digest[1].hex()}" if digest else None


def by_address(url: str, second: str) -> str:
    """The name of a body by where and when it was received, to the second."""
    return f"{second} {url}"
