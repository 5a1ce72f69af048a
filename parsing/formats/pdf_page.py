"""What stands on a PDF page: characters and ruling lines, in points from the top left of the page as shown.

The only module that knows the PDF engine (pdfplumber over pdfminer.six); what it returns is plain geometry.
"""

from __future__ import annotations

import dataclasses
import math
import unicodedata
from collections.abc import Iterator
from typing import Any

from pdfminer.layout import LTChar, LTContainer, LTCurve, LTImage, LTItem, LTLine, LTRect
from pdfminer.utils import apply_matrix_rect

from parsing.formats.lattice import Rule
from parsing.formats.typesetting import Glyph

THIN = 3.0
"""A filled shape not thicker than this is a rule; thicker ones are shading."""

SLANT = 1.0
"""A stroke that rises by more than this over its length is no ruling."""

MAX_OBJECTS = 300_000
"""Characters and paths of one page; a printed page of tables has some 10,000."""


class OverfullPageError(Exception):
    """Raised when a page holds more than ``MAX_OBJECTS`` things."""


@dataclasses.dataclass(slots=True)
class PageContent:
    """A page as shown: size in points, characters, rules, and the share of it that pictures cover (0 to 1)."""

    width: float
    height: float
    glyphs: list[Glyph]
    horizontals: list[Rule]
    verticals: list[Rule]
    pictures: float = 0.0
    paths: int = 0


def content_of(page: Any) -> PageContent:
    """The content of a pdfplumber page.  Raises OverfullPageError, and whatever the engine raises on bad bytes."""
    layout = page.layout
    left, bottom, right, top = _shown_box(page.page_obj, layout.width, layout.height)
    content = PageContent(right - left, top - bottom, [], [], [])
    for count, item in enumerate(_items(layout)):
        if count >= MAX_OBJECTS:
            raise OverfullPageError(f"the page holds more than {MAX_OBJECTS} characters and paths")
        if isinstance(item, LTChar):
            glyph = _glyph(item, left, top)
            x, y = glyph.centre
            if 0 <= x <= content.width and 0 <= y <= content.height and glyph.text:
                content.glyphs.append(glyph)
        elif isinstance(item, LTCurve):
            content.paths += 1
            for horizontal, rule in _rules(item, left, top):
                _keep(content, rule, horizontal=horizontal)
        elif isinstance(item, LTImage):
            content.pictures += _visible_share(item, (left, bottom, right, top))
    content.pictures = min(content.pictures, 1.0)
    return content


def _shown_box(page: Any, width: float, height: float) -> tuple[float, float, float, float]:
    """The crop box within the media box, in the engine's space (media box turned as shown, origin bottom left)."""
    x0, y0, x1, y1 = page.mediabox
    turns = {
        90: (0, -1, 1, 0, -y0, x1),
        180: (-1, 0, 0, -1, x1, y1),
        270: (0, 1, -1, 0, y1, -x0),
    }
    box = apply_matrix_rect(turns.get(page.rotate, (1, 0, 0, 1, -x0, -y0)), page.cropbox or page.mediabox)
    left, bottom, right, top = max(box[0], 0.0), max(box[1], 0.0), min(box[2], width), min(box[3], height)
    if right - left < 1 or top - bottom < 1:
        return 0.0, 0.0, width, height
    return left, bottom, right, top


def _items(layout: LTContainer[LTItem]) -> Iterator[LTItem]:
    """Everything on the page, form XObjects opened, in drawing order."""
    stack: list[Iterator[LTItem]] = [iter(layout)]
    while stack:
        for item in stack[-1]:
            if isinstance(item, LTContainer):
                stack.append(iter(item))
                break
            yield item
        else:
            stack.pop()


def _glyph(item: LTChar, left: float, top: float) -> Glyph:
    a, b, _, _, e, f = item.matrix
    return Glyph(
        text=readable(item.get_text()),
        x0=item.x0 - left,
        y0=top - item.y1,
        x1=item.x1 - left,
        y1=top - item.y0,
        origin_x=e - left,
        origin_y=top - f,
        size=item.size,
        direction=round(math.atan2(b, a) / (math.pi / 2)) % 4,
    )


def readable(text: str) -> str:
    """A character as printed: radicals and compatibility ideographs that fonts map Chinese characters to, undone."""
    if len(text) == 1 and (0x2E80 <= ord(text) <= 0x2FD5 or 0xF900 <= ord(text) <= 0xFAFF):
        return unicodedata.normalize("NFKC", text)
    return text


def _rules(item: LTCurve, left: float, top: float) -> Iterator[tuple[bool, Rule]]:
    """(is horizontal, rule) for each ruling line that a painted path draws."""
    x0, y0, x1, y1 = item.x0 - left, top - item.y1, item.x1 - left, top - item.y0
    if min(x1 - x0, y1 - y0) <= THIN and not (isinstance(item, LTLine) and min(x1 - x0, y1 - y0) > SLANT):
        if x1 - x0 >= y1 - y0:
            yield True, Rule((y0 + y1) / 2, x0, x1)
        else:
            yield False, Rule((x0 + x1) / 2, y0, y1)
    elif isinstance(item, LTRect) and item.stroke:
        yield from ((True, Rule(y, x0, x1)) for y in (y0, y1))
        yield from ((False, Rule(x, y0, y1)) for x in (x0, x1))
    elif item.stroke and not isinstance(item, LTLine):
        yield from _strokes(item, left, top)


def _strokes(item: LTCurve, left: float, top: float) -> Iterator[tuple[bool, Rule]]:
    """The straight upright pieces of a path of many strokes; curves and slants are no rules."""
    position = start = (0.0, 0.0)
    for segment in item.original_path or ():
        operator, ends = str(segment[0]), list(segment)[1:]
        if operator != "h" and not ends:
            continue
        x, y = start if operator == "h" else _from_top_left(ends[-1], left, top)
        if operator == "m":
            start = (x, y)
        elif operator in "lh" and abs(y - position[1]) <= SLANT:
            yield True, Rule((y + position[1]) / 2, min(x, position[0]), max(x, position[0]))
        elif operator in "lh" and abs(x - position[0]) <= SLANT:
            yield False, Rule((x + position[0]) / 2, min(y, position[1]), max(y, position[1]))
        position = (x, y)


def _from_top_left(point: Any, left: float, top: float) -> tuple[float, float]:
    return point[0] - left, top - point[1]


def _keep(content: PageContent, rule: Rule, *, horizontal: bool) -> None:
    """Add a rule, cut to the page; what lies off the page is not shown."""
    along, across = (content.width, content.height) if horizontal else (content.height, content.width)
    start, end = max(rule.start, 0.0), min(rule.end, along)
    if end > start and -THIN <= rule.at <= across + THIN:
        (content.horizontals if horizontal else content.verticals).append(Rule(rule.at, start, end))


def _visible_share(item: LTImage, shown: tuple[float, float, float, float]) -> float:
    left, bottom, right, top = shown
    width = min(item.x1, right) - max(item.x0, left)
    height = min(item.y1, top) - max(item.y0, bottom)
    return max(width, 0.0) * max(height, 0.0) / ((right - left) * (top - bottom))
