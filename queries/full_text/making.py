"""Making segments: one alone, or several beside each other, each in a process of its own.

A process costs half a second, so small segments are made here.  One that ends without its segment (killed for want of
memory, or by an error) costs nothing but time: its segment is made here, and what fails here too is told by its error.
"""

from __future__ import annotations

import contextlib
import dataclasses
import os
import pickle
import queue
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from gongkai.archive import children
from gongkai.archive.machine import machine_bytes
from gongkai.archive.store import Store
from gongkai.lake.manifest import LakeFile
from gongkai.queries.full_text.folder import IndexFolder
from gongkai.queries.full_text.passages import documents
from gongkai.queries.full_text.segment import Draft, HeldPartition, documents_of
from gongkai.queries.full_text.statement import Segment
from gongkai.queries.settings import query_settings

Files = Mapping[str, LakeFile]
"""The files of one partition by table."""

Advance = Callable[[str], None]
"""Is told of each partition read."""

_SMALL = 2_000_000
"""Bytes of the lake's files that take about two seconds: a segment of less is not worth a process."""

_BYTES = 2**29
"""Memory that a process is reckoned with: twice what it was seen to take."""

_PART = 3 / 4
"""Part of the machine's memory that processes may take."""


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """A partition that a segment is to hold."""

    path: str
    files: Files
    bytes: int
    """The bytes of its files."""
    year: int | None
    held: tuple[Segment, int] | None = None
    """The segment that holds it as it is now, and its number there; None where the lake must be read."""


@dataclasses.dataclass(frozen=True, slots=True)
class Order:
    """A segment to make: the place it has among the new ones of its province, and its partitions."""

    province: str | None
    number: int
    parts: tuple[Part, ...]


def named(files: Files) -> str:
    """The hashes of a partition's files, in one text."""
    return " ".join(f"{table}:{files[table].sha256}" for table in sorted(files))


def make(folder: IndexFolder, store: Store, order: Order, advance: Advance) -> Segment:
    """Write a segment.  Raises ManifestError, StoreError, OSError, sqlite3.Error."""
    with folder.made() as written, contextlib.closing(sqlite3.connect(written.draft)) as connection:
        draft = Draft(connection)
        for number, part in enumerate(order.parts, 1):
            to_hold = HeldPartition(number, part.path, named(part.files), part.bytes, part.year)
            if part.held:
                segment, there = part.held
                with contextlib.closing(folder.opened(segment)) as held:
                    draft.add(to_hold, documents_of(held, there))
            else:
                draft.add(to_hold, documents(store, part.files))
                advance(part.path)
        draft.finish(written.path)
    years = dict.fromkeys(part.year for part in order.parts)
    return Segment(written.digest, written.mark, tuple(years))


def made(
    folder: IndexFolder, store: Store, orders: Iterable[Order], advance: Advance
) -> Iterator[tuple[Order, Segment]]:
    """Write segments, in the order in which they are done; an order is taken when there is a process for it.

    Raises what ``make`` raises.
    """
    told: queue.SimpleQueue[_Told] = queue.SimpleQueue()
    most, under_way = most_processes(), list[_Process]()

    def awaited() -> Iterator[tuple[Order, Segment]]:
        process, what = told.get()
        if isinstance(what, str):
            advance(what)
        else:
            under_way.remove(process)
            process.end()
            yield process.order, what or make(folder, store, process.order, advance)

    try:
        for order in orders:
            process = None if most == 1 or _is_small(order) else _started(folder, store, order, told)
            if process is None:
                yield order, make(folder, store, order, advance)
                continue
            under_way.append(process)
            while len(under_way) >= most:
                yield from awaited()
        while under_way:
            yield from awaited()
    finally:
        for process in under_way:
            process.end()


def most_processes() -> int:
    """How many processes make segments at once: one for each core or allowed thread that there is memory for."""
    cores = query_settings().threads or os.cpu_count() or 1
    return max(1, min(cores, int(machine_bytes() * _PART) // _BYTES))


def _is_small(order: Order) -> bool:
    return sum(part.bytes for part in order.parts) < _SMALL


def _started(folder: IndexFolder, store: Store, order: Order, told: queue.SimpleQueue[_Told]) -> _Process | None:
    """A process that makes a segment; None where the system starts no more."""
    command = children.command("gongkai.queries.full_text.maker")
    here = [str(Path(folder).absolute()) for folder in sys.path if folder]  # the same code; "" is the current folder
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(here)}
    try:
        popen = subprocess.Popen(  # noqa: S603 - our own command line
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError:
        return None
    return _Process(popen, order, pickle.dumps((str(folder.path), store.url, order)), told)


class _Process:
    """A process that makes one segment, and the thread that hears what it tells."""

    def __init__(
        self, popen: subprocess.Popen[bytes], order: Order, task: bytes, told: queue.SimpleQueue[_Told]
    ) -> None:
        self.order = order
        self._popen = popen
        self._task = task
        self._told = told
        self._thread = threading.Thread(target=self._hear, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """End the process, also in the middle of its work."""
        self._popen.kill()
        self._thread.join()
        with contextlib.suppress(OSError), self._popen:
            pass

    def _hear(self) -> None:
        given, heard = self._popen.stdin, self._popen.stdout
        if given is None or heard is None:
            raise AssertionError("both are pipes")
        what: str | Segment | None = ""
        while isinstance(what, str):
            try:
                if self._task:
                    given.write(self._task)
                    given.flush()
                    self._task = b""
                what = pickle.load(heard)  # noqa: S301 - from a process of our own
            except (OSError, EOFError, pickle.UnpicklingError):
                what = None
            self._told.put((self, what))


_Told = tuple[_Process, str | Segment | None]
"""A process and what it tells: a partition that it read, the segment that it made, or None where it ended without."""
