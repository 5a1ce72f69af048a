"""The rows of a parsed original as bytes: a line of JSON that names the documents in it with the lengths of their
tables, then these as they were packed, one after the other.  No format that can hold code: whoever may write into the
store may write these."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Sequence

from gongkai.lake.packing import PackedDocument
from gongkai.lake.partition import Partition


def dump(documents: Sequence[PackedDocument]) -> bytes:
    """Documents as bytes."""
    heads = [
        {
            "sha256": document.sha256,
            "status": document.status,
            "partition": dataclasses.asdict(document.partition),
            "container": document.container,
            "is_passing": document.is_passing,
            "tables": {name: len(table) for name, table in document.tables.items()},
        }
        for document in documents
    ]
    tables = (table for document in documents for table in document.tables.values())
    return b"".join([json.dumps(heads).encode(), b"\n", *tables])


def load(data: bytes) -> list[PackedDocument]:
    """The documents that ``dump`` was given."""
    source = io.BytesIO(data)
    documents: list[PackedDocument] = []
    for head in json.loads(source.readline()):
        tables = {name: source.read(size) for name, size in head["tables"].items()}
        documents.append(PackedDocument(**{**head, "partition": Partition(**head["partition"]), "tables": tables}))
    return documents
