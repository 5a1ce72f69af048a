"""Ruled tables on PDF pages, drawn the way a publisher's budget system draws them.

Every cell is a rectangle of lines with its text inside; headers are merged for real and repeated on each page; a row
that does not fit may be broken across the page break.  Pages may be portrait, or portrait with content turned
sideways and a ``/Rotate 90`` entry, which is how landscape forms reach the reader of many published files.

Fonts (neither is part of the project): ``DroidSansFallbackFull.ttf`` (Apache-2.0, Debian package
fonts-droid-fallback) has the Chinese glyphs but no ASCII; ``LiberationSans-Regular.ttf`` (OFL-1.1, Debian package
fonts-liberation) has ASCII and what else is missing (≥ ≤ “ ” —).  Only the glyphs used are embedded.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

CHINESE = "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf"
LATIN = "/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf"
PADDING = 2.5
LEADING = 1.3


class MissingFontError(Exception):
    """Raised when a font file is not installed: names the Debian package that brings it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table to draw; ``align`` is left, center or right."""

    text: str
    columns: int = 1
    rows: int = 1
    align: str = "center"


def register_fonts() -> None:
    """Register both fonts under the names ``chinese`` and ``latin``."""
    for name, path, package in (("chinese", CHINESE, "fonts-droid-fallback"), ("latin", LATIN, "fonts-liberation")):
        if not Path(path).exists():
            raise MissingFontError(f"The font {path!r} is missing: install the Debian package {package}.")
        pdfmetrics.registerFont(TTFont(name, path))


def _font_of(character: str) -> str:
    font: Any = pdfmetrics.getFont("chinese")
    glyphs: dict[int, int] = font.face.charToGlyph
    return "chinese" if ord(character) in glyphs and character != " " else "latin"


def runs(text: str) -> Iterator[tuple[str, str]]:
    """The text as (font name, part) runs."""
    for font, characters in groupby(text, key=_font_of):
        yield font, "".join(characters)


def text_width(text: str, size: float) -> float:
    """Width of one line in points."""
    return sum(pdfmetrics.stringWidth(part, font, size) for font, part in runs(text))


def wrap(text: str, size: float, width: float) -> list[str]:
    """Break text into lines of at most ``width`` points, between any two characters as Chinese is broken."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for character in paragraph:
            if line and text_width(line + character, size) > width:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines


