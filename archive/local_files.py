"""Local files as captures: what ``gongkai add FILE|DIR…`` does; of WACZ, WARC and ARC files each record is one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.archive.archive import Archive, new_capture_id, new_run_id
from gongkai.archive.capture import Capture, Outcome, Role

if TYPE_CHECKING:
    from gongkai.archive.packages.intake import Intake

PORTAL = "local"
"""The portal under which files given by hand are filed."""

_ZSTANDARD = ".warc.zst"
WEB_ARCHIVES = (".wacz", ".warc", ".warc.gz", ".arc", ".arc.gz", _ZSTANDARD)
"""Ends of the names of files of which each record becomes a capture, and not the file itself."""

_BATCH = 100
"""Captures in one capture file."""


@dataclasses.dataclass(frozen=True, slots=True)
class Told:
    """Facts that a person knows of the files given, recorded with each capture; None where nothing was said."""

    year: int | None = None
    entity: str | None = None
    division: str | None = None
    phase: str | None = None


NOTHING_TOLD = Told()


@dataclasses.dataclass(frozen=True, slots=True)
class AddProblem:
    """A path that was not added, and why, in one sentence."""

    path: Path
    reason: str


@dataclasses.dataclass(frozen=True, slots=True)
class AddReport:
    """Counts of the files given, and of the records of web archives, by outcome; every path or record left out.

    ``known`` are records that an earlier run took in; ``left_out`` those that are no page, no file and no part of one.
    """

    run_id: str
    captured: int
    unchanged: int
    problems: tuple[AddProblem, ...]
    known: int = 0
    left_out: int = 0


def add_files(
    archive: Archive,
    paths: Iterable[str | Path],
    *,
    told: Told = NOTHING_TOLD,
    progress: Callable[[Path], None] | None = None,
) -> AddReport:
    """Archive regular files, and directories with all files below them, in name order.

    In directories hidden files are skipped, and symbolic links that lead out of the directory given are left out with
    a problem.  A path that is missing or cannot be read is a problem of its own and stops nothing.  ``told`` is
    recorded with every capture.  ``progress`` is called with each file's path when it is done.  Raises what the store
    raises (archive.store.StoreError).
    """
    adding = _Adding(archive, told)
    try:
        for item in _files(paths, Path(archive.store.url)):
            if isinstance(item, AddProblem):
                adding.problems.append(item)
            elif item.name.lower().endswith(WEB_ARCHIVES):
                adding.take_in(item)
            else:
                adding.add(item)
            if progress:
                progress(item.path if isinstance(item, AddProblem) else item)
    except KeyboardInterrupt:
        adding.finish(interrupted=True)
        raise
    return adding.finish()


class _Adding:
    """One run of adding: originals are kept at once, captures recorded in batches after them."""

    def __init__(self, archive: Archive, told: Told) -> None:
        self._archive = archive
        self._told = told
        self._started = dt.datetime.now(dt.UTC)
        self._run_id = new_run_id(self._started)
        self._latest = {url: capture.payload_sha256 for url, capture in archive.latest_by_url(PORTAL).items()}
        self._waiting: dict[str, list[Capture]] = {}
        self._intake: Intake | None = None
        self._counts = {Outcome.CAPTURED: 0, Outcome.UNCHANGED: 0}
        self.problems: list[AddProblem] = []

    def add(self, path: Path) -> None:
        requested_at = dt.datetime.now(dt.UTC)
        try:
            with path.open("rb") as stream:
                original = self._archive.keep_original(stream)
        except OSError as error:
            self.problems.append(AddProblem(path, f"{str(path)!r} cannot be read: {error.strerror or error}"))
            return
        url = path.as_uri()
        previous = self._latest.get(url)
        outcome = Outcome.UNCHANGED if previous == original.sha256 else Outcome.CAPTURED
        self._wait(
            Capture(
                capture_id=new_capture_id(),
                run_id=self._run_id,
                portal=PORTAL,
                role=Role.FILE,
                url=url,
                outcome=outcome,
                requested_at=requested_at,
                received_at=dt.datetime.now(dt.UTC),
                payload_sha256=original.sha256,
                payload_bytes=original.bytes,
                file_name=_shown(path.name),
                previous_sha256=previous,
                told_year=self._told.year,
                told_entity=self._told.entity,
                told_division=self._told.division,
                told_phase=self._told.phase,
            )
        )
        self._latest[url] = original.sha256
        self._counts[outcome] += 1

    def take_in(self, path: Path) -> None:
        """Make a capture of each record of a web archive; what is refused is a problem."""
        if path.name.lower().endswith(_ZSTANDARD):
            reason = f"{str(path)!r} is a WARC packed with zstd, which is not read: unpack it first (zstd -d)"
            self.problems.append(AddProblem(path, reason))
            return
        try:
            intake = self._intake = self._intake or self._new_intake()
            for reason in intake.add(path):
                self.problems.append(AddProblem(path, reason))
        except ImportError:
            how = "pip install 'gongkai[exchange]'"
            reason = f"{str(path)!r} is a web archive, for which gongkai[exchange] is needed: {how}"
            self.problems.append(AddProblem(path, reason))
        except OSError as error:
            self.problems.append(AddProblem(path, f"{str(path)!r} cannot be read: {error.strerror or error}"))

    def _new_intake(self) -> Intake:
        module = importlib.import_module("gongkai.archive.packages.intake")
        told = {f"told_{name}": value for name, value in dataclasses.asdict(self._told).items()}
        intake: Intake = module.Intake(self._archive, self._run_id, self._wait, told)
        return intake

    def _wait(self, capture: Capture) -> None:
        waiting = self._waiting.setdefault(capture.portal, [])
        waiting.append(capture)
        if len(waiting) >= _BATCH:
            self.record()

    def record(self) -> None:
        for captures in self._waiting.values():
            self._archive.record(captures)
        self._waiting = {}

    def finish(self, *, interrupted: bool = False) -> AddReport:
        """Record what waits and write the run's report, if the run wrote anything."""
        captured, unchanged, known, left_out = self._counts[Outcome.CAPTURED], self._counts[Outcome.UNCHANGED], 0, 0
        if self._intake is not None:
            self.problems += [AddProblem(Path(), reason) for reason in self._intake.finish()]
            self.record()
            self._intake.follow_redirects()
            counts = self._intake.counts
            captured, unchanged = captured + counts.captured, unchanged + counts.unchanged
            known, left_out = counts.known, counts.left_out
            self._intake.close()
        self.record()
        if captured + unchanged:
            document = {
                "command": "add",
                "started": self._started.isoformat(),
                "finished": dt.datetime.now(dt.UTC).isoformat(),
                "captured": captured,
                "unchanged": unchanged,
                "known": known,
                "left_out": left_out,
                "problems": [problem.reason for problem in self.problems],
                "interrupted": interrupted,
                "exit_code": 1 if self.problems else 0,
            }
            self._archive.write_run_report(self._run_id, document)
        return AddReport(self._run_id, captured, unchanged, tuple(self.problems), known, left_out)


