"""The rows of a parsed original as bytes: a line of JSON that names the documents in it, then their tables in Arrow's
stream format, one after the other.  No format that can hold code: whoever may write into the store may write these."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.ipc

from gongkai.lake.packing import PackedDocument
from gongkai.lake.partition import Partition

_OPTIONS = pyarrow.ipc.IpcWriteOptions(compression="zstd")


def dump(documents: Sequence[PackedDocument]) -> bytes:
    """Documents as bytes."""
    heads = [
        {
            "sha256": document.sha256,
            "status": document.status,
            "partition": dataclasses.asdict(document.partition),
            "container": document.container,
            "is_passing": document.is_passing,
            "tables": list(document.tables),
        }
        for document in documents
    ]
    out = io.BytesIO()
    out.write(json.dumps(heads).encode() + b"\n")
    for document in documents:
        for table in document.tables.values():
            with pyarrow.ipc.new_stream(out, table.schema, options=_OPTIONS) as stream:
                stream.write_table(table)
    return out.getvalue()


def load(data: bytes) -> list[PackedDocument]:
    """The documents that ``dump`` was given."""
    source = io.BytesIO(data)
    documents: list[PackedDocument] = []
    for head in json.loads(source.readline()):
        tables: dict[str, pa.Table] = {}
        for name in head["tables"]:
            with pyarrow.ipc.open_stream(source) as stream:
                tables[name] = stream.read_all()
        documents.append(PackedDocument(**{**head, "partition": Partition(**head["partition"]), "tables": tables}))
    return documents
