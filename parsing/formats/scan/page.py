"""From a scanned page's picture to its grids and lines.

The ruling lines give the cells, as in a drawn page (``lattice``); each line of a cell is cut out and read by itself,
so that no text can slip into another cell.  Outside the tables a network finds the lines of text.  Import only where
the extra is installed (``extra``).
"""

from __future__ import annotations

import dataclasses
import itertools
import re
import statistics
from collections.abc import Sequence
from typing import Any

from gongkai.parsing.formats.layout.lattice import Lattice, TooManyRulesError, tables_of
from gongkai.parsing.formats.layout.typesetting import LIFT, Run
from gongkai.parsing.formats.layout.unruled import rows_told_apart
from gongkai.parsing.formats.scan.extra import UNCERTAIN
from gongkai.parsing.formats.scan.patches import (
    Patch,
    characters_of,
    clipped,
    cut_out,
    framed,
    lines_of,
    regions_beside,
    rows_of,
    type_size,
)
from gongkai.parsing.formats.scan.picture import Picture, Rendered, cv2, ink_of, rendered
from gongkai.parsing.formats.scan.recognition import Recognised, found_lines, recognised
from gongkai.parsing.formats.scan.ruling import Ruled, ruled
from gongkai.parsing.formats.scan.upright import Upright, upright
from gongkai.parsing.text.grid import Block, Box, Cell, Doubt, Grid, TextLine

NARROW_TABLE = 60.0
"""Rules that enclose less than this width, in points, are the strokes of a large character."""

LEGIBLE = 0.5
"""Confidence below which a line is not taken for read: stamps, signatures, dirt."""

CERTAIN = 0.97
"""Confidence below which a single character outside the tables is none: punched holes and dirt look like one."""

CUT_OFF = 0.6
"""Print that comes this near to its cell's left or right rule, in points, may be cut off by it or lose strokes ..."""

PERHAPS = 0.5
"""... so that its text is at most this likely."""

NAMED = 5
"""Uncertain texts that the doubt quotes."""

FINDER_DPI = 100
"""Dots per inch at which lines are looked for."""

ILLEGIBLE = "\N{REPLACEMENT CHARACTER}"
"""Stands for a line that could not be read, while its cell is being put together."""

_DIGIT = re.compile(r"\d")

_LOOSE = re.compile(r"(?<=\d)\s+(?=[.,，]\s*\d)|(?<=\d[.,，])\s+(?=\d)")
"""A space within a number, which the reading network makes of a wide comma or point."""


def read_page(document: Any, number: int) -> tuple[list[Block], list[Doubt]]:
    """The blocks of page ``number`` (from 1) of a pdfium document, read as a picture, in reading order."""
    return read_picture(rendered(document, number), number)


def read_picture(picture: Rendered | None, number: int) -> tuple[list[Block], list[Doubt]]:
    """The blocks of a page's picture, in reading order; a doubt where there is no picture."""
    if picture is None:
        return [], [Doubt("corrupt_page", "the page cannot be drawn", number)]
    page = upright(picture, _legibility)
    return _Reader(page, number).read()


@dataclasses.dataclass(slots=True)
class _ReadRun(Run):
    """A line as read, with the likelihood of its text."""

    confidence: float = 1.0


def _run(text: str, line: Patch, size: float, scale: float, confidence: float) -> _ReadRun:
    """A line of a cell in points, its characters spread evenly, its baseline as far below its middle as in print."""
    step = line.width / scale / len(text)
    x, middle = line.left / scale, line.middle[1] / scale
    points = size / scale
    return _ReadRun(text, x, middle + LIFT * points, [step * n for n in range(len(text))], points, 0, confidence)


def _least_confidence(lines: Sequence[Run]) -> float | None:
    return min((line.confidence for line in lines if isinstance(line, _ReadRun)), default=None)


def _legibility(lines: list[Picture]) -> float:
    return statistics.fmean(line.legibility for line in recognised(lines))


