"""The manifest: which files are the lake at one moment, what each holds, and whether a manifest is as it was written.

``lake/manifest.json`` is written last, so what it names is a whole run.  ``Manifest.load`` proves what it reads: the
seal inside the file, and that path, version and partition of each file say one thing.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pyarrow.parquet as pq

from gongkai.archive import formats, keys, seal
from gongkai.archive.store import ArchiveError, BadKeyError, ObjectInfo, ObjectMissingError, Store
from gongkai.lake.partition import Partition, Partitions

MANIFEST_KEY = "lake/manifest.json"
"""Key of the manifest.  A lake without one is empty."""
VERSIONS = "lake_versions/"
"""Prefix of the immutable files a manifest names: outside ``lake/``, so that no glob over it counts rows twice."""
VERSION_FOLDERS = (VERSIONS, "lake/versions/")
"""Every prefix under which versions may lie: today's, and that of lakes written before it."""
CURRENT = "/data.parquet"
"""End of the key of a current file."""

_FORMAT = 1
_HOW = "run gongkai parse --all"


class ManifestError(ArchiveError):
    """Raised when lake/manifest.json is not one this version can read."""


class ManifestDamagedError(ManifestError):
    """Raised when the manifest contradicts itself, so that some byte of it was changed after it was written."""


class LakeDamagedError(ManifestError):
    """Raised when files of the lake are missing or are not what the manifest says."""

    @classmethod
    def of(cls, keys: Sequence[str]) -> LakeDamagedError:
        """The error that names these files, or the first of them."""
        which = f"the file {keys[0]!r}" if len(keys) == 1 else f"{len(keys)} files, {keys[0]!r} among them,"
        return cls(f"of the lake {which} cannot be trusted: missing or altered since; {_HOW}")


@dataclasses.dataclass(frozen=True, slots=True)
class LakeFile:
    """One Parquet file: a table's rows of one partition.

    ``path`` is the current file, replaced when the partition changes: the plain glob for every other tool.
    ``version`` holds the bytes of ``path`` under their hash and is never replaced: a reader that started from a
    manifest reads versions, so that it sees one whole run whatever is written meanwhile.
    """

    table: str
    partition: Partition
    rows: int
    bytes: int
    sha256: str
    version: str = ""

    def __post_init__(self) -> None:
        if not self.version:  # given by manifests only: earlier versions had other names
            object.__setattr__(self, "version", _versions(self.partition, self.sha256)[0])

    @property
    def path(self) -> str:
        return f"lake/{self.table}/{self.partition.path()}{CURRENT}"


@dataclasses.dataclass(frozen=True, slots=True)
class Totals:
    """How much of a table there is."""

    files: int = 0
    rows: int = 0
    bytes: int = 0


@dataclasses.dataclass(frozen=True, slots=True)
class Manifest:
    """The whole lake at one moment."""

    parser_version: str
    files: tuple[LakeFile, ...]
    passed_over: tuple[str, ...] = ()
    """Article pages read by this parser version that hold no statement form; they are no documents."""
    unsettled: Mapping[str, int] = dataclasses.field(default_factory=dict)
    """Originals that this parser version could not read for a reason that may pass, and how often it tried."""
    schema: str = ""
    """``schema_fingerprint()`` of the version that wrote the files; another one's may lack columns."""

    store: Store | None = dataclasses.field(default=None, compare=False, repr=False)
    """Where the lake lies; None for a manifest that was not read from a store."""

    @property
    def tables(self) -> Mapping[str, Totals]:
        """Every table that has files, by name, with how many files, rows and bytes."""
        totals: dict[str, Totals] = {}
        for file in self.files:
            before = totals.get(file.table, Totals())
            totals[file.table] = Totals(before.files + 1, before.rows + file.rows, before.bytes + file.bytes)
        return dict(sorted(totals.items()))

    @property
    def publication(self) -> str:
        """Twelve hex digits that stand for this moment of the lake: equal lakes have equal ones."""
        return hashlib.sha256(self.dump()).hexdigest()[:12]

    def of(self, table: str, partitions: Partitions | None = None) -> tuple[LakeFile, ...]:
        """The files of one table, in partition order; those of some partitions where they are given."""
        chosen = (file for file in self.files if file.table == table)
        return tuple(file for file in chosen if partitions is None or file.partition in partitions)

    def partition_of(self, sha256: str) -> Partition | None:
        """The partition that holds the rows of a document; None where the lake has none of it.  Raises StoreError."""
        for file in self.of("documents") if self.store else ():
            with self.store.open(file.version) as stream:  # type: ignore[union-attr]
                if sha256 in pq.ParquetFile(stream).read(columns=["sha256"]).column("sha256").to_pylist():
                    return file.partition
        return None

    def holds(self, sha256: str) -> bool:
        """True where the lake has rows of this document.  Raises StoreError."""
        return self.partition_of(sha256) is not None

    def dump(self) -> bytes:
        """Canonical JSON with its own hash inside: the same lake gives the same bytes, and a flipped one is told."""
        return seal.sealed_json(
            {
                "format": _FORMAT,
                "parser_version": self.parser_version,
                "files": [_row(file) for file in self.files],
                "passed_over": list(self.passed_over),
                "unsettled": dict(self.unsettled),
                "schema": self.schema,
            }
        )

    @classmethod
    def load(cls, data: bytes) -> Manifest:
        """The manifest in these bytes.

        Raises ManifestError for another format, ManifestDamagedError for bytes that are not those once written.  A
        manifest without a seal, as the first lakes have, must be in canonical form; its parser version is unproven.
        """
        document = _document(data)
        rows = document.get("files")
        passed_over, schema = document.get("passed_over", []), document.get("schema", "")
        unsettled = document.get("unsettled", {})
        if not (isinstance(rows, list) and isinstance(passed_over, list) and isinstance(unsettled, dict)):
            raise ManifestDamagedError(f"lake/manifest.json has no list of files; {_HOW}")
        version = document.get("parser_version")
        if not isinstance(version, str) or not isinstance(schema, str):
            raise ManifestDamagedError(f"lake/manifest.json names no parser version; {_HOW}")
        return cls(version, tuple(map(_file, rows)), tuple(passed_over), unsettled, schema)


