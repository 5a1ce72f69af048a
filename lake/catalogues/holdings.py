"""What one publication of the lake holds, as every catalogue tells it."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive.store import Store
from gongkai.lake.manifest import CURRENT, MANIFEST_KEY, LakeDamagedError, LakeFile, Manifest, read_manifest
from gongkai.lake.partition import PARTITION
from gongkai.lake.schema import TABLES, LakeTable

NAME = "gongkai"
TITLE = "Budgets and final accounts of China's government departments"
TITLE_ZH = "中国政府部门预算与决算公开数据"
DESCRIPTION = (
    "Every table of the budgets (预算) and final accounts (决算) that departments published, read to the fen into"
    " Parquet, with the page and the place on it that each amount was printed at, and what confirms it."
)
KEYWORDS = (
    "budget",
    "final accounts",
    "China",
    "government",
    "open fiscal data",
    "预算",
    "决算",
    "财政",
    "政府信息公开",
)
KEYS: Mapping[str, str] = {"documents": "sha256", "line_items": "line_item_id", "claims": "claim_id"}
"""The column by which a row of a table is known, of tables that have one."""
CITES = "document_sha256"
"""The column of every other table that names a row of ``documents``."""

_PLACE = ("province", "city", "county", "division_code")


@dataclasses.dataclass(frozen=True, slots=True, order=True)
class Place:
    """A division of GB/T 2260 that documents are of; ``code`` is its six digits, empty where not known."""

    province: str
    city: str
    county: str
    code: str

    def __str__(self) -> str:
        return "".join((self.province, self.city, self.county))


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """The files of one table, at least one."""

    table: LakeTable
    files: tuple[LakeFile, ...]

    @property
    def rows(self) -> int:
        return sum(file.rows for file in self.files)

    @property
    def bytes(self) -> int:
        return sum(file.bytes for file in self.files)

    @property
    def sha256(self) -> str:
        """SHA-256 of the table's lines as ``sha256sum`` prints them, in order of path."""
        return _digest(self.files)


@dataclasses.dataclass(frozen=True)
class Holdings:
    """One publication, once its manifest was read."""

    manifest: Manifest
    published_on: dt.date
    places: tuple[Place, ...]

    @functools.cached_property
    def tables(self) -> tuple[Held, ...]:
        """The tables that have rows, in the schema's order."""
        held = ((table, self.manifest.of(table.name)) for table in TABLES.values())
        return tuple(Held(table, tuple(sorted(files, key=_path))) for table, files in held if files)

    @property
    def publication(self) -> str:
        """The identifier of the publication, 64 digits."""
        return self.manifest.publication_sha256

    @functools.cached_property
    def digest(self) -> str:
        """A SHA-256 over the path and the hash of every file."""
        files = ((file.path, file.sha256) for file in self.manifest.files)
        return digest_of_files(self.manifest.parser_version, self.manifest.schema, files)

    @property
    def years(self) -> tuple[int, ...]:
        return tuple(sorted({file.partition.year for file in self.manifest.files if file.partition.year}))

    @property
    def departments(self) -> tuple[str, ...]:
        named = {file.partition.department for file in self.manifest.files if file.partition.department}
        return tuple(sorted(named))

    @property
    def documents(self) -> int:
        return sum(file.rows for file in self.manifest.of("documents"))

    @property
    def rows(self) -> int:
        return sum(held.rows for held in self.tables)

    @property
    def bytes(self) -> int:
        return sum(held.bytes for held in self.tables)


def holdings(store: Store, on: dt.date | None = None) -> Holdings | None:
    """What the lake holds now; None where nothing was published.  ``on`` is its date, else that of the publication.

    Raises ManifestError, LakeDamagedError, StoreError.
    """
    manifest = read_manifest(store)
    if manifest is None or not manifest.files:
        return None
    places = sorted(set(_places(store, manifest)))
    return Holdings(manifest, on or published_on(store), tuple(places))


def published_on(store: Store) -> dt.date:
    """The day, in UTC, on which the lake was last published; raises StoreError."""
    info = store.info(MANIFEST_KEY)
    return (info.modified if info else dt.datetime.now(dt.UTC)).astimezone(dt.UTC).date()


def digest_of_files(parser_version: str, schema: str, files: Iterable[tuple[str, str]]) -> str:
    """A SHA-256 over the path and the hash of every file, and who read them: a release is checked against it."""
    lines = sorted(f"{sha256}  {path}\n" for path, sha256 in files)
    return hashlib.sha256("".join((f"{parser_version}\n{schema}\n", *lines)).encode()).hexdigest()


def glob(table: LakeTable) -> str:
    """The pattern that finds a table's files from the folder that holds ``lake/``."""
    return f"lake/{table.name}" + "/*" * len(PARTITION) + CURRENT


def is_money(kind: pa.DataType) -> bool:
    """True of a column of yuan to the fen."""
    return pa.types.is_decimal(kind) and kind.scale == 2


def verified(store: Store, file: LakeFile) -> bytes:
    """The bytes of a file, which are those the manifest names.  Raises LakeDamagedError, StoreError."""
    data = store.read(file.version)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise LakeDamagedError.of([file.version])
    return data


def _places(store: Store, manifest: Manifest) -> Iterator[Place]:
    for file in manifest.of("documents"):
        table = pq.ParquetFile(pa.BufferReader(verified(store, file)))
        columns = [name for name in _PLACE if name in table.schema_arrow.names]
        for row in table.read(columns=columns).group_by(columns).aggregate([]).to_pylist():
            place = {"province": file.partition.province, **row}
            if place["province"]:
                yield Place(*(place.get(name) or "" for name in _PLACE))


def _digest(files: Sequence[LakeFile]) -> str:
    lines = (f"{file.sha256}  {file.path}\n" for file in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _path(file: LakeFile) -> str:
    return file.path