class _Reader:
    """One page while it is read: its picture, what was illegible or uncertain so far, and its least legible line."""

    def __init__(self, page: Upright, number: int) -> None:
        self.page, self.number, self.scale = page, number, page.scale
        self.illegible = 0
        self.uncertain: list[str] = []
        self.weakest = Recognised("", 1.0, 1.0)

    def read(self) -> tuple[list[Block], list[Doubt]]:
        doubts: list[Doubt] = []
        sheet = ruled(self.page)
        characters = characters_of(sheet.ink, self.scale)
        try:
            lattices = self._tables(sheet, characters)
        except TooManyRulesError as error:
            doubts.append(Doubt("too_many_rules", f"{error}; it was read as text, without tables", self.number))
            lattices = []
        tables: list[tuple[Patch, Grid]] = []
        for lattice in lattices:
            cells, characters = _shared_out(lattice, characters, self.scale)
            grid = self._grid(lattice, sheet, cells)
            if any(cell.text for cell in grid.cells):
                tables.append((self._area(lattice), grid))
        blocks: list[tuple[Patch, Block]] = [*tables, *self._lines([area for area, _ in tables])]
        blocks.sort(key=lambda item: (item[0].top, item[0].left))
        return [block for _, block in blocks], [*doubts, *self._doubts()]

    def _tables(self, sheet: Ruled, characters: list[Patch]) -> list[Lattice]:
        points = [(x / self.scale, y / self.scale) for x, y in (patch.middle for patch in characters)]
        lattices = tables_of(sheet.horizontals, sheet.verticals, points)
        wide = [lattice for lattice in lattices if lattice.xs[-1] - lattice.xs[0] >= NARROW_TABLE]
        return sorted(wide, key=lambda lattice: lattice.area)  # a table inside a cell has its characters first

    def _area(self, lattice: Lattice) -> Patch:
        return self._patch(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])

    def _patch(self, x0: float, y0: float, x1: float, y1: float) -> Patch:
        return Patch(*(round(edge * self.scale) for edge in (x0, y0, x1, y1)))

    def _box(self, patch: Patch) -> Box:
        return self.page.box(patch.left, patch.top, patch.right, patch.bottom)

    def _grid(self, lattice: Lattice, sheet: Ruled, characters: list[list[Patch]]) -> Grid:
        lattice, lines = rows_told_apart(lattice, self._read_lines(lattice, sheet, characters))
        xs, ys = lattice.xs, lattice.ys
        cells = []
        for index, s in enumerate(lattice.spans):
            patch = self._patch(xs[s.column], ys[s.row], xs[s.column + s.columns], ys[s.row + s.rows])
            found = lines.get(index, [])
            text, confidence = (
                "\n".join(line.text for line in found if line.text != ILLEGIBLE),
                _least_confidence(found),
            )
            cells.append(Cell(s.row, s.column, text, s.rows, s.columns, self.number, self._box(patch), confidence))
        return Grid(len(ys) - 1, len(xs) - 1, tuple(cells), page=self.number, box=self._box(self._area(lattice)))

    def _read_lines(self, lattice: Lattice, sheet: Ruled, characters: list[list[Patch]]) -> dict[int, list[Run]]:
        """The lines of each cell of a table, by the place of its span, from top to bottom."""
        xs, ys = lattice.xs, lattice.ys
        cells = [
            self._patch(xs[s.column], ys[s.row], xs[s.column + s.columns], ys[s.row + s.rows]) for s in lattice.spans
        ]
        size = type_size(itertools.chain.from_iterable(characters), self.scale)
        lines = [
            lines_of(clipped(patches, cell), sheet.ink, size) for patches, cell in zip(characters, cells, strict=True)
        ]
        placed = [(index, line) for index, found in enumerate(lines) for line in found]
        read = recognised([framed(sheet.plain, line, cells[index], size) for index, line in placed])
        runs: dict[int, list[Run]] = {}
        for (index, line), piece in zip(placed, read, strict=True):
            if text := self._accepted(piece) or (ILLEGIBLE if piece.text else ""):
                confidence = min(piece.confidence, PERHAPS if self._is_cut_off(line, cells[index]) else 1.0)
                runs.setdefault(index, []).append(_run(text, line, size, self.scale, confidence))
                self._mark(text, confidence)
        return runs

    def _mark(self, text: str, confidence: float) -> None:
        if confidence < UNCERTAIN and _DIGIT.search(text):
            self.uncertain.append(text)

    def _is_cut_off(self, line: Patch, cell: Patch) -> bool:
        return min(line.left - cell.left, cell.right - line.right) < CUT_OFF * self.scale

    def _lines(self, tables: list[Patch]) -> list[tuple[Patch, Block]]:
        """The lines of text outside the tables, those in red with them."""
        characters = characters_of(ink_of(self.page.grey, self.scale), self.scale)
        found = [
            line for region in regions_beside(tables, characters, self.page.grey.shape) for line in self._found(region)
        ]
        read = recognised([cut_out(self.page.grey, line) for line in found])
        texts = [self._accepted(line, CERTAIN if len(line.text) == 1 else LEGIBLE) for line in read]
        for text, line in zip(texts, read, strict=True):
            self._mark(text, line.confidence)
        rows = rows_of([(line, text) for line, text in zip(found, texts, strict=True) if text])
        return [(patch, TextLine(text, self.number, self._box(patch))) for patch, text in rows]

    def _found(self, region: Patch) -> list[Patch]:
        shrink = min(FINDER_DPI / 72 / self.scale, 1.0)
        picture = cv2.resize(cut_out(self.page.grey, region), None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        patches = (Patch(*(round(edge / shrink) for edge in line)) for line in found_lines(picture))
        return [
            Patch(region.left + p.left, region.top + p.top, region.left + p.right, region.top + p.bottom)
            for p in patches
        ]

    def _accepted(self, line: Recognised, least: float = LEGIBLE) -> str:
        """A line's text; nothing, and one more illegible line, where the network is not sure of it."""
        if line.legibility < least:
            self.illegible += bool(line.text)
            return ""
        if line.legibility < self.weakest.legibility:
            self.weakest = line
        return _LOOSE.sub("", line.text)

    def _doubts(self) -> list[Doubt]:
        weakest = (
            f"; least legible ({self.weakest.legibility:.2f}) is {self.weakest.text!r}" if self.weakest.text else ""
        )
        doubts = [Doubt("read_by_ocr", f"the page is a picture read by OCR{weakest}", self.number)]
        if self.uncertain:
            quoted = ", ".join(map(repr, self.uncertain[:NAMED]))
            reason = f"{len(self.uncertain)} texts with digits are uncertain as read by OCR, such as {quoted}"
            doubts.append(Doubt("uncertain_text", reason, self.number))
        if self.illegible:
            reason = f"{self.illegible} pieces of text of the page's picture could not be read and were left out"
            doubts.append(Doubt("illegible_text", reason, self.number))
        return doubts


def _shared_out(lattice: Lattice, characters: list[Patch], scale: float) -> tuple[list[list[Patch]], list[Patch]]:
    """The characters in each cell, and those outside the table."""
    owners = lattice.owners()
    cells: list[list[Patch]] = [[] for _ in lattice.spans]
    outside: list[Patch] = []
    for patch in characters:
        x, y = patch.middle
        place = lattice.locate(x / scale, y / scale)
        (outside if place is None else cells[owners[place]]).append(patch)
    return cells, outside
