"""The capture files of a run under way: its report names them until the run is finished, with notes beside it.

The report names the first ``FOLDERS`` folders and how many notes stand beside it, ``runs_under_way/<run>.<n>.json``,
each of which names as many more.  Noting a capture file writes one of these objects, so that it costs the same in a run
over ten portals and in one over ten thousand.  A note is written before the report counts it, and both before a capture
is written to its folder.  The finished report names all folders, and the notes are deleted behind it; what is left of
them where the process was killed in between goes with the end of the next run.
"""

from __future__ import annotations

import collections
import concurrent.futures
import contextlib
import dataclasses
import datetime as dt
import hashlib
from collections.abc import Collection, Mapping
from typing import Any

from gongkai.archive import formats, inventory, keys, seal
from gongkai.archive.store import ObjectInfo, ObjectMissingError, Store, StoreError

FOLDERS = 64
"""Folders that one object names at the most: some six kilobytes."""
NOTES = "notes"
"""Member of the report: the number of notes beside it."""
_AT_ONCE = 8

Report = dict[str, Any]


class UnderWay:
    """The folders of one run with the number of capture files in each, noted until ``is_concluded``.

    Not for several threads at once.
    """

    def __init__(self, store: Store, run_id: str) -> None:
        self._store, self._run_id = store, run_id
        self._parts: list[dict[str, int]] = [{}]
        self._part_of: dict[str, int] = {}
        self._is_entered = False
        self.is_concluded = False

    def __contains__(self, folder: str) -> bool:
        return folder in self._part_of

    @property
    def files(self) -> dict[str, int]:
        """The number of capture files of each folder."""
        return {folder: count for part in self._parts for folder, count in part.items()}

    def note(self, folder: str, count: int) -> None:
        """Note how many capture files are in a folder.  Raises StoreError, the folder not being noted if it was new."""
        number = self._part_of.get(folder)
        if number is None:
            self._begin(folder, count)
        else:
            self._parts[number][folder] = count
            self._write(number, self._parts[number])

    def _begin(self, folder: str, count: int) -> None:
        number = len(self._parts) - (len(self._parts[-1]) < FOLDERS)
        is_new = number == len(self._parts)
        part = {**({} if is_new else self._parts[number]), folder: count}
        self._write(number, part)
        if is_new:
            self._write_report(self._parts[0], number)
        self._parts[number:] = [part]
        self._part_of[folder] = number

    def _write(self, number: int, part: Mapping[str, int]) -> None:
        if number == 0:
            self._write_report(part, len(self._parts) - 1)
        elif not self.is_concluded:
            document = {formats.MEMBER: formats.NOTE, "run_id": self._run_id, "number": number, "capture_files": part}
            self._store.write(keys.note_key(self._run_id, number), seal.sealed_json(document))

    def _write_report(self, part: Mapping[str, int], notes: int) -> None:
        if self.is_concluded:
            return
        report = {
            formats.MEMBER: formats.REPORT if notes else formats.REPORT_BY_ITSELF,
            "run_id": self._run_id,
            "state": inventory.UNDER_WAY,
            "capture_files": part,
        }
        self._store.write(
            keys.run_report_key(self._run_id), seal.sealed_json({**report, NOTES: notes} if notes else report)
        )
        if not self._is_entered:
            inventory.enter(self._store, self._run_id)
            self._is_entered = True


def clear(store: Store, concluded: Collection[str]) -> None:
    """Delete the notes of runs that have their report, as far as the store lets."""
    with contextlib.suppress(StoreError), concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as pool:
        named = ((keys.run_of_note(info.key), info.key) for info in store.list(keys.UNDER_WAY))
        for _ in pool.map(store.delete, [key for run, key in named if run in concluded]):
            pass


@dataclasses.dataclass(frozen=True, slots=True)
class Listed:
    """A run's report and the notes beside it, as the store lists them."""

    report: ObjectInfo
    notes: tuple[ObjectInfo, ...] = ()

    @property
    def tag(self) -> str:
        """Another one whenever the report or one of the notes was written."""
        if not self.notes:
            return self.report.tag
        tags = "\n".join([self.report.tag, *(f"{info.key} {info.tag}" for info in self.notes)])
        return hashlib.sha256(tags.encode()).hexdigest()[:32]

    @property
    def modified(self) -> dt.datetime:
        return max(info.modified for info in (self.report, *self.notes))


def reports(store: Store, beginning: str = "") -> dict[str, Listed]:
    """The reports of all runs, or of those whose identifiers begin so, by run."""
    notes: dict[str | None, list[ObjectInfo]] = collections.defaultdict(list)
    for info in store.list(f"{keys.UNDER_WAY}{beginning}"):
        notes[keys.run_of_note(info.key)].append(info)
    listed = (info for info in store.list(f"{keys.RUNS}{beginning}") if keys.is_run_report(info.key))
    runs = {info.key.removeprefix(keys.RUNS).removesuffix(".json"): info for info in listed}
    return {run: Listed(info, tuple(notes.get(run, ()))) for run, info in runs.items()}


def read(store: Store, run_id: str, known: Collection[str] = ()) -> tuple[Report, list[str]]:
    """A run's report as ``completed`` gives it.  Raises ObjectMissingError, SealBrokenError, NewerFormatError."""
    key = keys.run_report_key(run_id)
    report = seal.load_sealed_json(store.read(key))
    formats.check_format(report.get(formats.MEMBER, 1), formats.REPORT, repr(key))
    return completed(store, report, known)


def completed(store: Store, report: Report, known: Collection[str] = ()) -> tuple[Report, list[str]]:
    """A report with the capture files that notes beside it name, and the keys of the notes that are lost.

    Notes under the keys ``known`` are not read.  Where the run was finished meanwhile it is the finished report.
    Raises SealBrokenError, NewerFormatError, and ObjectMissingError where the report is gone meanwhile.
    """
    named = [key for key in keys_of_notes(report) if key not in known]
    if not named:
        return report, []
    with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as pool:
        notes = dict(zip(named, pool.map(lambda key: _note(store, key), named), strict=True))
    lost = [key for key, note in notes.items() if note is None]
    if lost:
        now = seal.load_sealed_json(store.read(keys.run_report_key(str(report["run_id"]))))
        if now.get("state") != inventory.UNDER_WAY:
            return now, []
    files = {folder: count for note in notes.values() if note for folder, count in note["capture_files"].items()}
    return {**report, "capture_files": {**report["capture_files"], **files}}, lost


def keys_of_notes(report: Mapping[str, Any]) -> list[str]:
    """The keys of the notes that stand beside the report of a run under way."""
    count = int(report.get(NOTES, 0)) if report.get("state") == inventory.UNDER_WAY else 0
    return [keys.note_key(str(report["run_id"]), number) for number in range(1, count + 1)]


def load_note(key: str, data: bytes) -> Report:
    """Raises SealBrokenError, NewerFormatError; the former too where it is the note of another key."""
    try:
        note = seal.load_sealed_json(data)
    except seal.SealBrokenError as error:
        raise seal.SealBrokenError(f"{key!r} is damaged: {error}; run `gongkai verify`") from error
    formats.check_format(note.get(formats.MEMBER), formats.NOTE, repr(key))
    if key != (named := keys.note_key(str(note["run_id"]), note["number"])):
        raise seal.SealBrokenError(f"{key!r} is not what stood under this key, but {named!r}; run `gongkai verify`")
    return note


def _note(store: Store, key: str) -> Report | None:
    try:
        return load_note(key, store.read(key))
    except ObjectMissingError:
        return None
