"""The portals to which runs wrote captures since an index was made, told by run reports: no capture file is listed.

A run's report names each folder before its first capture file is written, and then how many are in it
(``Archive.record``).  A run is settled, and its report not read again while it stays the same one, once all the files
that it names were listed and no more will come: it is finished, or was killed, nothing having changed for ``_KILLED``.
"""

from __future__ import annotations

import concurrent.futures
import dataclasses
import datetime as dt
from collections.abc import Mapping
from typing import Any

from gongkai.archive import inventory, seal, under_way
from gongkai.archive.run_index import capture_folders
from gongkai.archive.store import ObjectMissingError, Store

_KILLED = dt.timedelta(days=2)
"""Longer than a crawl that waits for a host writes nothing."""
_READ_AT_ONCE = 8

Tags = Mapping[str, str]
"""For each run the tag of its report, see ``under_way.reports``."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Run:
    """A run that was not settled, with the number of capture files in each folder that its report names."""

    tag: str
    is_over: bool
    files: Mapping[str, int]


@dataclasses.dataclass(frozen=True, slots=True)
class Touched:
    """The runs that were not settled."""

    before: Tags
    runs: Mapping[str, _Run]

    @property
    def portals(self) -> list[str]:
        """The archive names of the portals to which they wrote."""
        return sorted({folder.split("/")[1] for run in self.runs.values() for folder in run.files})

    def settled(self, listed: Mapping[str, int]) -> dict[str, str]:
        """The runs settled now that so many files were listed in each folder."""
        whole = {
            name: run.tag
            for name, run in self.runs.items()
            if run.is_over and all(listed.get(folder, 0) >= count for folder, count in run.files.items())
        }
        return {**self.before, **whole}


def touched(store: Store, settled: Tags) -> Touched | None:
    """The runs that are not settled; None where a report, or a note beside it, is damaged: only a listing tells then.

    Raises NewerFormatError, StoreError.
    """
    there = under_way.reports(store)
    unread = [name for name, info in there.items() if settled.get(name) != info.tag]
    runs: dict[str, _Run] = {}
    with concurrent.futures.ThreadPoolExecutor(_READ_AT_ONCE) as pool:
        for name, report in zip(unread, pool.map(lambda name: _report(store, name), unread), strict=True):
            if report is None:
                return None
            is_finished = report.get("state") != inventory.UNDER_WAY
            is_over = is_finished or dt.datetime.now(dt.UTC) - there[name].modified > _KILLED
            runs[name] = _Run(there[name].tag, is_over, capture_folders(report))
    return Touched({name: tag for name, tag in settled.items() if name in there}, runs)


def finished(store: Store) -> dict[str, str]:
    """The runs that are over by the inventory: whoever lists all captures afterwards has all of theirs."""
    known = inventory.read_copies(store).inventory
    runs = known.runs if known else {}
    return {name: info.tag for name, info in under_way.reports(store).items() if runs.get(name) is not None}


def _report(store: Store, name: str) -> dict[str, Any] | None:
    """The report of a run; empty where it is gone meanwhile, None where it is damaged or lost notes of its folders."""
    try:
        report, lost = under_way.read(store, name)
    except ObjectMissingError:
        return {}
    except seal.SealBrokenError:
        return None
    return None if lost else report
