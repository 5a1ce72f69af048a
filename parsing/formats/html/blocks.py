"""Text lines and grids of an element in reading order.

A table that holds tables is layout: its inner tables are read, and its own text as lines; unless it holds amounts
itself, then the inner tables follow it.  Scripts, styles, navigation and what the markup hides are left out, and so is
what it strikes out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from lxml import etree

from gongkai.parsing.formats.html.elements import (
    HEADINGS,
    INLINE,
    all_text,
    children,
    collapsed,
    is_hidden,
    is_raised,
    is_struck,
    shows_size,
)
from gongkai.parsing.formats.html.grids import MAX_POSITIONS, cells_of, grid_of, rows_of
from gongkai.parsing.formats.layout.words import AMOUNT
from gongkai.parsing.text.grid import Block, Doubt, TextLine
from gongkai.parsing.text.raised import raised
from gongkai.parsing.text.struck_out import StruckOut, struck

_WORD = re.compile(r"[^\W\d_]")
_TITLES = (1, 2)
"""Levels of headings that are a page's own title, also where it is a link."""
_MOST_ROWS, _MOST_BESIDE = 3, 4
"""Rows of a table that sets an article on a page, and the cells beside it: columns of links, a foot."""
_PARAGRAPHS, _SENTENCE = 3, 15
"""Paragraphs of an article, and the letters that such a one has at least."""
_LINE_BREAK = "\x1e"
"""Stands for a line break while the white space of the source is collapsed."""


class BlockReader:
    """Collects blocks in reading order; text between block elements is gathered into lines."""

    def __init__(self, struck_out: StruckOut | None = None, *, in_cell: bool = False, is_struck: bool = False) -> None:
        """``in_cell`` passes over tables in the cell of another: they follow it.

        ``struck_out`` collects what is struck out; ``is_struck`` says that all of it is.
        """
        self.struck_out = struck_out or StruckOut()
        self._in_cell = in_cell
        self._is_struck = is_struck
        self._has_size = True
        self.blocks: list[Block] = []
        self.doubts: list[Doubt] = []
        self._pending: list[str] = []
        self._links = 0
        self._says_more = False
        """True where the pending text has words outside of links."""

    def read(self, element: etree._Element) -> None:
        """Add what an element shows."""
        self._walk(element, None)
        self._flush(None)

    def _walk(self, element: etree._Element, heading: int | None) -> None:
        """Recursive; libxml2 bounds the depth at 256."""
        if is_hidden(element):
            return
        above = self._is_struck, self._has_size
        self._is_struck = self._is_struck or is_struck(element)
        self._has_size = shows_size(element, above=self._has_size)
        self._show(element, heading)
        self._is_struck, self._has_size = above

    def _show(self, element: etree._Element, heading: int | None) -> None:
        tag = str(element.tag)
        if tag == "br":
            self._pending.append(_LINE_BREAK)
        elif tag == "pre":
            self._preformatted(element)
        elif tag == "table":
            self._flush(heading)
            if not self._in_cell or _is_frame(element):
                self._table(element)
        elif tag in INLINE:
            start = len(self._pending)
            leads_away = tag == "a" and not (element.get("href") or "#").startswith("#") and heading not in _TITLES
            self._links += leads_away
            self._content(element, heading)
            self._links -= leads_away
            if is_raised(element):
                self._pending[start:] = [raised("".join(self._pending[start:]))]
        else:
            self._flush(heading)
            level = HEADINGS.get(tag, heading)
            self._content(element, level)
            self._flush(level)

    def _content(self, element: etree._Element, heading: int | None) -> None:
        self._say(element.text or "")
        for child in children(element):
            self._walk(child, heading)
            self._say(child.tail or "")

    def _say(self, text: str) -> None:
        if not self._has_size:
            return
        self._pending.append(struck(text) if self._is_struck else text)
        if not self._links and not self._says_more and not self._is_struck:
            self._says_more = _WORD.search(text) is not None

    def _flush(self, heading: int | None) -> None:
        lines = self._lines("".join(self._pending))
        self._pending.clear()
        self.blocks.extend(TextLine(line, heading=heading, is_link=not self._says_more) for line in lines)
        self._says_more = False

    def _preformatted(self, element: etree._Element) -> None:
        """Lines as they stand; tables inside (portals wrap whole reports in ``pre``) are read as tables."""
        if element.find(".//table") is not None:
            self._flush(None)
            self._content(element, None)
            self._flush(None)
            return
        self._flush(None)
        text = "".join(_verbatim(element, is_within=self._is_struck))
        for line in map(self.struck_out.without, text.splitlines()):
            if line.strip():
                self.blocks.append(TextLine(line.rstrip()))

    def _table(self, table: etree._Element) -> None:
        rows = [row for row in rows_of(table) if not is_hidden(row)]
        nested = any(inner is not table for inner in table.iter("table"))
        if _is_frame(table) or (nested and not _holds_amounts(rows)):
            self._content(table, None)
            self._flush(None)
            return
        for caption in table.iterchildren("caption"):
            self._content(caption, None)
            self._flush(None)
        grid = grid_of(rows, self._cell_text)
        if grid is None:
            self.doubts.append(Doubt("too_large", f"a table has more than {MAX_POSITIONS} positions; it was not read"))
        elif any(cell.text for cell in grid.cells):
            self.blocks.append(grid)
        for inner in (inner for row in rows for cell in cells_of(row) for inner in _inner_tables(cell)):
            self._table(inner)

    def _cell_text(self, cell: etree._Element) -> str:
        """A cell's lines; a paragraph or ``br`` begins a new one."""
        row = cell.getparent()
        row_is_struck = row is not None and is_struck(row)
        reader = BlockReader(self.struck_out, in_cell=True, is_struck=self._is_struck or row_is_struck)
        reader.read(cell)
        return "\n".join(block.text for block in reader.blocks if isinstance(block, TextLine))

    def _lines(self, text: str) -> list[str]:
        lines = map(self.struck_out.without, text.split(_LINE_BREAK))
        return [line for line in map(collapsed, lines) if line]


