"""What is gathered from the whole archive: in the background, kept until there was another run."""

from __future__ import annotations

import contextvars
import dataclasses
import threading
from collections.abc import Callable, Mapping

import pyarrow as pa

from gongkai.archive.archive import Archive
from gongkai.archive.store import ArchiveError, Store
from gongkai.lake.manifest import MANIFEST_KEY
from gongkai.queries.errors import QueryError
from gongkai.viewer.errors import NotHeldError

PATIENCE = 2.0
"""Seconds a page waits for what is being gathered before it says so."""

Gather = Callable[[Archive], pa.Table]


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
    """Tables by name, each gathered once for each state of the archive; safe to use from several threads."""

    def __init__(self, archive: Archive, by_name: Mapping[str, Gather]) -> None:
        self._archive = archive
        self._by_name = by_name
        self._lock = threading.Lock()
        self._work: dict[str, _Work] = {}

    def rows(self, name: str, mark: str, patience: float = PATIENCE) -> pa.Table | None:
        """The table, None while it is being gathered; ``mark`` stands for the state of the archive.

        Raises what gathering it raised, NotHeldError for a name that nothing is gathered under.
        """
        if name not in self._by_name:
            raise NotHeldError(f"{name!r} is not gathered here")
        with self._lock:
            work = self._work.get(name)
            if work is None or (work.mark != mark and work.done.is_set()):
                work = self._work[name] = _Work(mark)
                context = contextvars.copy_context()
                threading.Thread(
                    target=context.run, args=(self._gather, work, self._by_name[name]), daemon=True
                ).start()
        if not work.done.wait(patience):
            return None
        if work.error is not None:
            with self._lock:
                self._work.pop(name, None)
            raise work.error
        return work.rows

    def _gather(self, work: _Work, gather: Gather) -> None:
        try:
            work.rows = gather(self._archive)
        except (ArchiveError, QueryError, OSError) as error:
            work.error = error
        finally:
            work.done.set()
