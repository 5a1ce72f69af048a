"""From a scanned page's picture to its grids and lines.

The ruling lines give the cells, as in a drawn page (``lattice``); each line of a cell is cut out and read by itself,
so that no text can slip into another cell.  Outside the tables a network finds the lines of text.  Import only where
the extra is installed (``scan_extra``).
"""

from __future__ import annotations

import dataclasses
import importlib
import itertools
import re
import statistics
from collections.abc import Iterable, Sequence
from typing import Any

from gongkai.parsing.formats.layout.lattice import Lattice, TooManyRulesError, tables_of
from gongkai.parsing.formats.layout.typesetting import LIFT, Run
from gongkai.parsing.formats.layout.unruled import rows_told_apart
from gongkai.parsing.formats.scan.extra import UNCERTAIN
from gongkai.parsing.formats.scan.picture import Picture, Ruled, Upright, ink_of, rendered, ruled, upright
from gongkai.parsing.formats.scan.recognition import Recognised, found_lines, recognised
from gongkai.parsing.text.grid import Block, Box, Cell, Doubt, Grid, TextLine

cv2: Any = importlib.import_module("cv2")  # by name: type checks do not depend on the optional extra
np: Any = importlib.import_module("numpy")


SPECK = 2.5
"""Ink smaller than this, in points, is no character (it may be part of one, or dirt)."""

POSTER = 60.0
"""Ink wider and higher than this, in points, is no character; bold characters touch, so lines may be wider."""

TYPE = 10.5
"""Type size in points taken where a page shows too little to measure it: tables are mostly printed in it."""

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

MARGIN = 16
"""Pixels of paper round a region in which lines are looked for."""

ILLEGIBLE = "\N{REPLACEMENT CHARACTER}"
"""Stands for a line that could not be read, while its cell is being put together."""

_DIGIT = re.compile(r"\d")

_LOOSE = re.compile(r"(?<=\d)\s+(?=[.,，]\s*\d)|(?<=\d[.,，])\s+(?=\d)")
"""A space within a number, which the reading network makes of a wide comma or point."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Patch:
    """A rectangle of the upright picture in pixels: a component of ink, or a line of text."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


def read_page(document: Any, number: int) -> tuple[list[Block], list[Doubt]]:
    """The blocks of page ``number`` (from 1) of a pdfium document, read as a picture, in reading order."""
    picture = rendered(document, number)
    if picture is None:
        return [], [Doubt("corrupt_page", "the page cannot be drawn", number)]
    page = upright(picture, _legibility)
    return _Reader(page, number).read()


@dataclasses.dataclass(slots=True)
class _ReadRun(Run):
    """A line as read, with the likelihood of its text."""

    confidence: float = 1.0


