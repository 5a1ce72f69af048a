"""Two lists that add up to one sum, as streams: from the left into one whole, and out of it to the right.

Nothing is said of which stream on the left becomes which on the right: all go through the whole between them.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from gongkai.viewer.charts.drawing_parts import LETTER, NARROW, box, drawing, fitting, linked, text, width_of

_THICK = 12.0
"""Points across the ends of a stream and the whole."""
_HIGH = 320.0
"""Points of the whole from top to foot."""
_LEAST = LETTER + 4
"""Points between two names."""
_GAP = 5.0
_COLOURS = 6


@dataclasses.dataclass(frozen=True, slots=True)
class Stream:
    """A part of the whole: ``told`` is its amount as text."""

    name: str
    amount: Decimal
    told: str
    address: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Laid:
    """Where a stream begins or ends, where it meets the whole, and how thick it is."""

    stream: Stream
    outer: float
    inner: float
    thick: float


def flow(sources: Sequence[Stream], uses: Sequence[Stream], title: str, description: str) -> Markup:
    """The drawing of two lists of amounts above zero with one sum.  Raises ValueError for others."""
    sums = {sum((each.amount for each in side), Decimal(0)) for side in (sources, uses)}
    if len(sums) != 1 or any(each.amount <= 0 for each in (*sources, *uses)):
        raise ValueError(f"streams above zero with one sum are needed, not sums of {sorted(sums)}")
    return drawing(title, description, functools.partial(_laid_out, sources, uses, title))


def lay(streams: Sequence[Stream]) -> list[Laid]:
    """The streams of one side below each other; on the whole they leave no gap."""
    scale = _HIGH / (float(sum(each.amount for each in streams)) or 1)
    outer = inner = 0.0
    laid = []
    for each in streams:
        thick = float(each.amount) * scale
        laid.append(Laid(each, outer + max(_LEAST - thick, 0) / 2, inner, thick))
        outer += max(thick, _LEAST) + _GAP
        inner += thick
    return laid


def _laid_out(
    sources: Sequence[Stream], uses: Sequence[Stream], title: str, width: float
) -> tuple[float, Iterator[Markup]]:
    sides = lay(sources), lay(uses)
    height = max([_HIGH, *(each.outer + each.thick + LETTER for side in sides for each in side)])
    return height, _drawn(sides, title, width, (height - _HIGH) / 2)


def _drawn(sides: tuple[list[Laid], list[Laid]], title: str, width: float, top: float) -> Iterator[Markup]:
    label = width * (0.34 if width <= NARROW else 0.3)
    middle = width / 2
    for is_right, side in enumerate(sides):
        foot = max((each.outer + each.thick for each in side), default=0.0)
        down = max(top + (_HIGH - foot) / 2, 0)
        for number, each in enumerate(side):
            end = width - label if is_right else label
            inside = _stream(each, number % _COLOURS + 1, end, middle, down, top)
            yield linked(each.stream.address, f"{each.stream.name}: {each.stream.told}", Markup().join(inside))
    yield box(middle - _THICK / 2, top, _THICK, _HIGH, kind="whole", name=title)


def _stream(laid: Laid, colour: int, end: float, middle: float, down: float, top: float) -> Iterator[Markup]:
    """The stream between its end at ``end`` and the whole at ``middle``, and its name outside."""
    is_right = end > middle
    told = f"{laid.stream.name}: {laid.stream.told}"
    y, inner = laid.outer + down, laid.inner + top
    near = middle + _THICK / 2 if is_right else middle - _THICK / 2
    yield _ribbon(end, y, near, inner, laid.thick, colour, told)
    node = end if is_right else end - _THICK
    yield box(node, y, _THICK, max(laid.thick, 1), kind=f"bar bar-{colour}", name=told)
    room = (2 * middle - end if is_right else end) - _THICK - 10
    foot = y + laid.thick / 2 + LETTER / 2 - 1
    whole = f"{laid.stream.name} {laid.stream.told}"
    words = whole if width_of(whole) <= room else fitting(laid.stream.name, room)
    at = end + _THICK + 6 if is_right else end - _THICK - 6
    yield text(at, foot, words, "" if is_right else "end")


def _ribbon(x: float, y: float, to_x: float, to_y: float, thick: float, colour: int, told: str) -> Markup:
    half = (x + to_x) / 2
    path = (
        f"M{x:.2f} {y:.2f}C{half:.2f} {y:.2f} {half:.2f} {to_y:.2f} {to_x:.2f} {to_y:.2f}v{thick:.2f}"
        f"C{half:.2f} {to_y + thick:.2f} {half:.2f} {y + thick:.2f} {x:.2f} {y + thick:.2f}z"
    )
    return Markup('<path d="{}" class="stream stream-{}"><title>{}</title></path>').format(path, colour, told)
