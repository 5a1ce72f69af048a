"""The tables of a DuckLake with their comments, and the views, macros and classifications over them."""

from __future__ import annotations

import functools
import hashlib
import re

import duckdb

from gongkai.lake.partition import PARTITION
from gongkai.lake.schema import TABLES, LakeTable
from gongkai.queries.comments import comment_statements
from gongkai.queries.errors import OutputError
from gongkai.queries.exports import statements
from gongkai.queries.relations import create_vocabulary, view_files
from gongkai.queries.sql_text import sql_type

_COMMENTED = re.compile(rf"COMMENT ON (?:TABLE|VIEW|COLUMN (?:{'|'.join(TABLES)})\.)")
"""Comments that DuckLake keeps: it has none of macros and of columns of views."""


def create_table(lake: duckdb.DuckDBPyConnection, table: LakeTable) -> None:
    """The table, or the columns that it lacks.  Raises OutputError where the schema has changed otherwise."""
    wanted = {column.name: sql_type(column.type) for column in table.columns}
    sql = "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = 'lake' AND table_name = $name"
    there = dict(lake.execute(sql, {"name": table.name}).fetchall())
    if not there:
        columns = ", ".join(f"{name} {kind}" for name, kind in wanted.items())
        lake.execute(f"CREATE TABLE {table.name} ({columns})")
        lake.execute(f"ALTER TABLE {table.name} SET PARTITIONED BY ({', '.join(PARTITION)})")
        return
    for name, kind in wanted.items():
        if name not in there:
            lake.execute(f"ALTER TABLE {table.name} ADD COLUMN {name} {kind}")
    lacking = [name for name in there if name not in wanted]
    if lacking:
        raise OutputError(
            f"the DuckLake's table {table.name!r} has a column {lacking[0]!r} of before: write a new file"
        )


def create_relations(lake: duckdb.DuckDBPyConnection) -> None:
    """Views, macros, classifications and comments, in place of those that are there."""
    for kind, function in (("VIEW", "duckdb_views"), ("MACRO", "duckdb_functions")):
        name = "view_name" if kind == "VIEW" else "function_name"
        sql = f"SELECT DISTINCT {name} FROM {function}() WHERE database_name = 'lake' AND NOT internal"  # noqa: S608 - names of our own
        for (relation,) in lake.execute(sql).fetchall():
            lake.execute(f"DROP {kind} {relation}")
    for table in ("classifications", "glossary"):
        lake.execute(f"DROP TABLE IF EXISTS {table}")
    create_vocabulary(lake)
    for relations in view_files():
        lake.execute(relations)
    for statement in comment_statements(lake):
        if _COMMENTED.match(statement):
            lake.execute(statement)


@functools.cache
def wording() -> str:
    """Twelve hex digits that change with any column, view, macro, classification or comment."""
    return hashlib.sha256("".join(statements(None)).encode()).hexdigest()[:12]
