"""Fixity of an OCFL storage root or of one object, ours or anybody's, on any store."""

from __future__ import annotations

import bisect
import concurrent.futures
import contextlib
import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from gongkai.archive import seal
from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.keys import INCOMING
from gongkai.archive.packages import unfinished
from gongkai.archive.packages.copying import AT_ONCE, batches
from gongkai.archive.packages.ocfl_codes import Note
from gongkai.archive.packages.ocfl_inventory import SPECIFICATIONS
from gongkai.archive.packages.ocfl_layout import LAYOUT, RECORD, object_path
from gongkai.archive.packages.ocfl_object_fixity import ObjectCheck
from gongkai.archive.packages.ocfl_recovery import KIND
from gongkai.archive.packages.unfinished import UNFINISHED, PackageRefusedError
from gongkai.archive.store import ObjectInfo, ObjectMissingError, Store

_ROOT = "0=ocfl_"
_OBJECT = "0=ocfl_object_"
_REGISTERED = re.compile(r"(00\d\d-[a-z0-9-]+|initial)")
_Object = tuple[str, list[ObjectInfo]]


def is_ocfl(store: Store) -> bool:
    """True of a storage root, of one object, and of a root of ours that is not whole yet."""
    with contextlib.suppress(PackageRefusedError):
        return next(store.list(_ROOT), None) is not None or unfinished.marked(store, KIND) is not None
    return True


def ocfl_findings(
    store: Store, progress: Callable[[str, int], None], warn: Callable[[str], None] = lambda _: None
) -> Iterator[Finding]:
    """Everything wrong; ``progress`` is told each key read and its length, ``warn`` what is allowed and yet unwise."""
    if next(store.list(UNFINISHED), None):
        detail = "the package is not whole: run gongkai export ocfl into it again"
        yield Finding(UNFINISHED, Problem.UNFINISHED, detail)
    for note in notes(store, progress):
        if note.is_warning:
            warn(f"{note.key}: {note.code}: {note.text}")
        else:
            yield note.finding


def notes(store: Store, progress: Callable[[str, int], None] = lambda _key, _size: None) -> Iterator[Note]:
    """The codes of a storage root and all its objects, or of the one object that lies there."""
    empty = _empty_folders(store)
    if next(store.list(_OBJECT), None) or next(store.list("inventory.json"), None):
        check = ObjectCheck(store, "", list(store.list("")), empty)
        yield from check.notes()
        for key, size in check.checked:
            progress(key, size)
        return
    yield from _Root(store, empty, progress).notes()


