"""The files of the lake are small, and other tools read in them what was written."""

from __future__ import annotations

import io
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongkai.lake import encoding
from gongkai.lake.encoding import parquet, write_parquet

ROWS = 5_000
TABLE = pa.table(
    {
        "row_index": pa.array(range(ROWS), pa.int32()),
        "label": [f"科目{number % 10}" for number in range(ROWS)],
        "line_item_id": [f"{number:064x}" for number in range(ROWS)],
        "page": pa.array([None if number % 7 else number for number in range(ROWS)], pa.int32()),
        "amount": pa.array([Decimal(number * 7919 % 100_003) / 100 for number in range(ROWS)], pa.decimal128(20, 2)),
        "x0": pa.array([number * 0.37 for number in range(ROWS)], pa.float32()),
        "row_span": pa.array([1 + (number % 9 == 0) for number in range(ROWS)], pa.int32()),
        "addends": pa.array([[str(number)] for number in range(ROWS)], pa.list_(pa.string())),
    }
)


def encodings(data: bytes) -> dict[str, set[str]]:
    group = groups(data)[0]
    columns = [group.column(number) for number in range(group.num_columns)]
    return {column.path_in_schema: set(column.encodings) for column in columns}


def test_a_column_is_written_by_what_its_values_do() -> None:
    chosen = encodings(parquet(TABLE, ["row_index"]))
    by_encoding = {
        name: {column for column, each in chosen.items() if name in each}
        for name in ("DELTA_BINARY_PACKED", "DELTA_BYTE_ARRAY", "RLE_DICTIONARY")
    }
    assert by_encoding == {
        "DELTA_BINARY_PACKED": {"row_index", "page"},
        "DELTA_BYTE_ARRAY": {"line_item_id", "addends.list.element"},
        "RLE_DICTIONARY": {"label"},
    }


def test_a_file_of_few_rows_has_no_dictionary_beside_them() -> None:
    assert not any("RLE_DICTIONARY" in each for each in encodings(parquet(TABLE.slice(0, 100), ["row_index"])).values())


def test_equal_rows_give_equal_bytes_and_fewer_than_by_default() -> None:
    data, default = parquet(TABLE, ["row_index"]), io.BytesIO()
    pq.write_table(TABLE, default, compression="zstd", write_page_checksum=True)
    assert data == parquet(pa.concat_tables([TABLE.slice(0, 10), TABLE.slice(10)]), ["row_index"])
    assert len(data) < 0.8 * len(default.getvalue())


def test_other_tools_read_what_was_written(tmp_path: Path) -> None:
    file = tmp_path / "rows.parquet"
    file.write_bytes(parquet(TABLE, ["row_index"]))
    assert pq.read_table(file).equals(TABLE)
    assert pq.read_table(file).to_pandas().equals(TABLE.to_pandas())
    assert duckdb.read_parquet(str(file)).fetchall() == [tuple(row.values()) for row in TABLE.to_pylist()]


def test_a_table_without_rows_is_written_too() -> None:
    assert pq.read_table(io.BytesIO(parquet(TABLE.slice(0, 0), ["row_index"]))).equals(TABLE.slice(0, 0))


def test_a_file_is_the_same_however_its_rows_are_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "ROWS_PER_GROUP", 1_500)
    whole = parquet(TABLE, ["row_index"])
    assert [each.num_rows for each in groups(whole)] == [1_500, 1_500, 1_500, 500]
    for size in (1, 7, 1_500, 1_501, 4_000):
        parts = (TABLE.slice(start, size) for start in range(0, ROWS, size))
        file = io.BytesIO()
        assert (write_parquet(parts, ["row_index"], file), file.getvalue()) == (ROWS, whole), size


def groups(data: bytes) -> list[pq.RowGroupMetaData]:
    metadata = pq.ParquetFile(io.BytesIO(data)).metadata
    return [metadata.row_group(number) for number in range(metadata.num_row_groups)]
