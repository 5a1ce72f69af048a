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


@dataclasses.dataclass(frozen=True, slots=True)
class _Frame:
    """Where a side is drawn: the ends of its streams, the whole, and the tops of both."""

    is_right: bool
    end: float
    middle: float
    outer_top: float
    inner_top: float


def flow(sources: Sequence[Stream], uses: Sequence[Stream], title: str, description: str) -> Markup:
    """The drawing of two lists of amounts above zero with one sum.  Raises ValueError for others."""
    sums = {sum((each.amount for each in side), Decimal(0)) for side in (sources, uses)}
    if len(sums) != 1 or any(each.amount <= 0 for each in (*sources, *uses)):
        raise ValueError(f"a flow has streams above zero and one sum on both sides, not {sorted(sums)}")
    return drawing(title, description, functools.partial(_laid_out, sources, uses))


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


def _laid_out(sources: Sequence[Stream], uses: Sequence[Stream], width: float) -> tuple[float, Iterator[Markup]]:
    sides = lay(sources), lay(uses)
    height = max(_HIGH, *(_foot(side) + LETTER for side in sides))
    return height, _drawn(sides, width, height)


def _foot(side: Sequence[Laid]) -> float:
    return max((each.outer + each.thick for each in side), default=0.0)


def _drawn(sides: tuple[list[Laid], list[Laid]], width: float, height: float) -> Iterator[Markup]:
    """Both sides and the whole, each in the middle of the height."""
    label = width * (0.34 if width <= NARROW else 0.3)
    top = (height - _HIGH) / 2
    for is_right, side in enumerate(sides):
        frame = _Frame(bool(is_right), width - label if is_right else label, width / 2, (height - _foot(side)) / 2, top)
        for number, each in enumerate(side):
            told = f"{each.stream.name}: {each.stream.told}"
            yield linked(each.stream.address, told, Markup().join(_stream(each, frame, number % _COLOURS + 1)))
    yield box((width - _THICK) / 2, top, _THICK, _HIGH, kind="flow-whole")


def _stream(laid: Laid, frame: _Frame, colour: int) -> Iterator[Markup]:
    """The stream between its end and the whole, and its name outside."""
    end, y = frame.end, laid.outer + frame.outer_top
    to_x = frame.middle + _THICK / 2 if frame.is_right else frame.middle - _THICK / 2
    yield _band((end, y), (to_x, laid.inner + frame.inner_top), laid.thick, colour)
    yield box(
        end if frame.is_right else end - _THICK,
        y,
        _THICK,
        max(laid.thick, 1),
        kind=f"bar bar-{colour}",
    )
    room = (2 * frame.middle - end if frame.is_right else end) - _THICK - 10
    whole = f"{laid.stream.name} {laid.stream.told}"
    words = whole if width_of(whole) <= room else fitting(laid.stream.name, room)
    at = end + _THICK + 6 if frame.is_right else end - _THICK - 6
    yield text(at, y + laid.thick / 2 + LETTER / 2 - 1, words, "" if frame.is_right else "end")


def _band(start: tuple[float, float], end: tuple[float, float], thick: float, colour: int) -> Markup:
    """A band of one thickness from the end of a stream to the whole."""
    (x, y), (to_x, to_y) = start, end
    half = (x + to_x) / 2
    path = (
        f"M{x:.1f} {y:.2f}C{half:.1f} {y:.2f} {half:.1f} {to_y:.2f} {to_x:.1f} {to_y:.2f}v{thick:.2f}"
        f"C{half:.1f} {to_y + thick:.2f} {half:.1f} {y + thick:.2f} {x:.1f} {y + thick:.2f}z"
    )
    return Markup('<path d="{}" class="band bar-{}"/>').format(path, colour)
