"""Every table, view and macro that a query can name, over Parquet files wherever they lie."""

from __future__ import annotations

import dataclasses
import functools
import importlib.resources
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

import duckdb

from gongkai.lake.derived import is_province_in_path
from gongkai.lake.partition import PARTITION, Partition
from gongkai.lake.schema import TABLES, LakeTable
from gongkai.queries.comments import write_comments
from gongkai.queries.sql_text import quoted, sql_type
from gongkai.vocabulary.classification import COLUMNS, KINDS, NUMBERS
from gongkai.vocabulary.glossary import COLUMNS as TERM_COLUMNS
from gongkai.vocabulary.word_lists import any_of

BY_DOCUMENT = (
    "amounts_of_every_basis",
    "amounts",
    "own_amounts",
    "government_amounts",
    "form_lines",
    "addable_amounts",
    "document_totals",
    "function_leaves",
    "government_function_leaves",
    "revenue_sources",
    "document_quality",
    "invariants",
    "contradictions",
    "head_counts",
    "indicator_targets",
    "subordinate_units",
)
"""Views whose rows each come from rows of one document alone, and have its partition."""
WHOLE_LAKE = ("function_labels",)
"""Views that count over the whole lake: other relations read them, whatever they are asked about."""


def create_relations(
    connection: duckdb.DuckDBPyConnection,
    locations: Callable[[LakeTable], Sequence[str] | None],
    *,
    uniform: bool,
    with_comments: bool = True,
) -> None:
    """A view for each table of the lake over its files, the classifications, views, macros, and all comments.

    ``locations`` gives a table's files, or one glob over them: none for a table without rows, None for one that must
    not be read yet.
    """
    connection.execute(";\n".join(table_view(table, locations(table), uniform=uniform) for table in TABLES.values()))
    create_vocabulary(connection)
    for statements in view_files():
        connection.execute(statements)
    if with_comments:
        write_comments(connection)


def table_view(table: LakeTable, locations: Sequence[str] | None, *, uniform: bool) -> str:
    """A view with the columns of the schema, in their order and types.

    Files that an older version wrote (``uniform`` False) may lack some, which then are null.
    """
    return f"CREATE VIEW {table.name} AS {table_rows(table, locations, uniform=uniform)}"


def table_rows(table: LakeTable, locations: Sequence[str] | None, *, uniform: bool) -> str:
    """The SELECT behind ``table_view``."""
    empty = ", ".join(f"NULL::{sql_type(column.type)} AS {column.name}" for column in table.columns)
    if locations is None:  # random(), so that it is asked when the table is read and not when it is named
        return f"SELECT {empty} FROM range(1) WHERE random() < 2 AND error('no file of {table.name} was chosen')"  # noqa: S608 - as below
    if not locations:
        return f"SELECT {empty} WHERE false"
    columns = ", ".join(f"{column.name}::{sql_type(column.type)} AS {column.name}" for column in table.columns)
    files = ", ".join(map(quoted, locations))
    rows = (
        f"read_parquet([{files}], hive_partitioning = true, union_by_name = {not uniform},"
        " hive_types = {'province': VARCHAR, 'year': INTEGER, 'department': VARCHAR})"
    )
    if not uniform:
        rows = f"(SELECT {empty} WHERE false UNION ALL BY NAME SELECT * FROM {rows})"  # noqa: S608 - as below
    return f"SELECT {columns} FROM {rows}"  # noqa: S608 - names of the schema and quoted paths


def relation_rows(
    name: str,
    locations: Sequence[str] | None,
    pieces: Sequence[str],
    years: Collection[int | None] | None = None,
    gone: Collection[Partition] = (),
    *,
    uniform: bool,
) -> str:
    """The SELECT behind a table or a view of ``WHOLE_LAKE`` over files, and over derived pieces of its rows or of the
    table's that it is made of, of which only some years are needed, and of those partitions none."""
    if name not in WHOLE_LAKE:
        return _with_pieces(TABLES[name], locations, pieces, years, gone, uniform=uniform)
    counted = [piece for piece in pieces if f"/{name}/" in piece]
    others = [piece for piece in pieces if piece not in counted]
    rows = _with_pieces(TABLES["line_items"], locations, others, None, gone, uniform=uniform)
    selected = dict(relation_statements())[name].partition(" AS\n")[2]
    rows = selected.partition(";")[0].replace("FROM line_items", f"FROM ({rows})")  # behind it the next view's comment
    if not counted:
        return rows
    derived = " UNION ALL ".join(_of_pieces(["function_code", "label", "times"], counted))
    both = f"{derived} UNION ALL {rows}" if locations or others else derived
    return f"SELECT function_code, label, sum(times)::BIGINT AS times FROM ({both}) GROUP BY ALL"  # noqa: S608 - as above


