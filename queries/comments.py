"""Comments of every table, view, macro and column: what ``gongkai tables`` says, and DuckDB's own catalogue.

Those of the lake's tables are the schema's.  Those of views and macros stand in ``views/comments.csv``; a row of the
relation ``*`` holds for a column of that name in any view.  What no row describes is a column of a table under its own
name, and has that table's comment.
"""

from __future__ import annotations

import csv
import functools
import importlib.resources
import io
from collections.abc import Iterator, Mapping

import duckdb

from gongkai.lake.schema import TABLES
from gongkai.queries.sql_text import quoted

_PASSED_ON = ("line_items", "documents", "quality")
"""Tables whose columns views pass on, the first that has a name describing it."""


@functools.cache
def _of_views() -> Mapping[tuple[str, str], str]:
    text = (importlib.resources.files("gongkai.queries") / "views" / "comments.csv").read_text(encoding="utf-8")
    return {(row["relation"], row["column"]): row["comment"] for row in csv.DictReader(io.StringIO(text))}


@functools.cache
def _of_tables() -> Mapping[tuple[str, str], str]:
    rows = {(table.name, ""): table.row for table in TABLES.values()}
    return rows | {
        (table.name, column.name): column.description for table in TABLES.values() for column in table.columns
    }


def comment(relation: str, column: str = "") -> str | None:
    """What a table, view or macro is, or one of its columns; None where nothing describes it."""
    if relation in TABLES:
        return _of_tables().get((relation, column))
    views = _of_views()
    said = views.get((relation, column)) or (views.get(("*", column)) if column else None)
    passed_on = (_of_tables().get((table, column)) for table in _PASSED_ON if column)
    return said or next(filter(None, passed_on), None)


def write_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """Comment every relation, column and macro in DuckDB's catalogue."""
    connection.execute(";\n".join(comment_statements(connection)))


def comment_statements(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """``COMMENT ON`` statements for all that the connection's catalogue has and something describes."""
    kinds = dict(_kinds(connection))
    for relation, kind in kinds.items():
        if text := comment(relation):
            yield f"COMMENT ON {kind} {relation} IS {quoted(text)}"
    for relation, column in _columns(connection):
        if text := comment(relation, column):
            yield f"COMMENT ON COLUMN {relation}.{column} IS {quoted(text)}"


def _kinds(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    sql = """
        SELECT view_name, 'VIEW' FROM duckdb_views() WHERE NOT internal
        UNION ALL SELECT table_name, 'TABLE' FROM duckdb_tables()
        UNION ALL SELECT DISTINCT function_name, 'MACRO' FROM duckdb_functions()
            WHERE function_type = 'macro' AND NOT internal
        ORDER BY ALL
    """
    return connection.execute(sql).fetchall()


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    sql = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
    return connection.execute(sql).fetchall()
