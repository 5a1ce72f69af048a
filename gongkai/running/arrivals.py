"""Looking at the store: were captures recorded since the last look?

The report of a run under way, with the notes beside it, says how many capture files it has written.  Runs bear the day
on which they began, so that a look lists those of two days, and those begun earlier that were seen under way, and reads
what changed of them: it costs the same in an archive of ten years.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from gongkai.archive import Archive, run_index, under_way, verifications
from gongkai.archive.formats import NewerFormatError
from gongkai.archive.inventory import UNDER_WAY
from gongkai.archive.keys import CAPTURES
from gongkai.archive.seal import SealBrokenError
from gongkai.archive.store import ObjectMissingError, Store, StoreUnavailableError
from gongkai.archive.under_way import Listed

Report = dict[str, Any]


class Arrivals:
    """What the reports of the last days said when they were last looked at."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._store: Store | None = None
        self._listed: dict[str, Listed] = {}
        self._written: dict[str, Mapping[str, int]] = {}
        self._under_way: set[str] = set()
        self.has_captures = False
        """False as long as the archive holds nothing that could be parsed."""

    def look(self, now: dt.datetime) -> tuple[bool, list[Report]]:
        """True where captures were recorded since the last look, or there are some at the first one; and the reports
        of the runs that ended since the last look.  Raises StoreError."""
        is_first = self._store is None
        store = self._store or Archive.open(self._root).store
        listed = self._list(store, now)
        changed = [run for run, each in listed.items() if self._listed.get(run) != each]
        reports = {run: report for run in changed if (report := self._report(store, run, listed[run])) is not None}
        has_captures = next(store.list(CAPTURES), None) is not None
        if self.has_captures and not has_captures:
            raise StoreUnavailableError(f"{store.url!r} held captures and is empty now: is its disk mounted?")
        self.has_captures = has_captures
        has_news = [self._note(run, report) for run, report in reports.items()]  # last: where the store fails, none
        self._store, self._listed = store, listed
        if is_first:
            return self.has_captures, []
        return any(has_news), [report for report in reports.values() if report.get("state") != UNDER_WAY]

    def was_verified_since(self, moment: dt.datetime) -> bool:
        """True where a verification began at the moment or later.  Raises StoreError."""
        began = f"{verifications.PREFIX}{moment:%Y%m%dT%H%M%S}"
        store = self._store or Archive.open(self._root).store
        return any(info.key >= began for info in store.list(verifications.PREFIX))

    def _list(self, store: Store, now: dt.datetime) -> dict[str, Listed]:
        days = [f"{day:%Y%m%d}" for day in (now - dt.timedelta(days=1), now)]
        older = sorted(run for run in self._under_way if not run.startswith(tuple(days)))
        return {run: each for name in (*days, *older) for run, each in under_way.reports(store, name).items()}

    def _report(self, store: Store, run: str, listed: Listed) -> Report | None:
        """A run's report, without the notes that were read; None where it is damaged, lost or of a newer version, which
        ``verify`` tells."""
        before = self._listed.get(run)
        known = {info.key for info in before.notes if info in listed.notes} if before else ()
        try:
            return under_way.read(store, run, known)[0]
        except (ObjectMissingError, SealBrokenError, NewerFormatError):
            return None

    def _note(self, run: str, report: Report) -> bool:
        """Remember what a report says; True where it names capture files that it did not name before."""
        before, written = self._written.pop(run, {}), run_index.capture_folders(report)
        if report.get("state") == UNDER_WAY:
            self._under_way.add(run)
            self._written[run] = written = {**before, **written}
        else:
            self._under_way.discard(run)
        return bool(written) and written != before
