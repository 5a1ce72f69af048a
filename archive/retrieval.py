"""Documents found by what captures say of them: the one that stood at each address, and those that stand no more.

A temporary database holds a few facts of every capture, so that memory stays flat however long the history is.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from gongkai.archive.archive import Archive
from gongkai.archive.capture import Outcome, Role

_CACHE_KIB = 4096
_FACTS = (
    "url",
    "requested_at",
    "payload_sha256",
    "payload_bytes",
    "outcome",
    "portal",
    "role",
    "file_name",
    "link_text",
    "title",
    "index_number",
    "publisher",
    "published_on",
    "parent_url",
)
_NO_DOCUMENTS = (Role.LISTING.value, Role.REQUISITE.value)
_TITLES = "coalesce(title, '') || ' ' || coalesce(link_text, '') || ' ' || coalesce(file_name, '')"
_HAS_WORD = f"(instr({_TITLES}, {{0}}) OR payload_sha256 IN (SELECT sha256 FROM stating WHERE word = {{0}}))"  # noqa: S608 - a column's names
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_FAR = 1 << 62
_TAKE = f"INSERT INTO seen VALUES ({', '.join('?' * len(_FACTS))})"  # noqa: S608 - question marks alone
_STANDING = """
WITH standing AS (
    SELECT *, row_number() OVER (PARTITION BY url ORDER BY requested_at DESC, rowid DESC) AS place
    FROM (SELECT rowid, * FROM seen WHERE payload_sha256 IS NOT NULL AND requested_at < :until)
)
SELECT s.*, (
    SELECT min(g.requested_at) FROM seen g
    WHERE g.url = s.url AND g.payload_sha256 IS NULL AND g.requested_at < :until
      AND (g.requested_at, g.rowid) > (s.requested_at, s.rowid)
) AS gone_since
FROM standing s WHERE place = 1
"""
_REPLACED = """
WITH version AS (
    SELECT url, payload_sha256, min(requested_at) AS first_seen, max(requested_at) AS last_seen, portal, file_name,
        title, index_number
    FROM seen WHERE payload_sha256 IS NOT NULL GROUP BY url, payload_sha256
), standing AS (
    SELECT url, payload_sha256,
        row_number() OVER (PARTITION BY url ORDER BY requested_at DESC, rowid DESC) AS place
    FROM seen WHERE payload_sha256 IS NOT NULL
)
SELECT v.*, (
    SELECT n.payload_sha256 FROM seen n WHERE n.url = v.url AND n.payload_sha256 <> v.payload_sha256
      AND n.requested_at > v.last_seen ORDER BY n.requested_at, n.rowid LIMIT 1
) AS replaced_by, (
    SELECT min(n.requested_at) FROM seen n WHERE n.url = v.url AND n.payload_sha256 <> v.payload_sha256
      AND n.requested_at > v.last_seen
) AS since
FROM version v JOIN standing s ON s.url = v.url AND s.place = 1 AND s.payload_sha256 <> v.payload_sha256
"""

_PRESENT = f"""
CREATE TEMP TABLE IF NOT EXISTS present AS
    SELECT payload_sha256, min(url) AS url FROM ({_STANDING}) WHERE gone_since IS NULL GROUP BY payload_sha256
