"""How many of the documents a named query was asked of answer it, and which do not.

A query is asked of every budget that its parameters let through (place, year, phase, department, portal), whole
governments aside unless they are asked for; a document answers where the query, without its limit, has a row of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import duckdb
import pyarrow as pa

from gongkai.queries.named_queries import NamedQuery, Value
from gongkai.queries.reach import CONDITIONS
from gongkai.queries.sql_guard import HELD, held, run

_HASHES = {"document_sha256": "document_sha256", "sha256": "sha256", "documents": "unnest(documents)"}
"""How the hashes of documents are read from a column of an answer, by its name; the first that there is counts."""

_EVERY = "WITH answers AS (SELECT sha256 FROM documents)"


@dataclasses.dataclass(frozen=True, slots=True)
class Coverage:
    """The documents a query was asked of, and those of which it has a row; None where its rows are not of documents."""

    asked: int
    answering: int | None
    unanswered: str

    @property
    def silent(self) -> int:
        """How many do not answer."""
        return 0 if self.answering is None else self.asked - self.answering

    @property
    def told(self) -> str:
        """The sentence, without how to see which do not answer."""
        if self.answering is None:
            return f"asked of {self.asked} documents"
        told = f"{self.answering} of {self.asked} documents answer"
        return f"{told}; {self.silent} {self.unanswered}" if self.silent else told

    def __str__(self) -> str:
        return f"{self.told}: --missing lists them" if self.silent else self.told


class Answer:
    """The answer of a named query, which is asked once: its rows, and how many documents answer."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, query: NamedQuery, values: Mapping[str, Value]) -> None:
        """Raises what ``run`` does."""
        self._query = query
        self._values = values
        self._held = held(connection, query, _bound(values, query.sql))

    def rows(self) -> pa.RecordBatchReader:
        """The rows, no more than the query's limit."""
        rows = f"FROM temp.{HELD}"
        if self._values.get("limit") is None:
            return run(self._held, rows)
        return run(self._held, f"{rows} LIMIT $limit", {"limit": self._values["limit"]})

    def coverage(self) -> Coverage:
        """How many documents answer."""
        hashes = _hashes(run(self._held, f"FROM temp.{HELD} LIMIT 0").schema)
        answers = f"WITH answers AS (SELECT DISTINCT {hashes} AS sha256 FROM temp.{HELD})" if hashes else _EVERY  # noqa: S608 - names of our own
        counts = "SELECT count(*) AS asked, count(*) FILTER (sha256 IN (FROM answers)) AS answering"
        sql = f"{answers} {counts} {_asked(self._query)}"
        (row,) = run(self._held, sql, _bound(self._values, sql)).read_all().to_pylist()
        return Coverage(row["asked"], row["answering"] if hashes else None, self._query.unanswered)


def coverage(connection: duckdb.DuckDBPyConnection, query: NamedQuery, values: Mapping[str, Value]) -> Coverage:
    """How many documents answer.  Raises what ``run`` does."""
    return Answer(connection, query, values).coverage()


def missing(
    connection: duckdb.DuckDBPyConnection, query: NamedQuery, values: Mapping[str, Value]
) -> pa.RecordBatchReader:
    """The documents that do not answer, one row each; none for a query whose rows are not of documents."""
    return run(connection, *missing_sql(connection, query, values), of=query)


def missing_sql(
    connection: duckdb.DuckDBPyConnection, query: NamedQuery, values: Mapping[str, Value]
) -> tuple[str, dict[str, Value]]:
    """The question behind ``missing``, with the values bound in it."""
    rows = f"""{_answers(connection, query, values) or _EVERY}
        SELECT
            left(sha256, 12) AS document, province, city, county, year, department, entity, level, phase, parse_status,
            amounts, issues, file_name, sha256
        {_asked(query)} AND sha256 NOT IN (FROM answers)
        ORDER BY province, city, county, year, department, entity, sha256"""
    return rows, _bound(values, rows)


def _bound(values: Mapping[str, Value], sql: str) -> dict[str, Value]:
    return {name: None if name == "limit" else value for name, value in values.items() if f"${name}" in sql}


def _answers(connection: duckdb.DuckDBPyConnection, query: NamedQuery, values: Mapping[str, Value]) -> str | None:
    """A WITH clause of the hashes that the query answers for; None where its rows are not of documents."""
    schema = run(connection, f"SELECT * FROM ({query.sql}\n) LIMIT 0", values, of=query).schema  # noqa: S608 - text of our own
    hashes = _hashes(schema)
    return hashes and f"WITH answers AS (SELECT DISTINCT {hashes} AS sha256 FROM ({query.sql}\n))"  # noqa: S608 - as above


def _hashes(schema: pa.Schema) -> str | None:
    """How the hashes of documents are read from an answer with these columns; None where its rows are of none."""
    of_lists = {field.name for field in schema if pa.types.is_list(field.type)}
    known = (sql for name, sql in _HASHES.items() if name in schema.names and (name in of_lists) == ("(" in sql))
    return next(known, None)


def _asked(query: NamedQuery) -> str:
    conditions = [CONDITIONS[each.name] for each in query.parameters if each.name in CONDITIONS]
    asked_for = "$governments OR " if any(each.name == "governments" for each in query.parameters) else ""
    budgets = ["parse_status IN ('parsed', 'partial')", f"({asked_for}NOT is_government(level))"]
    return "FROM documents WHERE " + " AND ".join([*budgets, *conditions])
