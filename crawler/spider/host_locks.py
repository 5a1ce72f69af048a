"""The locks of a portal's hosts in the archive: no two crawls of it are at a host at once, wherever they run."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Collection

from scrapy import Spider

from gongkai.archive import LockedError, locked
from gongkai.archive.store import Store

PAUSE_SECONDS = 0.5
"""Between two looks whether the other crawl is done."""


class HostLocks:
    """The locks of some hosts, taken in the order of their names, so that no two crawls wait for one another."""

    def __init__(self, store: Store, hosts: Collection[str]) -> None:
        self._store, self._hosts = store, sorted(hosts)
        self._held = contextlib.ExitStack()
        self._turn, self._is_over = threading.Lock(), False

    async def hold(self) -> bool:
        """Take all, and wait for another crawl where one is at a host; True where that was so.

        Raises what the store raises.
        """
        had_to_wait = False
        for host in self._hosts:
            while not await asyncio.to_thread(self._take, f"host-{host}"):
                had_to_wait = True
                await asyncio.sleep(PAUSE_SECONDS)
        return had_to_wait

    def _take(self, name: str) -> bool:
        with self._turn:
            if self._is_over:
                return False
            try:
                self._held.enter_context(locked(self._store, name))
            except LockedError:
                return False
            return True

    async def release(self, spider: Spider | None = None) -> None:
        """Give all back, also one that is being taken just now; may be connected to a spider's end."""
        await asyncio.to_thread(self._close)

    def _close(self) -> None:
        with self._turn:
            self._is_over = True
            self._held.close()
