"""``gongkai export``: the lake for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.queries.exports import sql_statements, write_database
from gongkai.queries.lake import connect
from gongkai.queries.output import new_file
from gongkai.queries.sqlite_export import ANSWERS, write_sqlite
from gongkai.session import Session, say

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.group("export", short_help="Hand the lake to another tool: a DuckDB file, SQL, or SQLite.")
def command() -> None:
    """Hand the lake to another tool.

    For DuckDB, views, macros, classifications and comments over the lake's own files; for SQLite, a copy of answers.
    """


@command.command("duckdb", short_help="A DuckDB file, for DBeaver, Metabase or DuckDB's own interface.")
@_FILE
@click.pass_obj
def duckdb_file(session: Session, file: Path) -> None:
    """Write a DuckDB file with every view and macro over this archive's lake.

    \b
    gongkai export duckdb lake.duckdb
    duckdb -ui lake.duckdb
    """
    write_database(session.filled_archive().store, file)
    say(f"{file}: reads the lake at {session.archive().store.url}")


@command.command("sql", short_help="The same as SQL, for any DuckDB.")
@_FILE
@click.pass_obj
def sql_file(session: Session, file: Path) -> None:
    """Write the same as SQL, to be run in the folder of the archive.

    \b
    gongkai export sql views.sql
    duckdb -init views.sql
    """
    statements = sql_statements(session.filled_archive().store)
    with new_file(file) as stream:
        stream.writelines(statement.encode() for statement in statements)
    say(f"{file}: run it in the folder of the archive, which is {session.archive().store.url}")


@command.command("sqlite", short_help="A copy of answers in SQLite, for Datasette.")
@_FILE
@click.argument("tables", nargs=-1, metavar="[TABLE]…")
@click.pass_obj
def sqlite_file(session: Session, file: Path, tables: tuple[str, ...]) -> None:
    """Copy tables and views into an SQLite file; without names, those whose rows are answers by themselves.

    A column of yuan is text, for SQLite has no decimals; beside it stands the same in fen, a whole number.

    \b
    gongkai export sqlite lake.db
    gongkai export sqlite lake.db documents line_items
    datasette lake.db
    """
    with connect(session.filled_archive().store) as connection:
        write_sqlite(connection, tables or ANSWERS, file)
    say(f"{file}: a copy of {', '.join(tables or ANSWERS)} as they are now")
