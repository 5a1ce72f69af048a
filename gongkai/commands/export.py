"""``gongkai export``: the lake for other tools."""

from __future__ import annotations

from pathlib import Path

import click

from gongkai.queries.exports import sql_statements, write_database
from gongkai.queries.output import new_file
from gongkai.session import Session, say

_FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.group("export", short_help="Hand the lake to another tool: a DuckDB file, or SQL.")
def command() -> None:
    """Hand the lake to another tool.

    What is written holds views, macros, classifications and comments over the lake's own files, not a copy of them.
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
