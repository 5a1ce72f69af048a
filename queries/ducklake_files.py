"""Files of the lake in a DuckLake's catalogue: the rows that its ``ducklake_add_data_files`` writes, many times sooner.

All that the catalogue says of a file stands in the file's footer, which is read here in one request.  DuckLake itself
takes in the first file of each shape, that is of equal columns: it compares their types with those of the table, and
notes how names are mapped.  The other files of a shape are entered beside it, as the specification of DuckLake has it
(https://ducklake.select/docs/stable/specification/tables/overview).
"""

from __future__ import annotations

import collections
import concurrent.futures
import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from gongkai.archive.store import ObjectMissingError, Store
from gongkai.lake.files import LakeDamagedError, LakeFile
from gongkai.lake.partition import PARTITION

_AT_ONCE = 16
"""Footers asked for at once: of a server nearly all of the time is waiting."""
_END = 32 << 10
"""Bytes at the end of a file that hold its footer but where it has many row groups."""
_TRAILER = 8
"""Bytes behind the footer: its length, and the mark of the format."""

_DATA_FILES = """
    INSERT INTO ducklake_data_file (data_file_id, table_id, begin_snapshot, path, path_is_relative, file_format,
        record_count, file_size_bytes, footer_size, row_id_start, partition_id, mapping_id)
    SELECT number, $table_id, (SELECT max(snapshot_id) FROM ducklake_snapshot), path, false, 'parquet',
        rows, bytes, footer, next_row_id + sum(rows) OVER (ORDER BY number) - rows, $partition_id, $mapping_id
    FROM given, ducklake_table_stats WHERE table_id = $table_id
"""
_COLUMN_STATS = """
    INSERT INTO ducklake_file_column_stats (data_file_id, table_id, column_id, column_size_bytes, value_count,
        null_count, min_value, max_value)
    SELECT number, $table_id, column_id, bytes, rows - nulls, nulls, least::VARCHAR, most::VARCHAR FROM given
"""
_PARTITION_VALUES = """
    INSERT INTO ducklake_file_partition_value (data_file_id, table_id, partition_key_index, partition_value)
    SELECT number, $table_id, $key, least::VARCHAR FROM given
"""
_TABLE_STATS = """
    UPDATE ducklake_table_stats SET record_count = record_count + $rows, next_row_id = next_row_id + $rows,
        file_size_bytes = file_size_bytes + $bytes
    WHERE table_id = $table_id
"""
_NEXT_FILE = """
    UPDATE ducklake_snapshot SET next_file_id = next_file_id + $count
    WHERE snapshot_id = (SELECT max(snapshot_id) FROM ducklake_snapshot)
"""
_IDS = "SELECT table_id FROM ducklake_table WHERE list_contains($tables, table_name) AND end_snapshot IS NULL"
_NO_COLUMN_SUMS = "DELETE FROM ducklake_table_column_stats WHERE table_id IN ({tables})"
_COLUMN_SUMS = """
    INSERT INTO ducklake_table_column_stats (table_id, column_id, contains_null, min_value, max_value)
    SELECT table_id, column_id,
        CASE WHEN count(null_count) = count(*) THEN bool_or(null_count > 0) END OR count(*) < any_value(files) AS nulls,
        CASE WHEN bool_and(min_value IS NOT NULL OR value_count IS NOT DISTINCT FROM 0)
            THEN arg_min(min_value, min_value::{kind}) END,
        CASE WHEN bool_and(max_value IS NOT NULL OR value_count IS NOT DISTINCT FROM 0)
            THEN arg_max(max_value, max_value::{kind}) END
    FROM ducklake_file_column_stats JOIN
        (SELECT DISTINCT table_id, column_id FROM ducklake_column WHERE column_type = $kind) USING (table_id, column_id)
        JOIN (SELECT table_id, count(*) AS files FROM ducklake_data_file GROUP BY ALL) USING (table_id)
    WHERE table_id IN ({tables})
    GROUP BY table_id, column_id
"""
_PARTITION_TYPES: tuple[pa.DataType, ...] = (pa.string(), pa.int32(), pa.string())
_SQL_TYPES = {"float32": "FLOAT"}
"""DuckLake's name of a type where DuckDB has another."""
_COLUMNS = """
    SELECT own.column_id, coalesce(parent.column_name || '.', '') || own.column_name
    FROM ducklake_column AS own LEFT JOIN ducklake_column AS parent
        ON parent.table_id = own.table_id AND parent.column_id = own.parent_column AND parent.end_snapshot IS NULL
    WHERE own.table_id = $table_id AND own.end_snapshot IS NULL
"""