def _verbatim(element: etree._Element, *, is_within: bool) -> Iterator[str]:
    """The text of preformatted lines; ``is_within`` says that they stand in a struck piece."""
    is_within = is_within or is_struck(element)
    yield _by_lines(element.text or "", is_within=is_within)
    for child in children(element):
        if child.tag == "br":
            yield "\n"
        elif not is_hidden(child):
            yield from _verbatim(child, is_within=is_within)
        yield _by_lines(child.tail or "", is_within=is_within)


def _by_lines(text: str, *, is_within: bool) -> str:
    return "\n".join(map(struck, text.split("\n"))) if is_within else text


def _holds_amounts(rows: list[etree._Element]) -> bool:
    """True where a table with tables inside holds data itself: several of its rows have an amount in a cell without."""
    plain = ([cell for cell in cells_of(row) if cell.find(".//table") is None] for row in rows)
    return sum(any(AMOUNT.fullmatch(collapsed(all_text(cell))) for cell in cells) for cells in plain) > 1


def _inner_tables(element: etree._Element) -> Iterator[etree._Element]:
    """The tables below an element that are more than a frame round text, not those inside them."""
    for child in children(element):
        if child.tag == "table" and not is_hidden(child) and not _is_frame(child):
            yield child
        elif not is_hidden(child):
            yield from _inner_tables(child)


def _is_frame(table: etree._Element) -> bool:
    """True where a table has one cell at most, or sets an article beside what little else a page has."""
    rows = [row for row in rows_of(table) if not is_hidden(row)]
    cells = list(itertools.islice((cell for row in rows for cell in cells_of(row)), _MOST_BESIDE + 2))
    if len(cells) < 2 or len(rows) > _MOST_ROWS or len(cells) > _MOST_BESIDE + 1:
        return len(cells) < 2
    return table.find(".//table") is None and _holds_article(cells)


def _holds_article(cells: list[etree._Element]) -> bool:
    """True where one of the cells holds paragraphs and nearly all of the text."""
    sizes = [len(collapsed(all_text(cell))) for cell in cells]
    longest = cells[sizes.index(max(sizes))]
    paragraphs = sum(1 for each in longest.iter("p", *HEADINGS) if len(collapsed(all_text(each))) >= _SENTENCE)
    return paragraphs >= _PARAGRAPHS and 10 * max(sizes) >= 9 * sum(sizes)
