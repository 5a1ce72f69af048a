"""A page of an OFD file: characters as runs, upright lines as rules, in points from its top left."""

from __future__ import annotations

import dataclasses
import itertools
import math
from collections.abc import Callable

from lxml import etree

from gongkai.parsing.formats.layout.printed import page_blocks
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.typesetting import ADVANCE, LIFT, Run
from gongkai.parsing.formats.layout.words import TableWords
from gongkai.parsing.formats.ofd.elements import child, local_name, numbers_of, text_of
from gongkai.parsing.formats.ofd.objects import Point, placed_characters, straight_lines
from gongkai.parsing.text.grid import Block, Doubt

MAX_OBJECTS = 200_000
"""Characters and line segments of one page; a full page of small type has 10,000."""

MAX_DEPTH = 50
"""Blocks within blocks on a page."""

POINTS = 72 / 25.4
"""Points per millimetre."""

THIN = 3.0
"""Points up to which a filled shape is a rule."""

SLANT = 0.5
"""Points that a rule may lean."""

BASELINE = 0.05
"""Share of the type size by which characters of one run may stand off its baseline."""

MOST_APART = 3.0
"""Sizes between two characters of one run."""

_STEPS = ((1, 0), (0, -1), (-1, 0), (0, 1))
"""Where a line of each direction (quarter turns counter-clockwise) goes on, x and y."""

_Matrix = tuple[float, float, float, float, float, float]


class OverfullError(Exception):
    """Raised when a page draws more than ``MAX_OBJECTS`` things."""


def page_box(area: etree._Element | None) -> tuple[float, float, float, float] | None:
    """(left, top, width, height) of an area in millimetres; None where it states none."""
    if area is None:
        return None
    for name in ("PhysicalBox", "ApplicationBox"):
        numbers = numbers_of(text_of(area, name))
        if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
            return numbers[0], numbers[1], numbers[2], numbers[3]
    return None


