"""The full text of the lake: the one function for the command, Python and whoever else asks."""

from __future__ import annotations

import contextlib
import sqlite3
import zlib
from collections.abc import Callable

from gongkai.archive.store import Store
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.full_text.finding import Answer, Question, find
from gongkai.queries.full_text.index import Index


def search(store: Store, question: Question, note: Callable[[str], None] = lambda _: None) -> Answer:
    """What a question finds in the lake as it is now: the index is brought in line first.

    ``note`` is told in one sentence of an index that is damaged or takes time to make.  Raises LakeUnusableError,
    StoreError.
    """
    index = Index(store, note)
    try:
        return _found(index, question)
    except (sqlite3.DatabaseError, zlib.error, ValueError, TypeError) as error:
        index.distrust(str(error))
    try:
        return _found(index, question)
    except sqlite3.Error as error:
        raise LakeUnusableError(f"the index of the full text of {store.url!r} cannot be read: {error}") from error


def _found(index: Index, question: Question) -> Answer:
    with contextlib.closing(index.opened()) as connection:
        return find(connection, question)
