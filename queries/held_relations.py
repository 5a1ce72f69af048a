"""Relations whose rows a connection holds, so that questions about the same documents share them.

Most of a small question is DuckDB's planning, and a few large views stand in many questions: ``document_totals`` in ten
of the named queries.  Of what is held a temporary table has all rows, and the view of that name shows the table:
questions and other views read it as before.  It is let go when a statement is about other rows of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

import duckdb

from gongkai.queries.relations import needed, relations_read, tables_behind

SHARED = ("documents", "document_totals", "form_lines", "function_leaves", "revenue_sources", "function_names")
"""What several named queries are made of."""

Shown = TypeVar("Shown")
"""Which rows the view of a table shows."""


class HeldRelations(Generic[Shown]):
    """Those of ``SHARED`` that a connection holds."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self._made_of: dict[str, dict[str, Shown]] = {}

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

    def let_go(self, wanted: Mapping[str, Shown]) -> list[str]:
        """Let go what is made of other rows of tables than those wanted now; their views are to be made anew."""
        gone = [
            name
            for name, made_of in self._made_of.items()
            if any(table in wanted and wanted[table] != shown for table, shown in made_of.items())
        ]
        for name in gone:
            self._connection.execute(f"DROP VIEW {name}")
            self._connection.execute(f"DROP TABLE temp.held_{name}")
            del self._made_of[name]
        return gone
