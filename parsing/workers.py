"""Worker processes that parse one original at a time, each within a limit of time and memory.

A hostile or broken file can hang a parser, exhaust memory or kill the interpreter; it must cost one issue row and
nothing else.  The standard pools can't do that: one dead worker breaks them whole, and a task that hangs can't be
ended.  Here a worker that dies or overruns is replaced and the document it held is refused by name, for a reason that
may pass: the machine may have killed the worker, or been too busy.
"""

from __future__ import annotations

import dataclasses
import gc
import math
import multiprocessing
import multiprocessing.connection
import resource
import signal
import time
from collections.abc import Iterator, Sequence
from typing import Any

from gongkai.archive import Archive, ArchiveError, children
from gongkai.archive.machine import machine_bytes
from gongkai.lake.packing import PackedDocument, pack
from gongkai.parsing.document import parse_original, refuse
from gongkai.parsing.memory import bytes_per_worker, most_workers
from gongkai.parsing.publisher import Context

SECONDS_PER_DOCUMENT = 600
"""The slowest real disclosure seen takes under a minute; beyond ten it is taken for a hang."""

COLLECT_EVERY = 200_000
"""New objects between two looks for cyclic garbage: cells and runs are many and never cyclic, and Python's own number
has them scanned over and over."""

_ORPHAN_SECONDS = 60
"""Beyond its limit of time a worker lives no longer than this, should the parent that would end it be gone itself."""

_PREVIEW = 200


@dataclasses.dataclass(frozen=True, slots=True)
class Task:
    """One original to parse."""

    sha256: str
    context: Context


