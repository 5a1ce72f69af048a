"""Paragraphs and tables of WordprocessingML, merged cells exact."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator

from lxml import etree

from gongkai.parsing.formats.word.list_numbers import ListNumbers
from gongkai.parsing.formats.word.strikes import Strikes
from gongkai.parsing.formats.word.wordml import MC, TRANSPARENT, W, alternative, heading_levels, number_of, value_of
from gongkai.parsing.formats.word.wordml_text import Text, collect
from gongkai.parsing.text.grid import Block, Cell, Doubt, Grid, TextLine
from gongkai.parsing.text.struck_out import StruckOut

MAX_COLUMNS = 1_000
"""Columns of a table; Word allows 63."""

_Place = tuple[etree._Element, int, int]  # noqa: SLF001 - lxml's public name for it is a factory
"""A cell's element, first column and columns covered."""


def pictures_only(body: etree._Element) -> list[Doubt]:
    """The doubt about a document without text that shows pictures: pages that were scanned."""
    pictures = sum(1 for _ in body.iter(f"{W}drawing", f"{W}pict", f"{W}object"))
    return [Doubt("no_text_layer", f"the document shows {pictures} pictures and no text")] if pictures else []


def margin_lines(reader: BodyReader, parts: Iterable[etree._Element]) -> Iterator[TextLine]:
    """The lines of headers and footers, each once: sections repeat them."""
    seen: set[str] = set()
    for block in itertools.chain.from_iterable(map(reader.blocks, parts)):
        for text in [block.text] if isinstance(block, TextLine) else [cell.text for cell in block.cells]:
            if text not in seen and any(character.isalpha() for character in text):
                seen.add(text)
                yield TextLine(text)


class BodyReader:
    """Walks a body whose elements are in the namespace ``WORDML``.  ``doubts`` collects what could not be read, and
    ``struck_out`` what was struck out and is not read."""

    def __init__(self, styles: etree._Element | None = None, numbers: ListNumbers | None = None) -> None:
        self._levels = {} if styles is None else heading_levels(styles)
        self._strikes = Strikes(styles)
        self.struck_out = StruckOut()
        self._numbers = numbers or ListNumbers()
        self.doubts: list[Doubt] = []

    def blocks(self, container: etree._Element) -> Iterator[Block]:
        """Paragraphs and tables of a body, cell, text box or note."""
        for element in container:
            if element.tag == f"{W}p":
                yield from self._paragraph(element)
            elif element.tag == f"{W}tbl":
                yield from self._table(element)
            elif element.tag in TRANSPARENT:
                yield from self.blocks(element)
            elif element.tag == f"{MC}AlternateContent":
                yield from self.blocks(alternative(element))
            elif element.tag in (f"{W}altChunk", f"{W}subDoc"):
                reason = "the document takes in another one (altChunk or subDoc), which was not read"
                self.doubts.append(Doubt("unread_part", reason))

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        number, printed, boxes = self._printed(paragraph)
        if printed:
            yield TextLine(_numbered(number, printed), heading=self._heading(paragraph))
        for box in boxes:
            yield from self.blocks(box)

    def _printed(self, paragraph: etree._Element) -> tuple[str, str, list[etree._Element]]:
        """A paragraph's number, its text, and the text boxes that float in it."""
        text = Text(self._strikes, value_of(paragraph.find(f"{W}pPr/{W}pStyle")))
        collect(paragraph, text)
        number = self._numbers.before(paragraph)
        printed = self.struck_out.without("".join(text.parts)).strip(" \t\n　")
        return number, printed, text.boxes

    def _heading(self, paragraph: etree._Element) -> int | None:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return None
        own = value_of(properties.find(f"{W}outlineLvl"))
        if own is not None and own.isdigit():
            return int(own) + 1 if int(own) < 9 else None
        return self._levels.get(value_of(properties.find(f"{W}pStyle")) or "")

    def _table(self, table: etree._Element) -> Iterator[Block]:
        """The table's grid, then what its cells hold beside paragraphs: nested tables and text boxes."""
        rows = [_Row.of(row) for row in _rows(table)]
        if [len(row.cells) for row in rows] == [1]:  # a frame round text is no table
            yield from self.blocks(rows[0].cells[0][0])
            return
        width = max((row.width for row in rows), default=0)
        if width > MAX_COLUMNS:
            self.doubts.append(Doubt("too_large", f"a table has {width} columns, more than {MAX_COLUMNS}; not read"))
            return
        inner: list[Block] = []
        cells: list[Cell] = []
        above: dict[int, int] = {}
        for index, row in enumerate(rows):
            places = list(row.places(width))
            texts = [self._cell_text(element, inner) for element, _, _ in places]
            above = _add_row(cells, index, list(zip(places, texts, strict=True)), above, width)
        if cells:
            cells.sort(key=lambda cell: (cell.row, cell.column))
            yield Grid(len(rows), width, tuple(cells))
        yield from inner

    def _cell_text(self, cell: etree._Element, inner: list[Block]) -> str:
        """A cell's paragraphs as lines; tables and text boxes in it go to ``inner``."""
        lines: list[str] = []
        for paragraph, other in _cell_content(cell):
            if other is not None:
                inner.extend(self._table(other))
            if paragraph is not None:
                number, printed, boxes = self._printed(paragraph)
                lines.append(_numbered(number, printed))
                for box in boxes:
                    inner.extend(self.blocks(box))
        return "\n".join(line for line in lines if line)


