"""Pages that were written before, and those being written: what many ask for at once is written once."""

from __future__ import annotations

import collections
import contextlib
import threading
from collections.abc import Iterator

_BYTES = 32 * 2**20
_PATIENCE = 20.0
"""Seconds to wait for a page that somebody else is having written."""

Key = tuple[str, ...]


class KeptPages:
    """Pages by what they were asked with, as long as there is room; safe to use from several threads."""

    def __init__(self, room: int = _BYTES) -> None:
        self._room = room
        self._lock = threading.Lock()
        self._pages: collections.OrderedDict[Key, bytes] = collections.OrderedDict()
        self._bytes = 0
        self._under_way: dict[Key, threading.Event] = {}

    def keep(self, key: Key, page: bytes) -> None:
        """Keep a page, and give up those that were not asked for the longest where there is no room."""
        with self._lock:
            self._bytes += len(page) - len(self._pages.pop(key, b""))
            self._pages[key] = page
            while self._bytes > self._room:
                self._bytes -= len(self._pages.popitem(last=False)[1])

    @contextlib.contextmanager
    def wanted(self, key: Key, patience: float = _PATIENCE) -> Iterator[bytes | None]:
        """The page; None where it is to be written.

        The first who wants a page writes it and may keep it, while others wait for what comes of that; if nothing was
        kept, each writes it.
        """
        with self._lock:
            page, under_way = self._found(key), self._under_way.get(key)
            mine = threading.Event() if page is None and under_way is None else None
            if mine is not None:
                self._under_way[key] = mine
        if page is None and under_way is not None:
            under_way.wait(patience)
            with self._lock:
                page = self._found(key)
        try:
            yield page
        finally:
            if mine is not None:
                with self._lock:
                    del self._under_way[key]
                mine.set()

    def _found(self, key: Key) -> bytes | None:
        if key in self._pages:
            self._pages.move_to_end(key)
        return self._pages.get(key)