def _shown(name: str) -> str:
    r"""The name; of one that is not UTF-8 the bytes, ``\xNN`` for each beyond ASCII, as the URL holds them too."""
    try:
        return os.fsencode(name).decode()
    except UnicodeDecodeError:
        return os.fsencode(name).decode("ascii", "backslashreplace")


def _files(paths: Iterable[str | Path], root: Path) -> Iterator[Path | AddProblem]:
    """Each regular file once, as an absolute path, and each path that is left out; ``root`` is the archive's own."""
    seen: set[Path] = set()
    for given in paths:
        # Not resolved: a file is known by the path a person gives, also when part of it is a link.
        top = Path(os.path.abspath(given))  # noqa: PTH100 - Path.absolute() keeps "..", which a file URI must not
        if top.is_relative_to(root):
            yield AddProblem(top, f"{str(top)!r} belongs to the archive itself")
            continue
        for item in _below(top, top, root):
            if isinstance(item, AddProblem) or item not in seen:
                yield item
            if isinstance(item, Path):
                seen.add(item)


def _below(path: Path, top: Path, root: Path) -> Iterator[Path | AddProblem]:
    """Files at or below a path; ``top`` is the path given, out of which no link is followed."""
    try:
        mode = path.stat().st_mode
        if path != top and path.is_symlink() and not path.resolve().is_relative_to(top.resolve()):
            yield AddProblem(path, f"{str(path)!r} is a link out of {str(top)!r}: add what it leads to by its own path")
        elif stat.S_ISREG(mode):
            yield path
        elif not stat.S_ISDIR(mode):
            yield AddProblem(path, f"{str(path)!r} is neither a file nor a directory")
        elif path == top or not path.is_symlink():
            for entry in sorted(path.iterdir(), key=lambda entry: os.fsencode(entry.name)):
                if not entry.name.startswith(".") and entry != root:
                    yield from _below(entry, top, root)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        yield AddProblem(path, f"{str(path)!r} cannot be read: {reason}")
