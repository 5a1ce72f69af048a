"""The full text of the lake: the one function for the command, Python and whoever else asks."""

from __future__ import annotations

import functools
import sqlite3
import zlib
from collections.abc import Callable
from typing import TypeVar

from gongkai.archive.store import Store
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.full_text.finding import Answer, Question, find
from gongkai.queries.full_text.index import Index, Standing

T = TypeVar("T")

_DAMAGE = (sqlite3.DatabaseError, zlib.error, ValueError, TypeError)
"""What an index raises that is not as it was written."""


def search(store: Store, question: Question, note: Callable[[str], None] = lambda _: None) -> Answer:
    """What a question finds in the lake as it is now: the index is brought in line first.

    All hits are counted when ``total`` is asked for.  ``note`` is told in one sentence of an index that is damaged or
    takes time to make.  Raises LakeUnusableError, StoreError.
    """
    index = Index(store, note, place=question.place)
    answer = _asked(store, index, question, lambda answer: answer)

    def count() -> int:
        try:
            return answer.total
        except _DAMAGE:  # or another index took its place meanwhile
            return _asked(store, index, question, lambda answer: answer.total)

    return Answer(answer.hits, count)


def standing(store: Store, place: str = "") -> Standing:
    """The index as it stands, of a place or all.  Raises LakeUnusableError, StoreError."""
    return Index(store, lambda _: None, place=place).standing()


def search_standing(store: Store, question: Question) -> tuple[Answer, Standing]:
    """What a question finds in the index as it stands, which is not brought in line; all hits are counted.

    Raises LakeUnusableError, StoreError.
    """
    for is_last in (False, True):
        found = standing(store, question.place)
        if found.shown is None:
            break
        try:
            answer = find(found.shown.segments, found.shown.folder.opened, question)
            return Answer(answer.hits, functools.partial(int, answer.total)), found
        except _DAMAGE as error:  # another index took its place meanwhile, or it is damaged
            if is_last:
                raise _unreadable(store, error) from error
    return Answer([], int), found


def _asked(store: Store, index: Index, question: Question, wanted: Callable[[Answer], T]) -> T:
    """What is wanted of an answer, from the index or from the one made anew."""
    shown = index.opened()
    try:
        return wanted(find(shown.segments, shown.folder.opened, question))
    except _DAMAGE as error:
        index.distrust(shown, str(error))
    shown = index.opened()
    try:
        return wanted(find(shown.segments, shown.folder.opened, question))
    except sqlite3.Error as error:
        raise _unreadable(store, error) from error


def _unreadable(store: Store, error: Exception) -> LakeUnusableError:
    return LakeUnusableError(f"the index of the full text of {store.url!r} cannot be read: {error}")
