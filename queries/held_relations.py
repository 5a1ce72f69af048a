"""Relations whose rows a connection holds, so that questions about the same documents share them.

Most of a small question is DuckDB's planning, and a few large views stand in many questions: ``document_totals`` in ten
of the named queries.  Of what is held a temporary table has all rows, and the view of that name shows the table:
questions and other views read it as before.  It is let go when a statement is about other rows of it.

For one statement that is asked several times with other values, what it reads itself is held, with no columns but those
that it names, and nothing of what that is made of.  The view of that name says so when another column is read, and any
other statement has them let go first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Generic, TypeVar

import duckdb

from gongkai.queries.relations import needed, relations_read, tables_behind

SHARED = ("documents", "document_totals", "form_lines", "function_leaves", "revenue_sources", "function_names")
"""What several named queries are made of."""
_WHOLE = "documents"
"""Held with all columns: which documents answer is asked of it too."""

Shown = TypeVar("Shown")
"""Which rows the view of a table shows."""


class HeldRelations(Generic[Shown]):
    """Those of ``SHARED`` that a connection holds."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._made_of: dict[str, dict[str, Shown]] = {}
        self._for_one: dict[str, str] = {}
        """The statement for which a relation is held without its other columns."""

    def __contains__(self, name: str) -> bool:
        return name in self._made_of

    def lacking(self, sql: str, shown: Mapping[str, Shown]) -> list[str]:
        """What a statement is made of that can be held and is not, in an order in which it can be; ``shown`` by table,
        as they stand."""
        names = needed(relations_read(sql), self._made_of)
        return [
            name
            for name in names
            if name in SHARED and name not in self._made_of and tables_behind()[name] <= shown.keys()
        ]

    def hold(self, name: str, shown: Mapping[str, Shown]) -> None:
        """Hold a relation.  Raises duckdb.Error."""
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE held_{name} AS FROM {name}")
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS FROM temp.held_{name}")
        self._made_of[name] = {table: shown[table] for table in tables_behind()[name]}

    def hold_for_one(self, sql: str, shown: Mapping[str, Shown]) -> None:
        """Hold what a statement reads itself.  Raises duckdb.Error."""
        read, named = relations_read(sql), frozenset(re.findall(r"\w+", sql))
        for name in needed(read):
            if name in read and name in SHARED and name not in self._made_of:
                self._hold_few(name, named)
                self._made_of[name] = {table: shown[table] for table in tables_behind()[name]}
                self._for_one[name] = sql

    def _hold_few(self, name: str, named: Collection[str]) -> None:
        """Hold a relation with these columns alone."""
        columns = self._connection.execute(f"DESCRIBE {name}").fetchall()
        kept = [column for column, *_ in columns if column in named or name == _WHOLE]
        every = [column if column in kept else _not_held(name, column, kind) for column, kind, *_ in columns]
        few = f"SELECT {', '.join(kept)} FROM {name}"  # noqa: S608 - columns of our own
        self._connection.execute(f"CREATE OR REPLACE TEMP TABLE held_{name} AS {few}")
        self._connection.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT {', '.join(every)} FROM temp.held_{name}")  # noqa: S608 - as above

    def let_go(self, wanted: Mapping[str, Shown]) -> list[str]:
        """Let go what is made of other rows of tables than those wanted now; their views are to be made anew."""
        return self._without(
            name
            for name, made_of in self._made_of.items()
            if any(table in wanted and wanted[table] != shown for table, shown in made_of.items())
        )

    def let_go_for_others(self, sql: str) -> list[str]:
        """Let go what is held for another statement alone."""
        return self._without(name for name, of in self._for_one.items() if of != sql)

    def _without(self, names: Iterable[str]) -> list[str]:
        gone = list(names)
        for name in gone:
            self._connection.execute(f"DROP VIEW {name}")
            self._connection.execute(f"DROP TABLE temp.held_{name}")
            del self._made_of[name]
            self._for_one.pop(name, None)
        return gone


def _not_held(name: str, column: str, kind: str) -> str:
    """A column that says so when it is read; random(), so that it does not when it is only named."""
    return f"CASE WHEN random() < 2 THEN error('{name}.{column} is not held') END::{kind} AS {column}"
