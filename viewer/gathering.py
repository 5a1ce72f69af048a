"""What is gathered from the whole archive or a part of it: in the background, kept until there was another run."""

from __future__ import annotations

import collections
import contextlib
import contextvars
import dataclasses
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import duckdb
import pyarrow as pa

from gongkai.archive.archive import Archive
from gongkai.archive.store import ArchiveError, Store
from gongkai.lake.manifest import MANIFEST_KEY
from gongkai.queries.errors import QueryError
from gongkai.viewer.errors import NotHeldError

PATIENCE = 0.5
"""Seconds a page waits for what is being gathered before it says so."""
_ENDING_SECONDS = 5.0
_CONNECTING_SECONDS = 0.5
"""In so long what is being gathered has its connection, if it needs one."""
_PARTS = 60
"""Parts of the archive of which something is kept."""

Gather = Callable[..., pa.Table]
"""Gathers from an archive; further arguments say from which part of it."""
_Name = tuple[str, ...]
"""What is gathered, and of which part."""


class Lake(Protocol):
    """A connection that is worked with."""

    def interrupt(self) -> None: ...
    def close(self) -> None: ...


_WORKING: contextvars.ContextVar[list[Lake]] = contextvars.ContextVar("_WORKING")


@contextlib.contextmanager
def closed_at_the_end(lake: Lake) -> Iterator[None]:
    """Close a connection behind what is gathered with it, and let ``Gathering.close`` interrupt it: DuckDB ends the
    whole process, and not well, where Python ends amid a question."""
    working = _WORKING.get([])
    working.append(lake)
    try:
        yield
    finally:
        lake.close()
        working.remove(lake)


@dataclasses.dataclass(slots=True)
class _Work:
    mark: str
    done: threading.Event = dataclasses.field(default_factory=threading.Event)
    rows: pa.Table | None = None
    error: Exception | None = None


def mark_of(store: Store) -> str:
    """Stands for the newest publication without reading its manifest; empty where nothing was published."""
    info = store.info(MANIFEST_KEY)
    return "" if info is None else info.tag or str(info.size)


class Gathering:
    """Tables by name, each gathered once for each state of the archive; safe to use from several threads.

    Of parts of the archive one is gathered at a time, and the last are kept.
    """

    def __init__(self, archive: Archive, by_name: Mapping[str, Gather]) -> None:
        self._archive = archive
        self._by_name = by_name
        self._lock = threading.Lock()
        self._turn = threading.Lock()
        self._work: collections.OrderedDict[_Name, _Work] = collections.OrderedDict()
        self._working: list[Lake] = []

    def rows(self, name: str, mark: str, patience: float = PATIENCE, **of: object) -> pa.Table | None:
        """The table, None while it is being gathered; ``mark`` stands for the state of the archive, ``of`` for a part.

        Raises what gathering it raised, NotHeldError for a name that nothing is gathered under.
        """
        if name not in self._by_name:
            raise NotHeldError(f"{name!r} is not gathered here")
        key = (name, *(f"{part}={value!r}" for part, value in sorted(of.items())))
        with self._lock:
            work = self._work.get(key)
            if work is None or (work.mark != mark and work.done.is_set()):
                self._forget()
                work = self._work[key] = _Work(mark)
                context = contextvars.copy_context()
                threading.Thread(target=context.run, args=(self._gather, work, name, of), daemon=True).start()
            self._work.move_to_end(key)
        if not work.done.wait(patience):
            return None
        if work.error is not None:
            with self._lock:
                self._work.pop(key, None)
            raise work.error
        return work.rows

    def close(self) -> None:
        """End what is being gathered with a connection to the lake."""
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < _ENDING_SECONDS:
            is_busy = any(not work.done.is_set() for work in list(self._work.values()))
            if not self._working and not (is_busy and passed < _CONNECTING_SECONDS):
                return
            for lake in list(self._working):
                with contextlib.suppress(duckdb.Error):  # it was closed meanwhile
                    lake.interrupt()
            time.sleep(0.02)

    def _forget(self) -> None:
        """Give up the parts that were not asked for the longest."""
        parts = [key for key, work in self._work.items() if len(key) > 1 and work.done.is_set()]
        for key in parts[: max(len(parts) - _PARTS, 0)]:
            del self._work[key]

    def _gather(self, work: _Work, name: str, of: Mapping[str, object]) -> None:
        _WORKING.set(self._working)
        try:
            with self._turn if of else contextlib.nullcontext():
                work.rows = self._by_name[name](self._archive, **of)
        except (ArchiveError, QueryError, OSError, duckdb.InterruptException) as error:
            work.error = error
        finally:
            work.done.set()
