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
from gongkai.queries.sql_guard import run

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


def coverage(connection: duckdb.DuckDBPyConnection, query: NamedQuery, values: Mapping[str, Value]) -> Coverage:
    """How many documents answer.  Raises what ``run`` does."""
    answers = _answers(connection, query, values)
    counts = "SELECT count(*) AS asked, count(*) FILTER (sha256 IN (FROM answers)) AS answering"
    rows = _rows(connection, query, values, f"{answers or _EVERY} {counts} {_asked(query)}")
    (row,) = rows.read_all().to_pylist()
    return Coverage(row["asked"], row["answering"] if answers else None, query.unanswered)


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


def _rows(
    connection: duckdb.DuckDBPyConnection, query: NamedQuery, values: Mapping[str, Value], sql: str
) -> pa.RecordBatchReader:
    """The answer to SQL about a query, which is asked without its limit."""
    return run(connection, sql, _bound(values, sql), of=query)


def _bound(values: Mapping[str, Value], sql: str) -> dict[str, Value]:
    return {name: None if name == "limit" else value for name, value in values.items() if f"${name}" in sql}


def _answers(connection: duckdb.DuckDBPyConnection, query: NamedQuery, values: Mapping[str, Value]) -> str | None:
    """A WITH clause of the hashes that the query answers for; None where its rows are not of documents."""
    schema = run(connection, f"SELECT * FROM ({query.sql}\n) LIMIT 0", values, of=query).schema  # noqa: S608 - text of our own
    of_lists = {field.name for field in schema if pa.types.is_list(field.type)}
    known = {name: sql for name, sql in _HASHES.items() if name in schema.names and (name in of_lists) == ("(" in sql)}
    hashes = next(iter(known.values()), None)
    return hashes and f"WITH answers AS (SELECT DISTINCT {hashes} AS sha256 FROM ({query.sql}\n))"  # noqa: S608 - as above


def _asked(query: NamedQuery) -> str:
    conditions = [CONDITIONS[each.name] for each in query.parameters if each.name in CONDITIONS]
    asked_for = "$governments OR " if any(each.name == "governments" for each in query.parameters) else ""
    budgets = ["parse_status IN ('parsed', 'partial')", f"({asked_for}NOT is_government(level))"]
    return "FROM documents WHERE " + " AND ".join([*budgets, *conditions])
