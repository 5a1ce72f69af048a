"""Fixity of a bag, ours or anybody's, on any store: RFC 8493 and the profile of ours that a bag may name."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

from gongkai.archive.fixity import Finding, Problem
from gongkai.archive.packages import bag_text, unfinished
from gongkai.archive.packages.bag import DATA, KIND, PROFILE_IDENTIFIER, PROFILE_TEXT
from gongkai.archive.packages.bag_text import BagTextError
from gongkai.archive.packages.unfinished import UNFINISHED, PackageRefusedError
from gongkai.archive.store import ObjectInfo, ObjectMissingError, Store, StoreError
from gongkai.archive.streams import chunks

_VERSIONS = ("0.97", "1.0")
_SCHEMA = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -8192;
CREATE TABLE named (path TEXT, algorithm TEXT, digest TEXT NOT NULL, PRIMARY KEY (path, algorithm)) WITHOUT ROWID;
"""


def is_bag(store: Store) -> bool:
    """True of a bag, and of one of ours that is not whole yet."""
    with contextlib.suppress(PackageRefusedError):
        return store.size(bag_text.BAGIT) is not None or unfinished.marked(store, KIND) is not None
    return True


def bag_findings(store: Store, progress: Callable[[str, int], None]) -> Iterator[Finding]:
    """Everything that makes the bag invalid; ``progress`` is told each key and its length."""
    with contextlib.closing(sqlite3.connect("", isolation_level=None)) as database:
        database.executescript(_SCHEMA)
        yield from _Check(store, progress, database).findings()


