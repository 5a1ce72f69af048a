"""Lake files: the rows of a table in a partition as Parquet, where their bytes lie, and that they are those written."""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive import keys
from gongkai.archive.store import ArchiveError, ObjectInfo, ObjectMissingError, Store
from gongkai.archive.streams import IN_MEMORY, digest_of
from gongkai.lake.partition import Partition

VERSIONS = "lake_versions/"
"""Prefix of the immutable files a manifest names: outside ``lake/``, so that no glob over it counts rows twice."""
VERSION_FOLDERS = (VERSIONS, "lake/versions/")
"""Every prefix under which versions may lie: today's, and that of lakes written before it."""
PIECES = f"{VERSIONS}manifest/"
"""Prefix of the pieces of manifests, each under its own hash."""
CURRENT = "/data.parquet"
"""End of the key of a current file."""

HOW = "run gongkai parse --all"
"""What mends a lake that cannot be trusted."""


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
        return cls(f"of the lake {which} cannot be trusted: missing or altered since; {HOW}")


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
            object.__setattr__(self, "version", version_keys(self.partition, self.sha256)[0])

    @property
    def order(self) -> tuple[str, tuple[str, int, str]]:
        """What files are sorted by."""
        return (self.table, self.partition.order)

    @property
    def path(self) -> str:
        return f"lake/{self.table}/{self.partition.path()}{CURRENT}"


@dataclasses.dataclass(frozen=True, slots=True)
class Totals:
    """How much of a table there is."""

    files: int = 0
    rows: int = 0
    bytes: int = 0

    @classmethod
    def of(cls, files: Collection[LakeFile]) -> Totals:
        return cls(len(files), sum(file.rows for file in files), sum(file.bytes for file in files))

    def __add__(self, other: Totals) -> Totals:
        return Totals(self.files + other.files, self.rows + other.rows, self.bytes + other.bytes)


def version_keys(partition: Partition, sha256: str) -> tuple[str, str, str]:
    """Where the bytes lie under their hash: today, in earlier lakes, and in the first ones."""
    path = partition.path()
    now, before = (f"{folder}{path}/{sha256}.parquet" for folder in VERSION_FOLDERS)
    return now, before, f"{VERSION_FOLDERS[1]}{sha256}/{path}{CURRENT}"


def version_sha256(key: str) -> str | None:
    """The SHA-256 that the key of a version or of a piece states; None for a key that is not one."""
    if not key.startswith(VERSION_FOLDERS):
        return None
    name = key.removesuffix(CURRENT).removesuffix(".parquet").removesuffix(".json")
    stated = (
        name.removeprefix(VERSION_FOLDERS[1]).partition("/")[0] if key.endswith(CURRENT) else name.rpartition("/")[2]
    )
    return stated if keys.is_sha256(stated) else None


def stored_versions(store: Store) -> Iterator[ObjectInfo]:
    """Every version and every piece that is stored, named by a manifest or not."""
    for folder in VERSION_FOLDERS:
        yield from store.list(folder)


def proven(store: Store, key: str) -> bytes:
    """The bytes under a key that ends in their SHA-256.  Raises LakeDamagedError where they are others, StoreError."""
    try:
        data = store.read(key)
    except ObjectMissingError as error:
        raise LakeDamagedError.of([key]) from error
    if hashlib.sha256(data).hexdigest() != version_sha256(key):
        raise LakeDamagedError.of([key])
    return data


def read_file(store: Store, file: LakeFile, columns: Sequence[str] | None = None) -> pa.Table:
    """A file's rows, of the columns named those that it has.  Raises LakeDamagedError as ``opened`` does."""
    with opened(store, file) as parquet:
        there = parquet.schema_arrow.names
        return parquet.read(columns=None if columns is None else [name for name in columns if name in there])


@contextlib.contextmanager
def opened(store: Store, file: LakeFile) -> Iterator[pq.ParquetFile]:
    """A file to be read, of which a short one is in memory, of a long one what is read.

    Raises LakeDamagedError, before Arrow sees a byte, when it is not what the manifest says.
    """
    with _stream(store, file) as stream:
        if digest_of(stream) != file.sha256:
            raise LakeDamagedError.of([file.version])
        # Read as one file: a directory-style path would make pyarrow add the partition columns a second time.
        yield pq.ParquetFile(stream, page_checksum_verification=True)


def _stream(store: Store, file: LakeFile) -> BinaryIO:
    try:
        return io.BytesIO(store.read(file.version)) if file.bytes <= IN_MEMORY else store.open(file.version)
    except ObjectMissingError as error:
        raise LakeDamagedError.of([file.version]) from error


def conform(rows: pa.Table, schema: pa.Schema, constant: Mapping[str, Any]) -> pa.Table:
    """A file's rows under today's schema: constants, as the path or kind of a file tells them, and null for what an
    older version did not write."""
    columns = [
        rows.column(field.name).cast(field.type)
        if field.name in rows.column_names
        else pa.repeat(pa.scalar(constant.get(field.name), field.type), rows.num_rows)
        for field in schema
    ]
    return pa.table(columns, schema=schema)
