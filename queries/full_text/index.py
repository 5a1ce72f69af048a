"""The index of one lake: where it lies, whether it shows the lake as it is now, and bringing it there.

A manifest with the store's tag that the index was made under is not read again; with another tag, the pieces that it
names decide, and of provinces whose pieces are others these are read.  Where a place is asked for, only the provinces
that hold documents of it are brought in line.
"""

from __future__ import annotations

import dataclasses
import hashlib
import os
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.lock import LockedError
from gongkai.archive.store import RootUnusableError, Store
from gongkai.lake.manifest import MANIFEST_KEY, Manifest, ManifestError
from gongkai.lake.settings import cache_folder
from gongkai.queries.connection import load_manifest
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.full_text.building import Provinces, among, bring_in_line, is_among, pieces_of
from gongkai.queries.full_text.folder import IndexDamagedError, IndexFolder
from gongkai.queries.full_text.provinces import provinces_of
from gongkai.queries.full_text.statement import Segment, Statement
from gongkai.queries.settings import search_folder

BESIDE_THE_LAKE = "search"
"""Folder of the index in an archive that is a directory."""

_PAUSE_SECONDS = 0.5
"""Between two looks at what another process builds."""

_PASSING = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_PERM,
    sqlite3.SQLITE_NOMEM,
}
"""Errors of SQLite that say nothing of the index that is there."""


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """An index that shows the lake as it was a moment ago, of all provinces or those that were needed."""

    folder: IndexFolder
    statement: Statement
    provinces: Provinces = None

    @property
    def segments(self) -> list[Segment]:
        """Those that show the lake."""
        shards = self.statement.shards
        return [each for shard in shards if is_among(shard.province, self.provinces) for each in shard.segments]

    @property
    def bytes(self) -> int:
        """How large its segments are."""
        return sum(self.folder.file(segment).stat().st_size for segment in self.statement.segments)


@dataclasses.dataclass(frozen=True, slots=True)
class Standing:
    """An index as it stands, for which nothing was read of the lake: what of the newest publication it can answer for.

    Provinces are those of the question's place, where that is told from its province on; else all.
    """

    publication: str = ""
    """The newest one; empty where nothing was published."""
    shown: Shown | None = None
    """What can be searched; None where there is no index."""
    current: frozenset[str | None] = frozenset()
    """Provinces as the newest publication has them."""
    earlier: frozenset[str | None] = frozenset()
    """Provinces as an earlier publication had them."""
    lacking: frozenset[str | None] = frozenset()
    """Provinces that are not searched."""

    @property
    def is_whole(self) -> bool:
        """Does it show all of the newest publication?"""
        return not self.earlier and not self.lacking


