"""Which SQL is let through, and running it.

One statement, of the kinds that only read: SELECT, WITH, VALUES, FROM, TABLE, PIVOT, DESCRIBE, SUMMARIZE, SHOW.  DuckDB
has table functions with effects (``enable_logging`` opens files, ``query`` runs text), so of table functions only a
list is let through; a file of the lake is reached by the view of its table.
"""

from __future__ import annotations

import concurrent.futures
import functools
import itertools
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import duckdb
import pyarrow as pa

from gongkai.queries.connection import LakeConnection
from gongkai.queries.duckdb_messages import position, sentence
from gongkai.queries.errors import LakeUnusableError, ParameterError, SqlError, StatementRefusedError
from gongkai.queries.lake import relation_names
from gongkai.queries.named_queries import NamedQuery
from gongkai.queries.reach import Within, scans_of, scans_within

T = TypeVar("T")

TABLE_FUNCTIONS = frozenset(
    {
        "range",
        "generate_series",
        "unnest",
        "repeat",
        "json_each",
        "json_tree",
        "pragma_table_info",
        "duckdb_columns",
        "duckdb_functions",
        "duckdb_keywords",
        "duckdb_tables",
        "duckdb_types",
        "duckdb_views",
    }
)
"""Table functions that neither open a file nor change or reveal the session."""

HELD = "named_answer"
"""The temporary table of ``held``."""

_NAME = re.compile(r'"((?:[^"]|"")*)"|\w+')
_BATCH = 10_000
_HOW = "write one SELECT over the lake's tables (gongkai query lists them)"


def run(
    connection: duckdb.DuckDBPyConnection,
    sql: str,
    parameters: Mapping[str, Any] | None = None,
    *,
    of: NamedQuery | None = None,
    within: Within | None = None,
) -> pa.RecordBatchReader:
    """Run one reading statement; the answer is streamed, column names made unique (``a``, ``a_1``).

    ``parameters`` are bound, never pasted: ``$name`` in the SQL.  ``of`` is the named query that the statement is, or
    holds: its parameters tell which files are needed.  ``within`` says which documents a statement of our own is about
    alone.  Raises StatementRefusedError, SqlError, ParameterError, LakeUnusableError; also while the answer is read.
    """
    *preparing, statement = _interruptibly(connection, lambda: _checked(connection, sql))
    bound = dict(parameters or {})
    _check_parameters(statement.named_parameters, bound)
    if isinstance(connection, LakeConnection):
        scans = scans_of(connection, of, bound) if of else None
        connection.read_for(sql, bound, scans_within(connection, sql, within) if within else scans)
    with _Explained(connection, sql):
        for pivot in preparing:
            _interruptibly(connection, functools.partial(connection.execute, pivot))
        reader = _interruptibly(
            connection, lambda: connection.execute(statement, bound or None).to_arrow_reader(_BATCH)
        )
    schema = _unique_names(reader.schema)
    return pa.RecordBatchReader.from_batches(schema, _batches(connection, sql, reader, schema))


def held(
    connection: duckdb.DuckDBPyConnection, query: NamedQuery, parameters: Mapping[str, Any]
) -> duckdb.DuckDBPyConnection:
    """Ask a named query, and hold all its rows in the temporary table ``HELD``; they are told by the connection
    returned, where the tables show the rows that the query read.  Raises what ``run`` does."""
    if isinstance(connection, LakeConnection):
        connection.read_for(query.sql, parameters, scans_of(connection, query, parameters))
        connection = connection.as_it_stands
    with _Explained(connection, query.sql):
        rows = f"CREATE OR REPLACE TEMP TABLE {HELD} AS {query.sql}"
        _interruptibly(connection, lambda: connection.execute(rows, dict(parameters) or None))
    return connection


def _checked(connection: duckdb.DuckDBPyConnection, sql: str) -> list[duckdb.Statement]:
    """The statement; before it, for a PIVOT that does not say what becomes a column, the type of its columns."""
    with _Explained(connection, sql):
        statements = connection.extract_statements(sql)
    if not statements:
        raise StatementRefusedError(f"there is no SQL in {sql!r}: {_HOW}")
    if _is_pivot(statements):
        _check_names(connection, sql)
        return statements
    if len(statements) > 1:
        raise StatementRefusedError(f"{len(statements)} statements were given where one is run at a time: {_HOW}")
    kind = statements[0].type
    if kind != duckdb.StatementType.SELECT:
        raise StatementRefusedError(f"a {kind.name} statement is refused because queries only read: {_HOW}")
    _check_functions(_tree(connection, sql))
    return statements


def _is_pivot(statements: Sequence[duckdb.Statement]) -> bool:
    """True for what DuckDB makes of one PIVOT without IN: statements without a text of their own that create types of
    the values found, then the SELECT."""
    *types, last = statements
    created = bool(types) and all(each.type == duckdb.StatementType.CREATE and not each.query for each in types)
    return created and last.type == duckdb.StatementType.SELECT


