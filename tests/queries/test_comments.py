"""Every table, view, macro and column says what it holds."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.lake.schema import TABLES
from gongkai.queries.lake import connect
from tests.places import ROOT


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return connect(DirectoryStore(tmp_path_factory.mktemp("empty")))


def test_nothing_is_without_a_comment(lake: duckdb.DuckDBPyConnection) -> None:
    silent = """
        SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL
        UNION ALL SELECT function_name FROM duckdb_functions()
            WHERE function_type = 'macro' AND NOT internal AND comment IS NULL
    """
    assert lake.execute(silent).fetchall() == []


def test_no_comment_is_of_something_that_is_not_there(lake: duckdb.DuckDBPyConnection) -> None:
    there = {
        (name, column)
        for name, column in lake.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall()
    }
    names = {name for name, _ in there} | {
        name for (name,) in lake.execute("SELECT function_name FROM duckdb_functions()").fetchall()
    }
    columns = {column for name, column in there if name not in TABLES}
    with Path(ROOT / "queries" / "views" / "comments.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            relation, column = row["relation"], row["column"]
            if relation == "*":
                assert column in columns, row
            else:
                assert (relation, column) in there if column else relation in names, row


def test_a_view_describes_what_it_passes_on_and_what_it_makes(lake: duckdb.DuckDBPyConnection) -> None:
    sql = "SELECT comment FROM duckdb_columns() WHERE table_name = 'document_totals' AND column_name = $column"
    said = {column: lake.execute(sql, {"column": column}).fetchone() for column in ("year", "three_public")}
    assert said == {
        "year": ("fiscal year; partition key",),
        "three_public": ("yuan; “三公”经费 of the three_public form",),
    }
