"""The mark of a package that is being written, and what else can be said of one from outside."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

from gongkai.archive import formats, seal
from gongkai.archive.keys import INCOMING
from gongkai.archive.store import ArchiveError, ObjectMissingError, Store

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
    """Say that the package is whole, and remove the folder in which a directory's files were begun."""
    store.delete(UNFINISHED)
    if store.access is None:
        with contextlib.suppress(OSError):
            (Path(store.url) / INCOMING).rmdir()
