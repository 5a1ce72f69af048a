"""Shares of a whole as rectangles whose areas are to each other as the amounts.

The rows are laid out as "Squarified Treemaps" has it (Bruls, Huizing, van Wijk 2000): each row of rectangles along the
shorter side of what is left grows as long as its worst rectangle comes nearer to a square.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from gongkai.viewer.charts.drawing_parts import LETTER, box, drawing, fitting, linked, text, width_of

HEIGHT = 480.0
COLOURS = 6
_LEAST = 1e-9
"""What rounding may leave of a side."""


@dataclasses.dataclass(frozen=True, slots=True)
class Tile:
    """A part of the whole: ``told`` is its amount and share as text."""

    name: str
    amount: Decimal
    told: str
    address: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Placed:
    """A tile and its rectangle."""

    tile: Tile
    x: float
    y: float
    width: float
    height: float


def treemap(tiles: Sequence[Tile], title: str, description: str) -> Markup:
    """The drawing; tiles of no or negative amount have no area, and stand in the table alone."""
    seen = [tile for tile in tiles if tile.amount > 0]
    return drawing(title, description, functools.partial(_laid_out, seen))


def _laid_out(tiles: Sequence[Tile], width: float) -> tuple[float, Iterator[Markup]]:
    placed = place(tiles, width, HEIGHT)
    return HEIGHT, map(_drawn, placed, range(len(placed)))


def place(tiles: Sequence[Tile], width: float, height: float) -> list[Placed]:
    """Where each tile lies in a rectangle, the largest first."""
    left = sorted(tiles, key=lambda tile: -tile.amount)
    scale = width * height / (float(sum(tile.amount for tile in left)) or 1)
    x = y = 0.0
    found: list[Placed] = []
    while left:
        side = min(width, height)
        row = _row([float(tile.amount) * scale for tile in left], side)
        thick, along = sum(row) / side, 0.0
        is_upright = width >= height
        for tile, area in zip(left, row, strict=False):
            long = min(area / thick, max(side - along, 0.0))  # rounding may not leave the rectangle
            found.append(
                Placed(tile, x, y + along, thick, long) if is_upright else Placed(tile, x + along, y, long, thick)
            )
            along += long
        left = left[len(row) :]
        if is_upright:
            x, width = x + thick, max(width - thick, _LEAST)
        else:
            y, height = y + thick, max(height - thick, _LEAST)
    return found


def _row(areas: Sequence[float], side: float) -> list[float]:
    """The first areas that lie side by side along a side."""
    row = [areas[0]]
    for area in areas[1:]:
        if _worst([*row, area], side) > _worst(row, side):
            break
        row.append(area)
    return row


def _worst(row: Sequence[float], side: float) -> float:
    """How far the row's worst rectangle is from a square; 1 is one."""
    thick = sum(row) / side
    return max(max(thick * thick / area, area / (thick * thick)) for area in row)


def _drawn(placed: Placed, number: int) -> Markup:
    name = f"{placed.tile.name}: {placed.tile.told}"
    kind = f"tile tile-{number % COLOURS + 1}"
    inside = [box(placed.x, placed.y, placed.width - 1, placed.height - 1, kind=kind), *_labels(placed)]
    return linked(placed.tile.address, name, Markup().join(inside))


def _labels(placed: Placed) -> Iterator[Markup]:
    if placed.height >= 1.5 * LETTER and (words := fitting(placed.tile.name, placed.width - LETTER)):
        yield text(placed.x + 6, placed.y + LETTER + 4, words, "label")
        amount = placed.tile.told.partition(" (")[0]  # a number is never cut: what is left of it would be another one
        told = next((told for told in (placed.tile.told, amount) if width_of(told) <= placed.width - LETTER), "")
        if told and placed.height >= 3 * LETTER:
            yield text(placed.x + 6, placed.y + 2 * LETTER + 8, told, "label quiet")