def _check_names(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """`_check_functions` for SQL of which DuckDB gives no tree: no name before a bracket may be a table function's."""
    kinds = "function_type IN ('table', 'table_macro', 'pragma')"
    rows = connection.execute(f"SELECT DISTINCT function_name FROM duckdb_functions() WHERE {kinds}").fetchall()  # noqa: S608 - text of our own
    known = {str(name).lower() for (name,) in rows}
    written, starts = sql.encode(), [start for start, _ in duckdb.tokenize(sql)]
    tokens = [written[start:end].decode(errors="replace") for start, end in itertools.pairwise([*starts, len(written)])]
    for token, following in itertools.pairwise(tokens):
        name = _NAME.match(token)
        if name and following.startswith("(") and (named := (name[1] or name[0]).lower()) in known:
            _check_function({"function_name": named})


def _tree(connection: duckdb.DuckDBPyConnection, sql: str) -> object:
    """The statement as DuckDB's parser sees it.  Refuses the few that count as SELECT but are not, such as PRAGMA."""
    row = connection.execute("SELECT json_serialize_sql($sql)", {"sql": sql}).fetchone()
    tree = json.loads(row[0]) if row else {"error": True}
    if tree["error"]:
        raise StatementRefusedError(f"{sql!r} is refused because it is not a plain SELECT: {_HOW}")
    return tree


def _check_functions(tree: object) -> None:
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, dict):
            if node.get("type") == "TABLE_FUNCTION":
                _check_function(node["function"])
            pending.extend(node.values())
        elif isinstance(node, list):
            pending.extend(node)


def _check_function(function: Mapping[str, Any]) -> None:
    name = str(function["function_name"]).lower()
    if name not in TABLE_FUNCTIONS:
        raise StatementRefusedError(f"the table function {name!r} is refused: {_HOW}, such as line_items or cells")


def _check_parameters(wanted: set[str], given: Mapping[str, Any]) -> None:
    missing = sorted(wanted - given.keys())
    if missing:
        raise ParameterError(f"the query needs a value for ${missing[0]}: add --set {missing[0]}=VALUE")
    excess = sorted(given.keys() - wanted)
    if excess:
        raise ParameterError(f"the query has no parameter ${excess[0]}; remove --set {excess[0]}=…")


def _batches(
    connection: duckdb.DuckDBPyConnection, sql: str, reader: pa.RecordBatchReader, schema: pa.Schema
) -> Iterator[pa.RecordBatch]:
    while True:
        try:
            with _Explained(connection, sql):
                batch = _interruptibly(connection, reader.read_next_batch)
        except StopIteration:
            return
        yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)


def _interruptibly(connection: duckdb.DuckDBPyConnection, work: Callable[[], T]) -> T:
    """Let DuckDB work in a thread: while it fetches on the main thread, Ctrl-C would not be noticed before the end."""
    if threading.current_thread() is not threading.main_thread():  # where Python raises nothing at Ctrl-C
        return work()
    future: concurrent.futures.Future[T] = concurrent.futures.Future()

    begun = threading.Event()

    def answer() -> None:
        begun.set()
        try:
            future.set_result(work())
        except BaseException as error:
            future.set_exception(error)
            if not isinstance(error, Exception):
                raise

    thread = threading.Thread(target=answer, daemon=True)
    try:
        thread.start()
        return future.result()
    except KeyboardInterrupt:
        # Repeated, because an interruption before DuckDB has begun is lost; a thread that never began has none to end.
        while begun.wait(1) and not future.done():
            connection.interrupt()
            concurrent.futures.wait([future], 0.05)
        raise


def _unique_names(schema: pa.Schema) -> pa.Schema:
    seen: set[str] = set()
    fields = []
    for field in schema:
        name, number = field.name, 0
        while name in seen:
            number += 1
            name = f"{field.name}_{number}"
        seen.add(name)
        fields.append(field.with_name(name))
    return pa.schema(fields)


class _Explained:
    """Turns what DuckDB raises into this package's errors, each one sentence."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, sql: str) -> None:
        self._connection = connection
        self._sql = sql

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, duckdb.Error | pa.ArrowException | OSError):
            raise _explained(error, self._sql, self._connection) from error


def _explained(error: Exception, sql: str, connection: duckdb.DuckDBPyConnection) -> Exception:
    reason = sentence(error)
    if isinstance(error, duckdb.IOException | OSError) or reason.startswith(("IO Error", "HTTP Error")):
        return LakeUnusableError(f"a file of the lake cannot be read: {reason}; run gongkai verify, or parse again")
    if isinstance(error, duckdb.PermissionException):
        return StatementRefusedError(f"the query reaches outside the lake: {reason}")
    if isinstance(error, duckdb.OutOfMemoryException) or reason.startswith("Out of Memory Error"):
        return SqlError(f"the query needs more memory than it may use: {reason}; raise GONGKAI_QUERY_MEMORY")
    reason += position(error, sql)
    if "Table with name" in reason:
        reason += "; the lake has " + ", ".join(relation_names(connection))
    return SqlError(f"DuckDB refuses the SQL: {reason}")
