"""Every table, view and macro that a query can name, over Parquet files wherever they lie."""

from __future__ import annotations

import importlib.resources
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

import duckdb

from gongkai.lake.schema import TABLES, LakeTable
from gongkai.queries.comments import write_comments
from gongkai.queries.sql_text import quoted, sql_type
from gongkai.vocabulary.classification import COLUMNS, KINDS, NUMBERS
from gongkai.vocabulary.glossary import COLUMNS as TERM_COLUMNS
from gongkai.vocabulary.word_lists import any_of


def create_relations(
    connection: duckdb.DuckDBPyConnection, locations: Callable[[LakeTable], Sequence[str]], *, uniform: bool
) -> None:
    """A view for each table of the lake over its files, the classifications, views, macros, and all comments.

    ``locations`` gives a table's files, or one glob over them; none for a table without rows.
    """
    for table in TABLES.values():
        connection.execute(table_view(table, locations(table), uniform=uniform))
    create_classifications(connection)
    _create_glossary(connection)
    for statements in view_files():
        connection.execute(statements)
    write_comments(connection)


def table_view(table: LakeTable, locations: Sequence[str], *, uniform: bool) -> str:
    """A view with the columns of the schema, in their order and types.

    Files that an older version wrote (``uniform`` False) may lack some, which then are null.
    """
    empty = ", ".join(f"NULL::{sql_type(column.type)} AS {column.name}" for column in table.columns)
    if not locations:
        return f"CREATE VIEW {table.name} AS SELECT {empty} WHERE false"
    columns = ", ".join(f"{column.name}::{sql_type(column.type)} AS {column.name}" for column in table.columns)
    files = ", ".join(map(quoted, locations))
    rows = (
        f"read_parquet([{files}], hive_partitioning = true, union_by_name = {not uniform},"
        " hive_types = {'province': VARCHAR, 'year': INTEGER, 'department': VARCHAR})"
    )
    if not uniform:
        rows = f"(SELECT {empty} WHERE false UNION ALL BY NAME SELECT * FROM {rows})"  # noqa: S608 - as below
    return f"CREATE VIEW {table.name} AS SELECT {columns} FROM {rows}"  # noqa: S608 - names of the schema and quoted paths


def create_classifications(connection: duckdb.DuckDBPyConnection) -> None:
    """The vocabulary's classifications as one table, for joins: its columns are the lists' own, after ``kind``."""
    rows = _list_of([f"{kind}.csv" for kind in KINDS], {name: name in NUMBERS for name in COLUMNS})
    kinds = "CASE left(code, 1) WHEN '2' THEN 'functional' WHEN '3' THEN 'economic' ELSE 'government_economic' END"
    connection.execute(f"CREATE TABLE classifications AS SELECT {kinds} AS kind, * FROM {rows} ORDER BY code")  # noqa: S608 - names of our own


def _create_glossary(connection: duckdb.DuckDBPyConnection) -> None:
    """The vocabulary's glossary as a table: SQL can join what is told in Chinese."""
    rows = _list_of(["glossary.csv"], dict.fromkeys(TERM_COLUMNS, False))
    connection.execute(f"CREATE TABLE glossary AS SELECT * REPLACE (string_split(columns, ' ') AS columns) FROM {rows}")  # noqa: S608 - names of our own


def _list_of(names: Sequence[str], columns: Mapping[str, bool]) -> str:
    """A table function over lists of the vocabulary; ``columns`` says of each whether it holds numbers."""
    folder = importlib.resources.files("gongkai.vocabulary")
    files = ", ".join(quoted(str(folder / name)) for name in names)
    types = {name: "INTEGER" if is_number else "VARCHAR" for name, is_number in columns.items()}
    # The lists are our own and told in full: looking for their dialect would take longer than reading them.
    dialect = "auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"'"
    return f"read_csv([{files}], {dialect}, columns = {types})"


_WORDS = re.compile(r"\{\{(\w+)\}\}")


def view_files() -> Iterator[str]:
    """The views and macros over the tables, in order of name; ``{{name}}`` in one is a list of ``answers.csv``."""
    folder = importlib.resources.files("gongkai.queries") / "views"
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if file.name.endswith(".sql"):
            yield _WORDS.sub(_words, file.read_text(encoding="utf-8"))


def _words(named: re.Match[str]) -> str:
    """A list of words as a pattern within an SQL literal: DuckDB compiles a constant pattern once."""
    return any_of("answers.csv", named[1]).replace("'", "''")
