"""Packs the rows of one original, where it was parsed, into the compressed Arrow tables that a publication takes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

import pyarrow as pa
import pyarrow.ipc

from gongkai.lake.originals import Known
from gongkai.lake.partition import Partition
from gongkai.lake.rows import DocumentRow, ParsedDocument
from gongkai.lake.schema import TABLES, LakeTable, arrow_schema
from gongkai.vocabulary.dimensions import ParseStatus

_CODEC: Literal["zstd"] = "zstd"
_SIZE = 8
"""Bytes in which the length of a table before it was compressed is written."""


class ColumnUnknownError(Exception):
    """Raised when a row has a key that is no column of its table, from ``pack`` and ``PackedDocument.with_row``."""


@dataclasses.dataclass(frozen=True, slots=True)
class PackedDocument:
    """The outcome of one original as the tables that are published.

    ``pack`` makes it where the original was parsed, so that a value no column can hold costs that document alone.
    """

    sha256: str
    status: ParseStatus
    partition: Partition
    tables: Mapping[str, bytes]
    """Those that it has rows of, compressed to a tenth of what the rows take in memory."""
    container: str | None = None
    """SHA-256 of the archive file it was found in."""
    is_passing: bool = False
    """True where it could not be read for a reason that may pass: a killed worker, time, memory, a store away."""

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return sum(map(len, self.tables.values()))

    def table(self, name: str) -> pa.Table:
        """Its rows of a table."""
        schema = arrow_schema(TABLES[name])
        if name not in self.tables:
            return schema.empty_table()
        size, rows = self.tables[name][:_SIZE], self.tables[name][_SIZE:]
        message = pa.decompress(rows, decompressed_size=int.from_bytes(size), codec=_CODEC)
        return pa.Table.from_batches([pa.ipc.read_record_batch(message, schema)])

    def row(self) -> DocumentRow:
        """Its row of ``documents``."""
        return cast("DocumentRow", self.table("documents").to_pylist()[0])

    def known(self) -> Known:
        """Its row of the index of originals, as if it were new there."""
        names = ("parse_status", "parser_version", "container_sha256")
        said = self.table("documents").select(names).to_pylist()[0]
        return Known(self.sha256, self.partition, **said)

    def with_row(self, row: DocumentRow) -> PackedDocument:
        """The document with another row of ``documents``.  Raises ColumnUnknownError."""
        documents = _compressed(_arrow(TABLES["documents"], [row], {}))
        return dataclasses.replace(self, tables={**self.tables, "documents": documents})


def pack(document: ParsedDocument) -> PackedDocument:
    """Rows to compressed Arrow tables.

    Raises ColumnUnknownError for a key that no column has, pyarrow.ArrowException where a value fits no column.
    """
    rows = cast("Mapping[str, Sequence[Mapping[str, object]]]", document.rows)
    common = {"document_sha256": document.sha256, **dataclasses.asdict(document.partition)}
    tables = {name: _compressed(_arrow(table, rows[name], common)) for name, table in TABLES.items() if rows[name]}
    return PackedDocument(document.sha256, document.status, document.partition, tables, document.container)


def _compressed(table: pa.Table) -> bytes:
    """A table that has rows: the length of its one batch as Arrow serialises it, then the batch, compressed."""
    (batch,) = table.combine_chunks().to_batches()
    message = batch.serialize()
    return message.size.to_bytes(_SIZE) + pa.compress(message, codec=_CODEC, asbytes=True)


def _arrow(table: LakeTable, rows: Sequence[Mapping[str, object]], common: Mapping[str, Any]) -> pa.Table:
    """Rows as a table of the lake; ``common`` holds the columns that have one value in all of them."""
    schema = arrow_schema(table)
    unknown = set().union(*rows).difference(schema.names)
    if unknown:
        raise ColumnUnknownError(f"a row of {table.name!r} has {min(unknown)!r}, which is no column of that table")
    own = pa.Table.from_pylist(rows, schema=pa.schema([field for field in schema if field.name not in common]))
    columns = [
        pa.repeat(pa.scalar(common[field.name], field.type), len(rows))
        if field.name in common
        else own.column(field.name)
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)
