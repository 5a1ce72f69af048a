"""Fixity of the lake: every file the manifest names is checked byte for byte, and for the rows it says; every original
that the documents cite must be there."""

from __future__ import annotations

import hashlib
import io
import itertools
import secrets
from collections.abc import Callable, Iterable, Iterator, Set
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive import seal
from gongkai.archive.fixity import Finding, Problem, Verification
from gongkai.archive.lock import is_locked
from gongkai.archive.store import ObjectInfo, ObjectMissingError, StoreError
from gongkai.lake.current import PUBLISHING_KEY, RETIRED_KEY
from gongkai.lake.files import PIECES
from gongkai.lake.manifest import (
    CURRENT,
    MANIFEST_KEY,
    VERSIONS,
    LakeFile,
    Manifest,
    ManifestDamagedError,
    ManifestError,
    stored_versions,
    version_sha256,
)
from gongkai.lake.partition import Partition
from gongkai.lake.publication import LOCK
from gongkai.lake.schema import TABLES

_CITING = ("sha256", "container_sha256")
_CHANGED = (Problem.MISSING, Problem.ALTERED)
_UNDER_WAY = "a publication is under way: the files it replaces were not judged; run verify again when it is over"


def lake_files(verification: Verification) -> Iterator[Finding]:
    """Check what lies under ``lake/``, and that cited originals are there; for ``verify(…, further=(lake_files,))``."""
    yield from _own_records(verification)
    mine = verification.is_mine(MANIFEST_KEY)
    try:
        stood = verification.store.info(MANIFEST_KEY)
        data = verification.store.read(MANIFEST_KEY)
        manifest = Manifest.load(data, verification.store)
    except ObjectMissingError:
        if mine:
            yield from _without_manifest(verification)
        return
    except (ManifestError, StoreError) as error:
        if mine:
            problem = Problem.ALTERED if isinstance(error, ManifestDamagedError) else Problem.UNREADABLE
            yield Finding(MANIFEST_KEY, problem, str(error))
        return
    if mine:
        for sha256 in sorted(manifest.originals.marks()):
            yield from verification.cited(sha256, "the manifest names it")
        verification.checked(MANIFEST_KEY, len(data))
    yield from _Files(verification, manifest, stood).findings()


def _without_manifest(verification: Verification) -> Iterator[Finding]:
    """A lake that lost its manifest, or one that never had it: its first publication is under way or was cut off."""
    there = [info.key for info in verification.store.list("lake/")]
    if not there and not verification.has_lake:
        return
    if verification.has_lake or any(key.endswith(CURRENT) and not key.startswith(VERSIONS) for key in there):
        yield Finding(MANIFEST_KEY, Problem.MISSING, "lake files are, or were, there: run `gongkai parse --all`")
    elif is_locked(verification.store, LOCK) or verification.store.size(MANIFEST_KEY) is not None:
        verification.note(_UNDER_WAY)
    else:
        yield Finding(MANIFEST_KEY, Problem.UNFINISHED, "the first publication was cut off: run `gongkai parse`")


def _own_records(verification: Verification) -> Iterator[Finding]:
    """What publications note for each other."""
    for key in filter(verification.is_mine, (RETIRED_KEY, PUBLISHING_KEY)):
        try:
            data = verification.store.read(key)
            if key == RETIRED_KEY:
                seal.load_sealed_json(data)
        except ObjectMissingError:
            continue
        except seal.SealBrokenError as error:
            yield Finding(key, Problem.ALTERED, f"{error}; the next `gongkai parse` writes it anew")
        verification.checked(key, len(data))


