"""One holder of a name at a time in an archive, without anything a killed process leaves behind for good.

On a directory the operating system holds the lock, on a file in ``.incoming/``, and drops it with the process.  On S3,
and where the file system knows no such locks, it is a lease: ``locks/<name>/<n>.json``, written once under the next
free number, which of two takers exactly one succeeds in, and written again by its holder every ``RENEW_SECONDS``.  The
store's own clock tells its age; a lease not renewed for ``EXPIRE_SECONDS`` has lost its holder, and the next number may
be taken, at once where the lease names a process of this system that runs no more, or was given back by this one while
the store was away.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from gongkai.archive import keys, processes
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.store import ArchiveError, ObjectInfo, ObjectMissingError, Store, StoreError

if sys.platform != "win32":
    import fcntl

RENEW_SECONDS = 15.0
EXPIRE_SECONDS = 60.0
"""So short that who runs again after a failure on another machine hardly waits; three renewals may fail meanwhile."""
_given_back: set[str] = set()
"""Holders of leases that this process could not delete: the store was away when it was done with them."""
_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 0.02, 1.0
"""Between two attempts to take a lock that is waited for."""


class LockedError(ArchiveError):
    """Raised when another process holds the lock; the message says since when, where that is known."""


class Hold:
    """A lock that is held."""

    def assure(self) -> None:
        """Raises LockedError when the lock was lost meanwhile, which a lease may be."""


@contextlib.contextmanager
def locked(store: Store, name: str, *, wait: bool = False, leave_file: bool = True) -> Iterator[Hold]:
    """Hold a lock while the block lasts, waiting for it where ``wait`` is set.  On a directory its file stays, unless
    ``leave_file`` is False.

    Raises LockedError when another process holds it and is not waited for, and what the store raises.  A lease may be
    lost when the store fails, or this process stands still, for longer than it lasts: two holders then work side by
    side.  Who cannot bear that asks ``Hold.assure`` and writes with ``Store.replace``.
    """
    with contextlib.ExitStack() as held:
        pause = _PAUSE_SECONDS
        while True:
            try:
                hold = held.enter_context(_taken(store, name, leave_file=leave_file))
                break
            except LockedError:
                if not wait:
                    raise
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_SECONDS)
        yield hold


def is_locked(store: Store, name: str) -> bool:
    """True while some process holds the lock."""
    if isinstance(store, DirectoryStore):
        held = _is_held(store.lock_path(name))
        if held is not None:
            return held
    return _Lease(store, name).holder() is not None


@contextlib.contextmanager
def _taken(store: Store, name: str, *, leave_file: bool) -> Iterator[Hold]:
    handle = _system_lock(store, name) if isinstance(store, DirectoryStore) else None
    if handle is not None and isinstance(store, DirectoryStore):
        with contextlib.closing(os.fdopen(handle)):
            try:
                yield Hold()
            finally:
                if not leave_file:
                    store.lock_path(name).unlink(missing_ok=True)
        return
    lease = _Lease(store, name)
    lease.take()
    try:
        yield lease
    finally:
        lease.release()


def _system_lock(store: DirectoryStore, name: str) -> int | None:
    """A descriptor that holds the lock until it is closed; None where the system or the file system has none."""
    if sys.platform == "win32":
        return None
    handle = os.open(store.lock_file(name), os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        os.close(handle)
        raise LockedError(f"another process holds the lock {name!r} of {store.url!r}") from error
    except OSError:  # a network file system without locks
        os.close(handle)
        return None
    if not _is_file(store.lock_path(name), handle):  # its holder removed it meanwhile
        os.close(handle)
        return _system_lock(store, name)
    return handle


def _is_file(path: Path, handle: int) -> bool:
    with contextlib.suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(handle))
    return False


def _is_held(path: Path) -> bool | None:
    """True while the system's lock on a file is held; None where the system or the file system has none."""
    if sys.platform == "win32":
        return None
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    except OSError:
        return None
    return False


class _Lease(Hold):
    """A lease on a store: taken, renewed by a thread of its own, and given back."""

    def __init__(self, store: Store, name: str) -> None:
        self._store = store
        self._prefix = f"{keys.LOCKS}{keys.check_segment(name)}/"
        self._holder = secrets.token_hex(8)
        self._released = threading.Event()
        self._thread = threading.Thread(target=self._renew, name=f"lease {name}", daemon=True)
        self._key = ""

    def take(self) -> None:
        """Raises LockedError."""
        held = sorted(self._store.list(self._prefix), key=lambda info: info.key)
        if held and not self._is_over(held[-1]):
            raise LockedError(
                f"another process holds the lock {self._prefix!r} of {self._store.url!r}, last renewed"
                f" {held[-1].modified:%Y-%m-%d %H:%M:%S} UTC"
            )
        number = int(held[-1].key.removeprefix(self._prefix).removesuffix(".json")) + 1 if held else 0
        self._key = f"{self._prefix}{number:09d}.json"
        if not self._store.write_once(self._key, self._text()) and not self._is_there():
            raise LockedError(f"another process took the lock {self._prefix!r} of {self._store.url!r} just now")
        for info in held:
            self._store.delete(info.key)
        self._thread.start()

    def holder(self) -> ObjectInfo | None:
        """The lease that is held now."""
        held = sorted(self._store.list(self._prefix), key=lambda info: info.key)
        return held[-1] if held and not self._is_over(held[-1]) else None

    def assure(self) -> None:
        """Ask the store, where a successor would have removed the lease."""
        if not self._is_there():
            raise LockedError(f"another process took the lock {self._prefix!r} of {self._store.url!r} meanwhile")

    def _is_there(self) -> bool:
        try:
            return self._store.read(self._key) == self._text()
        except ObjectMissingError:
            return False

    def release(self) -> None:
        """Give the lease back; where the store fails it runs out by itself."""
        self._released.set()
        self._thread.join()
        try:
            self._store.delete(self._key)
        except StoreError:
            _given_back.add(self._holder)

    def _text(self) -> bytes:
        return json.dumps({"holder": self._holder, "process": processes.own_mark()}).encode()

    def _renew(self) -> None:
        while not self._released.wait(RENEW_SECONDS):
            with contextlib.suppress(StoreError):
                self._store.write(self._key, self._text())

    def _is_over(self, last: ObjectInfo) -> bool:
        """By its process, where that ran here, else by the store's own clock: a fresh object beside the lease tells
        what time it is there."""
        holder, process = self._named_in(last)
        if holder in _given_back or processes.is_gone(process):
            return True
        probe = f"{self._prefix.rstrip('/')}.clock/{self._holder}"
        self._store.write(probe, b"")
        try:
            now = next((info.modified for info in self._store.list(probe)), dt.datetime.now(dt.UTC))
        finally:
            self._store.delete(probe)
        return (now - last.modified).total_seconds() > EXPIRE_SECONDS

    def _named_in(self, lease: ObjectInfo) -> tuple[str, str]:
        """Holder and process, empty where it does not tell."""
        try:
            told = json.loads(self._store.read(lease.key))
            return str(told["holder"]), str(told["process"])
        except (KeyError, TypeError, ValueError, ObjectMissingError):
            return "", ""
