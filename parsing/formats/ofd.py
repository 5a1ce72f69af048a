"""OFD, the national fixed-layout format (GB/T 33190-2016): placed characters and drawn lines to grids and lines.

A file is a ZIP package of XML; lengths are millimetres from the top left of the page.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import posixpath
import re
from collections.abc import Callable, Iterator

from lxml import etree

from gongkai.parsing.formats.envelopes.package import Package
from gongkai.parsing.formats.layout.lattice import Rule
from gongkai.parsing.formats.layout.printed import page_blocks
from gongkai.parsing.formats.layout.typesetting import ADVANCE, LIFT, Run
from gongkai.parsing.formats.layout.words import NO_WORDS, TableWords
from gongkai.parsing.text.font_forms import readable
from gongkai.parsing.text.grid import Block, Doubt, Reading, UnreadableDocumentError

MAX_PAGES = 3_000
"""Pages read of one file."""

MAX_OBJECTS = 200_000
"""Characters and line segments of one page; a full page of small type has 10,000."""

MAX_OBJECTS_OF_FILE = 5_000_000
"""The same of all pages: a 300-page file has a tenth of it."""

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

_DEFAULT_PAGE = (0.0, 0.0, 210.0, 297.0)

_COMMAND = re.compile(r"([SMLQBAC])|([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Operators of abbreviated path data and how many numbers each takes."""

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


def read_ofd(data: bytes, words: TableWords = NO_WORDS) -> Reading:
    """An OFD file's lines and grids with their pages and boxes (points); ``words`` tell unruled tables.

    Raises UnreadableDocumentError: ``truncated``, ``corrupt``, ``encrypted``, ``bomb``, ``too_large``.
    """
    package = Package(data, "OFD")
    if package.has("Encryptions.xml"):
        raise UnreadableDocumentError("encrypted", "the OFD file is encrypted with a key that is not known")
    root = package.xml("OFD.xml")
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    count = 0
    for body in _named(root, "DocBody"):
        document = _Document(package, _text(body, "DocRoot"), words)
        for part in document.pages():
            count += 1
            if count <= MAX_PAGES:
                found, doubtful = document.read_page(part, count)
                blocks += found
                doubts += doubtful
    if count == 0:
        raise UnreadableDocumentError("corrupt", "the OFD file has no pages")
    if count > MAX_PAGES:
        doubts.append(Doubt("too_many_pages", f"the OFD file has {count} pages; the first {MAX_PAGES} were read"))
    return Reading("ofd", tuple(blocks), pages=count, doubts=tuple(doubts), title=_text(root, "Title") or None)


def _local(element: etree._Element) -> str:
    """An element's name without its namespace: writers use several."""
    return str(element.tag).rsplit("}", 1)[-1]


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (inner for inner in element.iter("{*}" + name))


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((inner for inner in element if _local(inner) == name), None)


def _text(element: etree._Element, name: str) -> str:
    return next(((inner.text or "").strip() for inner in _named(element, name)), "")


def _numbers(text: str | None) -> list[float]:
    """The numbers of an attribute such as ``Boundary``; what is no number ends them."""
    found = []
    for word in (text or "").split():
        try:
            number = float(word)
        except ValueError:
            break
        if not math.isfinite(number) or abs(number) > 1e6:
            break
        found.append(number)
    return found


