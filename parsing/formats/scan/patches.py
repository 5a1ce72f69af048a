"""Rectangles of a scanned page: pieces of ink put together to lines, and lines cut out to be read.

Positions are pixels of the upright picture.  Import only where the extra is installed (``extra``).
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Sequence

from gongkai.parsing.formats.scan.picture import Picture, cv2, np

SPECK = 2.5
"""Ink smaller than this, in points, is no character (it may be part of one, or dirt)."""

POSTER = 60.0
"""Ink wider and higher than this, in points, is no character; bold characters touch, so lines may be wider."""

TYPE = 10.5
"""Type size in points taken where a page shows too little to measure it: tables are mostly printed in it."""

MARGIN = 16
"""Pixels of paper round a region in which lines are looked for."""


@dataclasses.dataclass(frozen=True, slots=True)
class Patch:
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


def characters_of(ink: Picture, scale: float) -> list[Patch]:
    """The connected pieces of ink large enough for print and small enough."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[:, 2:4]
    stats, sizes = stats[1:], sizes[1:]  # the first is the paper
    kept = stats[(sizes.max(axis=1) >= SPECK * scale) & (sizes.min(axis=1) <= POSTER * scale)]
    return [Patch(x, y, x + w, y + h) for x, y, w, h, _ in kept.tolist()]


def clipped(patches: list[Patch], cell: Patch) -> list[Patch]:
    """The part of each patch that lies in the cell: stamps reach over several."""
    parts = [
        Patch(max(p.left, cell.left), max(p.top, cell.top), min(p.right, cell.right), min(p.bottom, cell.bottom))
        for p in patches
    ]
    return [part for part in parts if part.width > 0 and part.height > 0]


def type_size(characters: Iterable[Patch], scale: float) -> float:
    """Height in pixels of most of a table's larger characters."""
    heights = sorted(patch.height for patch in characters if 4 * scale <= patch.height <= 24 * scale)
    return float(heights[len(heights) * 3 // 4]) if heights else TYPE * scale


def lines_of(characters: list[Patch], ink: Picture, size: float) -> list[Patch]:
    """The lines that a cell's characters stand in, from top to bottom."""
    bands: list[list[Patch]] = []
    bottom = 0
    for patch in sorted(characters, key=lambda patch: patch.top):
        if bands and patch.top < bottom:
            bands[-1].append(patch)
            bottom = max(bottom, patch.bottom)
        else:
            bands.append([patch])
            bottom = patch.bottom
    return [piece for band in _joined(bands, size) for piece in _parted(band, ink, size)]


def _around(patches: Sequence[Patch]) -> Patch:
    return Patch(
        min(patch.left for patch in patches),
        min(patch.top for patch in patches),
        max(patch.right for patch in patches),
        max(patch.bottom for patch in patches),
    )


def _joined(bands: list[list[Patch]], size: float) -> list[list[Patch]]:
    """Lines with the parts of a character that stands alone (``二``) put together."""
    whole: list[list[Patch]] = []
    for band in bands:
        if whole and _around([*whole[-1], *band]).height <= 1.3 * size:
            heights = [_around(part).height for part in (whole[-1], band)]
            if min(heights) < 0.5 * size:
                whole[-1] += band
                continue
        whole.append(band)
    return whole


def _parted(band: list[Patch], ink: Picture, size: float) -> list[Patch]:
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
        Patch(line.left, line.top + above, line.right, line.top + below)
        for above, below in itertools.pairwise([*cuts, line.height])
    ]


def framed(picture: Picture, line: Patch, cell: Patch, size: float) -> Picture:
    """A line cut out of its cell with the paper round it that the reading network expects, made where there is none.

    A line of digits gets as much as one of Chinese characters, which stand higher: so all are read at one size.
    """
    up = max(round(max(0.12 * line.height, (1.2 * size - line.height) / 2)), 2)
    aside = max(round(0.2 * size), 2)
    inside = Patch(
        max(line.left - aside, cell.left),
        max(line.top - up, cell.top),
        min(line.right + aside, cell.right),
        min(line.bottom + up, cell.bottom),
    )
    cut = cut_out(picture, inside)
    paper = float(np.percentile(cut, 90))
    edges = (
        inside.top - (line.top - up),
        line.bottom + up - inside.bottom,
        inside.left - (line.left - aside),
        line.right + aside - inside.right,
    )
    return cv2.copyMakeBorder(cut, *edges, cv2.BORDER_CONSTANT, value=paper)


def cut_out(picture: Picture, patch: Patch) -> Picture:
    return picture[patch.top : patch.bottom, patch.left : patch.right]


def regions_beside(tables: list[Patch], characters: list[Patch], shape: tuple[int, int]) -> list[Patch]:
    """Rectangles that hold everything printed above, between, below and beside the tables."""
    groups: dict[tuple[int, int], list[Patch]] = {}
    for patch in characters:
        x, y = patch.middle
        beside = [table for table in tables if table.top <= y <= table.bottom]
        if any(table.left <= x <= table.right for table in beside):
            continue
        above = sum(table.bottom < y for table in tables)
        groups.setdefault((above, sum(1 if x > table.right else -1 for table in beside)), []).append(patch)
    height, width = shape
    return [
        Patch(
            max(r.left - MARGIN, 0),
            max(r.top - MARGIN, 0),
            min(r.right + MARGIN, width),
            min(r.bottom + MARGIN, height),
        )
        for r in map(_around, groups.values())
    ]


def rows_of(lines: list[tuple[Patch, str]]) -> list[tuple[Patch, str]]:
    """Pieces of text on one height put together, from left to right, as one line of the page."""
    rows: list[list[tuple[Patch, str]]] = []
    for patch, text in sorted(lines, key=lambda item: item[0].middle[1]):
        if rows and patch.middle[1] - rows[-1][-1][0].middle[1] < 0.4 * min(patch.height, rows[-1][-1][0].height):
            rows[-1].append((patch, text))
        else:
            rows.append([(patch, text)])
    return [_row(sorted(row, key=lambda item: item[0].left)) for row in rows]


def _row(pieces: list[tuple[Patch, str]]) -> tuple[Patch, str]:
    text = pieces[0][1]
    for (before, _), (after, more) in itertools.pairwise(pieces):
        text += " " + more if after.left - before.right >= 0.5 * after.height else more
    return _around([patch for patch, _ in pieces]), text
