"""The index of one lake: where it lies, whether it shows the lake as it is now, and bringing it there.

A manifest with the store's tag that the index was made under is not read again; with another tag, its files decide.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.store import RootUnusableError, Store
from gongkai.lake.manifest import MANIFEST_KEY, Manifest, ManifestError
from gongkai.lake.settings import cache_folder
from gongkai.queries.connection import load_manifest
from gongkai.queries.errors import LakeUnusableError
from gongkai.queries.full_text.building import bring_in_line, partitions
from gongkai.queries.full_text.folder import IndexDamagedError, IndexFolder
from gongkai.queries.settings import search_folder

BESIDE_THE_LAKE = "search"
"""Folder of the index in an archive that is a directory."""


class Index:
    """The index of one lake.

    ``note`` is told in one sentence of an index that is damaged or takes time to build, ``advance`` of each partition
    read for it.
    """

    def __init__(
        self, store: Store, note: Callable[[str], None], advance: Callable[[str], None] = lambda _: None
    ) -> None:
        self._store = store
        self._note = note
        self._advance = advance
        self._folders = [IndexFolder(path) for path in folders(store)]
        self._distrusted: set[Path] = set()

    def opened(self) -> sqlite3.Connection:
        """The index for reading, once it shows the lake as it is now.  Raises LakeUnusableError, StoreError."""
        try:
            return self._as_it_is() or self._built()
        except ManifestError as error:
            raise LakeUnusableError(str(error)) from error

    def distrust(self, reason: str) -> None:
        """Have the index built anew, although its file is as it was written."""
        self._note(f"the index of the full text is damaged ({reason}): it is built anew")
        self._distrusted.update(folder.path for folder in self._folders)

    def _as_it_is(self) -> sqlite3.Connection | None:
        """The index where it is in line already."""
        mark = _mark(self._store)
        for folder in self._folders:
            if connection := self._opened(folder, "lake", mark):
                return connection
        files = _named(load_manifest(self._store))
        for folder in self._folders:
            if connection := self._opened(folder, "files", files):
                folder.restate({"lake": mark})
                return connection
        return None

    def _opened(self, folder: IndexFolder, member: str, wanted: str) -> sqlite3.Connection | None:
        """A folder's index if it was made of this lake."""
        stated = self._stated(folder)
        if stated is None or stated[member] != wanted:
            return None
        try:
            return folder.opened(stated)
        except IndexDamagedError as error:
            if self._stated(folder) == stated:
                self._distrust(folder, error)
                return None
        return self._opened(folder, member, wanted)  # another one took its place just now

    def _stated(self, folder: IndexFolder) -> dict[str, Any] | None:
        if folder.path in self._distrusted:
            return None
        try:
            return folder.current()
        except IndexDamagedError as error:
            self._distrust(folder, error)
            return None

    def _distrust(self, folder: IndexFolder, error: IndexDamagedError) -> None:
        self._note(f"{error}: the index of the full text is built anew")
        self._distrusted.add(folder.path)

    def _built(self) -> sqlite3.Connection:
        refused = ""
        for folder in self._folders:
            try:
                with folder.building():
                    return self._as_it_is() or self._build_in(folder)
            except RootUnusableError as error:
                refused = f" ({error})"
        raise LakeUnusableError(
            f"the index of the full text of {self._store.url!r} is older than its lake and cannot be written{refused}:"
            " set GONGKAI_SEARCH_INDEX to a folder that can be"
        )

    def _build_in(self, folder: IndexFolder) -> sqlite3.Connection:
        mark = _mark(self._store)
        base = self._base()
        try:
            manifest = self._draft(folder, base, mark)
        except sqlite3.DatabaseError as error:
            if base is None:
                raise _unbuildable(self._store, error) from error
            self._note(f"the index of the full text is damaged ({error}): it is built anew")
            try:
                manifest = self._draft(folder, None, mark)
            except sqlite3.DatabaseError as second:
                raise _unbuildable(self._store, second) from second
        self._distrusted.discard(folder.path)
        return folder.opened(manifest)

    def _draft(self, folder: IndexFolder, base: Path | None, mark: str) -> dict[str, Any]:
        if base is None:
            self._note(f"the index of the full text is made in {str(folder.path)!r}, once for this lake")
        draft = folder.draft(base)
        try:
            with contextlib.closing(sqlite3.connect(draft)) as connection:
                manifest = bring_in_line(connection, self._store, lambda: load_manifest(self._store), self._advance)
            return folder.publish(draft, {"lake": mark, "files": _named(manifest)})
        finally:
            draft.unlink(missing_ok=True)

    def _base(self) -> Path | None:
        """An index to go on from: an earlier one of the lake in any of the folders."""
        for folder in self._folders:
            stated = self._stated(folder)
            if stated is not None:
                try:
                    return folder.sound(stated)
                except IndexDamagedError as error:
                    self._distrust(folder, error)
        return None


def folders(store: Store, environment: Mapping[str, str] = os.environ) -> list[Path]:
    """Where the index of a lake may lie, the first that can be written being the one that is written."""
    name = f"search-{hashlib.sha256(os.fsencode(store.url)).hexdigest()[:24]}"
    if given := search_folder(environment):
        return [given / name]
    cache = cache_folder(environment)
    beside = [Path(store.url) / BESIDE_THE_LAKE] if isinstance(store, DirectoryStore) else []
    return [*beside, *([cache / name] if cache else [])]


def _unbuildable(store: Store, error: sqlite3.Error) -> LakeUnusableError:
    return LakeUnusableError(f"the index of the full text of {store.url!r} cannot be made: {error}; check its disk")


def _mark(store: Store) -> str:
    """A text that is another one whenever the manifest was written; that of a store without tags is never known."""
    info = store.info(MANIFEST_KEY)
    return "" if info is None else info.tag or secrets.token_hex(16)


def _named(manifest: Manifest | None) -> str:
    """A digest of the files that the index is made of."""
    lines = (f"{file.path} {file.sha256}\n" for files in partitions(manifest).values() for file in files.values())
    return hashlib.sha256("".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()