@dataclasses.dataclass(slots=True)
class Page:
    """Everything that a page draws, in points from its top left."""

    box: tuple[float, float, float, float]
    runs: list[Run] = dataclasses.field(default_factory=list)
    horizontals: list[Rule] = dataclasses.field(default_factory=list)
    verticals: list[Rule] = dataclasses.field(default_factory=list)
    pictures: int = 0
    composites: int = 0
    objects: int = 0

    def blocks(self, number: int, words: TableWords) -> tuple[list[Block], list[Doubt]]:
        """The page's blocks, and what is doubtful about it."""
        if not self.runs and self.pictures:
            reason = "the page is a picture without a text layer; its tables need OCR"
            return [], [Doubt("no_text_layer", reason, number)]
        blocks, doubts = page_blocks(self.horizontals, self.verticals, self.runs, number, words)
        if self.composites:
            reason = f"the page places {self.composites} composite objects, which were not read"
            doubts.append(Doubt("unread_objects", reason, number))
        return blocks, doubts

    def draw(self, root: etree._Element) -> None:
        """Add what the layers of a page or template draw."""
        for content in (element for element in root if local_name(element) == "Content"):
            self._draw(content, 0)

    def _draw(self, container: etree._Element, depth: int) -> None:
        for element in container:
            if element.get("Visible") == "false":
                continue
            match local_name(element):
                case "Layer" | "PageBlock" if depth < MAX_DEPTH:
                    self._draw(element, depth + 1)
                case "TextObject":
                    self._characters(element)
                case "PathObject":
                    self._lines(element)
                case "ImageObject":
                    self.pictures += 1
                case "CompositeObject":
                    self.composites += 1

    def _count(self) -> None:
        self.objects += 1
        if self.objects > MAX_OBJECTS:
            raise OverfullError

    def _placement(self, element: etree._Element) -> Callable[[float, float], Point]:
        """From an object's own space to points on the page: its matrix, then the corner of its boundary."""
        a, b, c, d, e, f = _matrix(element)
        corner = [*numbers_of(element.get("Boundary")), 0.0, 0.0][:2]
        left, top = corner[0] - self.box[0], corner[1] - self.box[1]
        return lambda x, y: ((a * x + c * y + e + left) * POINTS, (b * x + d * y + f + top) * POINTS)

    def _characters(self, element: etree._Element) -> None:
        size = (numbers_of(element.get("Size")) or [0.0])[0]
        if size <= 0:
            return
        stretch = (numbers_of(element.get("HScale")) or [1.0])[0] or 1.0
        matrix = _matrix(element)
        height = size * math.hypot(matrix[2], matrix[3]) * POINTS
        if height <= 0:
            return
        turn = math.radians((numbers_of(element.get("CharDirection")) or [0.0])[0])
        place = self._placement(element)
        origin, ahead = place(0, 0), place(math.cos(turn), math.sin(turn))
        quarters = round(math.atan2(origin[1] - ahead[1], ahead[0] - origin[0]) / (math.pi / 2)) % 4
        for character, x, y in placed_characters(element, size, stretch):
            self._count()
            self._character(character, place(x, y), height, quarters)

    def _character(self, character: str, at: Point, size: float, direction: int) -> None:
        """Add a character to the run it goes on, or begin another; those off the page are not shown."""
        step_x, step_y = _STEPS[direction]
        middle = ADVANCE[character] * size / 2
        x = at[0] + step_x * middle + step_y * LIFT * size
        y = at[1] + step_y * middle - step_x * LIFT * size
        if not (0 <= x <= self.box[2] * POINTS and 0 <= y <= self.box[3] * POINTS):
            return
        last = self.runs[-1] if self.runs else None
        if last is not None and last.direction == direction and last.size == size:
            away_x, away_y = at[0] - last.x, at[1] - last.y
            along, aside = away_x * step_x + away_y * step_y, away_x * step_y - away_y * step_x
            if abs(aside) < BASELINE * size and last.offsets[-1] < along < last.offsets[-1] + MOST_APART * size:
                last.text += character
                last.offsets.append(along)
                return
        self.runs.append(Run(character, at[0], at[1], [0.0], size, direction))

    def _lines(self, element: etree._Element) -> None:
        """The upright lines that a path draws: its strokes, and filled shapes too thin to be anything else."""
        place = self._placement(element)
        stroked, filled = element.get("Stroke") != "false", element.get("Fill") == "true"
        own = child(element, "AbbreviatedData")  # clips of an object have lines too
        for points in straight_lines("" if own is None else own.text or ""):
            shown = [place(x, y) for x, y in points]
            self._count()
            if stroked:
                for one, other in itertools.pairwise(shown):
                    self._count()
                    self._rule(one, other)
            elif filled and len(shown) > 1:
                xs, ys = [x for x, _ in shown], [y for _, y in shown]
                if min(max(xs) - min(xs), max(ys) - min(ys)) <= THIN:
                    self._thin((min(xs), min(ys)), (max(xs), max(ys)))

    def _thin(self, corner: Point, opposite: Point) -> None:
        """The rule along the middle of a thin shape."""
        (x0, y0), (x1, y1) = corner, opposite
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        if x1 - x0 >= y1 - y0:
            self._rule((x0, middle_y), (x1, middle_y))
        else:
            self._rule((middle_x, y0), (middle_x, y1))

    def _rule(self, one: Point, other: Point) -> None:
        """A line cut to the page, kept where it is upright."""
        (x0, y0), (x1, y1) = sorted((one, other))
        width, height = self.box[2] * POINTS, self.box[3] * POINTS
        if abs(y1 - y0) <= SLANT < x1 - x0:
            self.horizontals.append(Rule((y0 + y1) / 2, max(x0, 0.0), min(x1, width)))
        elif abs(x1 - x0) <= SLANT < abs(y1 - y0):
            self.verticals.append(Rule((x0 + x1) / 2, max(min(y0, y1), 0.0), min(max(y0, y1), height)))


def _matrix(element: etree._Element) -> _Matrix:
    numbers = numbers_of(element.get("CTM"))
    if len(numbers) != 6:
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f
