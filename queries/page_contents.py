"""What stands on a page of a document, as read: its cells with their tables, the amounts among them, text, issues.

Formats without pages have their tables instead, one at a time and a piece of its rows at a time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from gongkai.queries.evidence import CELL, OF_DOCUMENT, Cell, Row, cell_from, rows_of

ROWS = 300
"""Rows of a table that are shown at once where there are no pages."""

_ON_PAGE = f"""
    SELECT table_index, {CELL} FROM cells WHERE {OF_DOCUMENT} AND (page = $page OR (is_header AND table_index IN (
        SELECT table_index FROM tables WHERE {OF_DOCUMENT} AND first_page <= $page AND last_page >= $page)))
    ORDER BY table_index, row_index, column_index
"""  # noqa: S608 - constants of this package
_OF_TABLE = f"""
    SELECT table_index, {CELL} FROM cells WHERE {OF_DOCUMENT} AND table_index = $table
        AND (is_header OR (row_index + row_span > $first AND row_index < $first + {ROWS}))
    ORDER BY row_index, column_index
"""  # noqa: S608 - constants of this package
_AMOUNTS = f"""
    SELECT table_index, row_index, column_index, status, line_item_id FROM line_items
    WHERE {OF_DOCUMENT} AND list_contains($tables, table_index)
"""  # noqa: S608 - a constant of this package
_TABLES = f"""
    SELECT table_index, title, form, unit, first_page, last_page, rows FROM tables WHERE {OF_DOCUMENT}
    ORDER BY table_index
"""  # noqa: S608 - a constant of this package
_SECTIONS = f"""
    SELECT heading, text, page FROM sections WHERE {OF_DOCUMENT} AND ($page IS NULL OR page = $page)
    ORDER BY section_index LIMIT $most
"""  # noqa: S608 - a constant of this package
_ISSUES = f"""
    SELECT kind, reason, page, table_index, row_index FROM issues WHERE {OF_DOCUMENT} ORDER BY issue_index
"""  # noqa: S608 - a constant of this package
_IN_QUESTION = f"""
    SELECT table_index, row_index, column_index, page, status FROM line_items
    WHERE {OF_DOCUMENT} AND status = 'doubtful' AND amount IS NOT NULL
    ORDER BY table_index, row_index, column_index
"""  # noqa: S608 - a constant of this package
_QUOTED = f"""
    SELECT sentence, page, claim_index, printed, heading FROM claims
    WHERE {OF_DOCUMENT} AND list_contains($claims, claim_id) ORDER BY claim_index
"""  # noqa: S608 - a constant of this package
_SIDES = f"""
    SELECT line_item_id AS id, label, amount, table_index, row_index, column_index, page FROM line_items
    WHERE {OF_DOCUMENT} AND list_contains($ids, line_item_id)
    UNION ALL
    SELECT claim_id, sentence, amount, NULL, NULL, NULL, page FROM claims
    WHERE {OF_DOCUMENT} AND list_contains($ids, claim_id)
"""  # noqa: S608 - a constant of this package

Place = tuple[int, int, int]
"""Table, row and column of a cell."""


@dataclasses.dataclass(frozen=True, slots=True)
class TablePiece:
    """The cells of one table that are shown together, in order."""

    table: Row
    cells: tuple[Cell, ...]

    def lines(self) -> list[tuple[int, list[Cell]]]:
        """The cells by row, each row with its number."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        return sorted(by_row.items())


class DocumentContents:
    """Everything that was read of one document; each method asks the lake anew.  Raises what running SQL raises."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, document: Row) -> None:
        self._connection = connection
        self._key = {name: document[name] for name in ("sha256", "province", "year", "department")}

    def tables(self) -> list[Row]:
        """Its tables: index, title, form, unit, first and last page, number of rows."""
        return self._rows(_TABLES)

    def on_page(self, page: int, tables: Sequence[Row]) -> list[TablePiece]:
        """The tables of a page, each with the cells printed there and its headings."""
        return self._pieces(self._rows(_ON_PAGE, page=page), tables)

    def of_table(self, table: int, first_row: int, tables: Sequence[Row]) -> list[TablePiece]:
        """A piece of a table's rows, from one on, and its headings."""
        return self._pieces(self._rows(_OF_TABLE, table=table, first=first_row), tables)

    def amounts(self, tables: Sequence[int]) -> dict[Place, Row]:
        """The amounts of tables by their place: status and line_item_id."""
        rows = self._rows(_AMOUNTS, tables=list(tables))
        return {(row["table_index"], row["row_index"], row["column_index"]): row for row in rows}

    def sections(self, page: int | None, most: int) -> list[Row]:
        """Headings and text of a page, or of the whole document."""
        return self._rows(_SECTIONS, page=page, most=most)

    def issues(self) -> list[Row]:
        """What was refused or is doubtful."""
        return self._rows(_ISSUES)

    def in_question(self) -> list[Row]:
        """Places of doubtful amounts, in order."""
        return self._rows(_IN_QUESTION)

    def quoted(self, checks: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The sentences of the text that a number's checks compare it with."""
        claims = [identifier for check in checks for identifier in _members(check) if "-s" in identifier]
        return self._rows(_QUOTED, claims=claims) if claims else []

    def sides(self, checks: Sequence[Mapping[str, Any]]) -> dict[str, Row]:
        """The amounts and claims that checks are made of, by their identifier."""
        ids = sorted({identifier for check in checks for identifier in _members(check)})
        return {row["id"]: row for row in self._rows(_SIDES, ids=ids)} if ids else {}

    def _pieces(self, rows: Sequence[Row], tables: Sequence[Row]) -> list[TablePiece]:
        by_index = {table["table_index"]: table for table in tables}
        cells: dict[int, list[Cell]] = {}
        for row in rows:
            cells.setdefault(row["table_index"], []).append(cell_from(row))
        return [TablePiece(by_index[index], tuple(of)) for index, of in sorted(cells.items()) if index in by_index]

    def _rows(self, sql: str, **values: object) -> list[Row]:
        return rows_of(self._connection, sql, {**self._key, **values})


def _members(check: Mapping[str, Any]) -> list[str]:
    return [*(check["total"] or ()), *(check["addends"] or ())]
