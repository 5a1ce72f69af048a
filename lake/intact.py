"""Which files of the lake are what the manifest says, by their SHA-256, each file being read for it once.

A file found intact is remembered by its key and the store's tag (on a directory number, size and times, on S3 the ETag)
in a file of the user's cache folder, which may be lost at any time.  A file whose bytes changed without its times, as
on a failing disk, is found by ``gongkai verify``, which remembers nothing.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import datetime as dt
import hashlib
import itertools
import os
import secrets
from collections.abc import Collection, Iterable, Iterator, Mapping

from gongkai.archive.store import ObjectInfo, ObjectMissingError, Store
from gongkai.archive.streams import chunks
from gongkai.lake.manifest import LakeFile, Manifest, stored_versions
from gongkai.lake.settings import cache_folder

_AT_ONCE = 8
"""Files hashed side by side: on S3 most of the time is waiting, on a directory hashing leaves other threads free."""

_SETTLED = dt.timedelta(seconds=2)
"""A file written later than so long ago may be written again within one tick of the file system's clock."""


def damaged(store: Store, manifest: Manifest, *, current: bool = False) -> list[str]:
    """Keys of the versions that are missing or hold other bytes than the manifest says; ``current``: of the current
    files too.  Raises StoreError."""
    files = {file.version: file for file in manifest.files}
    if current:
        files |= {file.path: file for file in manifest.files}
    listed = itertools.chain(stored_versions(store), store.list("lake/") if current else ())
    there = {info.key: info for info in listed if info.key in files}
    return _damaged(store, files, there, manifest)


def damaged_of(store: Store, files: Iterable[LakeFile]) -> list[str]:
    """Keys of the versions of these files that are missing or hold other bytes than the manifest says.

    Each file is asked for by itself: one request to the store for a file found intact before, two for another.
    Raises StoreError.
    """
    wanted = {file.version: file for file in files}
    with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as threads:
        there = {info.key: info for info in threads.map(store.info, wanted) if info is not None}
    return _damaged(store, wanted, there, None)


def _damaged(
    store: Store, files: Mapping[str, LakeFile], there: Mapping[str, ObjectInfo], manifest: Manifest | None
) -> list[str]:
    remembered = _Remembered(store.url)
    sound = {key: _line(files[key], info) for key, info in there.items() if info.size == files[key].bytes}
    unknown = [key for key, line in sorted(sound.items()) if line not in remembered.lines]
    with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as threads:
        for key, digest in zip(unknown, threads.map(lambda key: _digest(store, key), unknown), strict=True):
            if digest != files[key].sha256:
                del sound[key]
    settled = dt.datetime.now(dt.UTC) - _SETTLED
    remembered.add([line for key, line in sound.items() if there[key].modified < settled], manifest)
    return sorted(files.keys() - sound.keys())


def _line(file: LakeFile, info: ObjectInfo) -> str:
    return f"{file.sha256} {info.tag} {info.key}"


def _digest(store: Store, key: str) -> str:
    """SHA-256 of an object, empty where it is gone."""
    digest = hashlib.sha256()
    try:
        with store.open(key) as stream:
            for chunk in chunks(stream):
                digest.update(chunk)
    except ObjectMissingError:
        return ""
    return digest.hexdigest()


class _Remembered:
    """Lines of SHA-256, tag and key of files that were found intact, in a file for each archive root."""

    def __init__(self, url: str) -> None:
        folder = cache_folder()
        self._file = folder and folder / f"lake-{hashlib.sha256(os.fsencode(url)).hexdigest()[:24]}.txt"
        self.lines = frozenset(self._read())

    def add(self, lines: Collection[str], manifest: Manifest | None) -> None:
        """Remember these too, and forget what the manifest names no more, if one is given.  A cache that cannot be
        written costs time alone."""
        if self._file is None or self.lines.issuperset(lines):
            return
        kept: Collection[str] = self.lines
        if manifest is not None:
            keys = {key for file in manifest.files for key in (file.path, file.version)}
            kept = {line for line in self.lines if line.split(" ", 2)[-1] in keys}
        new = self._file.with_name(f"{self._file.name}.{secrets.token_hex(8)}")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_text("\n".join(sorted({*kept, *lines})), encoding="utf-8", errors="surrogateescape")
            new.replace(self._file)

    def _read(self) -> Iterator[str]:
        if self._file is not None:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                yield from self._file.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
