"""Reads what stands on a page of a document: its cells with their tables, the amounts among them, text, issues.

Formats without pages have their tables instead, one at a time and a piece of its rows at a time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
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
    SELECT table_index, row_index, column_index, status FROM line_items
    WHERE {OF_DOCUMENT} AND amount IS NOT NULL AND list_contains($tables, table_index)
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
    SELECT table_index, row_index, column_index FROM line_items
    WHERE {OF_DOCUMENT} AND amount <> 0 AND (status <> 'confirmed' OR line_item_id IN (
        SELECT unnest(list_concat(total, addends)) FROM checks WHERE {OF_DOCUMENT} AND outcome = 'broken'))
    ORDER BY table_index, row_index, column_index
"""  # noqa: S608 - a constant of this package
_QUOTED = f"""
    SELECT sentence, page, claim_index, printed, heading FROM claims
    WHERE {OF_DOCUMENT} AND list_contains($claims, claim_id) ORDER BY claim_index
"""  # noqa: S608 - a constant of this package
_SIDES = f"""
    SELECT
        line_item_id AS id, concat_ws(' · ', label, measure) AS label, amount, table_index, row_index, column_index,
        page
    FROM line_items
    WHERE {OF_DOCUMENT} AND list_contains($ids, line_item_id)
    UNION ALL
    SELECT claim_id, sentence, amount, NULL, NULL, NULL, page FROM claims
    WHERE {OF_DOCUMENT} AND list_contains($ids, claim_id)
"""  # noqa: S608 - a constant of this package

Place = tuple[int, int, int]
"""Table, row and column of a cell."""
Position = tuple[int, int]
"""Row and column."""


@dataclasses.dataclass(frozen=True, slots=True)
class Placed:
    """A cell where it begins among the rows shown, and how many of them and of the columns it covers.

    ``cell`` is None where nothing shown covers a position: the cell there began on an earlier page.
    """

    cell: Cell | None
    rows: int = 1
    columns: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class TablePiece:
    """The cells of one table that are shown together, in order."""

    table: Row
    cells: tuple[Cell, ...]

    @property
    def head(self) -> list[list[Placed]]:
        """The rows of headings it begins with."""
        return self._lines(self._numbers()[: self._heading_rows()])

    @property
    def body(self) -> list[list[Placed]]:
        """The other rows."""
        return self._lines(self._numbers()[self._heading_rows() :])

    def _numbers(self) -> list[int]:
        return sorted({cell.row for cell in self.cells})

    def _heading_rows(self) -> int:
        others = [cell.row for cell in self.cells if not cell.is_header]
        return sum(number < min(others) for number in self._numbers()) if others else 0

    def _lines(self, numbers: Sequence[int]) -> list[list[Placed]]:
        width = max(cell.column + cell.column_span for cell in self.cells)
        begins = {(cell.row, cell.column): cell for cell in self.cells}
        covered: set[Position] = set()
        return [[*_line(number, numbers, width, begins, covered)] for number in numbers]


def _line(
    number: int, numbers: Sequence[int], width: int, begins: Mapping[Position, Cell], covered: set[Position]
) -> Iterator[Placed]:
    """One row from the left; ``covered`` grows by what its cells cover."""
    for column in range(width):
        if (number, column) in covered:
            continue
        cell = begins.get((number, column))
        if cell is None:
            yield Placed(None)
            continue
        rows = [each for each in numbers if cell.row <= each < cell.row + cell.row_span]
        covered.update((each, column + step) for each in rows for step in range(cell.column_span))
        yield Placed(cell, len(rows), cell.column_span)


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
        return _pieces(self._rows(_ON_PAGE, page=page), tables, lambda cell: cell.page == page)

    def of_table(self, table: int, first_row: int, tables: Sequence[Row]) -> list[TablePiece]:
        """A piece of a table's rows, from one on, and its headings."""
        shown = range(first_row, first_row + ROWS)
        return _pieces(self._rows(_OF_TABLE, table=table, first=first_row), tables, lambda cell: cell.row in shown)

    def statuses(self, tables: Sequence[int]) -> dict[Place, str]:
        """How far the amounts of tables are confirmed, by their place."""
        rows = self._rows(_AMOUNTS, tables=list(tables))
        return {(row["table_index"], row["row_index"], row["column_index"]): row["status"] for row in rows}

    def sections(self, page: int | None, most: int) -> list[Row]:
        """Headings and text of a page, or of the whole document."""
        return self._rows(_SECTIONS, page=page, most=most)

    def issues(self) -> list[Row]:
        """Its issues: reasons for which something was refused or is doubtful."""
        return self._rows(_ISSUES)

    def in_question(self) -> list[Row]:
        """Amounts that nothing confirms or that are part of a broken identity, in order; zeros aside."""
        return self._rows(_IN_QUESTION)

    def quoted(self, checks: Sequence[Mapping[str, Any]]) -> list[Row]:
        """The sentences of the text that a number's checks compare it with."""
        claims = [identifier for check in checks for identifier in _members(check) if "-s" in identifier]
        return self._rows(_QUOTED, claims=claims) if claims else []

    def sides(self, checks: Sequence[Mapping[str, Any]]) -> dict[str, Row]:
        """The amounts and claims that checks are made of, by their identifier."""
        ids = sorted({identifier for check in checks for identifier in _members(check)})
        return {row["id"]: row for row in self._rows(_SIDES, ids=ids)} if ids else {}

    def _rows(self, sql: str, **values: object) -> list[Row]:
        return rows_of(self._connection, sql, {**self._key, **values})


def _members(check: Mapping[str, Any]) -> list[str]:
    return [*(check["total"] or ()), *(check["addends"] or ())]


def _pieces(rows: Sequence[Row], tables: Sequence[Row], is_shown: Callable[[Cell], bool]) -> list[TablePiece]:
    by_index = {table["table_index"]: table for table in tables}
    cells: dict[int, list[Cell]] = {}
    for row in rows:
        cells.setdefault(row["table_index"], []).append(cell_from(row))
    pieces = [(index, tuple(_with_headings(of, is_shown))) for index, of in sorted(cells.items())]
    return [TablePiece(by_index[index], of) for index, of in pieces if of and index in by_index]


def _with_headings(cells: Sequence[Cell], is_shown: Callable[[Cell], bool]) -> list[Cell]:
    """The cells shown, under the table's first headings where they do not begin with headings of their own."""
    shown = [cell for cell in cells if is_shown(cell)]
    if not shown or any(cell.is_header and cell.row == shown[0].row for cell in shown):
        return shown
    before = [cell for cell in cells if cell.is_header and cell.row < shown[0].row]
    return [cell for cell in before if cell.page == before[0].page] + shown
