"""The manifest: which files are the lake at one moment, what each holds, and whether a manifest is as it was written.

``lake/manifest.json`` is written last, so what it names is a whole run.  It is small: for each table and province it
gives the SHA-256 of a piece, which lists the files by partition, and for the originals the pieces of ``originals``.  A
reader proves what it reads: the seal inside ``manifest.json``, the hash of each piece, the hash of each file.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import dataclasses
import hashlib
import itertools
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from gongkai.archive import formats, seal
from gongkai.archive.store import ObjectMissingError, Store
from gongkai.lake.files import (
    CURRENT,
    HOW,
    PIECES,
    VERSION_FOLDERS,
    VERSIONS,
    LakeDamagedError,
    LakeFile,
    ManifestDamagedError,
    ManifestError,
    Totals,
    proven,
    stored_versions,
    version_keys,
    version_sha256,
)
from gongkai.lake.first_manifest import FirstManifest
from gongkai.lake.originals import Originals
from gongkai.lake.partition import Partition, Partitions

__all__ = [
    "CURRENT",
    "MANIFEST_KEY",
    "VERSIONS",
    "VERSION_FOLDERS",
    "LakeDamagedError",
    "LakeFile",
    "Manifest",
    "ManifestDamagedError",
    "ManifestError",
    "Partitions",
    "Piece",
    "Totals",
    "made_piece",
    "read_manifest",
    "read_piece",
    "stored_versions",
    "version_sha256",
]

MANIFEST_KEY = "lake/manifest.json"
"""Key of the manifest.  A lake without one is empty."""

_AT_ONCE = 8
"""Pieces read side by side: on S3 most of the time is waiting."""


@dataclasses.dataclass(frozen=True, slots=True)
class Piece:
    """A part of the manifest, under its SHA-256: the files of one table in one province, which sum up to ``totals``."""

    table: str
    province: str | None
    totals: Totals
    sha256: str

    @property
    def key(self) -> str:
        return f"{PIECES}{self.sha256}.json"


@dataclasses.dataclass(frozen=True, slots=True)
class Manifest:
    """The whole lake at one moment; its pieces are read when they are asked for."""

    parser_version: str
    schema: str
    """``schema_fingerprint()`` of the version that wrote the files; another one's may lack columns."""
    pieces: tuple[Piece, ...]
    originals: Originals
    """What became of every original."""
    store: Store = dataclasses.field(compare=False, repr=False)
    listed: Mapping[Piece, tuple[LakeFile, ...]] | None = dataclasses.field(default=None, compare=False, repr=False)
    """The files of every piece, where the pieces are not stored; None where they are."""

    @property
    def tables(self) -> Mapping[str, Totals]:
        """Every table that has files, by name, with how many files, rows and bytes; no piece is read for it."""
        totals: dict[str, Totals] = {}
        for piece in self.pieces:
            totals[piece.table] = totals.get(piece.table, Totals()) + piece.totals
        return totals

    @property
    def publication_sha256(self) -> str:
        """Stands for the rows of the lake at this moment: equal files, of one parser version, have equal ones."""
        said = json.dumps([self.parser_version, self.schema, self._tables()], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def publication(self) -> str:
        """Its first twelve digits."""
        return self.publication_sha256[:12]

    @property
    def piece_keys(self) -> list[str]:
        """The keys of all pieces, those of the originals too."""
        return [] if self.listed is not None else [*(piece.key for piece in self.pieces), *self.originals.keys]

    @property
    def files(self) -> tuple[LakeFile, ...]:
        """Every file, by table and partition.  Reads every piece."""
        return tuple(itertools.chain.from_iterable(self._read(self.pieces)))

    def readable_files(self, provinces: Collection[str | None] | None = None) -> Iterator[LakeFile]:
        """The files, of some provinces or all, that those pieces name which are as they were written."""
        for piece in (piece for piece in self.pieces if provinces is None or piece.province in provinces):
            with contextlib.suppress(LakeDamagedError):
                yield from next(self._read([piece]))

    def of(self, table: str, partitions: Partitions | None = None) -> tuple[LakeFile, ...]:
        """The files of one table, in partition order; those of some partitions where they are given.

        Reads the pieces of the table and of the provinces wanted.  Raises LakeDamagedError where one is not as it was
        written, StoreError.
        """
        provinces = partitions.provinces if partitions else None
        pieces = [
            piece
            for piece in self.pieces
            if piece.table == table and (provinces is None or piece.province in provinces)
        ]
        files = itertools.chain.from_iterable(self._read(pieces))
        return tuple(file for file in files if partitions is None or file.partition in partitions)

    def in_provinces(self, provinces: Collection[str | None]) -> dict[tuple[str, Partition], LakeFile]:
        """The files of every table in some provinces, by table and partition."""
        return self.in_pieces([piece for piece in self.pieces if piece.province in provinces])

    def in_pieces(self, pieces: Collection[Piece]) -> dict[tuple[str, Partition], LakeFile]:
        """The files that some of the pieces name, by table and partition.  Raises LakeDamagedError, StoreError."""
        files = itertools.chain.from_iterable(self._read(pieces))
        return {(file.table, file.partition): file for file in files}

    def partition_of(self, sha256: str) -> Partition | None:
        """The partition that holds the rows of a document; None where the lake has none of it.

        Reads one piece.  Raises LakeDamagedError, StoreError.
        """
        known = self.originals.of([sha256]).get(sha256)
        return known.partition if known else None

    def holds(self, sha256: str) -> bool:
        """True where the lake has rows of this document.  Raises LakeDamagedError, StoreError."""
        return self.partition_of(sha256) is not None

    @property
    def passed_over(self) -> tuple[str, ...]:
        """Article pages read by this parser version that hold no statement form.  Reads every piece of the index."""
        return tuple(sorted(sha256 for sha256, attempts in self.originals.marks().items() if not attempts))

    @property
    def unsettled(self) -> dict[str, int]:
        """Originals that this parser version could not read for a reason that may pass, and how often it tried.

        Reads every piece of the index unless there are none.
        """
        marks = self.originals.marks() if self.originals.unsettled else {}
        return {sha256: attempts for sha256, attempts in sorted(marks.items()) if attempts}

    def dump(self) -> bytes:
        """Canonical JSON with its own hash inside: the same lake gives the same bytes, and a flipped one is told."""
        return seal.sealed_json(
            {
                formats.MEMBER: formats.MANIFEST,
                "parser_version": self.parser_version,
                "schema": self.schema,
                "tables": self._tables(),
                "originals": self.originals.dump(),
            }
        )

    def _tables(self) -> dict[str, list[dict[str, Any]]]:
        tables: dict[str, list[dict[str, Any]]] = {}
        for piece in self.pieces:
            row = {"province": piece.province, "sha256": piece.sha256, **dataclasses.asdict(piece.totals)}
            tables.setdefault(piece.table, []).append(row)
        return tables

    @classmethod
    def listing(
        cls,
        store: Store,
        files: Iterable[LakeFile],
        parser_version: str,
        *,
        originals: Originals | None = None,
        schema: str = "",
    ) -> Manifest:
        """A manifest of these files, whose pieces are not stored."""
        groups: dict[tuple[str, str | None], list[LakeFile]] = {}
        for file in sorted(files, key=lambda file: file.order):
            groups.setdefault((file.table, file.partition.province), []).append(file)
        listed = {made_piece(*of, group)[0]: tuple(group) for of, group in groups.items()}
        if originals is None:
            originals = Originals.of_documents(store, [file for file in files if file.table == "documents"])
        return cls(parser_version, schema, tuple(listed), originals, store, listed)

    @classmethod
    def load(cls, data: bytes, store: Store) -> Manifest:
        """The manifest in these bytes.

        Raises ManifestError for another format, ManifestDamagedError for bytes that are not those once written.
        """
        document = _document(data)
        if document.get(formats.MEMBER) == 1:
            return _of_first(FirstManifest.load(document), store)
        try:
            pieces = tuple(
                Piece(table, row["province"], Totals(row["files"], row["rows"], row["bytes"]), row["sha256"])
                for table, rows in document["tables"].items()
                for row in rows
            )
            originals = Originals.load(document["originals"], store)
            return cls(document["parser_version"], document["schema"], pieces, originals, store)
        except (AttributeError, KeyError, TypeError) as error:
            raise ManifestDamagedError(f"lake/manifest.json lacks what a manifest has ({error}); {HOW}") from error

    def _read(self, pieces: Collection[Piece]) -> Iterator[tuple[LakeFile, ...]]:
        """The files of each piece, several pieces read at once."""
        if self.listed is not None:
            yield from (self.listed[piece] for piece in pieces)
        elif len(pieces) < 2:
            yield from (read_piece(self.store, piece) for piece in pieces)
        else:
            with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as threads:
                yield from threads.map(lambda piece: read_piece(self.store, piece), pieces)


def read_manifest(store: Store) -> Manifest | None:
    """The lake's manifest; None where nothing was published yet.  Raises ManifestError, StoreError."""
    try:
        return Manifest.load(store.read(MANIFEST_KEY), store)
    except ObjectMissingError:
        return None


def read_piece(store: Store, piece: Piece) -> tuple[LakeFile, ...]:
    """The files that a piece names.  Raises LakeDamagedError when it is not as it was written, StoreError."""
    try:
        rows = json.loads(proven(store, piece.key))["files"]
        files = tuple(
            LakeFile(piece.table, Partition(piece.province, year, department), *counts)
            for year, department, *counts in rows
        )
    except (KeyError, TypeError, ValueError) as error:
        raise LakeDamagedError.of([piece.key]) from error
    if Totals.of(files) != piece.totals:
        raise LakeDamagedError.of([piece.key])
    return files


def made_piece(table: str, province: str | None, files: Collection[LakeFile]) -> tuple[Piece, bytes]:
    """A piece that names these files, and its bytes."""
    rows = []
    for file in files:
        row = [file.partition.year, file.partition.department, file.rows, file.bytes, file.sha256]
        usual = version_keys(file.partition, file.sha256)[0]
        rows.append(row if file.version == usual else [*row, file.version])
    data = json.dumps({"files": rows}, ensure_ascii=False, separators=(",", ":")).encode()
    return Piece(table, province, Totals.of(files), hashlib.sha256(data).hexdigest()), data


def _of_first(first: FirstManifest, store: Store) -> Manifest:
    documents = [file for file in first.files if file.table == "documents"]
    marks = {**dict.fromkeys(first.passed_over, 0), **first.unsettled}
    originals = Originals.of_documents(store, documents, marks, first.parser_version)
    return Manifest.listing(store, first.files, first.parser_version, originals=originals, schema=first.schema)


def _document(data: bytes) -> dict[str, Any]:
    try:
        document = json.loads(data)
    except ValueError as error:
        raise ManifestDamagedError(f"lake/manifest.json is not JSON ({error}); {HOW}") from error
    if not isinstance(document, dict):
        raise ManifestDamagedError(f"lake/manifest.json is no JSON object; {HOW}")
    if seal.MEMBER in document:
        try:
            seal.load_sealed_json(data)
        except seal.SealBrokenError as error:
            raise ManifestDamagedError(f"lake/manifest.json was altered: {error}; {HOW}") from error
    elif data != json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True).encode():
        raise ManifestDamagedError(f"lake/manifest.json was altered: it is not in canonical form; {HOW}")
    elif document.get(formats.MEMBER) != 1:
        raise ManifestDamagedError(f"lake/manifest.json was altered: it has neither seal nor format; {HOW}")
    try:
        formats.check_format(document.get(formats.MEMBER), formats.MANIFEST, "lake/manifest.json")
    except formats.NewerFormatError as error:
        raise ManifestError(str(error)) from error
    return document
