"""A package that is being written: its mark, and the lock that keeps a second writer away."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gongkai.archive import formats, seal
from gongkai.archive.keys import INCOMING, LOCKS
from gongkai.archive.lock import locked
from gongkai.archive.store import ArchiveError, ObjectInfo, ObjectMissingError, Store

UNFINISHED = "UNFINISHED"
_KIND = "kind"


class PackageRefusedError(ArchiveError, ValueError):
    """Raised when a package cannot be written where, or out of what, it was asked for."""


def mark(store: Store, kind: str, **facts: Any) -> None:
    """Say that a package of this kind is not whole, and what whoever finishes it has to know."""
    store.write(UNFINISHED, seal.sealed_json({formats.MEMBER: 1, _KIND: kind, **facts}))


def marked(store: Store, kind: str) -> dict[str, Any] | None:
    """What the mark says; None where there is none of this kind.  Raises PackageRefusedError for a damaged mark."""
    try:
        data = store.read(UNFINISHED)
    except ObjectMissingError:
        return None
    try:
        document = seal.load_sealed_json(data)
    except seal.SealBrokenError as error:
        with contextlib.suppress(ValueError):
            if isinstance(plain := json.loads(data), dict) and plain.get(_KIND) == kind:
                raise PackageRefusedError(f"{UNFINISHED!r} in {store.url!r} was altered: {error}") from error
        return None
    return document if document.get(_KIND) == kind else None


def unmark(store: Store) -> None:
    """Say that the package is whole."""
    store.delete(UNFINISHED)


@contextlib.contextmanager
def writing(store: Store, name: str = "") -> Iterator[None]:
    """Keep a second writer of the package away, which is a whole store or what has a name in it.  Afterwards nothing
    tells of that.

    Raises LockedError while another process writes it.
    """
    folder = Path(store.url) if store.access is None else None
    was_there = folder is None or folder.exists()
    lock = f"package-{hashlib.sha256(name.encode()).hexdigest()[:16]}" if name else "package"
    try:
        with locked(store, lock, leave_file=False):
            yield
    finally:
        if folder is not None:
            left = (INCOMING, f"{LOCKS}{lock}.clock", f"{LOCKS}{lock}", LOCKS, *([] if was_there else ["."]))
            for each in left:
                with contextlib.suppress(OSError):
                    (folder / each).rmdir()


def objects(store: Store) -> Iterator[ObjectInfo]:
    """List the objects of a package, without the lock of whoever writes it."""
    return (info for info in store.list("") if not info.key.startswith(LOCKS))
