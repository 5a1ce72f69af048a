"""Documents that no longer stand at their address, as rows."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pyarrow as pa

from gongkai.archive.retrieval import History

_TIME = pa.timestamp("us", "UTC")
_TYPES: dict[str, pa.DataType] = {
    "became": pa.string(),
    "last_observed_at": _TIME,
    "since": _TIME,
    "sha256": pa.string(),
    "replaced_by": pa.string(),
    "moved_to": pa.string(),
    "portal": pa.string(),
    "title": pa.string(),
    "index_number": pa.string(),
    "file_name": pa.string(),
    "url": pa.string(),
}
_COLUMNS = pa.schema(_TYPES)
_BATCH = 1000


def withdrawn_rows(history: History) -> pa.RecordBatchReader:
    """The rows as they are found: ``became`` is gone, moved or replaced."""
    return pa.RecordBatchReader.from_batches(_COLUMNS, _batches(history))


def _batches(history: History) -> Iterator[pa.RecordBatch]:
    rows = []
    for each in history.withdrawn():
        rows.append(dataclasses.asdict(each))
        if len(rows) == _BATCH:
            yield pa.RecordBatch.from_pylist(rows, schema=_COLUMNS)
            rows = []
    yield pa.RecordBatch.from_pylist(rows, schema=_COLUMNS)
