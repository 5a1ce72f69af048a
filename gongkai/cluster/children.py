"""Child processes of a Dask worker."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import multiprocessing.connection
import multiprocessing.util
import os
import signal
import threading
from collections.abc import Callable, Iterator

from dask.typing import Key
from distributed import Worker, get_worker

from gongkai.cluster.terms import WorkerRefusedError


@functools.cache
def allow(at_end: Callable[[], None] | None = None) -> None:
    """Let this worker have children, and call ``at_end`` when it ends in order, before Python waits for them.

    Dask's nanny starts its worker as a daemonic process, which may have none so that none outlives it; ours end by
    themselves once their parent is gone.
    """
    multiprocessing.current_process().daemon = False
    if at_end is not None:
        multiprocessing.util.Finalize(None, at_end, exitpriority=100)


@contextlib.contextmanager
def starting() -> Iterator[None]:
    """Refuse this worker where its system has no room for a process that is started in the block.

    Raises WorkerRefusedError: it would spoil one task after the other while its neighbours have room.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WorkerRefusedError(f"{get_worker().address} cannot start a process ({reason})") from error


def is_wanted(worker: Worker, task: Key) -> bool:
    """True while somebody waits for the task; False once its client cancelled it, or went away."""
    state = worker.state.tasks.get(task)
    return state is not None and state.state != "cancelled"


def end_with_parent() -> None:
    """In a child: have SIGTERM end this process when its parent is gone, however that ended."""
    parent = multiprocessing.parent_process()
    if parent is None:
        raise AssertionError("only a child has a parent")
    sentinel = parent.sentinel

    def wait() -> None:
        multiprocessing.connection.wait([sentinel])
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=wait, name="parent", daemon=True).start()