@dataclasses.dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a worker for one document: wall-clock seconds, and bytes of address space, by default its share."""

    seconds: float = SECONDS_PER_DOCUMENT
    bytes: int | None = None


@dataclasses.dataclass(slots=True)
class _Worker:
    process: Any
    pipe: multiprocessing.connection.Connection
    task: Task | None = None
    deadline: float = 0.0


def parse_all(
    root: str, tasks: Sequence[Task], workers: int, limits: Limits | None = None, deadline: float = math.inf
) -> Iterator[PackedDocument]:
    """Parse every task, in the order in which they end.  A task yields its own document first, then those inside it.

    Fewer workers run where the machine has not the memory for so many.  Nothing is begun after the ``deadline``, a
    moment of ``time.monotonic``, but for one task for each worker.
    """
    memory = machine_bytes()
    workers = min(workers, len(tasks), most_workers(memory))
    limits = limits or Limits()
    if limits.bytes is None and workers:
        limits = dataclasses.replace(limits, bytes=bytes_per_worker(memory, workers))
    waiting = list(reversed(tasks))
    pool = [_start(root, limits) for _ in range(workers)]
    try:
        for worker in pool:
            _assign(worker, waiting, root, limits)
        while any(worker.task is not None for worker in pool):
            if time.monotonic() >= deadline:
                waiting.clear()
            yield from _collect(pool, waiting, root, limits)
    finally:
        for worker in pool:
            _stop(worker)


class Child:
    """One worker process for a caller with a queue of its own; for one thread at a time.  ``limits`` state bytes."""

    def __init__(self, root: str, limits: Limits) -> None:
        self.root, self._limits = root, limits
        self._worker = _start(root, limits)

    def parse(self, task: Task) -> list[PackedDocument]:
        """The documents of one original; a process that dies or overruns refuses it and is replaced."""
        _assign(self._worker, [task], self.root, self._limits)
        documents: list[PackedDocument] = []
        while self._worker.task is not None:
            documents.extend(_collect([self._worker], [], self.root, self._limits))
        return documents

    def close(self) -> None:
        """End the process, also in the middle of a document."""
        _stop(self._worker)


def _start(root: str, limits: Limits) -> _Worker:
    here, there = multiprocessing.Pipe()
    process = children.spawned(_work, there, root, limits)
    there.close()
    return _Worker(process, here)


def _stop(worker: _Worker) -> None:
    worker.pipe.close()
    if worker.task is not None:
        worker.process.kill()
    worker.process.join(5)
    if worker.process.is_alive():
        worker.process.kill()
        worker.process.join()


def _assign(worker: _Worker, waiting: list[Task], root: str, limits: Limits) -> None:
    """Give a worker its next task; one that died while it had none is replaced, which costs no document anything."""
    worker.task = waiting.pop() if waiting else None
    if worker.task is None:
        return
    try:
        worker.pipe.send(worker.task)
    except OSError:
        _renew(worker, root, limits)
        worker.pipe.send(worker.task)
    worker.deadline = time.monotonic() + limits.seconds


def _collect(pool: list[_Worker], waiting: list[Task], root: str, limits: Limits) -> Iterator[PackedDocument]:
    busy = {worker.pipe: worker for worker in pool if worker.task is not None}
    patience = max(0.0, min(worker.deadline for worker in busy.values()) - time.monotonic())
    for pipe in multiprocessing.connection.wait(list(busy), timeout=patience):
        worker = busy[pipe]  # type: ignore[index]
        yield from _receive(worker, root, limits)
        _assign(worker, waiting, root, limits)
    for worker in busy.values():
        if worker.task is not None and time.monotonic() >= worker.deadline:
            yield _replace(worker, root, limits, "too_slow", f"parsing took more than {limits.seconds:.0f} s")
            _assign(worker, waiting, root, limits)


def _receive(worker: _Worker, root: str, limits: Limits) -> list[PackedDocument]:
    try:
        documents: list[PackedDocument] = worker.pipe.recv()
    except (EOFError, OSError):
        return [_replace(worker, root, limits, "parser_died", "the parser died on this file (memory or a crash)")]
    return documents


def _replace(worker: _Worker, root: str, limits: Limits, kind: str, reason: str) -> PackedDocument:
    """Give a worker that died or overran a new process; the document it held is refused."""
    if worker.task is None:
        raise AssertionError("only a busy worker is replaced")
    refused = _failed(worker.task.sha256, kind, reason)
    _renew(worker, root, limits)
    worker.task = None
    return refused


def _renew(worker: _Worker, root: str, limits: Limits) -> None:
    _stop(worker)
    fresh = _start(root, limits)
    worker.process, worker.pipe = fresh.process, fresh.pipe


def _failed(sha256: str, kind: str, reason: str) -> PackedDocument:
    """A document refused for a reason that may pass."""
    return dataclasses.replace(pack(refuse(sha256, kind, reason)), is_passing=True)


def _work(pipe: multiprocessing.connection.Connection, root: str, limits: Limits) -> None:
    """The life of a worker: take a task, parse, answer, until the pipe is closed."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the parent's to handle; it ends the workers
    if limits.bytes is not None:
        resource.setrlimit(resource.RLIMIT_AS, (limits.bytes, limits.bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    gc.set_threshold(COLLECT_EVERY)
    archive: Archive | None = None
    while True:
        try:
            task: Task = pipe.recv()
        except (EOFError, OSError):
            return
        signal.alarm(math.ceil(limits.seconds) + _ORPHAN_SECONDS)
        try:
            archive = archive or Archive.open(root)
        except ArchiveError as error:
            answer = [_failed(task.sha256, "original_unreadable", str(error))]
        else:
            answer = _parse(archive, task)
        signal.alarm(0)
        try:
            pipe.send(answer)
        except OSError:  # its parent was killed meanwhile; nobody waits for the answer
            return


def _parse(archive: Archive, task: Task) -> list[PackedDocument]:
    try:
        original = archive.original(task.sha256)
        return [pack(document) for document in parse_original(task.sha256, original, task.context)]
    except ArchiveError as error:
        return [_failed(task.sha256, "original_unreadable", str(error))]
    except MemoryError:
        return [_failed(task.sha256, "too_much_memory", "parsing needs more memory than a document may use")]
    except Exception as error:  # noqa: BLE001  the one catch-all of the stage: one bad file costs one issue row
        shown = f"{type(error).__name__}: {error}"[:_PREVIEW]
        reason = f"the parser failed on this file ({shown}); please report it"
        return [pack(refuse(task.sha256, "parser_failed", reason))]