class _Document:
    """One document of a file: its pages, and the templates they lie on."""

    def __init__(self, package: Package, part: str, words: TableWords) -> None:
        self._package = package
        self._words = words
        self._part = part.lstrip("/")
        self._root = package.xml(self._part)
        area = next(_named(self._root, "PageArea"), None)
        self._box = _page_box(area) or _DEFAULT_PAGE
        self._templates = {
            template.get("ID", ""): self._located(template) for template in _named(self._root, "TemplatePage")
        }
        self._opened: dict[str, etree._Element] = {}
        self._objects = 0

    def _located(self, element: etree._Element) -> str:
        """The part an element's ``BaseLoc`` names, relative to the document's folder."""
        location = element.get("BaseLoc", "")
        if location.startswith("/"):
            return location.lstrip("/")
        return posixpath.normpath(posixpath.join(posixpath.dirname(self._part), location))

    def _template(self, identifier: str) -> etree._Element | None:
        part = self._templates.get(identifier)
        if part is None or not self._package.has(part):
            return None
        if part not in self._opened:
            self._opened[part] = self._package.xml(part)
        return self._opened[part]

    def pages(self) -> list[str]:
        """The parts of the pages in order."""
        pages = _child(self._root, "Pages")
        return [] if pages is None else [self._located(page) for page in pages if _local(page) == "Page"]

    def read_page(self, part: str, number: int) -> tuple[list[Block], list[Doubt]]:
        """A page's blocks; one that cannot be read is a doubt and costs the others nothing."""
        try:
            root = self._package.xml(part)
        except UnreadableDocumentError as error:
            if error.kind in ("bomb", "too_large"):
                raise
            return [], [Doubt("corrupt_page", f"the page cannot be read: {error}", number)]
        page = _Page(_page_box(_child(root, "Area")) or self._box)
        try:
            for template in (element for element in root if _local(element) == "Template"):
                if (below := self._template(template.get("TemplateID", ""))) is not None:
                    page.draw(below)
            page.draw(root)
        except _OverfullError:
            if self._objects > MAX_OBJECTS_OF_FILE:
                raise self._bomb() from None
            reason = f"the page holds more than {MAX_OBJECTS} characters and lines; it was not read"
            return [], [Doubt("overfull_page", reason, number)]
        finally:
            self._objects += page.objects
        if self._objects > MAX_OBJECTS_OF_FILE:
            raise self._bomb()
        return page.blocks(number, self._words)

    def _bomb(self) -> UnreadableDocumentError:
        reason = f"the OFD file draws more than {MAX_OBJECTS_OF_FILE} characters and lines"
        return UnreadableDocumentError("bomb", reason)


class _OverfullError(Exception):
    """Raised when a page draws more than ``MAX_OBJECTS`` things."""


def _page_box(area: etree._Element | None) -> tuple[float, float, float, float] | None:
    if area is None:
        return None
    for name in ("PhysicalBox", "ApplicationBox"):
        numbers = _numbers(_text(area, name))
        if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:
            return numbers[0], numbers[1], numbers[2], numbers[3]
    return None


@dataclasses.dataclass(slots=True)
class _Page:
    """What a page draws, in points from its top left."""

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
        for content in (element for element in root if _local(element) == "Content"):
            self._draw(content, 0)

    def _draw(self, container: etree._Element, depth: int) -> None:
        for element in container:
            if element.get("Visible") == "false":
                continue
            match _local(element):
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
            raise _OverfullError

    def _placement(self, element: etree._Element) -> Callable[[float, float], _Point]:
        """From an object's own space to points on the page: its matrix, then the corner of its boundary."""
        a, b, c, d, e, f = _matrix(element)
        corner = [*_numbers(element.get("Boundary")), 0.0, 0.0][:2]
        left, top = corner[0] - self.box[0], corner[1] - self.box[1]
        return lambda x, y: ((a * x + c * y + e + left) * POINTS, (b * x + d * y + f + top) * POINTS)

    def _characters(self, element: etree._Element) -> None:
        size = (_numbers(element.get("Size")) or [0.0])[0]
        if size <= 0:
            return
        stretch = (_numbers(element.get("HScale")) or [1.0])[0] or 1.0
        matrix = _matrix(element)
        height = size * math.hypot(matrix[2], matrix[3]) * POINTS
        if height <= 0:
            return
        turn = math.radians((_numbers(element.get("CharDirection")) or [0.0])[0])
        place = self._placement(element)
        origin, ahead = place(0, 0), place(math.cos(turn), math.sin(turn))
        quarters = round(math.atan2(origin[1] - ahead[1], ahead[0] - origin[0]) / (math.pi / 2)) % 4
        for character, x, y in _placed(element, size, stretch):
            self._count()
            self._character(character, place(x, y), height, quarters)

    def _character(self, character: str, at: _Point, size: float, direction: int) -> None:
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
        for points in _subpaths(_text(element, "AbbreviatedData")):
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

    def _thin(self, corner: _Point, opposite: _Point) -> None:
        """The rule along the middle of a thin shape."""
        (x0, y0), (x1, y1) = corner, opposite
        middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
        if x1 - x0 >= y1 - y0:
            self._rule((x0, middle_y), (x1, middle_y))
        else:
            self._rule((middle_x, y0), (middle_x, y1))

    def _rule(self, one: _Point, other: _Point) -> None:
        """A line cut to the page, kept where it is upright."""
        (x0, y0), (x1, y1) = sorted((one, other))
        width, height = self.box[2] * POINTS, self.box[3] * POINTS
        if abs(y1 - y0) <= SLANT < x1 - x0:
            self.horizontals.append(Rule((y0 + y1) / 2, max(x0, 0.0), min(x1, width)))
        elif abs(x1 - x0) <= SLANT < abs(y1 - y0):
            self.verticals.append(Rule((x0 + x1) / 2, max(min(y0, y1), 0.0), min(max(y0, y1), height)))