class _Files:
    """The files of one manifest, while another one may be published."""

    def __init__(self, verification: Verification, manifest: Manifest, stood: ObjectInfo | None) -> None:
        self._verification = verification
        self._store = verification.store
        self._manifest = manifest
        self._stood = stood
        self._is_moving = False

    def findings(self) -> Iterator[Finding]:
        if self._verification.presence_only:
            yield from self._absent()
            return
        yield from self._pieces()
        named = ((key, file) for file in self._manifest.readable_files() for key in (file.path, file.version))
        mine = [(key, file) for key, file in named if self._verification.is_mine(key)]
        for key, file in self._verification.in_turn(mine):
            yield from self._file(key, file)
            self._verification.checked(key, file.bytes)
        yield from self._versions_kept({key for key, _ in mine})

    def _pieces(self) -> Iterator[Finding]:
        """The pieces of the manifest; while one is damaged, nothing is known of the files that it names."""
        for key in filter(self._verification.is_mine, self._manifest.piece_keys):
            findings = list(self._verification.same_bytes(key, str(version_sha256(key))))
            if findings and self._now() == self._stood:
                yield from findings
            self._verification.checked(key, self._store.size(key) or 0)

    def _file(self, key: str, file: LakeFile) -> Iterator[Finding]:
        if self._is_moving and key == file.path:
            return
        findings = list(self._verification.same_bytes(key, file.sha256, self._against(key, file)))
        changed = [each for each in findings if each.key == key and each.problem in _CHANGED]
        yield from (each for each in findings if each not in changed)
        if changed and not self._is_as_it_should_be(key, file):
            yield from self._still_true(changed, key, file)

    def _is_as_it_should_be(self, key: str, file: LakeFile) -> bool:
        """True where a publication that ended meanwhile explains what was found."""
        if self._now() == self._stood:
            return False
        try:
            manifest = Manifest.load(self._store.read(MANIFEST_KEY), self._store)
            of_province = manifest.in_provinces({file.partition.province}).values()
        except (ManifestError, StoreError):
            return False
        now = {key: file for file in of_province for key in (file.path, file.version)}
        return key not in now or self._holds(key, now[key])

    def _still_true(self, findings: list[Finding], key: str, file: LakeFile) -> Iterator[Finding]:
        """The findings, unless a current file is being replaced or its replacement was cut off."""
        if key == file.path and self._store.size(PUBLISHING_KEY) is not None:
            self._is_moving = True
            if is_locked(self._store, LOCK):
                self._verification.note(_UNDER_WAY)
            else:
                detail = "a publication was cut off: run `gongkai parse`, which brings the current files in line"
                yield Finding(PUBLISHING_KEY, Problem.UNFINISHED, detail)
        elif key != file.path or not self._holds(key, file):
            yield from findings

    def _now(self) -> ObjectInfo | None:
        return self._store.info(MANIFEST_KEY)

    def _holds(self, key: str, file: LakeFile) -> bool:
        try:
            return hashlib.sha256(self._store.read(key)).hexdigest() == file.sha256
        except StoreError:
            return False

    def _versions_kept(self, named: Set[str]) -> Iterator[Finding]:
        """Versions that no manifest names any more, until they are removed: their names say what they hold."""
        pieces = set(self._manifest.piece_keys)
        for info in stored_versions(self._store):
            sha256 = version_sha256(info.key)
            if info.key in named or info.key in pieces or not sha256 or not self._verification.is_mine(info.key):
                continue
            findings = list(self._verification.same_bytes(info.key, sha256))
            if self._store.size(info.key) is not None:
                yield from findings
            self._verification.checked(info.key, info.size)

    def _absent(self) -> Iterator[Finding]:
        """Files that are not there, or of another length, and originals cited that are not there.

        They are looked at province by province from a random one on, until the time is used up.
        """
        pieces = {info.key for info in self._listed([PIECES])}
        for key in self._manifest.piece_keys:
            if key not in pieces and self._now() == self._stood:
                yield Finding(key, Problem.MISSING, "it is a piece of the manifest")
        provinces = sorted({piece.province for piece in self._manifest.pieces}, key=lambda name: name or "")
        start = secrets.randbelow(len(provinces) or 1)
        for province in (*provinces[start:], *provinces[:start]):
            yield from self._absent_of(province)

    def _absent_of(self, province: str | None) -> Iterator[Finding]:
        path = Partition(province, None, None).path().partition("/")[0]
        folders = (f"{VERSIONS}{path}/", *(f"lake/{table}/{path}/" for table in TABLES))
        sizes = {info.key: info.size for info in self._listed(folders)}
        for file in self._manifest.readable_files({province}):
            for key in (file.path, file.version):
                self._verification.look_at_the_time()
                size = sizes[key] if key in sizes else self._store.size(key)
                yield from self._of_size(key, file, size)

    def _listed(self, folders: Iterable[str]) -> Iterator[ObjectInfo]:
        for info in itertools.chain.from_iterable(map(self._store.list, folders)):
            self._verification.look_at_the_time()
            yield info

    def _of_size(self, key: str, file: LakeFile, size: int | None) -> Iterator[Finding]:
        if size != file.bytes:
            problem, found = (Problem.MISSING, "missing") if size is None else (Problem.ALTERED, f"{size} bytes")
            detail = f"the manifest names it with {file.bytes} bytes: {found}"
            if not self._is_as_it_should_be(key, file):
                yield from self._still_true([Finding(key, problem, detail)], key, file)
        elif file.table == "documents" and key == file.version:
            try:
                yield from self._cited(key, io.BytesIO(self._store.read(key)))
            except (pa.ArrowException, OSError) as error:
                yield Finding(key, Problem.UNREADABLE, f"it is not Parquet: {error}")

    def _against(self, key: str, file: LakeFile) -> Callable[[BinaryIO, int], Iterator[Finding]]:
        """A lake file whose hash is right, against the size and the rows the manifest gives, and what it cites."""

        def check(stream: BinaryIO, size: int) -> Iterator[Finding]:
            if size != file.bytes:
                yield Finding(MANIFEST_KEY, Problem.ALTERED, f"it says {file.bytes} bytes of {key!r}, which has {size}")
            try:
                rows = pq.ParquetFile(stream).metadata.num_rows
                if file.table == "documents" and key == file.version:
                    yield from self._cited(key, stream)
            except (pa.ArrowException, OSError) as error:
                yield Finding(key, Problem.UNREADABLE, f"it is not Parquet: {error}")
                return
            if rows != file.rows:
                yield Finding(MANIFEST_KEY, Problem.ALTERED, f"it says {file.rows} rows of {key!r}, which has {rows}")

        return check

    def _cited(self, key: str, stream: BinaryIO) -> Iterator[Finding]:
        """The original of every document, or the one it lies in."""
        file = pq.ParquetFile(stream)
        columns = [name for name in _CITING if name in file.schema_arrow.names]
        for row in file.read(columns=columns).to_pylist():
            sha256 = row.get("container_sha256") or row.get("sha256")
            if sha256:
                yield from self._verification.cited(sha256, f"{key!r} holds what was read of it")
