"""The folder of an index: which segments are current, whether they are as they were written, and adding others.

A segment is never changed: ``current.json`` names another one once that is whole and on disk.  So whoever is killed
leaves the segments written so far, whoever reads is not waited for, and of two who build at once one waits for the
other.  ``current.json`` also says by which mark of the file system (number, size, times) each was last found to have
the bytes of its name; with another mark it is hashed anew.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import json
import os
import secrets
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from pathlib import Path

from gongkai.archive import seal
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.lock import LockedError, locked
from gongkai.archive.store import ArchiveError, StoreError
from gongkai.archive.streams import chunks
from gongkai.queries.full_text.statement import Segment, Statement
from gongkai.queries.full_text.tables import FORMAT

_CURRENT = "current.json"
_ASKED = "asked.json"
_LOCK = "index"
_SUFFIX = ".sqlite"


class IndexDamagedError(ArchiveError):
    """Raised when an index is not as it was written; it can be built anew."""


@dataclasses.dataclass(slots=True)
class Written:
    """A file being written; afterwards the hash of its bytes, under which it lies, and its mark."""

    path: Path
    draft: Path
    """A file to prepare it in, removed at the end."""
    digest: str = ""
    mark: str = ""


class IndexFolder:
    """One folder that holds an index, or will."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._store = DirectoryStore(path)

    def current(self) -> Statement | None:
        """What ``current.json`` says; None where there is no index of this format.  Raises IndexDamagedError."""
        try:
            stated = seal.load_sealed_json((self.path / _CURRENT).read_bytes())
            return Statement.load(stated) if stated.get("format") == FORMAT else None
        except FileNotFoundError:
            return None
        except (OSError, seal.SealBrokenError, KeyError, TypeError) as error:
            raise IndexDamagedError(f"{str(self.path / _CURRENT)!r} cannot be trusted: {error}") from error

    def altered(self, stated: Statement) -> dict[str, Path]:
        """The segments that are missing or not as they were written, by their hash.

        One with another mark than stated is hashed, and if it is sound its mark remembered.
        """
        altered, marks = dict[str, Path](), dict[str, str]()
        for segment in stated.segments:
            file = self.file(segment)
            mark = _mark(file)
            if mark == segment.mark:
                continue
            if mark and _digest(file) == segment.index:
                marks[segment.index] = mark
            else:
                altered[segment.index] = file
        if marks:
            self.restate(stated, stated.with_marks(marks))
        return altered

    def opened(self, segment: Segment) -> sqlite3.Connection:
        """A segment for reading alone.  Raises sqlite3.Error."""
        return sqlite3.connect(f"{self.file(segment).as_uri()}?mode=ro&immutable=1", uri=True)

    def file(self, segment: Segment) -> Path:
        """The file of a segment."""
        return self._named(segment.index)

    def ask_for(self, provinces: Collection[str | None]) -> None:
        """Have whoever builds here make these provinces next; nothing is done where that cannot be written."""
        asked = self.asked_for()
        if not set(provinces) <= set(asked):
            with contextlib.suppress(StoreError):
                self._store.write(_ASKED, json.dumps([*dict.fromkeys([*provinces, *asked])]).encode())

    def asked_for(self) -> list[str | None]:
        """Provinces that somebody waits for, those asked for last first."""
        try:
            asked = json.loads((self.path / _ASKED).read_bytes())
        except (OSError, ValueError):
            return []
        return asked if isinstance(asked, list) else []

    @contextlib.contextmanager
    def building(self, *, wait: bool = True) -> Iterator[None]:
        """Hold the folder for building, once whoever builds there has finished; at the beginning drafts of others who
        were killed go, at the end those of processes that were ended.

        Raises StoreError; LockedError for one that is not waited for.
        """
        with locked(self._store, _LOCK, wait=wait):
            self._remove_drafts()
            try:
                yield
            finally:
                self._remove_drafts()

    def _remove_drafts(self) -> None:
        for left in self.path.glob(f"building-*{_SUFFIX}*"):
            left.unlink(missing_ok=True)

    @contextlib.contextmanager
    def made(self) -> Iterator[Written]:
        """A file to write; in the end it is forced to disk and given its name, unless something was raised."""
        name = f"building-{secrets.token_hex(8)}{_SUFFIX}"
        written = Written(self.path / name, self.path / f"{name}-draft")
        try:
            yield written
            with written.path.open("rb+") as file:
                os.fsync(file.fileno())
            written.digest = _digest(written.path)
            written.path.replace(self._named(written.digest))
            written.mark = _mark(self._named(written.digest))
        finally:
            written.path.unlink(missing_ok=True)
            written.draft.unlink(missing_ok=True)

    def adopt(self, other: IndexFolder, stated: Statement) -> None:
        """Take over the index of another folder.  Raises OSError, StoreError."""
        for segment in stated.segments:
            shutil.copyfile(other.file(segment), self.file(segment))
        self.state(stated)

    def state(self, stated: Statement) -> None:
        """Write ``current.json``."""
        self._store.write(_CURRENT, seal.sealed_json({"format": FORMAT, **stated.dump()}))

    def tidy(self, stated: Statement) -> None:
        """Remove the files that are no segments any more, and what was asked for."""
        (self.path / _ASKED).unlink(missing_ok=True)
        named = {self.file(segment) for segment in stated.segments}
        for other in self.path.glob(f"*{_SUFFIX}"):
            if other not in named:
                with contextlib.suppress(OSError):  # Windows keeps what is being read
                    other.unlink()

    def restate(self, before: Statement, now: Statement) -> None:
        """Change ``current.json`` if it is as before; what cannot be written is found out again.

        Nothing is done while another process builds.
        """
        with contextlib.suppress(StoreError, LockedError, IndexDamagedError), locked(self._store, _LOCK):
            if self.current() == before:
                self.state(now)

    def _named(self, digest: str) -> Path:
        return self.path / f"{digest}{_SUFFIX}"


def _mark(file: Path) -> str:
    """A text that is another one whenever the file was written; empty where it is not there."""
    try:
        status = file.stat()
    except OSError:
        return ""
    return f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"


def _digest(file: Path) -> str:
    """The hash of a file; empty where it cannot be read."""
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            for chunk in chunks(stream):
                digest.update(chunk)
    except OSError:
        return ""
    return digest.hexdigest()
