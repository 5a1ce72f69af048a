"""A Dask cluster by the address of its scheduler, or one made on this machine, and tasks put through it."""

from __future__ import annotations

import contextlib
import logging
import re
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from distributed import Client, Future, LocalCluster, as_completed
from distributed.utils import silence_logging_cmgr

from gongkai.archive.children import safe_path
from gongkai.archive.machine import machine_bytes
from gongkai.cluster.terms import Terms, WorkerRefusedError, refusal
from gongkai.exits import Exit
from gongkai.parsing.memory import most_workers
from gongkai.session import CommandError

CONNECT_SECONDS = 30
"""Patience with a scheduler that does not answer."""

WITHOUT_WORKERS_SECONDS = 600.0
"""Patience with a cluster without workers: one that grows with its work starts its machines only then."""

_LOOK_EVERY_SECONDS = 5.0
"""Between two looks at which workers there are."""

_PAUSE_SECONDS = 0.01
"""Between two looks for results."""

_LOCAL = re.compile(r"local:([1-9]\d{0,3})")
Task = TypeVar("Task")


class Cluster:
    """A cluster whose workers keep the terms."""

    def __init__(self, client: Client, address: str, terms: Terms) -> None:
        self._client, self._address, self._terms = client, address, terms
        self._threads, self._looked = 0, float("-inf")
        self._with_workers = time.monotonic()

    def assure(self) -> None:
        """Ask every worker that is there.  Raises CommandError naming the first that does not keep the terms.

        One that goes away meanwhile has none to keep, and no connection to it.
        """
        answers: dict[str, Any] = self._client.run(refusal, self._terms, on_error="return")
        for worker, answer in sorted(answers.items()):
            if answer is not None and not isinstance(answer, OSError):
                raise CommandError(
                    f"the worker {worker} of {self._address} is refused: {_in_words(answer)}", Exit.WRONG_USAGE
                )

    def each(
        self, work: Callable[[Terms, Task], Any], take: Callable[[], Task | None], *, per_thread: int
    ) -> Iterator[tuple[Task, Future[Any]]]:
        """Have ``work`` done with what ``take`` gives, until it gives None while nothing is under way.

        At most ``per_thread`` tasks for each thread of the workers are under way.  Each is given back once it is done,
        in whatever order, its future settled.  Raises CommandError where the scheduler is lost, or all workers.
        """
        under_way: dict[Future[Any], Task] = {}
        settled = as_completed(loop=self._client.loop)
        try:
            while True:
                while len(under_way) < max(1, self._count() * per_thread) and (task := take()) is not None:
                    future = self._client.submit(work, self._terms, task, pure=False)
                    under_way[future] = task
                    settled.add(future)
                if not under_way:
                    return
                for future in self._next(settled):
                    self._assure_served(future)
                    yield under_way.pop(future), future
                    future.release()
        finally:
            self._client.cancel(list(under_way), force=True)

    def _next(self, settled: as_completed) -> list[Future[Any]]:
        while not settled.has_ready():
            if not self._count() and time.monotonic() - self._with_workers > WITHOUT_WORKERS_SECONDS:
                raise CommandError(
                    f"{self._address} has had no worker for {WITHOUT_WORKERS_SECONDS / 60:.0f} minutes: start some, and"
                    " run the same command again",
                    Exit.SOMETHING_FAILED,
                )
            time.sleep(_PAUSE_SECONDS)
        batch: list[Future[Any]] = settled.next_batch(block=False)
        return batch

    def _assure_served(self, future: Future[Any]) -> None:
        if future.status in {"cancelled", "lost"}:
            raise self._lost()
        if future.status == "error" and isinstance(error := future.exception(), WorkerRefusedError):
            raise CommandError(f"a worker of {self._address} is refused: {error}", Exit.SOMETHING_FAILED)

    def _count(self) -> int:
        """The threads of all workers, asked for now and then."""
        now = time.monotonic()
        if now - self._looked > _LOOK_EVERY_SECONDS or not self._threads:
            if self._client.status != "running":
                raise self._lost()
            try:
                self._threads = sum(self._client.nthreads().values())
            except OSError as error:
                raise self._lost() from error
            self._looked = time.monotonic()
            if self._threads:
                self._with_workers = self._looked
        return self._threads

    def _lost(self) -> CommandError:
        return CommandError(
            f"the scheduler at {self._address} went away: what was finished is kept; run the same command again to go"
            " on once it is back",
            Exit.SOMETHING_FAILED,
        )


def _in_words(answer: Any) -> str:
    """A worker's refusal; or the exception that it answered with, as one does that cannot import gongkai."""
    if isinstance(answer, Exception):
        return f"it has no gongkai like this one ({answer}): install the version of this machine there"
    return str(answer)


class _Client(Client):
    """A client that ``connected`` closes.

    One whose connection failed would be closed when its memory is freed, perhaps amid the start of another client's
    thread, and then wait for what that start holds.
    """

    def __del__(self) -> None:
        pass


@contextlib.contextmanager
def connected(address: str, terms: Terms) -> Iterator[Cluster]:
    """The cluster at the address of a scheduler, or for ``local:N`` one of so many workers on this machine.

    Raises CommandError where there is none, or where one of its workers does not keep the terms.
    """
    with contextlib.ExitStack() as opened:
        # A command ends with one sentence; what Dask logs of a connection that breaks is not for its reader.
        opened.enter_context(silence_logging_cmgr(logging.CRITICAL))
        if local := _LOCAL.fullmatch(address):
            opened.enter_context(safe_path())  # also for a worker in the place of one that died
            place: str | LocalCluster = opened.enter_context(_local(int(local[1])))
        elif "://" in address:
            place = address
        else:
            raise _unreachable(address, "it is no address")
        try:
            client = opened.enter_context(_Client(place, timeout=CONNECT_SECONDS, set_as_default=False))  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TypeError) as error:
            raise _unreachable(address, str(error)) from error
        cluster = Cluster(client, address, terms)
        cluster.assure()
        yield cluster


def _unreachable(address: str, why: str) -> CommandError:
    return CommandError(
        f"no Dask scheduler answers at {address!r} ({why}): give --cluster the address that it says when it starts, as"
        " tcp://HOST:8786, or local:N for N workers on this machine",
        Exit.WRONG_USAGE,
    )


def _local(workers: int) -> LocalCluster:
    """Workers on loopback, fewer where the machine has not the memory for so many children."""
    memory = machine_bytes()
    workers = min(workers, most_workers(memory))
    # A terminal sends Ctrl-C to all of them; it is this process that ends the workers, in order.
    handler = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            host="127.0.0.1",
            # Without a dashboard Dask still answers HTTP; on loopback, at a port that is free.
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            memory_limit=memory // workers,
            silence_logs=logging.CRITICAL,
        )
    finally:
        signal.signal(signal.SIGINT, handler)