"""  # noqa: S608 - a statement of this module


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """Which documents: the conditions given all hold.  ``hashes`` are originals the lake chose; None is all.

    A word stands in the title or name as captured, or the original is one of those that ``stating`` has for the word,
    for the lake read it in a title that they state.
    """

    index_number: str | None = None
    words: Sequence[str] = ()
    as_of: dt.datetime | None = None
    hashes: Iterable[str] | None = None
    stating: Mapping[str, Iterable[str]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Found:
    """A document at an address: the version chosen, and since when the address is gone, None where it is not."""

    sha256: str
    bytes: int
    url: str
    observed_at: dt.datetime
    gone_since: dt.datetime | None
    portal: str
    role: str
    file_name: str | None
    title: str | None
    index_number: str | None
    publisher: str | None
    published_on: str | None
    parent_url: str | None


@dataclasses.dataclass(frozen=True, slots=True)
class Withdrawn:
    """A version that no longer stands at its address: ``became`` is gone, moved or replaced.

    ``moved_to`` is the address at which the same bytes stand now; a replaced version may have one, too.
    """

    became: str
    url: str
    sha256: str
    last_observed_at: dt.datetime
    since: dt.datetime | None
    replaced_by: str | None
    moved_to: str | None
    portal: str
    file_name: str | None
    title: str | None
    index_number: str | None


class History:
    """What every address held and when, without listings.  Close it after use."""

    def __init__(self, archive: Archive) -> None:
        """Raises CapturesUnreadableError when a capture file is damaged or newer than this version."""
        # An empty name is SQLite's for a private database that spills to a temporary file and goes with its connection.
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.row_factory = sqlite3.Row
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        self._database.execute(f"CREATE TABLE seen ({', '.join(_FACTS)})")
        self._database.execute("CREATE TEMP TABLE wanted (sha256 TEXT PRIMARY KEY) WITHOUT ROWID")
        self._database.execute("CREATE TEMP TABLE stating (word TEXT, sha256 TEXT, PRIMARY KEY (word, sha256))")
        self._database.execute("BEGIN")
        for piece in archive.capture_columns(_FACTS):
            self._database.executemany(_TAKE, _rows(piece.rows))
        self._database.execute("COMMIT")
        self._database.execute("CREATE INDEX by_url ON seen (url, requested_at)")
        self._database.execute("CREATE INDEX by_number ON seen (index_number, url) WHERE index_number IS NOT NULL")

    def close(self) -> None:
        """Let the temporary database go."""
        self._database.close()

    def find(self, asked: Asked) -> Iterator[Found]:
        """The newest version at every address, by address; with ``as_of`` the one that stood there then."""
        conditions, values = self._conditions(asked)
        sql = f"SELECT * FROM ({_STANDING}) WHERE {' AND '.join(conditions)} ORDER BY url"  # noqa: S608 - conditions are of this module
        for row in self._database.execute(sql, values):
            yield Found(
                sha256=row["payload_sha256"],
                bytes=row["payload_bytes"] or 0,
                observed_at=_time(row["requested_at"]),
                gone_since=row["gone_since"] and _time(row["gone_since"]),
                **{name: row[name] for name in _FACTS if name in Found.__slots__},
            )

    def _conditions(self, asked: Asked) -> tuple[list[str], dict[str, Any]]:
        self._database.execute("DELETE FROM stating")
        values: dict[str, Any] = {"until": _FAR if asked.as_of is None else _micros(asked.as_of)}
        conditions = ["TRUE" if asked.as_of is None else "gone_since IS NULL"]
        if asked.index_number is not None:
            values["number"] = asked.index_number
            conditions.append(
                "(index_number = :number OR parent_url IN (SELECT url FROM seen WHERE index_number = :number))"
            )
        for number, word in enumerate(asked.words):
            values[f"word{number}"] = word
            stating = ((word, sha256) for sha256 in asked.stating.get(word, ()))
            self._database.executemany("INSERT OR IGNORE INTO stating VALUES (?, ?)", stating)
            conditions.append(_HAS_WORD.format(f":word{number}"))
        if asked.hashes is not None:
            self._database.execute("DELETE FROM wanted")
            self._database.executemany("INSERT OR IGNORE INTO wanted VALUES (?)", ((each,) for each in asked.hashes))
            conditions.append("payload_sha256 IN (SELECT sha256 FROM wanted)")
        return conditions, values

    def withdrawn(self) -> Iterator[Withdrawn]:
        """Versions that stand no more: first those whose address is gone, then those that another one replaced."""
        self._database.execute(_PRESENT, {"until": _FAR})
        self._database.execute("CREATE INDEX IF NOT EXISTS present_by_hash ON present (payload_sha256)")
        for found in self.find(Asked()):
            if found.gone_since is not None:
                moved_to = self._stands_at(found.sha256)
                yield Withdrawn(
                    "moved" if moved_to else "gone", found.url, found.sha256, found.observed_at, found.gone_since,
                    None, moved_to, found.portal, found.file_name, found.title, found.index_number,
                )  # fmt: skip
        for row in self._database.execute(f"{_REPLACED} ORDER BY v.url, v.last_seen"):
            yield Withdrawn(
                "replaced", row["url"], row["payload_sha256"], _time(row["last_seen"]),
                row["since"] and _time(row["since"]), row["replaced_by"], self._stands_at(row["payload_sha256"]),
                row["portal"], row["file_name"], row["title"], row["index_number"],
            )  # fmt: skip

    def _stands_at(self, sha256: str) -> str | None:
        """The first address at which these bytes stand now."""
        row = self._database.execute("SELECT url FROM present WHERE payload_sha256 = ?", (sha256,)).fetchone()
        return row and str(row["url"])


def _rows(table: pa.Table) -> Iterator[tuple[Any, ...]]:
    """The rows that tell of a document, times as microseconds; facts an older file lacks are None."""
    for batch in table.to_batches(max_chunksize=5000):
        columns = [
            _plain(name, batch.column(name)) if name in batch.schema.names else [None] * len(batch) for name in _FACTS
        ]
        for row in zip(*columns, strict=True):
            facts = dict(zip(_FACTS, row, strict=True))
            tells = facts["payload_sha256"] is not None or facts["outcome"] == Outcome.GONE.value
            if tells and facts["role"] not in _NO_DOCUMENTS:
                yield row


def _plain(name: str, column: Any) -> list[Any]:
    if name == "requested_at":
        column = column.cast(pa.timestamp("us", "UTC")).cast(pa.int64())
    elif name == "published_on":
        column = column.cast(pa.string())
    elif pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    values: list[Any] = column.to_pylist()
    return values


def _micros(time: dt.datetime) -> int:
    return (time - _EPOCH) // dt.timedelta(microseconds=1)


def _time(micros: int) -> dt.datetime:
    return _EPOCH + dt.timedelta(microseconds=micros)
