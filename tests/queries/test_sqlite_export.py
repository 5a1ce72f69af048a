"""Answers as an SQLite file: exact amounts, keys, and what Datasette shows of them."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.errors import OutputError, SqlError
from gongkai.queries.lake import connect
from gongkai.queries.sqlite_export import ANSWERS, write_sqlite
from tests.queries.small_lake import HEBEI, write_lake


@pytest.fixture
def lake(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    store = DirectoryStore(tmp_path / "archive")
    write_lake(store)
    with connect(store) as connection:
        yield connection


def rows(file: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(sql).fetchall()


def test_amounts_are_exact_as_text_and_as_fen(lake: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    file = tmp_path / "lake.db"
    write_sqlite(lake, ANSWERS, file)
    copied = rows(
        file, "SELECT revenue, revenue_fen FROM document_totals WHERE revenue IS NOT NULL ORDER BY document_sha256"
    )
    revenues = "SELECT revenue FROM document_totals WHERE revenue IS NOT NULL ORDER BY document_sha256"
    expected = [row[0] for row in lake.execute(revenues).fetchall()]
    assert copied == [(str(amount), int(amount * 100)) for amount in expected]
    for name in ANSWERS:
        assert rows(file, f'SELECT count(*) FROM "{name}"') == lake.table(name).count("*").fetchall(), name  # noqa: S608
    assert rows(
        file, "SELECT typeof(first_captured_at), typeof(year), typeof(sha256) FROM documents WHERE year > 0 LIMIT 1"
    ) == [("text", "integer", "text")]
    assert [path.name for path in tmp_path.iterdir() if path.name != "archive"] == ["lake.db"]


def test_lists_are_json_and_shares_have_no_fen(lake: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    write_sqlite(lake, ["disclosures"], tmp_path / "lake.db")
    documents = rows(tmp_path / "lake.db", "SELECT json_each.value FROM disclosures, json_each(documents)")
    assert (HEBEI,) in documents
    assert "confirmed_percent_fen" not in {
        row[1] for row in rows(tmp_path / "lake.db", "PRAGMA table_info(disclosures)")
    }


def test_what_is_no_table_and_what_cannot_be_written_is_said(lake: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(SqlError, match="nowhere"):
        write_sqlite(lake, ["nowhere"], tmp_path / "lake.db")
    with pytest.raises(OutputError, match="missing"):
        write_sqlite(lake, ["documents"], tmp_path / "missing" / "lake.db")
    assert [path.name for path in tmp_path.iterdir()] == ["archive"]


@pytest.mark.filterwarnings("ignore")  # Datasette still uses what Python is about to drop
def test_datasette_shows_a_document_s_rows(lake: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    datasette = pytest.importorskip("datasette.app", reason="datasette is not installed")
    write_sqlite(lake, ANSWERS, tmp_path / "lake.db")

    async def asked(path: str) -> Any:
        answer = await datasette.Datasette([str(tmp_path / "lake.db")]).client.get(path)
        return answer.json()

    (document,) = asyncio.run(asked(f"/lake/documents/{HEBEI}.json?_shape=array"))
    assert document["entity"] == "秦皇岛市人力资源和社会保障局"
    (totals,) = asyncio.run(asked(f"/lake/document_totals.json?_shape=array&document_sha256={HEBEI}"))
    assert totals["expenditure_fen"] == int(float(totals["expenditure"]) * 100)