def read_manifest(store: Store) -> Manifest | None:
    """The lake's manifest; None where nothing was published yet.  Raises ManifestError, StoreError."""
    try:
        return dataclasses.replace(Manifest.load(store.read(MANIFEST_KEY)), store=store)
    except ObjectMissingError:
        return None


def _row(file: LakeFile) -> dict[str, Any]:
    return {
        "table": file.table,
        **dataclasses.asdict(file.partition),
        "path": file.path,
        "version": file.version,
        "rows": file.rows,
        "bytes": file.bytes,
        "sha256": file.sha256,
    }


def _document(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data)
    except ValueError as error:
        raise ManifestDamagedError(f"lake/manifest.json is not JSON ({error}); {_HOW}") from error
    if not isinstance(document, dict):
        raise ManifestDamagedError(f"lake/manifest.json is no JSON object; {_HOW}")
    if seal.MEMBER in document:
        try:
            seal.load_sealed_json(data)
        except seal.SealBrokenError as error:
            raise ManifestDamagedError(f"lake/manifest.json was altered: {error}; {_HOW}") from error
    elif data != json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode():
        raise ManifestDamagedError(f"lake/manifest.json was altered: it is not in canonical form; {_HOW}")
    elif document.get("format") != _FORMAT:
        raise ManifestDamagedError(f"lake/manifest.json was altered: it has neither seal nor format; {_HOW}")
    try:
        formats.check_format(document.get(formats.MEMBER), _FORMAT, "lake/manifest.json")
    except formats.NewerFormatError as error:
        raise ManifestError(str(error)) from error
    return document


def _file(row: Any) -> LakeFile:
    """The file a row of the manifest names, if all its members say one thing."""
    try:
        partition = Partition(row["province"], row["year"], row["department"])
        file = LakeFile(row["table"], partition, row["rows"], row["bytes"], row["sha256"], row["version"])
        agree = keys.check_key(row["path"]) == file.path and keys.check_key(file.version) in _versions(
            partition, file.sha256
        )
    except (AttributeError, KeyError, TypeError, BadKeyError) as error:
        raise ManifestDamagedError(f"lake/manifest.json names the file {row!r}, which cannot be one; {_HOW}") from error
    if not keys.is_sha256(file.sha256):
        raise ManifestDamagedError(f"lake/manifest.json names the file {row!r}, which cannot be one; {_HOW}")
    if not agree:
        raise ManifestDamagedError(f"lake/manifest.json contradicts itself about {row['path']!r}; {_HOW}")
    return file


def _versions(partition: Partition, sha256: str) -> tuple[str, str, str]:
    """Where the bytes lie under their hash: today, in earlier lakes, and in the first ones."""
    path = partition.path()
    now, before = (f"{folder}{path}/{sha256}.parquet" for folder in VERSION_FOLDERS)
    return now, before, f"{VERSION_FOLDERS[1]}{sha256}/{path}{CURRENT}"


def version_sha256(key: str) -> str | None:
    """The SHA-256 that the key of a version states; None for a key that is not one."""
    if not key.startswith(VERSION_FOLDERS):
        return None
    name = key.removesuffix(CURRENT).removesuffix(".parquet")
    stated = (
        name.removeprefix(VERSION_FOLDERS[1]).partition("/")[0] if key.endswith(CURRENT) else name.rpartition("/")[2]
    )
    return stated if keys.is_sha256(stated) else None


def stored_versions(store: Store) -> Iterator[ObjectInfo]:
    """Every version that is stored, named by a manifest or not."""
    for folder in VERSION_FOLDERS:
        yield from store.list(folder)
