"""Answers of an opened lake: a relation in the forms in which people work with rows, and what a search found.

polars and pandas are imported by the method that returns their frame.
"""

from __future__ import annotations

import dataclasses
import html
import importlib
import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa

from gongkai.queries.full_text.finding import Answer
from gongkai.queries.named_queries import NamedQuery
from gongkai.queries.reading_table import cell_text, plain_text, reading_table
from gongkai.queries.sql_guard import run

if TYPE_CHECKING:
    import pandas  # noqa: ICN001 - the method pl would hide polars under that name, and pandas stands beside it
    import polars  # noqa: ICN001

_SHOWN = 20
"""Rows of a relation that a session or a notebook shows."""


@dataclasses.dataclass(frozen=True, slots=True, repr=False)
class Relation:
    """A question to the lake, asked anew by each method; decimals stay decimals in every form.

    A method raises gongkai.queries.errors.QueryError for SQL that cannot run.
    """

    _connection: duckdb.DuckDBPyConnection
    _sql: str
    _parameters: dict[str, Any]
    _of: NamedQuery | None = dataclasses.field(default=None, kw_only=True)

    @property
    def columns(self) -> list[str]:
        """The names of its columns."""
        return list(self._run().schema.names)

    def arrow(self) -> pa.Table:
        """All rows as an Arrow table."""
        return self._run().read_all()

    def reader(self) -> pa.RecordBatchReader:
        """The rows as they come, in batches, for an answer that may be too large to hold."""
        return self._run()

    def pl(self) -> polars.DataFrame:
        """All rows as a Polars frame; money has the type Decimal."""
        frame: polars.DataFrame = importlib.import_module("polars").from_arrow(self.arrow())
        return frame

    def df(self) -> pandas.DataFrame:
        """All rows as a pandas frame; money is ``decimal.Decimal`` in a column of objects, whole numbers stay whole."""
        library = importlib.import_module("pandas")
        whole: dict[pa.DataType, Any] = {pa.int32(): library.Int32Dtype(), pa.int64(): library.Int64Dtype()}
        frame: pandas.DataFrame = self.arrow().to_pandas(types_mapper=lambda kind: whole.get(kind))  # noqa: PLW0108 - its stub wants one argument
        return frame

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows as tuples of Python values."""
        return list(_rows(self._run()))

    def _run(self) -> pa.RecordBatchReader:
        return run(self._connection, self._sql, self._parameters, of=self._of)

    def _first(self) -> tuple[pa.Schema, list[tuple[Any, ...]], str]:
        reader = self._run()
        rows = list(itertools.islice(_rows(reader), _SHOWN + 1))
        return reader.schema, rows[:_SHOWN], "…" if len(rows) > _SHOWN else ""

    def __repr__(self) -> str:
        schema, rows, more = self._first()
        return reading_table(schema, rows, 120) + more

    def _repr_html_(self) -> str:
        """What a notebook shows: the first rows, in full."""
        schema, rows, more = self._first()
        lines = [
            _html_row("th", schema.names),
            *(_html_row("td", [cell_text(plain_text(value)) for value in row]) for row in rows),
        ]
        return f"<table>{''.join(lines)}</table>{more}"


@dataclasses.dataclass(frozen=True, slots=True, repr=False)
class SearchHits(Relation):
    """The first hits of a search, in order, and how many there are in all."""

    _answer: Answer

    @property
    def total(self) -> int:
        """The number of all hits, counted when it is first asked for."""
        return self._answer.total


def _rows(reader: pa.RecordBatchReader) -> Iterator[tuple[Any, ...]]:
    for batch in reader:
        yield from zip(*(column.to_pylist(maps_as_pydicts="strict") for column in batch.columns), strict=True)


def _html_row(cell: str, texts: list[str]) -> str:
    return "<tr>" + "".join(f"<{cell}>{html.escape(text)}</{cell}>" for text in texts) + "</tr>"
