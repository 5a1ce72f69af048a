"""Connections to the lake, each to one publication.

A request reads one publication from its first question to its last.  The newest is looked for again when a second has
passed, so that the viewer follows without being started anew; earlier ones are answered from as long as their files
are kept (``GONGKAI_LAKE_GRACE``) and they are among the last few.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import threading
import time
from collections.abc import Callable, Iterator

import duckdb

from gongkai.archive.store import Store, StoreError
from gongkai.lake.manifest import Manifest
from gongkai.queries.connection import LakeConnection, load_manifest
from gongkai.queries.errors import QueryError
from gongkai.queries.lake import connect
from gongkai.queries.relations import WHOLE_LAKE
from gongkai.queries.scans import Scan
from gongkai.queries.settings import QuerySettings
from gongkai.queries.sql_guard import run
from gongkai.viewer.errors import NotHeldError, TooMuchError

READERS = 3
"""Questions answered at once; more wait for their turn."""
WAITING_SECONDS = 20.0
"""Longest time to wait for one; who waited is told to come again."""
EMPTY = "empty"
"""Stands in addresses for a lake in which nothing was published yet."""
_LOOKED_AFTER = 1.0
_OF_WHOLE_LAKE = "SELECT * FROM function_names"
"""What every place's page reads of the whole lake."""
_OF_NO_FILE = "SELECT sha256 FROM documents WHERE sha256 = ''"
"""What has a connection parse and plan, each of which takes long the first time."""
_PREPARING_SECONDS = 5.0
_KEPT = 4
"""Earlier publications that can still be asked for."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Moment:
    name: str
    manifest: Manifest | None


def check_moment(connection: LakeConnection, moment: Manifest | None) -> None:
    """Raises NotHeldError where a connection went on to a later publication, for want of the files of its own."""
    if connection.manifest is not moment:
        raise NotHeldError("the files of this publication are not held any more: open the newest one")


class Publications:
    """The lake of one store, read by several threads."""

    def __init__(
        self,
        store: Store,
        settings: QuerySettings,
        readers: int = READERS,
        then: Callable[[Manifest], None] = lambda _: None,
    ) -> None:
        """``then`` is done of each new publication once a connection to it is ready.

        Raises LakeUnusableError, StoreError where the lake cannot be read.
        """
        self._store = store
        self._settings = settings
        self._then = then
        self._turns = threading.BoundedSemaphore(readers)
        self._lock = threading.Lock()
        self._moments: collections.OrderedDict[str, _Moment] = collections.OrderedDict()
        self._idle: dict[str, list[LakeConnection]] = {}
        self._looked_at = -_LOOKED_AFTER
        self._is_closed = False
        self._preparing: threading.Thread | None = None
        self.newest()

    def newest(self) -> str:
        """Twelve digits of the newest publication.  Raises LakeUnusableError, StoreError."""
        with self._lock:
            if time.monotonic() - self._looked_at >= _LOOKED_AFTER:
                manifest = load_manifest(self._store)
                self._remember(_Moment(manifest.publication if manifest else EMPTY, manifest))
                self._looked_at = time.monotonic()
            return next(reversed(self._moments))

    def holds(self, name: str) -> bool:
        """Can this publication be asked for?"""
        with self._lock:
            return name in self._moments

    @contextlib.contextmanager
    def reading(self, name: str, patience: float = WAITING_SECONDS) -> Iterator[LakeConnection]:
        """A connection to a publication, for one thread.

        Raises NotHeldError for one that is not known, TooMuchError when no turn comes in so many seconds,
        LakeUnusableError, StoreError.
        """
        if not self._turns.acquire(timeout=patience):
            raise TooMuchError("too many people are asking at once: load the page again in a minute")
        try:
            with contextlib.ExitStack() as failing:
                connection = failing.enter_context(self._taken(name))
                moment = connection.manifest
                yield connection
                check_moment(connection, moment)
                failing.pop_all()
            self._give_back(name, connection)
        finally:
            self._turns.release()

    @contextlib.contextmanager
    def spare(self, name: str) -> Iterator[LakeConnection | None]:
        """One connection more, for questions asked beside others; None where others would have to wait for it.

        Raises LakeUnusableError, StoreError.
        """
        if not self._turns.acquire(blocking=False):
            yield None
            return
        try:
            connection = self._taken(name)
            try:
                yield connection
            finally:
                self._give_back(name, connection)
        finally:
            self._turns.release()

    def close(self) -> None:
        """Close what is idle, once a connection that is being made ready is."""
        if self._preparing is not None:
            self._preparing.join(_PREPARING_SECONDS)
        with self._lock:
            self._is_closed = True
            for connection in (each for idle in self._idle.values() for each in idle):
                connection.close()
            self._idle.clear()

    def _prepare(self, name: str, manifest: Manifest) -> None:
        """Have a connection ready before anybody asks."""
        with contextlib.suppress(NotHeldError, QueryError, StoreError, duckdb.Error):  # pages tell of it themselves
            with contextlib.ExitStack() as failing:
                connection = failing.enter_context(self._taken(name))
                connection.read_for(_OF_WHOLE_LAKE, None, [Scan(each) for each in WHOLE_LAKE])
                run(connection, _OF_NO_FILE).read_all()
                failing.pop_all()
            self._give_back(name, connection)
        self._then(manifest)

    def _remember(self, moment: _Moment) -> None:
        if moment.name not in self._moments and moment.manifest is not None:
            self._preparing = threading.Thread(target=self._prepare, args=(moment.name, moment.manifest), daemon=True)
            self._preparing.start()
        self._moments[moment.name] = moment
        self._moments.move_to_end(moment.name)
        while len(self._moments) > _KEPT + 1:
            name, _ = self._moments.popitem(last=False)
            for connection in self._idle.pop(name, []):
                connection.close()

    def _taken(self, name: str) -> LakeConnection:
        with self._lock:
            if name not in self._moments:
                raise NotHeldError(f"publication {name!r} is not held any more: open the newest one")
            idle = self._idle.setdefault(name, [])
            if idle:
                return idle.pop()
            moment = self._moments[name]
        connection = connect(self._store, self._settings, moment=moment.manifest)
        connection.holds = True
        if moment.manifest is None and connection.manifest is not None:
            connection.close()
            raise NotHeldError(f"publication {name!r} is not held any more: open the newest one")
        return connection

    def _give_back(self, name: str, connection: LakeConnection) -> None:
        manifest = connection.manifest
        with self._lock:
            if not self._is_closed and name in self._moments and (manifest.publication if manifest else EMPTY) == name:
                self._idle.setdefault(name, []).append(connection)
                return
        connection.close()