@dataclasses.dataclass(frozen=True, slots=True, eq=False)
class NewFile:
    """A file to be entered, with what its footer says."""

    file: LakeFile
    address: str
    footer: pq.FileMetaData

    def is_like(self, other: NewFile) -> bool:
        """True for a file of the other's table with equal columns."""
        return self.file.table == other.file.table and bool(self.footer.schema.equals(other.footer.schema))


@dataclasses.dataclass(frozen=True, slots=True)
class Shape:
    """Equal columns of a table's files, as the catalogue has them once DuckLake took in a file of theirs."""

    taken: NewFile
    table_id: int
    mapping_id: int
    partition_id: int
    columns: Mapping[str, int]
    """The number of each column of the table; of one within a list or a map behind its name and a full stop."""


def footers(store: Store, files: Sequence[LakeFile]) -> Iterator[NewFile]:
    """Files with their footers.  Raises LakeDamagedError where one is missing or has none, StoreError."""
    with concurrent.futures.ThreadPoolExecutor(_AT_ONCE) as threads:
        for file, footer in zip(files, threads.map(lambda file: _footer(store, file), files), strict=True):
            yield NewFile(file, store.locate(file.version), footer)


def _footer(store: Store, file: LakeFile) -> pq.FileMetaData:
    try:
        end = _end(store, file, _END)
        length = int.from_bytes(end[-_TRAILER:][:4], "little") + _TRAILER
        if len(end) < length <= file.bytes:
            end = _end(store, file, length)
        return pq.read_metadata(pa.BufferReader(end))
    except (ObjectMissingError, pa.ArrowException, OSError) as error:
        raise LakeDamagedError.of([file.version]) from error


def _end(store: Store, file: LakeFile, length: int) -> bytes:
    return store.read_part(file.version, max(file.bytes - length, 0), min(file.bytes, length))


def alike(files: Iterable[NewFile]) -> list[list[NewFile]]:
    """Files of one shape together, in their order."""
    groups: list[list[NewFile]] = []
    for new in files:
        group = next((group for group in groups if new.is_like(group[0])), None)
        if group is None:
            groups.append([new])
        else:
            group.append(new)
    return groups


def shape_of(catalogue: duckdb.DuckDBPyConnection, taken: NewFile) -> Shape:
    """The shape of a file that DuckLake took in."""
    ids = "SELECT table_id, mapping_id, partition_id FROM ducklake_data_file"
    which = "WHERE path = $path AND end_snapshot IS NULL"
    ((table_id, mapping_id, partition_id),) = catalogue.execute(f"{ids} {which}", {"path": taken.address}).fetchall()
    columns = catalogue.execute(_COLUMNS, {"table_id": table_id}).fetchall()
    return Shape(taken, table_id, mapping_id, partition_id, {str(name): int(number) for number, name in columns})


def enter(catalogue: duckdb.DuckDBPyConnection, shape: Shape, files: Sequence[NewFile]) -> None:
    """Enter files of a shape into the last snapshot, as DuckLake would."""
    if not files:
        return
    ((first,),) = catalogue.execute("SELECT max(next_file_id) FROM ducklake_snapshot").fetchall()
    numbered = dict(enumerate(files, first))
    of = {"table_id": shape.table_id}
    ids = {"partition_id": shape.partition_id, "mapping_id": shape.mapping_id}
    _insert(catalogue, _DATA_FILES, _rows_of_files(numbered), of | ids)
    for of_type in _statistics(shape, numbered):
        _insert(catalogue, _COLUMN_STATS, of_type, of)
    for key, of_column in enumerate(_partition_statistics(shape, numbered)):
        _insert(catalogue, _COLUMN_STATS, of_column, of)
        _insert(catalogue, _PARTITION_VALUES, of_column, of | {"key": key})
    rows, size = sum(new.footer.num_rows for new in files), sum(new.file.bytes for new in files)
    catalogue.execute(_TABLE_STATS, of | {"rows": rows, "bytes": size})
    catalogue.execute(_NEXT_FILE, {"count": len(files)})


def _insert(catalogue: duckdb.DuckDBPyConnection, sql: str, rows: pa.Table, given: Mapping[str, Any]) -> None:
    catalogue.register("given", rows)
    catalogue.execute(sql, given)
    catalogue.unregister("given")