def _run(text: str, line: _Patch, size: float, scale: float, confidence: float) -> _ReadRun:
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
        characters = _characters(sheet.ink, self.scale)
        try:
            lattices = self._tables(sheet, characters)
        except TooManyRulesError as error:
            doubts.append(Doubt("too_many_rules", f"{error}; it was read as text, without tables", self.number))
            lattices = []
        tables: list[tuple[_Patch, Grid]] = []
        for lattice in lattices:
            cells, characters = _shared_out(lattice, characters, self.scale)
            grid = self._grid(lattice, sheet, cells)
            if any(cell.text for cell in grid.cells):
                tables.append((self._area(lattice), grid))
        blocks: list[tuple[_Patch, Block]] = [*tables, *self._lines([area for area, _ in tables])]
        blocks.sort(key=lambda item: (item[0].top, item[0].left))
        return [block for _, block in blocks], [*doubts, *self._doubts()]

    def _tables(self, sheet: Ruled, characters: list[_Patch]) -> list[Lattice]:
        points = [(x / self.scale, y / self.scale) for x, y in (patch.middle for patch in characters)]
        lattices = tables_of(sheet.horizontals, sheet.verticals, points)
        wide = [lattice for lattice in lattices if lattice.xs[-1] - lattice.xs[0] >= NARROW_TABLE]
        return sorted(wide, key=lambda lattice: lattice.area)  # a table inside a cell has its characters first

    def _area(self, lattice: Lattice) -> _Patch:
        return self._patch(lattice.xs[0], lattice.ys[0], lattice.xs[-1], lattice.ys[-1])

    def _patch(self, x0: float, y0: float, x1: float, y1: float) -> _Patch:
        return _Patch(*(round(edge * self.scale) for edge in (x0, y0, x1, y1)))

    def _box(self, patch: _Patch) -> Box:
        return self.page.box(patch.left, patch.top, patch.right, patch.bottom)

    def _grid(self, lattice: Lattice, sheet: Ruled, characters: list[list[_Patch]]) -> Grid:
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

    def _read_lines(self, lattice: Lattice, sheet: Ruled, characters: list[list[_Patch]]) -> dict[int, list[Run]]:
        """The lines of each cell of a table, by the place of its span, from top to bottom."""
        xs, ys = lattice.xs, lattice.ys
        cells = [
            self._patch(xs[s.column], ys[s.row], xs[s.column + s.columns], ys[s.row + s.rows]) for s in lattice.spans
        ]
        size = _type_size(itertools.chain.from_iterable(characters), self.scale)
        lines = [
            _lines_of(_clipped(patches, cell), sheet.ink, size) for patches, cell in zip(characters, cells, strict=True)
        ]
        placed = [(index, line) for index, found in enumerate(lines) for line in found]
        read = recognised([_framed(sheet.plain, line, cells[index], size) for index, line in placed])
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

    def _is_cut_off(self, line: _Patch, cell: _Patch) -> bool:
        return min(line.left - cell.left, cell.right - line.right) < CUT_OFF * self.scale

    def _lines(self, tables: list[_Patch]) -> list[tuple[_Patch, Block]]:
        """The lines of text outside the tables, those in red with them."""
        characters = _characters(ink_of(self.page.grey, self.scale), self.scale)
        found = [line for region in _regions(tables, characters, self.page.grey.shape) for line in self._found(region)]
        read = recognised([_cut(self.page.grey, line) for line in found])
        texts = [self._accepted(line, CERTAIN if len(line.text) == 1 else LEGIBLE) for line in read]
        for text, line in zip(texts, read, strict=True):
            self._mark(text, line.confidence)
        rows = _rows([(line, text) for line, text in zip(found, texts, strict=True) if text])
        return [(patch, TextLine(text, self.number, self._box(patch))) for patch, text in rows]

    def _found(self, region: _Patch) -> list[_Patch]:
        shrink = min(FINDER_DPI / 72 / self.scale, 1.0)
        picture = cv2.resize(_cut(self.page.grey, region), None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
        patches = (_Patch(*(round(edge / shrink) for edge in line)) for line in found_lines(picture))
        return [
            _Patch(region.left + p.left, region.top + p.top, region.left + p.right, region.top + p.bottom)
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


def _characters(ink: Picture, scale: float) -> list[_Patch]:
    """The connected pieces of ink large enough for print and small enough."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[:, 2:4]
    stats, sizes = stats[1:], sizes[1:]  # the first is the paper
    kept = stats[(sizes.max(axis=1) >= SPECK * scale) & (sizes.min(axis=1) <= POSTER * scale)]
    return [_Patch(x, y, x + w, y + h) for x, y, w, h, _ in kept.tolist()]


def _shared_out(lattice: Lattice, characters: list[_Patch], scale: float) -> tuple[list[list[_Patch]], list[_Patch]]:
    """The characters in each cell, and those outside the table."""
    owners = lattice.owners()
    cells: list[list[_Patch]] = [[] for _ in lattice.spans]
    outside: list[_Patch] = []
    for patch in characters:
        x, y = patch.middle
        place = lattice.locate(x / scale, y / scale)
        (outside if place is None else cells[owners[place]]).append(patch)
    return cells, outside


def _clipped(patches: list[_Patch], cell: _Patch) -> list[_Patch]:
    """What lies in the cell of each patch: stamps reach over several."""
    parts = [
        _Patch(max(p.left, cell.left), max(p.top, cell.top), min(p.right, cell.right), min(p.bottom, cell.bottom))
        for p in patches
    ]
    return [part for part in parts if part.width > 0 and part.height > 0]


def _type_size(characters: Iterable[_Patch], scale: float) -> float:
    """Height in pixels of most of a table's larger characters."""
    heights = sorted(patch.height for patch in characters if 4 * scale <= patch.height <= 24 * scale)
    return float(heights[len(heights) * 3 // 4]) if heights else TYPE * scale


def _lines_of(characters: list[_Patch], ink: Picture, size: float) -> list[_Patch]:
    """The lines that a cell's characters stand in, from top to bottom."""
    bands: list[list[_Patch]] = []
    bottom = 0
    for patch in sorted(characters, key=lambda patch: patch.top):
        if bands and patch.top < bottom:
            bands[-1].append(patch)
            bottom = max(bottom, patch.bottom)
        else:
            bands.append([patch])
            bottom = patch.bottom
    return [piece for band in _joined(bands, size) for piece in _parted(band, ink, size)]


def _around(patches: Sequence[_Patch]) -> _Patch:
    return _Patch(
        min(patch.left for patch in patches),
        min(patch.top for patch in patches),
        max(patch.right for patch in patches),
        max(patch.bottom for patch in patches),
    )


def _joined(bands: list[list[_Patch]], size: float) -> list[list[_Patch]]:
    """Lines with the parts of a character that stands alone (``二``) put together."""
    whole: list[list[_Patch]] = []
    for band in bands:
        if whole and _around([*whole[-1], *band]).height <= 1.3 * size:
            heights = [_around(part).height for part in (whole[-1], band)]
            if min(heights) < 0.5 * size:
                whole[-1] += band
                continue
        whole.append(band)
    return whole


def _parted(band: list[_Patch], ink: Picture, size: float) -> list[_Patch]:
    """A line that is several, set so close that they touch, cut where the least ink is.

    A line in larger type is one: some of its characters are nearly as high as it.
    """
    line = _around(band)
    count = round(line.height / (1.25 * size))
    high = sum(patch.width for patch in band if patch.height >= 0.7 * line.height)
    if count < 2 or line.height < 1.8 * size or high > 0.15 * sum(patch.width for patch in band):
        return [line]
    profile = ink[line.top : line.bottom, line.left : line.right].sum(axis=1, dtype=np.int64)
    pitch = line.height / count
    cuts = [0]
    for index in range(1, count):
        first, last = round((index - 0.3) * pitch), round((index + 0.3) * pitch) + 1
        cuts.append(first + int(profile[first:last].argmin()))
    return [
        _Patch(line.left, line.top + above, line.right, line.top + below)
        for above, below in itertools.pairwise([*cuts, line.height])
    ]


def _framed(picture: Picture, line: _Patch, cell: _Patch, size: float) -> Picture:
    """A line cut out of its cell with the paper round it that the reading network expects, made where there is none.

    A line of digits gets as much as one of Chinese characters, which stand higher: so all are read at one size.
    """
    up = max(round(max(0.12 * line.height, (1.2 * size - line.height) / 2)), 2)
    aside = max(round(0.2 * size), 2)
    inside = _Patch(
        max(line.left - aside, cell.left),
        max(line.top - up, cell.top),
        min(line.right + aside, cell.right),
        min(line.bottom + up, cell.bottom),
    )
    cut = _cut(picture, inside)
    paper = float(np.percentile(cut, 90))
    edges = (
        inside.top - (line.top - up),
        line.bottom + up - inside.bottom,
        inside.left - (line.left - aside),
        line.right + aside - inside.right,
    )
    return cv2.copyMakeBorder(cut, *edges, cv2.BORDER_CONSTANT, value=paper)


def _cut(picture: Picture, patch: _Patch) -> Picture:
    return picture[patch.top : patch.bottom, patch.left : patch.right]


def _regions(tables: list[_Patch], characters: list[_Patch], shape: tuple[int, int]) -> list[_Patch]:
    """Rectangles that hold everything printed above, between, below and beside the tables."""
    groups: dict[tuple[int, int], list[_Patch]] = {}
    for patch in characters:
        x, y = patch.middle
        beside = [table for table in tables if table.top <= y <= table.bottom]
        if any(table.left <= x <= table.right for table in beside):
            continue
        above = sum(table.bottom < y for table in tables)
        groups.setdefault((above, sum(1 if x > table.right else -1 for table in beside)), []).append(patch)
    height, width = shape
    return [
        _Patch(
            max(r.left - MARGIN, 0),
            max(r.top - MARGIN, 0),
            min(r.right + MARGIN, width),
            min(r.bottom + MARGIN, height),
        )
        for r in map(_around, groups.values())
    ]


def _rows(lines: list[tuple[_Patch, str]]) -> list[tuple[_Patch, str]]:
    """Pieces of text on one height put together, from left to right, as one line of the page."""
    rows: list[list[tuple[_Patch, str]]] = []
    for patch, text in sorted(lines, key=lambda item: item[0].middle[1]):
        if rows and patch.middle[1] - rows[-1][-1][0].middle[1] < 0.4 * min(patch.height, rows[-1][-1][0].height):
            rows[-1].append((patch, text))
        else:
            rows.append([(patch, text)])
    return [_row(sorted(row, key=lambda item: item[0].left)) for row in rows]


def _row(pieces: list[tuple[_Patch, str]]) -> tuple[_Patch, str]:
    text = pieces[0][1]
    for (before, _), (after, more) in itertools.pairwise(pieces):
        text += " " + more if after.left - before.right >= 0.5 * after.height else more
    return _around([patch for patch, _ in pieces]), text
