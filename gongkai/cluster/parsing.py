"""Originals parsed by a cluster.

A worker has its child processes parse, each within the limits of time and memory that hold on one machine, and leaves
the rows of an original in the archive's store under ``handover/``; their key and SHA-256 travel back.  The publisher,
of whom there is one, takes them from there, and publishes them like rows that were parsed on its own machine.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import functools
import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from distributed import Future, KilledWorker, get_worker

from gongkai.archive import Archive, ArchiveError, locked
from gongkai.archive.machine import machine_bytes
from gongkai.archive.store import Store
from gongkai.cluster import children
from gongkai.cluster.connection import Cluster, connected
from gongkai.cluster.handover import dump, load
from gongkai.cluster.terms import Terms, assure, marked, sweep
from gongkai.lake.packing import PackedDocument, pack
from gongkai.parsing.document import refuse
from gongkai.parsing.memory import bytes_per_worker
from gongkai.parsing.stage import Pool
from gongkai.parsing.workers import Child, Limits, Task

LOCK = "cluster-parse"
"""Held by the run that hands over in an archive."""

TASKS_PER_THREAD = 3
"""One that is parsed, one that waits at the worker, one that waits at the scheduler."""


@dataclasses.dataclass(frozen=True, slots=True)
class Handed:
    """Rows that wait in the store: their SHA-256 as well, so that they are not taken for others."""

    key: str
    sha256: str


@contextlib.contextmanager
def cluster_pool(archive: Archive, address: str) -> Iterator[Pool]:
    """A pool for ``parse``.  Raises CommandError, and LockedError where another run has its cluster at the archive."""
    store = archive.store
    with locked(store, LOCK):
        sweep(store, "parse-")  # what a run that was killed left
        with marked(store, "parse") as terms, connected(address, terms) as cluster:
            yield lambda _root, tasks: _parsed(cluster, store, tasks)


def _parsed(cluster: Cluster, store: Store, tasks: Sequence[Task]) -> Iterator[PackedDocument]:
    waiting = iter(tasks)
    for task, future in cluster.each(parse_here, lambda: next(waiting, None), per_thread=TASKS_PER_THREAD):
        yield from _taken(store, task, future)


def _taken(store: Store, task: Task, future: Future[Any]) -> list[PackedDocument]:
    """The rows of a task; where they are lost, the original is refused for a reason that may pass."""
    try:
        handed: Handed = future.result()
        data = store.read(handed.key)
    except KilledWorker:
        return [_lost(task, "parser_died", "every worker that was given this file went away")]
    except ArchiveError as error:
        return [_lost(task, "original_unreadable", str(error))]
    if hashlib.sha256(data).hexdigest() != handed.sha256:
        return [_lost(task, "original_unreadable", f"{handed.key!r} is not what the worker wrote")]
    store.delete(handed.key)
    return load(data)


def _lost(task: Task, kind: str, reason: str) -> PackedDocument:
    return dataclasses.replace(pack(refuse(task.sha256, kind, reason)), is_passing=True)


@functools.lru_cache(maxsize=1)
def _store(root: str) -> Store:
    return Archive.open(root).store


_idle: collections.deque[Child] = collections.deque()
"""Children of this worker that wait for an original."""


def parse_here(terms: Terms, task: Task) -> Handed:
    """On a worker: parse an original and hand its rows over."""
    assure(terms)
    with children.starting():
        child = _child(terms.root)
    with contextlib.ExitStack() as at_failure:
        at_failure.callback(child.close)
        with children.starting():  # another in the place of one that died
            documents = child.parse(task)
        data = dump(documents)
        at_failure.pop_all()
    _idle.append(child)
    handed = Handed(terms.key(task.sha256), hashlib.sha256(data).hexdigest())
    _store(terms.root).write(handed.key, data)
    return handed


def _child(root: str) -> Child:
    """An idle child, else a new one, whose memory is its share of the worker's."""
    with contextlib.suppress(IndexError):
        while True:
            child = _idle.pop()
            if child.root == root:
                return child
            child.close()
    children.allow(_close_idle)
    worker = get_worker()
    memory = worker.memory_manager.memory_limit or machine_bytes()
    return Child(root, Limits(bytes=bytes_per_worker(memory, worker.state.nthreads)))


def _close_idle() -> None:
    while _idle:
        _idle.pop().close()
