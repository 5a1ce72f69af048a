"""The index of a WARC: a line of CDXJ for each record that can be shown, in sorted blocks of gzip."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator

from gongkai.archive.packages.addresses import sort_key
from gongkai.archive.packages.records import First, Written

LINES = 3000
"""Lines of a block, each of which a viewer fetches whole."""


class Index:
    """Index lines, sorted in a temporary database."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        self._database.execute("CREATE TABLE lines (line BLOB PRIMARY KEY) WITHOUT ROWID")
        self._database.execute("CREATE TABLE firsts (sha256 TEXT PRIMARY KEY, url TEXT, at TEXT) WITHOUT ROWID")
        self._database.execute("BEGIN")

    def close(self) -> None:
        """Give up the database."""
        self._database.close()

    def add(self, line: str) -> None:
        """Enter a line of ``cdxj_line``."""
        self._database.execute("INSERT OR IGNORE INTO lines VALUES (?)", (line.encode("utf-8", "replace"),))

    def first(self, sha256: str | None) -> First | None:
        """The answer that holds these bytes."""
        row = self._database.execute("SELECT url, at FROM firsts WHERE sha256 = ?", (sha256,)).fetchone()
        return row and First(row[0], dt.datetime.fromisoformat(row[1]))

    def note_first(self, sha256: str, url: str, at: str) -> None:
        """Remember an answer that holds its bytes, by address and time."""
        self._database.execute("INSERT OR IGNORE INTO firsts VALUES (?, ?, ?)", (sha256, url, at))

    def blocks(self) -> Iterator[tuple[bytes, str]]:
        """Each block compressed, and the key of its first line."""
        rows = self._database.execute("SELECT line FROM lines ORDER BY line")
        while lines := [line for (line,) in rows.fetchmany(LINES)]:
            squeezer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS + 16)
            first = lines[0].decode().partition(" {")[0]
            yield squeezer.compress(b"".join(lines)) + squeezer.flush(), first


def cdxj_line(record: Written, file: str, offset: int) -> str:
    """A line: sort key, time, and where the record lies and what it is."""
    facts: dict[str, str] = {
        "url": record.url,
        "digest": f"sha256:{record.sha256}",
        "mime": "warc/revisit" if record.kind == "revisit" else record.media_type or "application/octet-stream",
        "offset": str(offset),
        "length": str(record.length),
        "filename": file.rpartition("/")[2],
    }
    if record.status is not None:
        facts["status"] = str(record.status)
    if record.body is not None:
        facts |= {"method": "POST", "requestBody": record.lookup[len(record.url) + 1 :]}
    return f"{sort_key(record.lookup)} {stamp(record.at)} {json.dumps(facts, ensure_ascii=False)}\n"


def stamp(at: dt.datetime) -> str:
    """A time as indexes write it: 14 digits of UTC."""
    return at.astimezone(dt.UTC).strftime("%Y%m%d%H%M%S")


def idx_lines(blocks: Iterable[tuple[int, str]], file: str) -> Iterator[str]:
    """The file that says where each block begins; of each block its length and first key are given."""
    yield "!meta 0 " + json.dumps({"format": "cdxj-gzip-1.0", "filename": file}) + "\n"
    offset = 0
    for length, first in blocks:
        yield f"{first} " + json.dumps({"offset": offset, "length": length}) + "\n"
        offset += length
