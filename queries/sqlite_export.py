"""Rows of the lake as an SQLite file, for Datasette and other tools that read nothing else: a copy, not a view.

SQLite has no decimals, and its floats lose the fen in sums.  A column of yuan becomes two: under its own name the
decimal as text, and with ``_fen`` the same as a whole number of fen, which SQLite adds exactly.  Other decimals are
text, lists and maps JSON, times ISO 8601 in UTC, truth values 1 and 0.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from gongkai.lake.rows import MONEY
from gongkai.queries.errors import OutputError
from gongkai.queries.sql_guard import run

ANSWERS = (
    "documents",
    "document_totals",
    "addable_amounts",
    "revenue_sources",
    "projects",
    "indicators",
    "procurement",
    "contradictions",
)
"""Tables and views that are copied where none is named: those whose rows answer questions by themselves."""


def write_sqlite(connection: duckdb.DuckDBPyConnection, names: Sequence[str], path: Path) -> None:
    """Copy tables and views of a lake into an SQLite file, which appears when it is whole.

    Raises OutputError, and what ``sql_guard.run`` does for a name that is none.
    """
    try:
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.") as folder:
            written = Path(folder) / "lake.db"
            file = sqlite3.connect(written)
            try:
                for name in dict.fromkeys(names):
                    _copy(file, name, run(connection, f'FROM "{name.replace(chr(34), chr(34) * 2)}"'))
                file.commit()
            finally:
                file.close()
            written.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(f"{str(path)!r} cannot be written: {getattr(error, 'strerror', None) or error}") from error


def _copy(file: sqlite3.Connection, name: str, rows: pa.RecordBatchReader) -> None:
    declared = [column for field in rows.schema for column in _declared(name, field)]
    file.execute(f'CREATE TABLE "{name}" ({", ".join(declared)})')
    marks = ", ".join("?" * len(declared))
    money = {field.name for field in rows.schema if _is_money(field.type)}
    for batch in rows:
        values = [_values(row, money) for row in batch.to_pylist(maps_as_pydicts="strict")]
        file.executemany(f'INSERT INTO "{name}" VALUES ({marks})', values)  # noqa: S608 - a name of the lake
    if "document_sha256" in rows.schema.names:
        file.execute(f'CREATE INDEX "{name} by document" ON "{name}" (document_sha256)')


def _declared(table: str, field: pa.Field[pa.DataType]) -> Iterator[str]:
    """A column's declaration; a document's hash leads to its row of ``documents``."""
    key = {("documents", "sha256"): " PRIMARY KEY"}.get((table, field.name), "")
    key = " REFERENCES documents (sha256)" if field.name == "document_sha256" else key
    kind = pa.types
    whole = kind.is_integer(field.type) or kind.is_boolean(field.type)
    yield f'"{field.name}" {"INTEGER" if whole else "REAL" if kind.is_floating(field.type) else "TEXT"}{key}'
    if _is_money(field.type):
        yield f'"{field.name}_fen" INTEGER'


def _is_money(kind: pa.DataType) -> bool:
    """True of yuan, also where views sum them; shares in per cent have fewer digits."""
    return pa.types.is_decimal(kind) and kind.scale == MONEY.scale and kind.precision >= MONEY.precision


def _values(row: dict[str, Any], money: set[str]) -> list[str | int | float | None]:
    values: list[str | int | float | None] = []
    for name, value in row.items():
        values.append(_stored(value))
        if name in money:
            values.append(None if value is None else int(value * 100))
    return values


def _stored(value: Any) -> str | int | float | None:
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else value
