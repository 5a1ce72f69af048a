"""From rows of cells to a grid by the rules of HTML (Living Standard, 4.9.12), merged cells exact."""

from __future__ import annotations

import bisect
import dataclasses
import re
from collections.abc import Callable, Iterator

from lxml import etree

from gongkai.parsing.formats.html.elements import children, is_hidden
from gongkai.parsing.text.grid import Cell, Grid

MAX_POSITIONS = 500_000
"""Rows times columns of one table."""

MAX_COLUMN_SPAN = 1_000
MAX_ROW_SPAN = 65_534
"""Largest spans of a cell (HTML Living Standard, 4.9.12)."""


def rows_of(table: etree._Element) -> Iterator[etree._Element]:
    """A table's own rows; a foot is shown last wherever it stands."""
    feet: list[etree._Element] = []
    for child in children(table):
        if child.tag == "tr":
            yield child
        elif child.tag == "tfoot":
            feet.append(child)
        elif child.tag in ("thead", "tbody"):
            yield from child.iterchildren("tr")
    for foot in feet:
        yield from foot.iterchildren("tr")


def cells_of(row: etree._Element) -> Iterator[etree._Element]:
    """A row's cells that are shown."""
    return (cell for cell in row.iterchildren("td", "th") if not is_hidden(cell))


@dataclasses.dataclass(slots=True)
class _Placed:
    """A cell with its position and spans, before empty rows and columns are taken out."""

    row: int
    column: int
    rows: int
    columns: int
    text: str


def grid_of(rows: list[etree._Element], text_of: Callable[[etree._Element], str]) -> Grid | None:
    """The grid that rows of cells make, each with the text that ``text_of`` gives; None beyond ``MAX_POSITIONS``.

    Spans that run past the table end with it, and rows and columns that only spans reach are taken out.
    """
    placed: list[_Placed] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for element in cells_of(row):
            while (number, column) in taken:
                column += 1
            cell = _placed(element, text_of(element), (number, column), len(rows), taken)
            if len(taken) + cell.rows * cell.columns > MAX_POSITIONS:
                return None
            taken.update(
                (r, c) for r in range(number, number + cell.rows) for c in range(column, column + cell.columns)
            )
            placed.append(cell)
            column += cell.columns
    return _compact(placed)


def _placed(
    element: etree._Element, text: str, at: tuple[int, int], height: int, taken: set[tuple[int, int]]
) -> _Placed:
    """A cell at the first free position; it ends before a cell that reaches down from above."""
    row, column = at
    columns = min(_span(element, "colspan") or 1, MAX_COLUMN_SPAN)
    columns = next((width for width in range(1, columns) if (row, column + width) in taken), columns)
    rows = min(_span(element, "rowspan") or height, MAX_ROW_SPAN, height - row)
    return _Placed(row, column, rows, columns, text)


def _span(element: etree._Element, name: str) -> int:
    match = re.match(r"\s*\+?(\d{1,6})", element.get(name) or "1")
    return int(match[1]) if match else 1


def _compact(placed: list[_Placed]) -> Grid | None:
    """The grid of placed cells without rows and columns in which no cell begins."""
    used_rows, used_columns = sorted({cell.row for cell in placed}), sorted({cell.column for cell in placed})
    row_at = {row: index for index, row in enumerate(used_rows)}
    column_at = {column: index for index, column in enumerate(used_columns)}
    cells: list[Cell] = []
    covered: set[tuple[int, int]] = set()
    for cell in placed:
        row, column = row_at[cell.row], column_at[cell.column]
        rows = bisect.bisect_left(used_rows, cell.row + cell.rows) - row
        columns = bisect.bisect_left(used_columns, cell.column + cell.columns) - column
        cells.append(Cell(row, column, cell.text, rows, columns))
        covered.update((r, c) for r in range(row, row + rows) for c in range(column, column + columns))
    if len(row_at) * len(column_at) > MAX_POSITIONS:
        return None
    blanks = ((r, c) for r in range(len(row_at)) for c in range(len(column_at)) if (r, c) not in covered)
    cells.extend(Cell(r, c, "") for r, c in blanks)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(len(row_at), len(column_at), tuple(cells))