def _matrix(element: etree._Element) -> _Matrix:
    numbers = _numbers(element.get("CTM"))
    if len(numbers) != 6:
        return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
    a, b, c, d, e, f = numbers
    return a, b, c, d, e, f


def _placed(element: etree._Element, size: float, stretch: float) -> Iterator[tuple[str, float, float]]:
    """(character, x, y) of each character of a text object, in its own space.

    A text code without X or Y goes on where the last one stood; characters without a stated advance follow each other
    by their usual width.
    """
    x = y = 0.0
    for code in (inner for inner in element if _local(inner) == "TextCode"):
        x, y = (_numbers(code.get("X")) or [x])[0], (_numbers(code.get("Y")) or [y])[0]
        text = readable(code.text or "")
        xs, ys = _deltas(code.get("DeltaX"), len(text)), _deltas(code.get("DeltaY"), len(text))
        at_x, at_y = x, y
        for index, character in enumerate(text):
            yield character, at_x, at_y
            usual = 0.0 if index < len(ys) else size * stretch * ADVANCE[character]
            at_x += xs[index] if index < len(xs) else usual
            at_y += ys[index] if index < len(ys) else 0.0


def _deltas(text: str | None, limit: int) -> list[float]:
    """Advances between characters; ``g 4 3.5`` stands for four times 3.5.  At most ``limit``."""
    deltas: list[float] = []
    words = iter((text or "").split())
    for word in words:
        run = [word]
        count = 1
        if word == "g":
            count_word, value = next(words, ""), next(words, "")
            count = int(count_word) if count_word.isascii() and count_word.isdigit() and len(count_word) < 7 else 0
            run = [value]
        if len(deltas) >= limit or not (number := _numbers(run[0])):
            break
        deltas += number * min(count, limit - len(deltas))
    return deltas


def _subpaths(data: str) -> Iterator[list[_Point]]:
    """The runs of straight lines in abbreviated path data; a curve ends one run and begins another."""
    points: list[_Point] = []
    start: _Point | None = None
    for operator, numbers in _operations(data):
        if operator == "C":
            if start is not None and points:
                points.append(start)
        elif operator == "L":
            points.append((numbers[0], numbers[1]))
        else:
            if len(points) > 1:
                yield points
            points = [(numbers[-2], numbers[-1])]
            if operator in "SM":
                start = points[0]
    if len(points) > 1:
        yield points


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    """(operator, its numbers); one with too few numbers ends the path."""
    operator = ""
    numbers: list[float] = []
    for match in _COMMAND.finditer(data):
        if match[1]:
            if operator:
                return
            operator, numbers = match[1], []
        elif operator and (number := _numbers(match[2])):
            numbers += number
        if operator and len(numbers) == _ARGUMENTS[operator]:
            yield operator, numbers
            operator = ""