class _Check:
    """One check of one bag; what its manifests name is held in a temporary database."""

    def __init__(self, store: Store, progress: Callable[[str, int], None], database: sqlite3.Connection) -> None:
        self._store, self._progress, self._database = store, progress, database
        self._top = {info.key: info for info in _top_files(store)}
        self._files = self._bytes = 0

    def findings(self) -> Iterator[Finding]:
        if UNFINISHED in self._top:
            detail = "the bag is not whole: run gongkai export bagit into it again"
            yield Finding(UNFINISHED, Problem.UNFINISHED, detail)
        yield from self._declaration()
        yield from self._manifests()
        yield from self._payload()
        yield from self._tag_files()
        yield from self._missing()
        yield from self._info()

    def _declaration(self) -> Iterator[Finding]:
        """``bagit.txt``: two lines."""
        try:
            lines = self._store.read(bag_text.BAGIT).decode("utf-8", "replace").splitlines()
        except ObjectMissingError:
            yield Finding(bag_text.BAGIT, Problem.MISSING, "nothing says that this is a bag")
            return
        version = re.fullmatch(r"BagIt-Version: (\d+\.\d+)", lines[0] if lines else "")
        coded = re.fullmatch(r"Tag-File-Character-Encoding: (\S+)", lines[1] if len(lines) > 1 else "")
        if version is None or coded is None or len(lines) != 2:
            yield Finding(bag_text.BAGIT, Problem.UNREADABLE, f"it is {lines!r} and not version and encoding")
        elif version[1] not in _VERSIONS or coded[1].upper() != "UTF-8":
            detail = f"version {version[1]!r} in {coded[1]!r} cannot be checked: {', '.join(_VERSIONS)} in UTF-8 can"
            yield Finding(bag_text.BAGIT, Problem.UNREADABLE, detail)

    def _manifests(self) -> Iterator[Finding]:
        """Take up what the manifests name."""
        kinds = {key: kind for key in self._top if (kind := bag_text.manifest_of(key))}
        if not any(not is_tag for is_tag, _ in kinds.values()):
            yield Finding("manifest-sha256.txt", Problem.MISSING, "no manifest says what the bag holds")
        for key, (is_tag, algorithm) in kinds.items():
            if algorithm not in bag_text.ALGORITHMS:
                yield Finding(key, Problem.UNREADABLE, f"the algorithm {algorithm!r} is not known here")
                continue
            yield from self._manifest(key, algorithm, is_tag=is_tag)
        yield from self._everywhere([kind[1] for kind in kinds.values() if not kind[0]])

    def _manifest(self, key: str, algorithm: str, *, is_tag: bool) -> Iterator[Finding]:
        length = hashlib.new(algorithm, usedforsecurity=False).digest_size * 2
        try:
            with self._store.open(key) as stream:
                self._database.execute("BEGIN")
                for digest, path in bag_text.manifest_lines(stream):
                    if is_tag == path.startswith(DATA):
                        yield Finding(key, Problem.UNREADABLE, f"it names {path!r}, which is not for it to name")
                    elif len(digest) != length:
                        yield Finding(key, Problem.UNREADABLE, f"the digest of {path!r} is no {algorithm}: {digest!r}")
                    elif not self._name(path, algorithm, digest):
                        yield Finding(key, Problem.UNREADABLE, f"it names {path!r} twice")
        except (BagTextError, StoreError) as error:
            yield Finding(key, Problem.UNREADABLE, str(error))
        finally:
            if self._database.in_transaction:
                self._database.execute("COMMIT")

    def _name(self, path: str, algorithm: str, digest: str) -> bool:
        row = (path, algorithm, digest)
        return bool(self._database.execute("INSERT OR IGNORE INTO named VALUES (?, ?, ?)", row).rowcount)

    def _everywhere(self, algorithms: list[str]) -> Iterator[Finding]:
        """Every manifest of the payload has to name all of it (RFC 8493, 2.1.3)."""
        for algorithm in algorithms if len(algorithms) > 1 else ():
            lacking = """
                SELECT DISTINCT path FROM named WHERE path GLOB 'data/*'
                EXCEPT SELECT path FROM named WHERE algorithm = ? ORDER BY path LIMIT 100
            """
            for (path,) in self._database.execute(lacking, (algorithm,)).fetchall():
                yield Finding(f"manifest-{algorithm}.txt", Problem.UNREADABLE, f"it does not name {path!r}")

    def _payload(self) -> Iterator[Finding]:
        for info in self._store.list(DATA):
            self._files += 1
            self._bytes += info.size
            if digests := self._digests(info.key):
                yield from self._file(info, digests)
            else:
                yield Finding(info.key, Problem.UNEXPECTED, "no manifest names it")

    def _tag_files(self) -> Iterator[Finding]:
        """Tag files, also below folders; one that no tag manifest names may be there."""
        paths = self._database.execute("SELECT DISTINCT path FROM named WHERE path NOT GLOB 'data/*'").fetchall()
        for (path,) in paths:
            if info := self._store.info(path):
                yield from self._file(info, self._digests(path))

    def _digests(self, path: str) -> dict[str, str]:
        return dict(self._database.execute("SELECT algorithm, digest FROM named WHERE path = ?", (path,)))

    def _file(self, info: ObjectInfo, digests: dict[str, str]) -> Iterator[Finding]:
        found = {algorithm: hashlib.new(algorithm, usedforsecurity=False) for algorithm in digests}
        try:
            with self._store.open(info.key) as stream:
                for chunk in chunks(stream):
                    for digest in found.values():
                        digest.update(chunk)
        except (StoreError, OSError) as error:
            yield Finding(info.key, Problem.UNREADABLE, str(error))
            return
        for algorithm, digest in found.items():
            if digest.hexdigest() != digests[algorithm]:
                detail = f"its {algorithm} is {digest.hexdigest()}, the manifest says {digests[algorithm]}"
                yield Finding(info.key, Problem.ALTERED, detail)
        self._progress(info.key, info.size)

    def _missing(self) -> Iterator[Finding]:
        """Files named that are not there; those of ``fetch.txt`` are to be fetched first."""
        awaited = self._fetched()
        for (path,) in self._database.cursor().execute("SELECT DISTINCT path FROM named"):
            if self._store.size(path) is None:
                detail = f"{bag_text.FETCH} says where from" if path in awaited else "a manifest names it"
                yield Finding(path, Problem.MISSING, detail)

    def _fetched(self) -> set[str]:
        try:
            lines = self._store.read(bag_text.FETCH).decode("utf-8", "replace").splitlines()
        except ObjectMissingError:
            return set()
        return {parts[2] for line in lines if len(parts := line.split(None, 2)) == 3}

    def _info(self) -> Iterator[Finding]:
        """``bag-info.txt``: the extent of the payload, and the profile."""
        try:
            tags = bag_text.read_tags(self._store.read(bag_text.BAG_INFO))
        except ObjectMissingError:
            return
        except BagTextError as error:
            yield Finding(bag_text.BAG_INFO, Problem.UNREADABLE, str(error))
            return
        for oxum in bag_text.values(tags, "Payload-Oxum"):
            if oxum != f"{self._bytes}.{self._files}":
                detail = f"Payload-Oxum is {oxum!r}; there are {self._bytes} bytes in {self._files} files"
                yield Finding(bag_text.BAG_INFO, Problem.ALTERED, detail)
        if PROFILE_IDENTIFIER in bag_text.values(tags, "BagIt-Profile-Identifier"):
            yield from self._profile(json.loads(PROFILE_TEXT), tags)

    def _profile(self, profile: dict[str, Any], tags: list[tuple[str, str]]) -> Iterator[Finding]:
        for label, rule in profile["Bag-Info"].items():
            given = bag_text.values(tags, label)
            if (rule["required"] and not given) or (len(given) > 1 and not rule["repeatable"]):
                detail = f"the profile wants {label!r} once, it is there {len(given)} times"
                yield Finding(bag_text.BAG_INFO, Problem.UNREADABLE, detail)
            if any(value not in rule.get("values", [value]) for value in given):
                yield Finding(bag_text.BAG_INFO, Problem.UNREADABLE, f"the profile does not allow {label}: {given!r}")
        required = [
            *profile["Tag-Files-Required"],
            *(f"manifest-{name}.txt" for name in profile["Manifests-Required"]),
            *(f"tagmanifest-{name}.txt" for name in profile["Tag-Manifests-Required"]),
        ]
        for key in required:
            if key not in self._top:
                yield Finding(key, Problem.MISSING, "the profile wants it")
        if bag_text.FETCH in self._top:
            yield Finding(bag_text.FETCH, Problem.UNEXPECTED, "the profile does not allow it")


def _top_files(store: Store) -> Iterator[ObjectInfo]:
    """The files beside ``data/`` that the standard names; the payload is not listed for it."""
    for first in ("b", "f", "m", "t", "UNF"):
        yield from (info for info in store.list(first) if "/" not in info.key)
