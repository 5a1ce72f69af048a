"""A document as every reader returns it: its content in reading order, its tables as exact grids."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle on a page in PDF points (1/72 inch), origin at the top left of the page as shown."""

    x0: float
    y0: float
    x1: float
    y1: float


class Cell(NamedTuple):
    """One cell as printed.  A merged cell stands once, at its top left, with its spans.

    ``row`` and ``column`` count from 0.  ``text`` is verbatim; lines inside a cell are joined by ``\\n``.
    ``page`` counts from 1; None for formats without pages.  ``ocr_confidence`` is the likelihood (0 to 1) of the text
    where OCR read it from a picture; None where the text is the document's own.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    box: Box | None = None
    ocr_confidence: float | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Grid:
    """One table piece: a rectangle of ``row_count`` x ``column_count`` positions, covered by cells.

    Blank cells are present with text ``""``.  Cells are in row-major order and do not overlap.  A piece never
    crosses a page: joining pieces into a logical table is the work of ``parsing.tables.assembly``.
    ``spans_known`` is False where the format prints a merged cell as blanks (plain text), so that a blank
    beside or below a heading may be part of it.
    """

    row_count: int
    column_count: int
    cells: tuple[Cell, ...]
    page: int | None = None
    box: Box | None = None
    spans_known: bool = True

    def rows(self) -> Iterator[list[Cell]]:
        """The cells of each row by anchor; a row covered wholly by cells from above is an empty list."""
        by_row: dict[int, list[Cell]] = {}
        for cell in self.cells:
            by_row.setdefault(cell.row, []).append(cell)
        for row in range(self.row_count):
            yield by_row.get(row, [])


@dataclasses.dataclass(frozen=True, slots=True)
class TextLine:
    """One line or paragraph of running text outside tables, verbatim."""

    text: str
    page: int | None = None
    box: Box | None = None
    heading: int | None = None
    """The heading level (1 = highest) where the format marks headings; None where it does not."""
    is_link: bool = False
    """True for a line that only leads to another document: its words are that one's, such as the title of another."""


Block = Grid | TextLine


@dataclasses.dataclass(frozen=True, slots=True)
class Doubt:
    """Something a reader refused or could not make sense of; becomes a row of ``issues``.

    ``kind`` is a short stable identifier (``truncated``, ``no_text_layer``); ``reason`` is one sentence.
    """

    kind: str
    reason: str
    page: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Reading:
    """A whole document as read: ``format`` as detected from its bytes, blocks in reading order."""

    format: str
    blocks: tuple[Block, ...]
    pages: int | None = None
    doubts: tuple[Doubt, ...] = ()
    title: str | None = None
    """The title the file's own markup gives (HTML title or ArticleTitle, document properties); a hint only."""


class UnreadableDocumentError(Exception):
    """Raised when a reader can make nothing of the bytes: the message becomes the document's issue.

    ``kind`` as in ``Doubt``: ``truncated``, ``encrypted``, ``empty``, ``corrupt``, ``unsupported_format``, ...
    """

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind
