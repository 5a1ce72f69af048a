"""``gongkai tables``: what a query can name, and what each column holds."""

from __future__ import annotations

import difflib
from pathlib import Path

import click
import duckdb
from click.shell_completion import CompletionItem

from gongkai.exits import Exit
from gongkai.lake.schema import TABLES
from gongkai.queries.output import Format
from gongkai.queries.relations import create_relations
from gongkai.queries.sql_guard import run
from gongkai.row_output import answer, answer_options
from gongkai.session import CommandError

_RELATIONS = """
    FROM (
        SELECT
            view_name AS name, CASE WHEN list_contains($tables, view_name) THEN 'table' ELSE 'view' END AS kind, comment
        FROM duckdb_views() WHERE NOT internal
        UNION ALL SELECT table_name, 'vocabulary', comment FROM duckdb_tables()
        UNION ALL SELECT function_name || '(' || array_to_string(parameters, ', ') || ')', 'macro', comment
        FROM duckdb_functions() WHERE function_type = 'macro' AND NOT internal
    )
    ORDER BY list_position(['table', 'view', 'vocabulary', 'macro'], kind), name
"""
_COLUMNS = """
    SELECT column_name AS column, data_type AS type, comment FROM duckdb_columns()
    WHERE table_name = $name ORDER BY column_index
"""


_TABLES = {"tables": list(TABLES)}


def _relations() -> duckdb.DuckDBPyConnection:
    """Every relation, without rows: what they are called is the same in every lake."""
    connection = duckdb.connect()
    create_relations(connection, lambda _: (), uniform=True)
    return connection


def _names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [str(name) for name, kind, _ in connection.execute(_RELATIONS, _TABLES).fetchall() if kind != "macro"]


def _complete(_context: click.Context, _argument: click.Parameter, begun: str) -> list[CompletionItem]:
    with _relations() as connection:
        return [CompletionItem(name) for name in _names(connection) if name.startswith(begun)]


@click.command("tables", short_help="Explain tables, views and columns.")
@click.argument("name", required=False, shell_complete=_complete)
@answer_options
def command(name: str | None, form: Format, output: Path | None) -> None:
    """Explain what a query can name: tables, views and macros, or with NAME the columns of one.

    \b
    gongkai tables
    gongkai tables document_totals
    """
    with _relations() as connection:
        if name is None:
            answer(run(connection, _RELATIONS, _TABLES), form, output)
            return
        known = _names(connection)
        if name not in known:
            near = difflib.get_close_matches(name, known, n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else "gongkai tables lists them"
            raise CommandError(f"there is no table or view {name!r}: {hint}", Exit.WRONG_USAGE)
        answer(run(connection, _COLUMNS, {"name": name}), form, output)
