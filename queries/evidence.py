"""A number of the lake → what it rests on: its cell, the row and the headings around it, the checks, the original.

Everything here is read from the lake; the original's bytes are the archive's.  Rows come as dictionaries with the
columns of ``lake.schema``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from gongkai.queries.sql_guard import run

Row = Mapping[str, Any]

CELL = "row_index, column_index, row_span, column_span, is_header, header, text, page, x0, y0, x1, y1"

# The partition first: files are then chosen by their path.  IS NOT DISTINCT FROM, since what cannot be told is null.
OF_DOCUMENT = """document_sha256 = $sha256 AND province IS NOT DISTINCT FROM $province
    AND year IS NOT DISTINCT FROM $year::INTEGER AND department IS NOT DISTINCT FROM $department"""


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """A cell as printed.  ``box`` is x0, y0, x1, y1 in PDF points from the top left of the page as shown.

    ``page`` counts from 1; both are None for formats without pages.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    is_header: bool
    header: str | None
    text: str
    page: int | None
    box: tuple[float, float, float, float] | None

    def covers(self, row: int, column: int) -> bool:
        """Does it stand at a position, itself or by its spans?"""
        return self.row <= row < self.row + self.row_span and self.column <= column < self.column + self.column_span


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """A cell and what is known of it.

    ``table`` is its row of ``tables``; ``cells`` are those of its own, the neighbouring and the heading rows, in
    order; ``items`` its rows of ``line_items`` (none where no form is understood), ``checks`` the rows of ``checks``
    that any of them takes part in.
    """

    table: Row
    cell: Cell
    cells: tuple[Cell, ...]
    items: tuple[Row, ...]
    checks: tuple[Row, ...]

    @property
    def moved(self) -> bool:
        """Is the amount read in another column than it is printed in?  Its row slid, as an issue says."""
        return any((item["measure"] or "") != (self.cell.header or "") for item in self.items)


def documents_of(connection: duckdb.DuckDBPyConnection, digits: str) -> list[Row]:
    """The rows of ``documents`` whose SHA-256 begins with the digits, at most ten."""
    sql = "SELECT * FROM documents WHERE starts_with(sha256, $digits) ORDER BY sha256 LIMIT 10"
    return rows_of(connection, sql, {"digits": digits.lower()})


def evidence_of(
    connection: duckdb.DuckDBPyConnection, document: Row, table: int, row: int, column: int
) -> Evidence | None:
    """Everything known of one position of a document's tables; None where no table has it.

    A merged cell is found by any position it covers.  Raises what running SQL raises.
    """
    key = {name: document[name] for name in ("sha256", "province", "year", "department")}
    sql = f"SELECT * FROM tables WHERE {OF_DOCUMENT} AND table_index = $t"  # noqa: S608 - a constant of this module
    tables = rows_of(connection, sql, {**key, "t": table})
    cells = _cells(connection, key, table, row)
    cell = next((cell for cell in cells if cell.covers(row, column)), None)
    if not tables or cell is None:
        return None
    items = _items(connection, key, table, cell)
    checks = _checks(connection, key, [item["line_item_id"] for item in items])
    return Evidence(tables[0], cell, tuple(cells), tuple(items), tuple(checks))


def _cells(connection: duckdb.DuckDBPyConnection, key: Row, table: int, row: int) -> list[Cell]:
    """The heading rows, the row itself, and two rows on either side."""
    sql = f"""SELECT {CELL} FROM cells WHERE {OF_DOCUMENT} AND table_index = $t
        AND (is_header OR (row_index <= $r + 2 AND row_index + row_span > $r - 2))
        ORDER BY row_index, column_index"""  # noqa: S608 - constants of this module
    return [cell_from(found) for found in rows_of(connection, sql, {**key, "t": table, "r": row})]


def cell_from(row: Row) -> Cell:
    """A cell from the columns ``CELL``."""
    box = (row["x0"], row["y0"], row["x1"], row["y1"])
    return Cell(
        row=row["row_index"],
        column=row["column_index"],
        row_span=row["row_span"] or 1,
        column_span=row["column_span"] or 1,
        is_header=bool(row["is_header"]),
        header=row["header"],
        text=row["text"] or "",
        page=row["page"],
        box=None if None in box else box,
    )


def _items(connection: duckdb.DuckDBPyConnection, key: Row, table: int, cell: Cell) -> list[Row]:
    sql = f"""SELECT * FROM line_items WHERE {OF_DOCUMENT} AND table_index = $t AND row_index = $r
        AND column_index = $c ORDER BY line_item_id"""  # noqa: S608 - constants of this module
    return rows_of(connection, sql, {**key, "t": table, "r": cell.row, "c": cell.column})


def _checks(connection: duckdb.DuckDBPyConnection, key: Row, items: Sequence[str]) -> list[Row]:
    if not items:
        return []
    sql = f"""SELECT *, list_has_any(total, $items) AS states_the_total FROM checks
        WHERE {OF_DOCUMENT} AND (list_has_any(total, $items) OR list_has_any(addends, $items))
        ORDER BY check_index"""  # noqa: S608 - constants of this module
    return rows_of(connection, sql, {**key, "items": list(items)})


def rows_of(connection: duckdb.DuckDBPyConnection, sql: str, values: Row) -> list[Row]:
    """The rows of a statement.  Raises what running SQL raises."""
    return [dict(row) for row in run(connection, sql, values).read_all().to_pylist()]
