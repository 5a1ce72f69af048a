"""The logical table: what a publisher drew under one heading, however many pages it takes, and its cells."""

from __future__ import annotations

import dataclasses

from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.captions import ends_like_contents, is_contents_entry, unit_in
from gongkai.parsing.text.grid import Box


@dataclasses.dataclass(slots=True)
class TableCell:
    """A cell of a logical table; ``row`` and ``column`` count over all its pieces."""

    row: int
    column: int
    text: str
    """As printed; changed by ``append`` alone."""
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None
    is_header: bool = False
    ocr_confidence: float | None = None
    _plain: str | None = dataclasses.field(default=None, init=False, repr=False, compare=False)

    @property
    def plain(self) -> str:
        """The text for comparison: NFKC, all white space removed."""
        if self._plain is None:
            self._plain = compact(self.text)
        return self._plain

    def append(self, text: str) -> None:
        """Add the rest of a text that a page break cut."""
        self.text = f"{self.text}\n{text}" if self.text else text
        self._plain = None


Row = dict[int, TableCell]
"""The cells of one row by column."""


@dataclasses.dataclass(slots=True)
class Table:
    """A logical table.  ``headers`` are the header paths by column, levels joined by ``/``, white space removed."""

    index: int
    title: str | None
    captions: list[str]
    cells: list[TableCell]
    headers: list[str]
    heading_rows: int
    """Leading rows that are captions or heading."""
    captions_inside: int = 0
    """Leading rows that are captions drawn inside the ruling."""
    notes: list[str] = dataclasses.field(default_factory=list)
    header_mismatch_pages: list[int | None] = dataclasses.field(default_factory=list)
    row_count: int = 0
    """Rows, headings included."""

    @property
    def width(self) -> int:
        return len(self.headers)

    @property
    def unit(self) -> str | None:
        """The unit of account its captions or its heading state."""
        return unit_in([*reversed(self.captions), *(cell.text for cell in self.cells if cell.is_header)])

    @property
    def first_page(self) -> int | None:
        return min((cell.page for cell in self.cells if cell.page is not None), default=None)

    @property
    def last_page(self) -> int | None:
        return max((cell.page for cell in self.cells if cell.page is not None), default=None)

    def rows(self) -> dict[int, list[TableCell]]:
        """The cells of every row, headings included, by the row's number; both in order."""
        rows: dict[int, list[TableCell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.row, []).append(cell)
        return dict(sorted(rows.items()))

    def body(self) -> list[Row]:
        """The rows below the heading, each as its cells by column (blank ones included), repeated headings left out."""
        rows: dict[int, Row] = {}
        for cell in self.cells:
            if not cell.is_header:
                rows.setdefault(cell.row, {})[cell.column] = cell
        return [rows[row] for row in sorted(rows)]


def leaf(header: str) -> str:
    """The lowest level of a header path."""
    return header.rsplit("/", 1)[-1]


def plain_text(row: Row, column: int) -> str:
    """The text of a row in a column, for comparison; empty where the row has no cell there."""
    return row[column].plain if column in row else ""


def page_of(row: Row) -> int | None:
    """The page of a row's first cell."""
    return row[min(row)].page


def is_contents(table: Table) -> bool:
    """True for a table of contents that the format drew as a table: titles and page numbers."""
    if table.width > 3 or not table.cells:
        return False
    entries = [" ".join(cell.text for cell in row.values()) for row in table.body()]
    entries += [cell.text for cell in table.cells if cell.is_header]
    dotted, ended = sum(map(is_contents_entry, entries)), sum(map(ends_like_contents, entries))
    return bool(entries) and max(dotted, ended) * 2 > len(entries)