def _rows_of_files(numbered: Mapping[int, NewFile]) -> pa.Table:
    files = numbered.values()
    return pa.table(
        {
            "number": pa.array(numbered, pa.int64()),
            "path": [new.address for new in files],
            "rows": pa.array([new.footer.num_rows for new in files], pa.int64()),
            "bytes": pa.array([new.file.bytes for new in files], pa.int64()),
            "footer": pa.array([new.footer.serialized_size for new in files], pa.int64()),
        }
    )


_Statistic = tuple[int, int, int, int, int | None, Any, Any]
"""Number of the file, number of the column, bytes, values with nulls, nulls, least and most value."""


def _statistics(shape: Shape, numbered: Mapping[int, NewFile]) -> Iterator[pa.Table]:
    """The statistics of every column of the files: a table for the columns of each type."""
    leaves = [(shape.columns.get(name), kind) for name, kind in _leaves(shape.taken.footer.schema)]
    by_type: dict[pa.DataType, list[_Statistic]] = collections.defaultdict(list)
    for number, new in numbered.items():
        groups = [new.footer.row_group(each) for each in range(new.footer.num_row_groups)]
        for at, (column, kind) in enumerate(leaves):
            if column is not None:
                by_type[kind].append((number, column, *_merged([group.column(at) for group in groups])))
    return (_table(rows, kind) for kind, rows in by_type.items())


def _leaves(schema: pq.ParquetSchema) -> Iterator[tuple[str, pa.DataType]]:
    """The columns of values in a file, in their order, by the names that DuckLake has for them."""
    kinds = {field.name: field.type for field in schema.to_arrow_schema()}
    for at in range(len(schema)):
        path = schema.column(at).path
        name, last = path.partition(".")[0], path.rpartition(".")[2]
        kind = kinds[name]
        if isinstance(kind, pa.MapType):
            yield f"{name}.{last}", kind.key_type if last == "key" else kind.item_type
        elif isinstance(kind, pa.ListType):
            yield f"{name}.element", kind.value_type
        else:
            yield path, kind


def _merged(groups: Sequence[Any]) -> tuple[int, int, int | None, Any, Any]:
    """What a footer says of a column in all row groups; None where one of them does not say it."""
    every = [group.statistics for group in groups]
    nulls = [each.null_count if each is not None and each.has_null_count else None for each in every]
    bounds = [(each.min, each.max) if each is not None and each.has_min_max else None for each in every]
    known = [each for each in bounds if each is not None]
    is_known = len(known) == len(bounds)
    return (
        sum(group.total_compressed_size for group in groups),
        sum(group.num_values for group in groups),
        None if None in nulls else sum(each or 0 for each in nulls),
        min(least for least, _ in known) if is_known else None,
        max(most for _, most in known) if is_known else None,
    )


def _partition_statistics(shape: Shape, numbered: Mapping[int, NewFile]) -> Iterator[pa.Table]:
    """The statistics of the columns that the path states, in the order of the partition."""
    for name, kind in zip(PARTITION, _PARTITION_TYPES, strict=True):
        rows: list[_Statistic] = []
        for number, new in numbered.items():
            value, count = getattr(new.file.partition, name), new.footer.num_rows
            rows.append((number, shape.columns[name], 0, count, count if value is None else 0, value, value))
        yield _table(rows, kind)


def _table(rows: Sequence[_Statistic], kind: pa.DataType) -> pa.Table:
    names = ("number", "column_id", "bytes", "rows", "nulls")
    *counts, least, most = zip(*rows, strict=True)
    columns = {name: pa.array(values, pa.int64()) for name, values in zip(names, counts, strict=True)}
    return pa.table(columns | {"least": pa.array(least, kind), "most": pa.array(most, kind)})


def sum_up(catalogue: duckdb.DuckDBPyConnection, tables: Sequence[str]) -> None:
    """Tell the statistics of tables anew, which are those of all their files in any snapshot.

    A bound is known where every file that has values states it.  A file without the column has nulls there.
    """
    of = {"tables": list(tables)}
    catalogue.execute(_NO_COLUMN_SUMS.format(tables=_IDS), of)
    kinds = "SELECT DISTINCT column_type FROM ducklake_column WHERE column_type NOT IN ('list', 'map')"
    for (kind,) in catalogue.execute(kinds).fetchall():
        sql = _COLUMN_SUMS.format(tables=_IDS, kind=_SQL_TYPES.get(kind, kind))
        catalogue.execute(sql, of | {"kind": kind})
