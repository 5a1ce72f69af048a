"""What a group thinks of contradictions: a file of its own beside the archive, one line of JSON for each judgement.

| key | |
|---|---|
| ``contradiction`` | 16 digits of the hash of what it is about: the rule, documents by hash, places in them |
| ``verdict`` | accepted, dismissed, noted, or reopened |
| ``note``, ``who``, ``at`` | what was said, by whom, when (UTC) |
| ``publication`` | the publication that was looked at |
| ``kind`` … ``document_sha256``, ``other_documents`` | what stood there: so that the file can be read alone |

Lines are only ever added.  The last verdict that is no note counts.  A half line, left by a crash, is passed over.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import fcntl
import functools
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from gongkai.viewer.errors import BadAddressError

VERDICTS = ("accepted", "dismissed", "noted", "reopened")
_TYPES: dict[str, pa.DataType] = {
    **dict.fromkeys(("contradiction", "verdict", "note", "who", "at", "publication"), pa.string()),
    **dict.fromkeys(("kind", "rule", "entity"), pa.string()),
    "year": pa.int32(),
    **dict.fromkeys(("stated", "found"), pa.string()),
    **dict.fromkeys(("document_sha256", "other_documents"), pa.string()),
}
_COLUMNS = (
    "contradiction",
    "verdict",
    "note",
    "who",
    "at",
    "publication",
    "kind",
    "rule",
    "entity",
    "year",
    "stated",
    "found",
    "document_sha256",
    "other_documents",
)
SCHEMA = pa.schema([(name, pa.int32() if name == "year" else pa.string()) for name in _COLUMNS])
"""Columns of the judgements as data; amounts are yuan as text, so that no fen is lost."""
LONGEST_NOTE = 2000
LONGEST_NAME = 80


@dataclasses.dataclass(frozen=True, slots=True)
class Judgements:
    """What the file holds: its judgements in order, and how many of its lines could not be read."""

    lines: tuple[Mapping[str, Any], ...] = ()
    unread: int = 0

    @property
    def verdicts(self) -> dict[str, str]:
        """The verdict that counts, by contradiction; without those that are open."""
        counted = {line["contradiction"]: line["verdict"] for line in self.lines if line["verdict"] != "noted"}
        return {name: verdict for name, verdict in counted.items() if verdict != "reopened"}

    def of(self, contradiction: str) -> list[Mapping[str, Any]]:
        """All that was said of one."""
        return [line for line in self.lines if line["contradiction"] == contradiction]

    def table(self) -> pa.Table:
        """The judgements as data."""
        return pa.Table.from_pylist([_row(line) for line in self.lines], schema=SCHEMA)


def read(path: Path | None) -> Judgements:
    """The judgements of a file; none where it is not there yet.  Raises BadAddressError where it cannot be read."""
    try:
        data = path.read_bytes() if path else b""
    except FileNotFoundError:
        return Judgements()
    except OSError as error:
        raise BadAddressError(f"the file of judgements {str(path)!r} cannot be read: {error.strerror}") from error
    read_lines = [_line(line) for line in data.split(b"\n") if line.strip()]
    lines = tuple(line for line in read_lines if line is not None)
    return Judgements(lines, len(read_lines) - len(lines))


def append(path: Path, judgement: Mapping[str, Any]) -> None:
    """Add a judgement; of two people at once one waits.  Raises BadAddressError where it cannot be written."""
    line = json.dumps({"at": f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}", **judgement}, ensure_ascii=False)
    try:
        file = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            size = os.fstat(file).st_size
            is_whole = size == 0 or os.pread(file, 1, size - 1) == b"\n"
            _write(file, f"{'' if is_whole else chr(10)}{line}\n".encode())
            os.fsync(file)
        finally:
            os.close(file)
    except OSError as error:
        raise BadAddressError(f"the file of judgements {str(path)!r} cannot be written: {error.strerror}") from error


def _write(file: int, data: bytes) -> None:
    while data:
        data = data[os.write(file, data) :]


@functools.lru_cache(maxsize=2**14)
def _line(data: bytes) -> Mapping[str, Any] | None:
    """A line's judgement; None for one that is none."""
    try:
        line = json.loads(data)
    except ValueError:
        return None
    is_one = isinstance(line, dict) and isinstance(line.get("contradiction"), str) and line.get("verdict") in VERDICTS
    return line if is_one else None


def _row(line: Mapping[str, Any]) -> dict[str, Any]:
    row = {name: line.get(name) for name in SCHEMA.names}
    year, others = row["year"], row["other_documents"]
    texts = {name: None if value is None else str(value) for name, value in row.items()}
    joined = " ".join(map(str, others)) if isinstance(others, list) else None
    return {**texts, "year": year if isinstance(year, int) else None, "other_documents": joined or None}
