"""Locks over what an archive keeps: on S3 retention and legal hold, on a directory files without write permission."""

from __future__ import annotations

import concurrent.futures
import dataclasses
import datetime as dt
import itertools
import stat
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from gongkai.archive.archive import Archive, new_run_id
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.object_lock import Locked, LockUnsupportedError, ObjectLock
from gongkai.archive.s3_store import AT_ONCE, S3Store
from gongkai.archive.store import ObjectMissingError, Store, StoreError

Told = Callable[[str], None]


@dataclasses.dataclass(slots=True)
class Changed:
    """How many objects an action changed, how many were so already, and those that it could not change."""

    changed: int = 0
    unchanged: int = 0
    failed: list[str] = dataclasses.field(default_factory=list)


def object_lock(store: Store) -> ObjectLock:
    """The object lock of a store.  Raises LockUnsupportedError on a directory, and for a bucket without it."""
    if not isinstance(store, S3Store):
        raise LockUnsupportedError(
            f"the directory {store.url!r} cannot be locked: whoever owns it can delete in it; --read-only guards"
            " against slips, a copy on an S3 server with object lock against more"
        )
    return ObjectLock(store)


def change_all(keys: Iterable[str], action: Callable[[str], bool], told: Told) -> Changed:
    """Do something with each object, several at a time; what fails is named and stops nothing."""
    done = Changed()

    def attempt(key: str) -> tuple[str, bool | None]:
        try:
            return key, action(key)
        except (ObjectMissingError, StoreError):
            return key, None

    for key, changed in _side_by_side(keys, attempt):
        done.changed += changed is True
        done.unchanged += changed is False
        if changed is None:
            done.failed.append(key)
        told(key)
    return done


def locks_of(lock: ObjectLock, keys: Iterable[str]) -> Iterator[tuple[str, Locked]]:
    """Each object's lock, of those that have one; an object that is not there has none."""

    def ask(key: str) -> tuple[str, Locked]:
        try:
            return key, lock.lock_of(key)
        except ObjectMissingError:
            return key, Locked()

    return ((key, locked) for key, locked in _side_by_side(keys, ask) if locked != Locked())


def _side_by_side(keys: Iterable[str], action: Callable[[str], tuple[str, Any]]) -> Iterator[tuple[str, Any]]:
    waiting = iter(keys)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads:
        while some := list(itertools.islice(waiting, 8 * AT_ONCE)):
            yield from threads.map(action, some)


def make_read_only(store: Store, key: str) -> bool:
    """Take the permission to write from an object's file.  False where nobody has it.

    Raises LockUnsupportedError on S3, ObjectMissingError.
    """
    if not isinstance(store, DirectoryStore):
        raise LockUnsupportedError(f"{store.url!r} has no files: lock it with --until, --days or --hold")
    path = Path(store.locate(key))
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if not mode & 0o222:
            return False
        path.chmod(mode & ~0o222)
    except FileNotFoundError as error:
        raise ObjectMissingError(f"{key!r} is not in {store.url!r}") from error
    except OSError as error:
        raise StoreError(f"{key!r} cannot be made read-only: {error.strerror}") from error
    return True


def write_report(archive: Archive, started: dt.datetime, action: dict[str, Any], done: Changed) -> None:
    """Leave a run report of what was locked or released."""
    report = {
        "command": "lock",
        "started": started.isoformat(),
        "finished": dt.datetime.now(dt.UTC).isoformat(),
        **action,
        "changed": done.changed,
        "unchanged": done.unchanged,
        "failed": done.failed,
        "exit_code": 1 if done.failed else 0,
    }
    archive.write_run_report(new_run_id(started), report)
