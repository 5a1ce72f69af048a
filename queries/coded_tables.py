"""The lake's tables that print codes, row by row: what ``gongkai vocabulary propose`` reads."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

import duckdb

_ROWS_AT_ONCE = 50_000
_CELLS = """
SELECT c.document_sha256, c.table_index, c.year, c.row_index, c.column_index, c.text, c.page
FROM cells AS c
SEMI JOIN (
    SELECT DISTINCT document_sha256, table_index
    FROM cells
    WHERE regexp_matches(text, '^\\s*[(（\\[【]?[235]\\d\\s?\\d')
) AS coded ON coded.document_sha256 = c.document_sha256 AND coded.table_index = c.table_index
ANTI JOIN (SELECT document_sha256, page FROM issues WHERE kind IN ('read_by_ocr', 'ocr_text_layer')) AS ocr
    ON ocr.document_sha256 = c.document_sha256 AND ocr.page = c.page
WHERE NOT c.is_header
ORDER BY ALL
"""


@dataclasses.dataclass(frozen=True, slots=True)
class CodedTable:
    """The rows of a table below its heading: texts by row and column, and the page each row stands on."""

    document_sha256: str
    year: int | None
    rows: dict[int, dict[int, str]]
    pages: dict[int, int | None]


def coded_tables(connection: duckdb.DuckDBPyConnection) -> Iterator[CodedTable]:
    """Every table with a cell that begins like a code, in order of document and table; pages read by OCR left out."""
    cells = _records(connection.execute(_CELLS))
    for (sha256, _table, year), group in itertools.groupby(cells, key=lambda cell: cell[:3]):
        table = CodedTable(sha256, year, {}, {})
        for _, _, _, row, column, text, page in group:
            table.rows.setdefault(row, {})[column] = text
            table.pages.setdefault(row, page)
        yield table


_Cell = tuple[str, int, int | None, int, int, str, int | None]


def _records(cursor: duckdb.DuckDBPyConnection) -> Iterator[_Cell]:
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        yield from rows
