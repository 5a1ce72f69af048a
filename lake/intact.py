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
from collections.abc import Iterable, Iterator, Mapping

from gongkai.archive.store import ObjectInfo, ObjectMissingError, Store
from gongkai.archive.streams import chunks
from gongkai.lake.manifest import LakeFile, Manifest, stored_versions
from gongkai.lake.settings import cache_folder

_AT_ONCE = 8
"""Files hashed side by side: on S3 most of the time is waiting, on a directory hashing leaves other threads free."""

_LISTED_FROM = 500
"""Files from which a listing, a thousand names a request, is cheaper than asking for each."""

_REMEMBERED = 50_000
"""Lines kept of a table in a province."""

_SETTLED = dt.timedelta(seconds=2)
"""A file written later than so long ago may be written again within one tick of the file system's clock."""


def damaged(store: Store, manifest: Manifest, *, current: bool = False) -> list[str]:
    """Keys of the versions that are missing or hold other bytes than the manifest says; ``current``: of the current
    files too.  Lists the whole lake.  Raises StoreError."""
    named = manifest.files
    files = {file.version: file for file in named}
    if current:
        files |= {file.path: file for file in named}
    listed = itertools.chain(stored_versions(store), store.list("lake/") if current else ())
    return _damaged(store, files, {info.key: info for info in listed if info.key in files})


def damaged_of(store: Store, files: Iterable[LakeFile]) -> list[str]:
    """Keys of the versions of these files that are missing or hold other bytes than the manifest says.

    Each file is asked for by itself, one request to the store for a file found intact before, two for another; very
    many on S3 are listed.  Raises StoreError.
    """
    wanted = {file.version: file for file in files}
    there: Iterable[ObjectInfo | None]
    if store.access is None:
        there = (store.info(key) for key in wanted)
    elif len(wanted) > _LISTED_FROM:
        there = (info for info in stored_versions(store) if info.key in wanted)
    else:
        with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as threads:
            there = list(threads.map(store.info, wanted))
    return _damaged(store, wanted, {info.key: info for info in there if info is not None})


def _damaged(store: Store, files: Mapping[str, LakeFile], there: Mapping[str, ObjectInfo]) -> list[str]:
    remembered = {group: _Remembered(store.url, group) for group in {_group(file) for file in files.values()}}
    sound = {key: _line(files[key], info) for key, info in there.items() if info.size == files[key].bytes}
    unknown = [key for key, line in sorted(sound.items()) if line not in remembered[_group(files[key])].lines]
    with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as threads:
        for key, digest in zip(unknown, threads.map(lambda key: _digest(store, key), unknown), strict=True):
            if digest != files[key].sha256:
                del sound[key]
    settled = dt.datetime.now(dt.UTC) - _SETTLED
    new: dict[_Group, list[str]] = {}
    for key in unknown:
        if key in sound and there[key].modified < settled:
            new.setdefault(_group(files[key]), []).append(sound[key])
    for group, lines in new.items():
        remembered[group].add(lines)
    return sorted(files.keys() - sound.keys())


_Group = tuple[str, str | None]
"""A table and a province: what a question is about is seldom more."""


def _group(file: LakeFile) -> _Group:
    return file.table, file.partition.province


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
    """Lines of SHA-256, tag and key of files of one group that were found intact, in a file of their own."""

    def __init__(self, url: str, group: _Group) -> None:
        folder = cache_folder()
        name = hashlib.sha256(os.fsencode(f"{url}\n{group}")).hexdigest()[:24]
        self._file = folder and folder / f"lake-{name}.txt"
        self.lines = dict.fromkeys(self._read())

    def add(self, lines: Iterable[str]) -> None:
        """Remember these too, and forget the oldest of too many.  A cache that cannot be written costs time alone."""
        if self._file is None:
            return
        kept = list({**self.lines, **dict.fromkeys(lines)})[-_REMEMBERED:]
        new = self._file.with_name(f"{self._file.name}.{secrets.token_hex(8)}")
        with contextlib.suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            new.write_text("\n".join(kept), encoding="utf-8", errors="surrogateescape")
            new.replace(self._file)

    def _read(self) -> Iterator[str]:
        if self._file is not None:
            with contextlib.suppress(OSError, UnicodeDecodeError):
                yield from self._file.read_text(encoding="utf-8", errors="surrogateescape").split("\n")
