"""Answers as table, CSV, JSON and Parquet: exact, and telling NULL, empty and zero apart."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.errors import OutputError
from gongkai.queries.lake import connect
from gongkai.queries.output import TABLE_ROWS, Format, new_file, write
from gongkai.queries.sql_guard import run

KINDS = """
    SELECT 166548400.00::DECIMAL(20, 2) AS amount, 0.00::DECIMAL(20, 2) AS zero, NULL AS nothing, '' AS empty,
        '河北,"省"' AS text, [1, 2] AS list, {'a': 1.10::DECIMAL(3, 2)} AS struct, sum(range) AS count,
        TIMESTAMPTZ '2025-02-01 08:00:00+08' AS moment, DATE '2025-02-01' AS day, true AS flag, 1.5::DOUBLE AS ratio,
        'nan'::DOUBLE AS no_number
    FROM range(5)
"""


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return connect(DirectoryStore(tmp_path_factory.mktemp("empty")))


def written(
    lake: duckdb.DuckDBPyConnection, sql: str, form: Format, width: int | None = None
) -> tuple[bytes, list[str]]:
    notes: list[str] = []
    stream = io.BytesIO()
    write(run(lake, sql), form, stream, notes.append, width)
    return stream.getvalue(), notes


def test_csv_tells_null_empty_and_zero_apart(lake: duckdb.DuckDBPyConnection) -> None:
    data, _ = written(lake, KINDS, "csv")
    heading, line = data.decode().splitlines()
    assert heading.startswith("amount,zero,nothing,empty,text,")
    assert line.startswith(
        '166548400.00,0.00,,"","河北,""省""","[1, 2]","{""a"": ""1.10""}",10,2025-02-01T00:00:00+00:00,'
    )
    assert next(csv.reader([line]))[4] == '河北,"省"'


def test_json_keeps_every_fen(lake: duckdb.DuckDBPyConnection) -> None:
    data, _ = written(lake, KINDS, "json")
    row: dict[str, Any] = json.loads(data)[0]
    assert row == {
        "amount": "166548400.00",
        "zero": "0.00",
        "nothing": None,
        "empty": "",
        "text": '河北,"省"',
        "list": [1, 2],
        "struct": {"a": "1.10"},
        "count": 10,
        "moment": "2025-02-01T00:00:00+00:00",
        "day": "2025-02-01",
        "flag": True,
        "ratio": 1.5,
        "no_number": "nan",
    }


@pytest.mark.parametrize(("rows", "expected"), [(0, []), (3, [{"range": 0}, {"range": 1}, {"range": 2}])])
def test_json_is_an_array_for_any_number_of_rows(
    lake: duckdb.DuckDBPyConnection, rows: int, expected: list[dict[str, int]]
) -> None:
    data, _ = written(lake, f"SELECT * FROM range({rows})", "json")  # noqa: S608
    assert json.loads(data) == expected


def test_parquet_keeps_the_types(lake: duckdb.DuckDBPyConnection) -> None:
    data, _ = written(
        lake, "SELECT 1.10::DECIMAL(20, 2) AS amount, TIMESTAMPTZ '2025-02-01 08:00:00+08' AS t", "parquet"
    )
    table = pq.read_table(io.BytesIO(data))
    assert table.column("amount").to_pylist() == [Decimal("1.10")]
    assert str(table.schema.field("amount").type) == "decimal128(20, 2)"


def test_a_table_shows_money_for_reading_and_cuts_nothing_in_a_pipe(lake: duckdb.DuckDBPyConnection) -> None:
    long = "长" * 300
    data, _ = written(
        lake, f"SELECT 166548400.00::DECIMAL(20, 2) AS amount, '{long}' AS text, '[red]' AS mark", "table"
    )
    lines = data.decode().splitlines()
    assert lines[0].split() == ["amount", "text", "mark"]
    assert lines[2].split() == ["166,548,400.00", long, "[red]"]


def test_a_table_folds_to_the_width_of_a_terminal_without_losing_text(lake: duckdb.DuckDBPyConnection) -> None:
    data, _ = written(lake, "SELECT repeat('长', 90) AS text, 1 AS n", "table", 60)
    assert data.decode().count("长") == 90
    assert max(len(line) for line in data.decode().splitlines()) <= 60


def test_a_table_says_what_it_does_not_show(lake: duckdb.DuckDBPyConnection) -> None:
    data, notes = written(lake, f"SELECT * FROM range({TABLE_ROWS + 5})", "table")  # noqa: S608
    assert len(data.decode().splitlines()) == TABLE_ROWS + 2
    assert len(notes) == 1
    assert str(TABLE_ROWS + 5) in notes[0]


def _write_half(target: Path) -> None:
    with new_file(target) as stream:
        stream.write(b"half")
        raise RuntimeError


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "answer.csv"
    target.write_text("old")
    with pytest.raises(RuntimeError):
        _write_half(target)
    assert target.read_text() == "old"
    with new_file(target) as stream:
        stream.write(b"new")
    assert target.read_text() == "new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="nowhere"), new_file(tmp_path / "nowhere" / "x.csv"):
        pass
