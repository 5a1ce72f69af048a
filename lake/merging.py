"""A partition's rows after a publication: those that stay and those that are new, in the order of their table.

Every table is sorted by the document first.  So the file that stands and the new documents are two sorted streams with
no document in both, and are merged some rows at a time: a partition of any size is never in memory whole.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from gongkai.archive.store import Store
from gongkai.lake.files import LakeFile, conform, opened
from gongkai.lake.packing import PackedDocument
from gongkai.lake.partition import PARTITION
from gongkai.lake.schema import LakeTable, arrow_schema

_AT_ONCE = 16_384
"""Rows of either stream that are held."""


def rows_after(
    store: Store, table: LakeTable, stood: LakeFile | None, new: Sequence[PackedDocument], replaced: Any
) -> Iterator[pa.Table]:
    """The rows, without the partition columns, some at a time: of the file that ``stood`` those of documents that are
    not ``replaced``, and those of ``new`` documents, which are given in the order of their hashes."""
    staying = _staying(store, table, stood, replaced) if stood else iter(())
    return _merged(staying, _arriving(table, new), table)


def without_partition(schema: pa.Schema) -> pa.Schema:
    """The schema of a table's files.  Tools that read the partition columns from the path refuse to find them twice."""
    for name in PARTITION:
        schema = schema.remove(schema.get_field_index(name))
    return schema


def is_layout_of(schema: pa.Schema, table: LakeTable) -> bool:
    """True where files of this schema are as files of the table are written today: columns, types, types for pandas.

    What is said of the columns in words may be another.
    """
    today = without_partition(arrow_schema(table))
    return schema.equals(today) and (schema.metadata or {}).get(b"pandas") == (today.metadata or {})[b"pandas"]


def _staying(store: Store, table: LakeTable, stood: LakeFile, replaced: Any) -> Iterator[pa.Table]:
    schema = without_partition(arrow_schema(table))
    with opened(store, stood) as file:
        for rows in _in_order(file, table):
            kept = rows.filter(pc.invert(pc.is_in(rows.column(table.sort[0]), value_set=replaced)))
            if kept.num_rows:
                yield conform(kept, schema, dataclasses.asdict(stood.partition))


def _in_order(file: pq.ParquetFile, table: LakeTable) -> Iterator[pa.Table]:
    """A file's rows in the order of the table: all at once where an older version had another order, or stated none."""
    groups = range(file.num_row_groups)
    stated = [[each.column_index for each in file.metadata.row_group(group).sorting_columns] for group in groups]
    if all([file.schema.column(index).name for index in each] == list(table.sort) for each in stated):
        for group in groups:  # asked for all of them, Arrow keeps the bytes of each until the last is read
            yield from (pa.Table.from_batches([batch]) for batch in file.iter_batches(_AT_ONCE, row_groups=[group]))
    else:
        yield file.read().sort_by(_ascending(table))


def _arriving(table: LakeTable, documents: Iterable[PackedDocument]) -> Iterator[pa.Table]:
    """The rows of documents, as many documents at a time as have so many rows."""
    held: list[pa.Table] = []
    for document in documents:
        if table.name in document.tables:
            held.append(document.table(table.name).drop_columns(list(PARTITION)))
        if sum(each.num_rows for each in held) >= _AT_ONCE:
            yield _sorted(held, table)
            held = []
    if held:
        yield _sorted(held, table)


def _merged(first: Iterator[pa.Table], second: Iterator[pa.Table], table: LakeTable) -> Iterator[pa.Table]:
    """Two sorted streams of tables that have rows as one; of each the table that comes next is held."""
    one, other = next(first, None), next(second, None)
    while one is not None and other is not None:
        last = min(one.column(table.sort[0])[-1].as_py(), other.column(table.sort[0])[-1].as_py())
        ends = [_count_to(each.column(table.sort[0]), last) for each in (one, other)]
        yield _sorted([one.slice(0, ends[0]), other.slice(0, ends[1])], table)
        one = one.slice(ends[0]) if ends[0] < one.num_rows else next(first, None)
        other = other.slice(ends[1]) if ends[1] < other.num_rows else next(second, None)
    for rows, following in ((one, first), (other, second)):
        if rows is not None:
            yield rows
            yield from following


def _count_to(hashes: pa.ChunkedArray[Any], last: str) -> int:
    """How many of these hashes are not above the last one."""
    return len(hashes.filter(pc.less_equal(hashes, pa.scalar(last))))


def _sorted(tables: Sequence[pa.Table], table: LakeTable) -> pa.Table:
    return pa.concat_tables(tables).sort_by(_ascending(table))


def _ascending(table: LakeTable) -> list[tuple[str, Literal["ascending", "descending"]]]:
    return [(name, "ascending") for name in table.sort]
