"""The picture that goes with a number: its cell framed, its row and its column's headings tinted.

The headings of a long table stand far above the cell, or on an earlier page: they are then cut out and put on top, a
grey band between.  A table printed sideways is turned so that it reads from left to right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PIL import Image

from gongkai.queries.evidence import Cell, Evidence
from gongkai.queries.page_picture import Box, Mark, Part, PdfPages, stacked

AROUND = 120.0
"""Points of the page shown on either side of the cell."""

MARGIN = 6.0
"""Points around headings cut out."""

NEAR = 40.0
"""Points between headings and cell's surroundings up to which they are shown in one piece."""

CELL = (208, 0, 0)
ROW = (255, 244, 190)
HEADING = (205, 225, 255)

_TURN = {
    "down": Image.Transpose.ROTATE_90,
    "up": Image.Transpose.ROTATE_270,
    "left": Image.Transpose.ROTATE_180,
}
"""The turn that sets a picture upright, by the way its rows run on the page as shown."""


def picture_of(evidence: Evidence, pages: PdfPages, scale: float, *, whole_page: bool = False) -> Image.Image:
    """The page of a cell that has one, with the cell marked; ``scale`` in pixels to the point.

    Without ``whole_page``: the page's full width, AROUND above and below, and the headings.  A cell without a box is
    looked for by the reader of the whole page.  Raises PictureError.
    """
    cell = evidence.cell
    if cell.page is None:
        raise ValueError(f"the cell in row {cell.row} has no page to draw")
    marks = tuple(_marks(evidence, cell.page))
    if cell.box is None or whole_page:
        return pages.draw(Part(cell.page, None, marks), scale)
    runs = direction(evidence.cells)
    region = _band([cell.box], pages.size(cell.page), runs, AROUND)
    heading = _heading(evidence, pages, runs)
    if heading and heading.page == cell.page and heading.region and _meet(heading.region, region):
        region, heading = _around(heading.region, region), None
    parts = (heading, Part(cell.page, region, marks))
    drawn = [pages.draw(part, scale) for part in parts if part]
    if runs in _TURN:
        drawn = [picture.transpose(_TURN[runs]) for picture in drawn]
    return stacked(drawn, max(round(3 * scale), 1))


def direction(cells: Iterable[Cell]) -> str:
    """Which way rows run on the page as shown, from one column to the next: right, down, left or up."""
    votes = dict.fromkeys(("right", "down", "left", "up"), 0.0)
    before: Cell | None = None
    for cell in cells:
        if before and before.box and cell.box and (before.row, before.page) == (cell.row, cell.page):
            across = sum(cell.box[0::2]) - sum(before.box[0::2])
            along = sum(cell.box[1::2]) - sum(before.box[1::2])
            if abs(across) >= abs(along):
                votes["right" if across >= 0 else "left"] += abs(across)
            else:
                votes["down" if along >= 0 else "up"] += abs(along)
        before = cell
    return max(votes, key=lambda way: votes[way])


def _marks(evidence: Evidence, page: int) -> Iterable[Mark]:
    cell = evidence.cell
    for other in evidence.cells:
        if other.box is None or other.page != page:
            continue
        if other.is_header and _above(other, cell):
            yield Mark(other.box, tint=HEADING)
        elif other.covers(cell.row, other.column):
            yield Mark(other.box, tint=ROW)
    if cell.box is not None and cell.page == page:
        yield Mark(cell.box, frame=CELL)


def _above(heading: Cell, cell: Cell) -> bool:
    """Does the heading stand over the cell's column?"""
    return heading.row < cell.row and heading.covers(heading.row, cell.column)


def _heading(evidence: Evidence, pages: PdfPages, runs: str) -> Part | None:
    """The heading rows above the cell, from its own page where they are repeated on it."""
    over = [other for other in evidence.cells if other.is_header and other.box and other.row < evidence.cell.row]
    on = [other.page for other in over]
    page = evidence.cell.page if evidence.cell.page in on else next(iter(on), None)
    if page is None:
        return None
    boxes = [other.box for other in over if other.page == page and other.box]
    return Part(page, _band(boxes, pages.size(page), runs, MARGIN), tuple(_marks(evidence, page)))


def _band(boxes: Sequence[Box], size: tuple[float, float], runs: str, margin: float) -> Box:
    """Across the whole page in the direction rows run, ``margin`` points around the boxes in the other."""
    width, height = size
    x0, y0 = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, y1 = max(box[2] for box in boxes), max(box[3] for box in boxes)
    if runs in ("up", "down"):
        return max(x0 - margin, 0.0), 0.0, min(x1 + margin, width), height
    return 0.0, max(y0 - margin, 0.0), width, min(y1 + margin, height)


def _meet(one: Box, other: Box) -> bool:
    """Do they overlap or nearly touch, so that a cut between them would only hide a line or two?"""
    return all(
        one[side] <= other[side + 2] + NEAR
        and other[side] <= one[side + 2] + NEAR  # left and right, then top and bottom
        for side in (0, 1)
    )


def _around(one: Box, other: Box) -> Box:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
