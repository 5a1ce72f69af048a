"""One holder of a name at a time in an archive, without anything a killed process leaves behind for good.

On a directory the operating system holds the lock, on a file in ``.incoming/``, and drops it with the process.  On S3,
and where the file system knows no such locks, it is a lease: ``locks/<name>/<n>.json``, written once under the next
free number, which of two takers exactly one succeeds in, and written again by its holder every ``RENEW_SECONDS``.  The
store's own clock tells its age; a lease not renewed for ``EXPIRE_SECONDS`` has lost its holder, and the next number may
be taken.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import secrets
import sys
import threading
from collections.abc import Iterator

from gongkai.archive import keys
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.store import ArchiveError, ObjectInfo, Store, StoreError

if sys.platform != "win32":
    import fcntl

RENEW_SECONDS = 60.0
EXPIRE_SECONDS = 300.0


class LockedError(ArchiveError):
    """Raised when another process holds the lock; the message says since when, where that is known."""


@contextlib.contextmanager
def locked(store: Store, name: str) -> Iterator[None]:
    """Hold a lock while the block lasts.  Raises LockedError when another process holds it, and what the store raises.

    A lease may be lost when the store fails for longer than it lasts; two holders then do their work side by side,
    which the archive bears: it is courtesy to portals that a lock is for.
    """
    handle = _system_lock(store, name) if isinstance(store, DirectoryStore) else None
    if handle is not None:
        with contextlib.closing(os.fdopen(handle)):
            yield
        return
    lease = _Lease(store, name)
    lease.take()
    try:
        yield
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
    return handle


class _Lease:
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
        if not self._store.write_once(self._key, self._text()) and self._store.read(self._key) != self._text():
            raise LockedError(f"another process took the lock {self._prefix!r} of {self._store.url!r} just now")
        for info in held:
            self._store.delete(info.key)
        self._thread.start()

    def release(self) -> None:
        """Give the lease back; where the store fails it runs out by itself."""
        self._released.set()
        self._thread.join()
        with contextlib.suppress(StoreError):
            self._store.delete(self._key)

    def _text(self) -> bytes:
        return json.dumps({"holder": self._holder}).encode()

    def _renew(self) -> None:
        while not self._released.wait(RENEW_SECONDS):
            with contextlib.suppress(StoreError):
                self._store.write(self._key, self._text())

    def _is_over(self, last: ObjectInfo) -> bool:
        """By the store's own clock: a fresh object beside the lease tells what time it is there."""
        probe = f"{self._prefix.rstrip('/')}.clock/{self._holder}"
        self._store.write(probe, b"")
        try:
            now = next((info.modified for info in self._store.list(probe)), dt.datetime.now(dt.UTC))
        finally:
            self._store.delete(probe)
        return (now - last.modified).total_seconds() > EXPIRE_SECONDS
