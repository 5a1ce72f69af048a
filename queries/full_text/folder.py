"""The folder of an index: which index is current, whether it is as it was written, and making another one.

An index file is never changed: the next one is made from a copy of it, and ``current.json`` names it once it is whole
and on disk.  So whoever is killed leaves the old index, whoever reads is not waited for, and of two who build at once
one waits for the other.  ``current.json`` also says by which mark of the file system (number, size, times) the index
was last found to have the bytes of its name; with another mark it is hashed anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongkai.archive import seal
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.lock import LockedError, locked
from gongkai.archive.store import ArchiveError, StoreError
from gongkai.archive.streams import chunks
from gongkai.queries.full_text.tables import FORMAT

_CURRENT = "current.json"
_LOCK = "index"
_SUFFIX = ".sqlite"


class IndexDamagedError(ArchiveError):
    """Raised when an index is not as it was written; it can be built anew."""


class IndexFolder:
    """One folder that holds an index, or will."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._store = DirectoryStore(path)

    def current(self) -> dict[str, Any] | None:
        """What ``current.json`` says; None where there is no index of this format.  Raises IndexDamagedError."""
        try:
            stated = seal.load_sealed_json((self.path / _CURRENT).read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, seal.SealBrokenError) as error:
            raise IndexDamagedError(f"{str(self.path / _CURRENT)!r} cannot be trusted: {error}") from error
        return stated if stated.get("format") == FORMAT else None

    def sound(self, stated: dict[str, Any]) -> Path:
        """The index file, once it is found to be as it was written.  Raises IndexDamagedError."""
        file = self._file(stated["index"])
        mark = _mark(file)
        if mark != stated["mark"]:
            if not mark or _digest(file) != stated["index"]:
                raise IndexDamagedError(f"{str(file)!r} is missing or altered")
            self.restate({"mark": mark}, stated)
        return file

    def opened(self, stated: dict[str, Any]) -> sqlite3.Connection:
        """The index for reading alone.  Raises IndexDamagedError."""
        file = self.sound(stated)
        try:
            return sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
        except sqlite3.Error as error:
            raise IndexDamagedError(f"{str(file)!r} cannot be opened: {error}") from error

    @contextlib.contextmanager
    def building(self) -> Iterator[None]:
        """Hold the folder for building, once whoever builds there has finished.  Raises StoreError."""
        with locked(self._store, _LOCK, wait=True):
            yield

    def draft(self, base: Path | None) -> Path:
        """A file to build an index in: a copy of ``base``, or none yet; drafts of others who were killed go."""
        for left in self.path.glob(f"building-*{_SUFFIX}*"):
            left.unlink(missing_ok=True)
        draft = self.path / f"building-{secrets.token_hex(8)}{_SUFFIX}"
        if base is not None:
            shutil.copyfile(base, draft)
        return draft

    def publish(self, draft: Path, stated: dict[str, Any]) -> dict[str, Any]:
        """Make a draft the current index, and remove those before it.  Returns what ``current.json`` says now."""
        with draft.open("rb+") as file:
            os.fsync(file.fileno())
        digest = _digest(draft)
        draft.replace(self._file(digest))
        now = {**stated, "format": FORMAT, "index": digest, "mark": _mark(self._file(digest))}
        self.state(now)
        for other in self.path.glob(f"*{_SUFFIX}"):
            if other != self._file(digest):
                with contextlib.suppress(OSError):  # Windows keeps what is being read
                    other.unlink()
        return now

    def state(self, stated: dict[str, Any]) -> None:
        """Write ``current.json``."""
        self._store.write(_CURRENT, seal.sealed_json(stated))

    def _file(self, digest: str) -> Path:
        return self.path / f"{digest}{_SUFFIX}"

    def restate(self, members: dict[str, str], before: dict[str, Any] | None = None) -> None:
        """Change members of ``current.json``, if it is as ``before``; what cannot be written is found out again.

        Nothing is done while another process builds.
        """
        with contextlib.suppress(StoreError, LockedError, IndexDamagedError), locked(self._store, _LOCK):
            stated = self.current()
            if stated is not None and before in (None, stated):
                self.state({**stated, **members})


def _mark(file: Path) -> str:
    """A text that is another one whenever the file was written; empty where it is not there."""
    try:
        status = file.stat()
    except OSError:
        return ""
    return f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}-{status.st_ctime_ns}"


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    try:
        with file.open("rb") as stream:
            for chunk in chunks(stream):
                digest.update(chunk)
    except OSError as error:
        raise IndexDamagedError(f"{str(file)!r} cannot be read: {error.strerror or error}") from error
    return digest.hexdigest()
