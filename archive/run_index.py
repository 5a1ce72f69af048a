"""Indexes of the run reports: what is gathered from all of them, kept so that each report is read once.

``indexes/<name>.json`` says nothing of its own.  It is brought up to date by whoever reads it, made anew where it is
absent, damaged, of another version or names a report that reads otherwise now, and may be deleted at any time.
"""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import dataclasses
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa

from gongkai.archive import capture_table, formats, inventory, keys, seal, under_way
from gongkai.archive.store import ObjectMissingError, Store, StoreError

PREFIX = "indexes/"
_READ_AT_ONCE = 8
_SAVED_EVERY_SECONDS = 10.0
"""Stopped half-way through years of reports, the next reader goes on from there."""

Report = dict[str, Any]
COLUMNS = ("portal", "outcome", "requested_at")
"""The columns of captures that can be gathered from."""
Gather = Callable[[dict[str, Any], Mapping[str, Any], Iterable[pa.Table]], None]
"""Adds one run report, and ``COLUMNS`` of its captures, to what was gathered before; in any order, each once."""


@dataclasses.dataclass(frozen=True, slots=True)
class Gathered:
    """A summary of the reports of all finished runs, and the reports of runs under way or killed."""

    index: dict[str, Any]
    under_way: list[Report]


def gathered(store: Store, name: str, gather: Gather, version: str) -> Gathered:
    """The summary that `gather` makes of every finished run's report, kept under a name.

    ``version`` is another one whenever it gathers otherwise.  A lost or damaged capture file is passed over: `verify`
    names it.

    Raises SealBrokenError when a report that is not in the index yet was changed after it was written.
    """
    there, index = _marks(store), _stored(store, name, version)
    if any(there.get(run) != mark for run, mark in index["runs"].items()):
        index = _empty(version)
    unread = [run for run in sorted(there) if run not in index["runs"]]
    unfinished: list[Report] = []
    changed, saved = False, time.monotonic()
    with concurrent.futures.ThreadPoolExecutor(_READ_AT_ONCE) as pool:
        for at in range(0, len(unread), _READ_AT_ONCE):
            batch = unread[at : at + _READ_AT_ONCE]
            # Fetched side by side, and one at a time understood: the report of a country's run has tens of megabytes.
            for run, data in zip(batch, pool.map(lambda run: _fetched(store, run), batch), strict=True):
                if data is None:
                    continue
                report = _report(run, data)
                if report.get("state") == inventory.UNDER_WAY:
                    unfinished.append(under_way.completed(store, report)[0])
                    continue
                gather(index["gathered"], report, captures_of(store, report))
                index["runs"][run] = there[run]
                changed = True
            if changed and time.monotonic() - saved > _SAVED_EVERY_SECONDS:
                _save(store, name, index)
                changed, saved = False, time.monotonic()
    if changed:
        _save(store, name, index)
    return Gathered(index["gathered"], unfinished)


def captures_of(store: Store, report: Mapping[str, Any]) -> Iterator[pa.Table]:
    """The ``COLUMNS`` of a run's captures, by what its report names; of files that are lost or damaged none."""
    files = capture_files(report)
    with concurrent.futures.ThreadPoolExecutor(_READ_AT_ONCE) as pool:
        while ahead := list(itertools.islice(files, 4 * _READ_AT_ONCE)):
            yield from filter(None, pool.map(lambda key: _columns(store, key), ahead))


def _columns(store: Store, key: str) -> pa.Table | None:
    try:
        return capture_table.load_columns(store.read(key), COLUMNS)
    except (ObjectMissingError, capture_table.CapturesUnreadableError):
        return None


def capture_files(report: Mapping[str, Any]) -> Iterator[str]:
    """The keys of a run's capture files: of each prefix their number; in older reports the keys themselves."""
    named = report.get("capture_files", ())
    if isinstance(named, dict):
        for prefix, count in named.items():
            yield from (f"{prefix}{number:06d}.parquet" for number in range(count))
    else:
        yield from named


def capture_folders(report: Mapping[str, Any]) -> Mapping[str, int]:
    """The folders that a run's report names, with the number of capture files in each; 0 where one was to follow."""
    named = report.get("capture_files", ())
    if isinstance(named, dict):
        return named
    return collections.Counter(f"{key.rpartition('/')[0]}/" for key in named)


def _key(name: str) -> str:
    return f"{PREFIX}{name}.json"


def _save(store: Store, name: str, index: Mapping[str, Any]) -> None:
    with contextlib.suppress(StoreError):  # a reader may not be allowed to write
        store.write(_key(name), seal.sealed_json(index))


def _marks(store: Store) -> dict[str, str]:
    """For every run report a mark that another report of the run would not have.

    It is the SHA-256 in the inventory, which a copied archive keeps, and else what the store says of the object.  A
    report that the inventory names counts although it is lost: what was gathered from it stays true.
    """
    known = inventory.read_copies(store).inventory
    digests = {run: digest for run, digest in known.runs.items() if digest} if known else {}
    listed = {
        info.key.removeprefix(keys.RUNS).removesuffix(".json"): info.tag
        for info in store.list(keys.RUNS)
        if keys.is_run_report(info.key)
    }
    return listed | digests


def _empty(version: str) -> dict[str, Any]:
    return {"version": version, "runs": {}, "gathered": {}}


def _stored(store: Store, name: str, version: str) -> dict[str, Any]:
    try:
        index = seal.load_sealed_json(store.read(_key(name)))
    except (ObjectMissingError, seal.SealBrokenError):
        return _empty(version)
    return index if index.get("version") == version else _empty(version)


def _fetched(store: Store, run: str) -> bytes | None:
    """The bytes of a run's report; None where it is lost."""
    try:
        return store.read(keys.run_report_key(run))
    except ObjectMissingError:
        return None


def _report(run: str, data: bytes) -> Report:
    key = keys.run_report_key(run)
    try:
        report = seal.load_sealed_json(data)
    except seal.SealBrokenError as error:
        raise seal.SealBrokenError(f"{key!r} is damaged: {error}; run `gongkai verify`") from error
    formats.check_format(report.get(formats.MEMBER, 1), formats.REPORT, repr(key))
    return report