class Index:
    """The index of one lake.

    ``note`` is told in one sentence of an index that is damaged or takes time to build, ``advance`` of each partition
    read for it.  With a ``place`` no more of the lake need be shown than the documents of it.
    """

    def __init__(
        self,
        store: Store,
        note: Callable[[str], None],
        advance: Callable[[str], None] = lambda _: None,
        place: str = "",
    ) -> None:
        self._store = store
        self._place = place
        self._note = note
        self._advance = advance
        self._folders = [IndexFolder(path) for path in folders(store)]
        self._distrusted: set[str] = set()
        self._of_place: tuple[str, Provinces] = ("", None)

    def opened(self) -> Shown:
        """The index for reading, once it shows the lake as it is now.  Raises LakeUnusableError, StoreError."""
        try:
            return self._as_it_is() or self._built()
        except ManifestError as error:
            raise LakeUnusableError(str(error)) from error

    def standing(self) -> Standing:
        """The index as it stands, and what it lacks.  Raises LakeUnusableError, StoreError."""
        manifest = load_manifest(self._store)
        province, below, _ = self._place.partition("/")
        wanted = pieces_of(manifest)
        wanted = among(frozenset([province]), wanted) if below and province in wanted else wanted
        folder, stated = next(self._trusted(), (None, Statement()))
        there = {each: of for each, of in stated.pieces.items() if of and each in wanted}
        current = frozenset(each for each, of in there.items() if of == wanted[each])
        shown = Shown(folder, stated, frozenset(there)) if folder else None
        publication = manifest.publication if manifest else ""
        return Standing(publication, shown, current, frozenset(there) - current, frozenset(wanted) - frozenset(there))

    def distrust(self, shown: Shown, reason: str) -> None:
        """Have an index made anew although its files are as they were written, unless another took its place."""
        names = [segment.index for segment in shown.statement.segments]
        stated = self._stated(shown.folder)
        if stated is not None and [segment.index for segment in stated.segments] == names:
            self._note(f"the index of the full text is damaged ({reason}): it is built anew")
            self._distrusted.update(names)

    def _as_it_is(self) -> Shown | None:
        """The index where it is in line already."""
        mark = _mark(self._store)
        for folder in self._folders:
            stated = self._stated(folder)
            if stated is not None and mark and stated.lake == mark and self._sound(folder, stated):
                return Shown(folder, stated)
        manifest = load_manifest(self._store)
        wanted = pieces_of(manifest)
        for folder in self._folders:
            stated = self._stated(folder)
            if stated is not None and stated.pieces == wanted and self._sound(folder, stated):
                folder.restate(stated, Statement(mark, stated.shards))
                return Shown(folder, stated)
        return self._as_a_part_is(manifest) if self._place else None

    def _as_a_part_is(self, manifest: Manifest | None) -> Shown | None:
        """The index where it is in line with the provinces that are needed."""
        provinces = self._provinces(manifest)
        wanted = among(provinces, pieces_of(manifest))
        for folder in self._folders:
            stated = self._stated(folder) or Statement()
            if among(provinces, stated.pieces) == wanted and self._sound(folder, stated):
                return Shown(folder, stated, provinces)
        return None

    def _provinces(self, manifest: Manifest | None) -> Provinces:
        """The provinces that are needed, told once for each publication."""
        if manifest is None or not self._place:
            return None
        if self._of_place[0] != manifest.publication:
            self._of_place = (manifest.publication, provinces_of(self._store, manifest, self._place))
        return self._of_place[1]

    def _stated(self, folder: IndexFolder) -> Statement | None:
        """What a folder says of its index, without the segments that are not trusted."""
        try:
            stated = folder.current()
        except IndexDamagedError as error:
            if str(folder.path) not in self._distrusted:
                self._note(f"{error}: the index of the full text is built anew")
                self._distrusted.add(str(folder.path))
            return None
        return stated and stated.without(self._distrusted)

    def _sound(self, folder: IndexFolder, stated: Statement) -> bool:
        """True where every segment is as it was written; others are not trusted from now on."""
        altered = folder.altered(stated)
        if altered and self._stated(folder) == stated:  # otherwise another index took its place just now
            files = ", ".join(repr(str(file)) for file in altered.values())
            self._note(f"{files} is missing or altered: the index of the full text is built anew")
            self._distrusted.update(altered)
        return not altered

    def _built(self) -> Shown:
        refused = ""
        for folder in self._folders:
            try:
                return self._built_or_awaited(folder)
            except RootUnusableError as error:
                refused = f" ({error})"
        raise LakeUnusableError(
            f"the index of the full text of {self._store.url!r} is older than its lake and cannot be written{refused}:"
            " set GONGKAI_SEARCH_INDEX to a folder that can be"
        )

    def _built_or_awaited(self, folder: IndexFolder) -> Shown:
        """The index once it was built here, or of a place by another process, which may go on building."""
        while True:
            try:
                with folder.building(wait=not self._place):
                    return self._as_it_is() or self._build_in(folder)
            except LockedError:
                folder.ask_for(self._provinces(load_manifest(self._store)) or ())
            time.sleep(_PAUSE_SECONDS)
            if shown := self._as_it_is():
                return shown

    def _build_in(self, folder: IndexFolder) -> Shown:
        mark = _mark(self._store)
        base = self._base(folder)
        if base is None:
            self._note(f"the index of the full text is made in {str(folder.path)!r}, once for this lake")
        try:
            shown = self._brought(folder, base or Statement())
        except OSError as error:
            raise _unbuildable(self._store, error) from error
        except sqlite3.DatabaseError as error:
            if base is None or getattr(error, "sqlite_errorcode", 0) & 0xFF in _PASSING:
                raise _unbuildable(self._store, error) from error
            self._note(f"the index of the full text is damaged ({error}): it is built anew")
            try:
                shown = self._brought(folder, Statement())
            except (OSError, sqlite3.DatabaseError) as second:
                raise _unbuildable(self._store, second) from second
        shown = dataclasses.replace(shown, statement=Statement("" if self._place else mark, shown.statement.shards))
        folder.state(shown.statement)
        folder.tidy(shown.statement)
        self._distrusted.clear()
        return shown

    def _brought(self, folder: IndexFolder, statement: Statement) -> Shown:
        """In line with the lake; a later manifest is gone on with where files of the first were removed meanwhile."""
        manifest = load_manifest(self._store)
        while True:
            try:
                provinces = self._provinces(manifest)
                brought = bring_in_line(
                    folder, self._store, manifest, statement, provinces=provinces, advance=self._advance
                )
                return Shown(folder, brought, provinces)
            except ManifestError:
                later = load_manifest(self._store)
                if later == manifest:
                    raise
                manifest, statement = later, folder.current() or statement

    def _trusted(self) -> Iterator[tuple[IndexFolder, Statement]]:
        """Each folder that has an index, and what it says without the segments that are not as they were written."""
        for folder in self._folders:
            stated = self._stated(folder)
            while stated is not None and not self._sound(folder, stated):
                stated = self._stated(folder)
            if stated is not None:
                yield folder, stated

    def _base(self, folder: IndexFolder) -> Statement | None:
        """An index to go on from: that of the folder, or else one of the lake in another."""
        for other in sorted(self._folders, key=lambda each: each is not folder):
            stated = self._stated(other)
            if stated is None or not stated.segments:
                continue
            if other is not folder:
                try:
                    folder.adopt(other, stated)
                except OSError:
                    continue
            while not self._sound(folder, stated):
                stated = stated.without(self._distrusted)
            return stated
        return None


def folders(store: Store, environment: Mapping[str, str] = os.environ) -> list[Path]:
    """Where the index of a lake may lie, the first that can be written being the one that is written."""
    name = f"search-{hashlib.sha256(os.fsencode(store.url)).hexdigest()[:24]}"
    if given := search_folder(environment):
        return [given / name]
    cache = cache_folder(environment)
    beside = [Path(store.url) / BESIDE_THE_LAKE] if isinstance(store, DirectoryStore) else []
    return [*beside, *([cache / name] if cache else [])]


def _unbuildable(store: Store, error: Exception) -> LakeUnusableError:
    return LakeUnusableError(f"the index of the full text of {store.url!r} cannot be made: {error}; check its disk")


def _mark(store: Store) -> str:
    """A text that is another one whenever the manifest was written; that of a store without tags is never known."""
    info = store.info(MANIFEST_KEY)
    return "" if info is None else info.tag or secrets.token_hex(16)