class _Root:
    """The check of one storage root."""

    def __init__(self, store: Store, empty: list[str], progress: Callable[[str, int], None]) -> None:
        self._store, self._empty, self._progress = store, empty, progress
        self._specification = SPECIFICATIONS[-1]
        self._strays: list[Note] = []
        self._objects = 0

    def notes(self) -> Iterator[Note]:
        yield from self._declaration()
        yield from self._layout()
        self._record = self._read_record()
        is_ours = self._record is not None
        with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads:
            for group in batches(self._find_objects(), 4 * AT_ONCE):
                for found, checked in threads.map(lambda one: self._checked(one, is_ours=is_ours), group):
                    yield from found
                    for key, size in checked:
                        self._progress(key, size)
                yield from self._strays
                self._strays.clear()
        yield from self._strays
        yield from self._count()

    def _declaration(self) -> Iterator[Note]:
        names = [info.key for info in self._store.list("0=") if "/" not in info.key]
        known = {f"{_ROOT}{number}": number for number in SPECIFICATIONS}
        if len(names) != 1:
            yield Note("E069", f"{_ROOT}{self._specification}", f"the root has {len(names)} declarations, not one")
        for name in names:
            if name not in known:
                yield Note("E069", name, "it declares no version of OCFL that is known")
                continue
            self._specification = known[name]
            if self._store.read(name) != f"{name[2:]}\n".encode():
                yield Note("E080", name, "its content is not its name")

    def _layout(self) -> Iterator[Note]:
        try:
            layout = json.loads(self._store.read(LAYOUT))
        except ObjectMissingError:
            return
        except ValueError as error:
            yield Note("E070", LAYOUT, f"it is not JSON: {error}")
            return
        is_object = isinstance(layout, dict)
        if not is_object or not all(isinstance(layout.get(name), str) for name in ("extension", "description")):
            yield Note("E070", LAYOUT, "it is no JSON object with extension and description")
        elif not _REGISTERED.fullmatch(layout["extension"]):
            yield Note("E071", LAYOUT, f"no extension {layout['extension']!r} is registered")

    def _find_objects(self) -> Iterator[_Object]:
        """Each object's prefix and files, in the order of the listing, in which they stand together."""
        prefix, files = "", list[ObjectInfo]()
        lost = ""
        for info in self._store.list(""):
            if prefix and info.key.startswith(prefix):
                files.append(info)
                continue
            if prefix:
                yield prefix, files
                prefix, files = "", []
            folder = info.key.rpartition("/")[0]
            if not folder or folder == lost or self._is_extension(info.key):
                continue
            prefix, files = self._prefix_of(info.key), [info]
            if not prefix:
                lost = folder
                self._strays.append(Note("E072", info.key, "it belongs to no object"))
        if prefix:
            yield prefix, files

        self._note_empty()

    def _prefix_of(self, key: str) -> str:
        """The folder above a file that has a declaration, with its slash; empty where none has."""
        folder, _, name = key.rpartition("/")
        if name.startswith("0="):
            return f"{folder}/"
        parts = folder.split("/")
        above = ("/".join(parts[:depth]) for depth in range(1, len(parts) + 1))
        return next((f"{each}/" for each in above if next(self._store.list(f"{each}/0="), None)), "")

    def _is_extension(self, key: str) -> bool:
        name, _, rest = key.partition("/")
        if name != "extensions":
            return False
        if "/" not in rest:
            self._strays.append(Note("E086", key, "only folders lie in extensions"))
        return True

    def _note_empty(self) -> None:
        for path in self._empty:
            if not self._prefix_of(f"{path}/x") and not path.startswith("extensions"):
                self._strays.append(Note("E073", f"{path}/", "it is an empty folder"))

    def _checked(self, one: _Object, *, is_ours: bool) -> tuple[list[Note], list[tuple[str, int]]]:
        prefix, files = one
        first = bisect.bisect_left(self._empty, prefix)
        empty = [path for path in self._empty[first:] if path.startswith(prefix)]
        check = ObjectCheck(self._store, prefix, files, empty)
        found = list(check.notes())
        self._objects += 1
        if check.specification > self._specification:
            found.append(Note("E081", prefix, f"it is of OCFL {check.specification}, the root {self._specification}"))
        if is_ours and check.identifier and f"{object_path(check.identifier)}/" != prefix:
            text = f"{check.identifier!r} belongs to {object_path(check.identifier)!r}"
            found.append(Note("", prefix, text, Problem.MISPLACED))
        return found, check.checked

    def _read_record(self) -> dict[str, object] | None:
        """What our own exports say of the root.  None where there is none."""
        try:
            return seal.load_sealed_json(self._store.read(RECORD))
        except ObjectMissingError:
            return None
        except seal.SealBrokenError as error:
            self._strays.append(Note("", RECORD, str(error), Problem.ALTERED))
            return None

    def _count(self) -> Iterator[Note]:
        """Objects that went as a whole are missed by no other rule."""
        if self._record is None or self._store.size(UNFINISHED) is not None:
            return
        if self._objects != self._record.get("objects"):
            text = f"the export left {self._record.get('objects')} objects, there are {self._objects}"
            yield Note("", RECORD, text, Problem.MISSING)


def _empty_folders(store: Store) -> list[str]:
    """Folders of a directory without any entry, which a listing of objects does not show, sorted."""
    if store.access is not None:
        return []
    root = Path(store.url)
    found = (Path(folder) for folder, names, files in os.walk(root) if not names and not files)
    return sorted(path.relative_to(root).as_posix() for path in found if path != root and path.parts[-1] != INCOMING)
