"""Answers from the records of verifications: a list of them, what was not read for long, and a page for people."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from gongkai.archive.store import Store
from gongkai.archive.verifications import Asked, Readings, Record, records, unread
from gongkai.exits import Exit
from gongkai.fixity_page import fixity_page
from gongkai.queries.output import Format, new_file
from gongkai.row_output import answer
from gongkai.row_output import records as rows_of
from gongkai.session import say

_MOMENT = pa.timestamp("us", "UTC")
VERIFICATIONS: dict[str, pa.DataType] = {
    "verification": pa.string(),
    "began": _MOMENT,
    "ended": _MOMENT,
    "end": pa.string(),
    "asked": pa.string(),
    "parts_read": pa.string(),
    "objects": pa.int64(),
    "bytes": pa.int64(),
    "findings": pa.int64(),
}
NOT_READ: dict[str, pa.DataType] = {"key": pa.string(), "bytes": pa.int64(), "written": _MOMENT, "last_read": _MOMENT}


def asked_for(asked: Asked) -> str:
    """The order for a verification as options of the command; of a whole one ``all``."""
    subset = f"--subset {asked.subset[0]}/{asked.subset[1]}" if asked.subset else ""
    seconds = f"--seconds {asked.seconds:g}" if asked.seconds else ""
    oldest = "--oldest-first" if asked.oldest_first else ""
    return " ".join(filter(None, (oldest, subset, seconds))) or "all"


def parts_read(record: Record) -> str:
    """The part read whole, or of several their number."""
    match [part for part, _ in record.parts]:
        case []:
            return ""
        case [(n, of)]:
            return f"{n}/{of}"
        case [(_, of), *_] as parts:
            return f"{len(parts)} × 1/{of}"
        case _:
            raise AssertionError(record.parts)


def verifications(store: Store, form: Format, output: Path | None) -> Exit:
    """Answer with the verifications on record, the newest first."""
    told = (
        {
            "verification": each.id,
            "began": each.began,
            "ended": each.ended,
            "end": each.end,
            "asked": asked_for(each.asked),
            "parts_read": parts_read(each),
            "objects": each.objects,
            "bytes": each.size,
            "findings": each.finding_count,
        }
        for each in reversed(list(records(store)))
    )
    answer(rows_of(VERIFICATIONS, told), form, output)
    return Exit.OK


def objects_not_read(store: Store, days: float, form: Format, output: Path | None) -> Exit:
    """Answer with the objects that were neither read nor written within so many days."""
    now = dt.datetime.now(dt.UTC)
    since = now - dt.timedelta(days=days) if days < (now - _BEGINNING).days else _BEGINNING
    count = answer(rows_of(NOT_READ, _rows(store, since)), form, output)
    say(f"{count} objects were neither read nor written within {days:g} days")
    return Exit.SOMETHING_FAILED if count else Exit.OK


_BEGINNING = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _rows(store: Store, since: dt.datetime) -> Iterator[dict[str, Any]]:
    for info, read in unread(store, Readings(records(store)), since):
        yield {"key": info.key, "bytes": info.size, "written": info.modified, "last_read": read}


def write_page(store: Store, path: Path) -> None:
    """Write the fixity report.  Raises OutputError."""
    page = fixity_page(store.url, list(records(store)), dt.datetime.now(dt.UTC))
    with new_file(path) as stream:
        stream.write(page.encode())
