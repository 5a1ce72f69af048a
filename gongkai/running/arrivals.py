"""Looking at the store: were captures recorded since the last look?

The report of a run under way says how many capture files it has written.  Runs bear the day on which they began, so
that a look lists those of two days, and those begun earlier that were seen under way: it costs the same in an archive
of ten years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from gongkai.archive import Archive
from gongkai.archive.inventory import UNDER_WAY
from gongkai.archive.keys import CAPTURES, RUNS, is_run_report
from gongkai.archive.seal import SealBrokenError, load_sealed_json
from gongkai.archive.store import ObjectMissingError, Store, StoreUnavailableError

Report = dict[str, Any]


class Arrivals:
    """What the reports of the last days said when they were last looked at."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._store: Store | None = None
        self._tags: dict[str, str] = {}
        self._written: dict[str, Any] = {}
        self._under_way: set[str] = set()
        self.has_captures = False
        """False as long as the archive holds nothing that could be parsed."""

    def look(self, now: dt.datetime) -> tuple[bool, list[Report]]:
        """True where captures were recorded since the last look, or there are some at the first one; and the reports
        of the runs that ended since the last look.  Raises StoreError."""
        is_first = self._store is None
        store = self._store or Archive.open(self._root).store
        tags = dict(self._listed(store, now))
        changed = [key for key, tag in tags.items() if self._tags.get(key) != tag]
        reports = {key: report for key in changed if (report := _report(store, key)) is not None}
        has_captures = next(store.list(CAPTURES), None) is not None
        if self.has_captures and not has_captures:
            raise StoreUnavailableError(f"{store.url!r} held captures and is empty now: is its disk mounted?")
        self.has_captures = has_captures
        has_news = [self._note(key, report) for key, report in reports.items()]  # last: where the store fails, none
        self._store, self._tags = store, tags
        if is_first:
            return self.has_captures, []
        return any(has_news), [report for report in reports.values() if report.get("state") != UNDER_WAY]

    def _listed(self, store: Store, now: dt.datetime) -> Iterator[tuple[str, str]]:
        days = [f"{RUNS}{day:%Y%m%d}" for day in (now - dt.timedelta(days=1), now)]
        for day in days:
            yield from ((info.key, info.tag) for info in store.list(day) if is_run_report(info.key))
        for key in sorted(key for key in self._under_way if not key.startswith(tuple(days))):
            if info := store.info(key):
                yield key, info.tag

    def _note(self, key: str, report: Report) -> bool:
        """Remember what a report says; True where it names capture files that it did not name before."""
        written, before = report.get("capture_files"), self._written.pop(key, None)
        if report.get("state") == UNDER_WAY:
            self._under_way.add(key)
            self._written[key] = written
        else:
            self._under_way.discard(key)
        return bool(written) and written != before


def _report(store: Store, key: str) -> Report | None:
    """A report; None where it is damaged or lost, which ``verify`` tells."""
    try:
        return load_sealed_json(store.read(key))
    except (ObjectMissingError, SealBrokenError):
        return None