def _with_pieces(
    table: LakeTable,
    locations: Sequence[str] | None,
    pieces: Sequence[str],
    years: Collection[int | None] | None,
    gone: Collection[Partition],
    *,
    uniform: bool,
) -> str:
    """The SELECT behind a table over files, and over derived pieces of what is not of these partitions."""
    rows = table_rows(table, locations, uniform=uniform)
    if not pieces:
        return rows
    columns = [f"{column.name}::{sql_type(column.type)} AS {column.name}" for column in table.columns]
    derived = " UNION ALL ".join(_of_pieces(columns, pieces))
    if gone:
        places = ", ".join(
            f"({', '.join('NULL' if value is None else quoted(str(value)) for value in dataclasses.astuple(place))})"
            for place in sorted(gone, key=lambda place: place.order)
        )
        same = " AND ".join(f"derived.{column} IS NOT DISTINCT FROM gone.{column}" for column in PARTITION)
        given = f"(SELECT p AS province, y::INTEGER AS year, d AS department FROM (VALUES {places}) AS v(p, y, d))"  # noqa: S608 - as above
        derived = f"SELECT * FROM ({derived}) AS derived ANTI JOIN {given} AS gone ON {same}"  # noqa: S608 - as above
    if years is not None:
        asked = ", ".join(str(year) for year in sorted(year for year in years if year is not None))
        derived = f"SELECT * FROM ({derived})"  # noqa: S608 - as above
        derived += f" WHERE {f'year IN ({asked})' if asked else 'false'}{' OR year IS NULL' if None in years else ''}"
    return f"{derived} UNION ALL {rows}" if locations else derived


def _of_pieces(columns: Sequence[str], pieces: Sequence[str]) -> Iterator[str]:
    """A SELECT over the derived pieces whose path tells their province, and one over those of an older version."""
    for hive in (True, False):
        if files := [quoted(piece) for piece in pieces if is_province_in_path(piece) == hive]:
            how = (
                "hive_partitioning = true, hive_types = {'province': VARCHAR}" if hive else "hive_partitioning = false"
            )
            yield f"SELECT {', '.join(columns)} FROM read_parquet([{', '.join(files)}], {how})"  # noqa: S608 - names of the schema


VOCABULARY = ("classifications", "glossary")


def create_vocabulary(connection: duckdb.DuckDBPyConnection) -> None:
    """The tables that hold lists of the vocabulary."""
    _create_classifications(connection)
    _create_glossary(connection)


def _create_classifications(connection: duckdb.DuckDBPyConnection) -> None:
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


_CREATED = re.compile(r"^CREATE (?:VIEW|MACRO) (\w+)", re.MULTILINE)
_READ = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)")
_CTE = re.compile(r"(?:^|[,(]|WITH)\s*(\w+) AS (?:MATERIALIZED )?\(", re.MULTILINE)


@functools.cache
def relation_statements() -> tuple[tuple[str, str], ...]:
    """The statement of each view and macro under its name, in the order in which they can be created."""
    found: list[tuple[str, str]] = []
    for text in view_files():
        starts = [*_CREATED.finditer(text)]
        ends = [*(each.start() for each in starts[1:]), len(text)]
        found += [(start[1], text[start.start() : end]) for start, end in zip(starts, ends, strict=True)]
    return tuple(found)


@functools.cache
def _order() -> dict[str, int]:
    """Every table, view and macro with its place in the order in which they can be created."""
    return {name: at for at, name in enumerate((*TABLES, *(name for name, _ in relation_statements())))}


@functools.cache
def _made_of(name: str) -> frozenset[str]:
    """The tables, views and macros whose names stand in the statement of a view or macro."""
    words = re.findall(r"\w+", re.sub(r"--.*", "", dict(relation_statements()).get(name, "")))
    return frozenset(words) & _order().keys() - {name}


def needed(names: Iterable[str], whole: Collection[str] = ()) -> list[str]:
    """These tables, views and macros and all they are made of, in an order in which they can be created; of the
    relations ``whole`` it does not matter what they are made of."""
    every: set[str] = set()
    waiting = [name for name in names if name in _order()]
    while waiting:
        name = waiting.pop()
        if name not in every:
            every.add(name)
            waiting += () if name in whole else _made_of(name)
    return sorted(every, key=_order().__getitem__)


def creating(name: str) -> str:
    """The statement that creates a view or a macro, or a table's view of which no file was chosen yet."""
    return table_view(TABLES[name], None, uniform=True) if name in TABLES else dict(relation_statements())[name]


def relations() -> Iterable[str]:
    """The names of all tables, views and macros."""
    return _order()


@functools.cache
def macros() -> frozenset[str]:
    """The names of the macros, which read the tables of the vocabulary alone."""
    return frozenset(name for name, statement in relation_statements() if statement.startswith("CREATE MACRO"))


def words_of(sql: str) -> frozenset[str]:
    """The tables, views and macros whose names stand in a text."""
    return frozenset(word.lower() for word in re.findall(r"\w+", sql)) & _order().keys()


@functools.cache
def tables_behind() -> Mapping[str, frozenset[str]]:
    """The tables of the lake whose rows each table or view is made of; those of ``WHOLE_LAKE`` count as tables."""
    behind = {name: frozenset([name]) for name in (*TABLES, *WHOLE_LAKE)}
    for name, statement in relation_statements():
        if name not in WHOLE_LAKE:
            behind[name] = frozenset[str]().union(*(behind[each] for each in _read(statement) if each in behind))
    return behind


def relations_read(sql: str) -> list[str]:
    """The tables and views that SQL of our own reads, which names each after FROM or JOIN."""
    return [name for name in _read(sql) if tables_behind().get(name)]


def _read(sql: str) -> list[str]:
    sql = re.sub(r"--.*", "", sql)
    return sorted(set(_READ.findall(sql)) - set(_CTE.findall(sql)))


def named_in(sql: str) -> list[str]:
    """The tables and views whose names stand in a text."""
    words = words_of(sql)
    return [name for name, tables in tables_behind().items() if tables and name in words]


def readable() -> frozenset[str]:
    """The names that a SELECT can read: tables, views and lists of the vocabulary."""
    views = (name for name, statement in relation_statements() if statement.startswith("CREATE VIEW"))
    return frozenset((*TABLES, *VOCABULARY, *views))
