"""Originals on their way into the archive: in a few threads, and in a process of its own where they come quickly."""

from __future__ import annotations

import asyncio
import collections
import math
import os
import socket
import subprocess
import time
from typing import cast

from gongkai.archive import Archive, ArchiveError, Arrived, Original, children
from gongkai.archive.keeping_process import framed, taken

_SEND_BUFFER = 1 << 20
"""Bytes that a socket is asked to take without the reader; systems grant less."""


class Keeper:
    """Keeps the originals of all portals of a run.

    A few threads do it; what comes while all of them are busy waits and goes together into one turn.  A thread for each
    original would cost more than storing it, and one thread alone would wait for the disk, original by original.

    Python hands over between threads reluctantly: each call to the system gives the interpreter away, and the loop
    waits until it has it back, about half of the time that an answer takes.  So what comes quickly into a directory
    goes to a process of its own, and the threads have what comes while that one has much to do.
    """

    SIDE_BY_SIDE = 4
    QUICK = 50, 0.5
    """So many originals within so many seconds are worth a process of their own."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._waiting: list[tuple[Arrived, asyncio.Future[Original]]] = []
        self._turns: set[asyncio.Task[None]] = set()
        self._process: KeepingProcess | None = None
        self._users = 0
        self._kept, self._since = 0, -math.inf

    def enter(self) -> None:
        """Say that one more keeps its originals here, until it leaves."""
        self._users += 1

    async def leave(self) -> None:
        """Say that one keeps nothing more; the last one ends the process."""
        self._users -= 1
        if not self._users and self._process is not None:
            process, self._process = self._process, None
            await process.end()

    async def keep(self, payload: Arrived) -> Original:
        """Returns once the original is stored.  Raises what `Archive.keep_original` raises."""
        if self._come_quickly() and self._process is None and self._is_directory:
            self._process = KeepingProcess(self._archive.store.url)
            await self._process.start()
        if payload.is_whole and self._process is not None and self._process.is_free:
            try:
                original = await self._process.keep(payload)
            except ConnectionError:  # it ended: whatever it had not answered is stored by the threads
                return await self._keep_in_threads(payload)
            self._archive.remember(original.sha256)
            return original
        return await self._keep_in_threads(payload)

    @property
    def _is_directory(self) -> bool:
        """True for a directory, where the system hands a socket to a child as its input."""
        return self._archive.store.access is None and os.name == "posix"

    def _come_quickly(self) -> bool:
        many, seconds = self.QUICK
        self._kept += 1
        if self._kept % many:
            return False
        now, before = time.monotonic(), self._since
        self._since = now
        return now - before <= seconds

    async def _keep_in_threads(self, payload: Arrived) -> Original:
        stored: asyncio.Future[Original] = asyncio.get_running_loop().create_future()
        self._waiting.append((payload, stored))
        if len(self._turns) < self.SIDE_BY_SIDE:
            turn = asyncio.ensure_future(self._take_turns())
            self._turns.add(turn)
            turn.add_done_callback(self._turns.discard)
        return await stored

    async def _take_turns(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            ends = await asyncio.to_thread(self._store_batch, [payload for payload, _ in batch])
            for (_, stored), end in zip(batch, ends, strict=True):
                _settle(stored, end)

    def _store_batch(self, payloads: list[Arrived]) -> list[Original | ArchiveError]:
        ends: list[Original | ArchiveError] = []
        for payload in payloads:
            try:
                ends.append(self._archive.keep_original(payload))
            except ArchiveError as error:
                ends.append(error)
        return ends


class KeepingProcess(asyncio.Protocol):
    """The other end of `gongkai.archive.keeping_process`, which answers in the order in which it is asked."""

    PATIENCE_SECONDS = 0.1
    """An original that waits longer tells of a slow disk, which is better waited for side by side."""

    def __init__(self, root: str) -> None:
        self._root = root
        self._unanswered: collections.deque[tuple[float, asyncio.Future[Original]]] = collections.deque()
        self._received = bytearray()
        self._transport: asyncio.Transport | None = None
        self._is_ready = False
        self._child: subprocess.Popen[bytes] | None = None

    async def start(self) -> None:
        """Start it; it is free once it says that it is ready, and never where the system starts no process."""
        ours, theirs = socket.socketpair()
        with theirs:
            ours.setblocking(False)
            ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _SEND_BUFFER)
            # In a session of its own the keys that stop a crawl do not reach it.  What it has to say of itself nobody
            # waits for: the threads meet the same and tell.
            try:
                self._child = subprocess.Popen(  # noqa: S603 - our own command
                    children.command("gongkai.archive.keeping_process", self._root),
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )
            except OSError:
                ours.close()
                return
        await asyncio.get_running_loop().create_connection(lambda: self, sock=ours)

    @property
    def is_free(self) -> bool:
        """True where it takes one more: it is there, and does not take long with what it has."""
        waited = time.monotonic() - self._unanswered[0][0] if self._unanswered else 0.0
        return self._is_ready and waited < self.PATIENCE_SECONDS

    async def keep(self, payload: Arrived) -> Original:
        """As `Keeper.keep`, of a payload in memory.  Raises ConnectionError where the process ended meanwhile."""
        if self._transport is None:
            raise ConnectionResetError
        answer: asyncio.Future[Original] = asyncio.get_running_loop().create_future()
        self._unanswered.append((time.monotonic(), answer))
        self._transport.write(framed((payload.sha256, payload.head)))
        return await answer

    async def end(self) -> None:
        """Close the connection, and wait until the process has ended."""
        if self._transport is not None:
            self._transport.close()
        if self._child is not None:
            await asyncio.to_thread(self._child.wait)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        for message in taken(self._received):
            if self._is_ready:
                _settle(self._unanswered.popleft()[1], message)
            self._is_ready = True

    def connection_lost(self, error: Exception | None) -> None:
        self._transport, self._is_ready = None, False
        while self._unanswered:
            _settle(self._unanswered.popleft()[1], ConnectionResetError())


def _settle(stored: asyncio.Future[Original], end: Original | Exception) -> None:
    if stored.done():
        return  # nobody waits for it any more
    if isinstance(end, Original):
        stored.set_result(end)
    else:
        stored.set_exception(end)