def _numbered(number: str, text: str) -> str:
    """A paragraph with the number before it, but for one that would be read as a part of another (1. before 5.00)."""
    return text if text[:1].isdigit() and (number[-1:].isdigit() or number.endswith(".")) else number + text


def _add_row(
    cells: list[Cell], row: int, places: list[tuple[_Place, str]], above: dict[int, int], width: int
) -> dict[int, int]:
    """Add a row's cells, blank ones where it has none; a cell that continues the one above lengthens it (Word shows
    no text of its own there).

    ``above`` and what is returned map a column to the index in ``cells`` of the merged cell that stands over it.
    """
    below: dict[int, int] = {}
    at = 0
    for (element, start, span), text in places:
        cells.extend(Cell(row, column, "") for column in range(at, start))
        at = start + span
        merge = element.find(f"{W}tcPr/{W}vMerge")
        over = above.get(start)
        if merge is not None and value_of(merge) != "restart" and over is not None and cells[over].column_span == span:
            cells[over] = cells[over]._replace(row_span=cells[over].row_span + 1)
            below[start] = over
            continue
        cells.append(Cell(row, start, text, column_span=span))
        if merge is not None:
            below[start] = len(cells) - 1
    cells.extend(Cell(row, column, "") for column in range(at, width))
    return below


def _cell_content(container: etree._Element) -> Iterator[tuple[etree._Element | None, etree._Element | None]]:
    """(paragraph, None) or (None, table) for each, wrappers opened."""
    for element in container:
        if element.tag == f"{W}p":
            yield element, None
        elif element.tag == f"{W}tbl":
            yield None, element
        elif element.tag in TRANSPARENT:
            yield from _cell_content(element)
        elif element.tag == f"{MC}AlternateContent":
            yield from _cell_content(alternative(element))


def _rows(container: etree._Element) -> Iterator[etree._Element]:
    """A table's rows, those deleted in tracked changes left out."""
    for element in container:
        if element.tag == f"{W}tr":
            if element.find(f"{W}trPr/{W}del") is None:
                yield element
        elif element.tag in TRANSPARENT:
            yield from _rows(element)


def _row_cells(container: etree._Element) -> Iterator[etree._Element]:
    for element in container:
        if element.tag == f"{W}tc":
            yield element
        elif element.tag in TRANSPARENT:
            yield from _row_cells(element)


@dataclasses.dataclass(frozen=True, slots=True)
class _Row:
    """A row's cells with the columns they cover; cells merged by the old ``hMerge`` are one."""

    before: int
    cells: tuple[tuple[etree._Element, int], ...]

    @classmethod
    def of(cls, row: etree._Element) -> _Row:
        cells: list[tuple[etree._Element, int]] = []
        for cell in _row_cells(row):
            span = max(number_of(cell.find(f"{W}tcPr/{W}gridSpan")), 1)
            merge = cell.find(f"{W}tcPr/{W}hMerge")
            if merge is not None and value_of(merge) != "restart" and cells:
                cells[-1] = (cells[-1][0], cells[-1][1] + span)
            else:
                cells.append((cell, span))
        return cls(number_of(row.find(f"{W}trPr/{W}gridBefore")), tuple(cells))

    @property
    def width(self) -> int:
        return self.before + sum(span for _, span in self.cells)

    def places(self, width: int) -> Iterator[_Place]:
        """(cell, first column, columns) from left to right."""
        starts = itertools.accumulate((span for _, span in self.cells), initial=self.before)
        for (cell, span), start in zip(self.cells, starts, strict=False):
            if start < width:
                yield cell, start, min(span, width - start)
