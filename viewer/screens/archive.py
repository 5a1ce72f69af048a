"""The archive behind the lake: portals with their freshness, the last runs, how much was verified since when."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

import pyarrow as pa

from gongkai.archive import keys, seal
from gongkai.archive.archive import Archive
from gongkai.archive.formats import NewerFormatError
from gongkai.archive.verifications import Readings, records
from gongkai.viewer.view import ROWS, Held, Part, Screen, Shown, View
from gongkai.vocabulary.languages import said

_RUNS = 40
"""Runs that the page names; the archive keeps all."""
_DAYS = (1, 7, 30, 90, 365)
_TIME = pa.timestamp("us", "UTC")
_RUN: dict[str, pa.DataType] = {
    "run": pa.string(),
    "command": pa.string(),
    "started": _TIME,
    "finished": _TIME,
    "exit_code": pa.int64(),
    "new": pa.int64(),
    "changed": pa.int64(),
    "gone": pa.int64(),
    "problems": pa.int64(),
}
_VERIFICATION: dict[str, pa.DataType] = {
    "began": _TIME,
    "ended": _TIME,
    "end": pa.string(),
    "objects": pa.int64(),
    "bytes": pa.int64(),
    "findings": pa.int64(),
}
_SHARE: dict[str, pa.DataType] = {"days": pa.int64(), "share_percent": pa.decimal128(5, 1)}


def show(view: View) -> Shown:
    """What the archive says of itself as it is now, whatever publication the address names."""
    mark = newest_run(view.archive)
    portals = turned(view, view.gather("portals", "Portals", mark))
    checked = view.hold("verifications", "Verifications", Held(_verifications(view.archive)))
    shares = view.hold("read_within", "Read and compared within", Held(_shares(view.archive)))
    runs = view.hold("runs", "Runs", Held(_runs(view.archive)))
    values = {"portals": portals, "runs": runs, "verifications": checked, "shares": shares}
    return Shown(said("The archive"), "archive.html", values, changes=True)


@dataclasses.dataclass(frozen=True, slots=True)
class Turned:
    """A part of many rows, of which the page shows those from ``first`` on; addresses of the pages beside."""

    part: Part
    first: int
    before: str | None
    after: str | None


def turned(view: View, part: Part | None) -> Turned | None:
    """The rows of a gathered part from the address's ``first`` on, which otherwise are the first; its data hold all."""
    if part is None or not isinstance(part.question, Held):
        return None
    rows = part.question.rows
    first = min(view.integer("first") or 0, max(rows.num_rows - 1, 0)) // ROWS * ROWS
    shown = dataclasses.replace(part, rows=tuple(rows.slice(first, ROWS).to_pylist()), is_cut=False)
    before = view.link(view.screen, first=first - ROWS or None) if first else None
    after = view.link(view.screen, first=first + ROWS) if first + ROWS < rows.num_rows else None
    return Turned(shown, first, before, after)


def newest_run(archive: Archive) -> str:
    """The name of the last run, which stands for the state of the archive; empty where there was none."""
    return max(_run_names(archive), default="")


def _run_names(archive: Archive) -> list[str]:
    listed = (info.key for info in archive.store.list(keys.RUNS))
    return [key.removeprefix(keys.RUNS).removesuffix(".json") for key in listed if keys.is_run_report(key)]


def _runs(archive: Archive) -> pa.Table:
    names = sorted(_run_names(archive), reverse=True)[:_RUNS]
    return pa.Table.from_pylist([_run(report) for report in _reports(archive, names)], schema=pa.schema(_RUN))


def _reports(archive: Archive, names: Iterable[str]) -> Iterator[dict[str, Any]]:
    """The reports that can be read; ``verify`` names the others."""
    for name in names:
        with contextlib.suppress(seal.SealBrokenError, NewerFormatError):
            report = archive.run_report(name)
            if report is not None:
                yield report


def _run(report: dict[str, Any]) -> dict[str, Any]:
    portals = report.get("portals") or ()
    kinds = [change.get("kind") for portal in portals for change in portal.get("changes") or ()]
    return {
        "run": report.get("run_id"),
        "command": report.get("command", "crawl"),
        "started": _moment(report.get("started")),
        "finished": _moment(report.get("finished")),
        "exit_code": report.get("exit_code"),
        "new": kinds.count("new"),
        "changed": kinds.count("changed"),
        "gone": kinds.count("gone"),
        "problems": sum(len(portal.get("problems") or ()) for portal in portals),
    }


def _verifications(archive: Archive) -> pa.Table:
    told = sorted(records(archive.store), key=lambda record: record.began, reverse=True)[:_RUNS]
    rows = [
        {
            "began": record.began,
            "ended": record.ended,
            "end": record.end,
            "objects": record.objects,
            "bytes": record.size,
            "findings": record.finding_count,
        }
        for record in told
    ]
    return pa.Table.from_pylist(rows, schema=pa.schema(_VERIFICATION))


def _shares(archive: Archive) -> pa.Table:
    readings, now = Readings(records(archive.store)), dt.datetime.now(dt.UTC)
    shares = [(days, readings.share_since(now - dt.timedelta(days=days))) for days in _DAYS]
    return pa.Table.from_pylist(
        [{"days": days, "share_percent": Decimal(round(1000 * share)) / 10} for days, share in shares],
        schema=pa.schema(_SHARE),
    )


def _moment(told: object) -> dt.datetime | None:
    return dt.datetime.fromisoformat(told) if isinstance(told, str) else None


SCREEN = Screen("archive", "The archive", show)