class Book:
    """A PDF being written: pages from the top down, in points of the page as shown."""

    def __init__(self, title: str, margin: float = 50) -> None:
        self._stream = io.BytesIO()
        self._canvas = Canvas(self._stream, pagesize=A4, invariant=1, pageCompression=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor("gongkai demo")
        self.margin = margin
        self.page_number = 0
        self.y = 0.0
        self.width, self.height = A4

    def new_page(self, *, rotated: bool = False) -> None:
        """Start a page; ``rotated`` gives a landscape page by ``/Rotate 90`` over portrait content."""
        if self.page_number:
            self._end_page()
        self.page_number += 1
        self.width, self.height = (A4[1], A4[0]) if rotated else A4
        self._canvas.setPageRotation(90 if rotated else 0)
        # reportlab swaps the sides of a turned page, so that its MediaBox is portrait again.
        self._canvas.setPageSize((self.width, self.height))
        if rotated:
            self._canvas.translate(A4[0], 0)
            self._canvas.rotate(90)
        self._canvas.setLineWidth(0.6)
        self.y = self.margin

    def _end_page(self) -> None:
        number = str(self.page_number)
        self.text_at(number, (self.width - text_width(number, 9)) / 2, self.height - 30, 9)
        self._canvas.showPage()

    @property
    def bottom(self) -> float:
        """The lowest y that content may reach."""
        return self.height - self.margin

    @property
    def inner_width(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.margin

    def text_at(self, text: str, x: float, y: float, size: float) -> None:
        """One line with its baseline at ``y`` from the top."""
        line = self._canvas.beginText(x, self.height - y)
        for font, part in runs(text):
            line.setFont(font, size)
            line.textOut(part)
        self._canvas.drawText(line)

    def line(self, text: str, size: float = 10.5, align: str = "left", gap: float = 4) -> None:
        """One line at the current position, which moves down."""
        self.y += size
        room = self.inner_width - text_width(text, size)
        shift = {"left": 0.0, "center": room / 2, "right": room}[align]
        self.text_at(text, self.margin + shift, self.y, size)
        self.y += size * (LEADING - 1) + gap

    def paragraph(self, text: str, size: float = 10.5) -> None:
        """A wrapped paragraph with the first line indented by two characters; breaks over pages."""
        for line in wrap("　　" + text, size, self.inner_width):
            if self.y + size * LEADING > self.bottom:
                self.new_page()
            self.line(line, size, gap=3)

    def rectangle(self, x: float, y: float, width: float, height: float) -> None:
        """A ruled rectangle, ``y`` being its top."""
        self._canvas.rect(x, self.height - y - height, width, height)

    def finish(self) -> bytes:
        """The finished file."""
        self._end_page()
        self._canvas.save()
        return self._stream.getvalue()


@dataclasses.dataclass(slots=True)
class _Placed:
    row: int
    column: int
    rows: int
    columns: int
    align: str
    lines: list[str]


class Table:
    """A table laid out on columns of fixed width; draws any slice of its rows."""

    def __init__(
        self, rows: Sequence[Sequence[Cell]], widths: Sequence[float], size: float, pad: float = PADDING
    ) -> None:
        self.size = size
        self.pad = pad
        self.widths = widths
        self._placed = list(self._place(rows))
        self.heights = [0.0] * len(rows)
        self._measure()

    def _place(self, rows: Sequence[Sequence[Cell]]) -> Iterator[_Placed]:
        taken: set[tuple[int, int]] = set()
        for number, row in enumerate(rows):
            column = 0
            for cell in row:
                while (number, column) in taken:
                    column += 1
                taken |= {(number + r, column + c) for r in range(cell.rows) for c in range(cell.columns)}
                width = sum(self.widths[column : column + cell.columns]) - 2 * PADDING
                lines = wrap(cell.text, self.size, width) if cell.text else []
                yield _Placed(number, column, cell.rows, cell.columns, cell.align, lines)
                column += cell.columns

    def _height_of(self, lines: int) -> float:
        return max(lines, 1) * self.size * LEADING + 2 * self.pad

    def _measure(self) -> None:
        for placed in self._placed:
            if placed.rows == 1:
                self.heights[placed.row] = max(self.heights[placed.row], self._height_of(len(placed.lines)))
        for placed in self._placed:
            last = placed.row + placed.rows
            missing = self._height_of(len(placed.lines)) - sum(self.heights[placed.row : last])
            self.heights[last - 1] += max(0.0, missing)

    def split(self, row: int, room: float) -> bool:
        """Break ``row`` in two so that its first part is at most ``room`` high; False where that is not possible."""
        keep = int((room - 2 * self.pad) // (self.size * LEADING))
        own = [placed for placed in self._placed if placed.row == row and placed.rows == 1]
        most = max((len(placed.lines) for placed in own), default=0)
        if keep < 1 or most <= keep:
            return False
        for placed in self._placed:
            if placed.row > row:
                placed.row += 1
            elif placed.rows > 1 and placed.row <= row < placed.row + placed.rows:
                placed.rows += 1
        for placed in own:
            rest = placed.lines[keep:]
            placed.lines = placed.lines[:keep]
            self._placed.append(dataclasses.replace(placed, row=row + 1, lines=rest))
        self.heights[row : row + 1] = [self._height_of(keep), self._height_of(most - keep)]
        return True

    def whole_texts(self, first: int, last: int) -> int:
        """The last row, at most ``last``, before which a page may end without a tall cell cut shorter than its text."""
        for placed in sorted(self._placed, key=lambda placed: -placed.row):
            cut = first <= placed.row < last < placed.row + placed.rows
            if cut and sum(self.heights[placed.row : last]) < self._height_of(len(placed.lines)):
                last = placed.row
        return last

    def draw(self, book: Book, first: int, last: int) -> None:
        """Draw rows ``first`` up to, not including, ``last`` at the book's position."""
        left = book.margin + (book.inner_width - sum(self.widths)) / 2
        for placed in self._placed:
            start, stop = max(placed.row, first), min(placed.row + placed.rows, last)
            if start >= stop:
                continue
            y = book.y + sum(self.heights[first:start])
            height = sum(self.heights[start:stop])
            x = left + sum(self.widths[: placed.column])
            width = sum(self.widths[placed.column : placed.column + placed.columns])
            book.rectangle(x, y, width, height)
            if placed.row >= first:
                self._draw_text(book, placed, (x, y, width, height))
        book.y += sum(self.heights[first:last])

    def _draw_text(self, book: Book, placed: _Placed, box: tuple[float, float, float, float]) -> None:
        x, y, width, height = box
        step = self.size * LEADING
        baseline = y + max(self.pad, (height - step * len(placed.lines)) / 2) + self.size
        for line in placed.lines:
            room = width - 2 * PADDING - text_width(line, self.size)
            shift = {"left": 0.0, "center": room / 2, "right": room}[placed.align]
            book.text_at(line, x + PADDING + shift, baseline, self.size)
            baseline += step


def flow(book: Book, table: Table, next_page: Callable[[], None], *, split_rows: bool = False) -> None:
    """Draw a table over as many pages as it needs; ``next_page`` starts a page and draws the repeated header."""
    first = 0
    fresh = False
    while first < len(table.heights):
        last, used = first, 0.0
        while last < len(table.heights) and book.y + used + table.heights[last] <= book.bottom:
            used += table.heights[last]
            last += 1
        if last < len(table.heights) and split_rows and table.split(last, book.bottom - book.y - used):
            last += 1
        last = table.whole_texts(first, last)
        if last == first and fresh:
            raise ValueError(f"Row {first} is {table.heights[first]:.0f} points high and fits on no page.")
        table.draw(book, first, last)
        first = last
        if first < len(table.heights):
            next_page()
            fresh = True
