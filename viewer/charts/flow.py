"""Where money comes from and where it goes: parts of one whole on the left, parts of the same whole on the right.

Which source pays for which purpose is not published, so that all flows meet in the middle.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from decimal import Decimal

from markupsafe import Markup

from gongkai.viewer.charts.drawing_parts import LETTER, box, drawing, fitting, linked, text

WIDTH, HEIGHT = 960.0, 420.0
_NODE = 14.0
_SIDE = 260.0
_GAP = 4.0
_COLOURS = 6


@dataclasses.dataclass(frozen=True, slots=True)
class Stream:
    """A part of the whole, on either side."""

    name: str
    amount: Decimal
    told: str
    address: str | None = None


def flow(sources: Sequence[Stream], purposes: Sequence[Stream], title: str, description: str) -> Markup:
    """The drawing.  Raises ValueError where the sides are not of one sum, or a part of them is negative."""
    whole = sum((each.amount for each in sources), Decimal(0))
    if whole != sum((each.amount for each in purposes), Decimal(0)) or whole <= 0:
        raise ValueError("both sides of a flow have one positive sum")
    if any(each.amount < 0 for each in (*sources, *purposes)):
        raise ValueError("no part of a flow is negative")
    most = max(len(sources), len(purposes))
    room = HEIGHT - _GAP * (most - 1)
    middle = box((WIDTH - _NODE) / 2, (HEIGHT - room) / 2, _NODE, room, kind="flow-whole", name=title)
    parts = [
        *_side(sources, room / float(whole), is_left=True),
        *_side(purposes, room / float(whole), is_left=False),
        middle,
    ]
    return drawing(WIDTH, HEIGHT, title, description, parts)


def _side(streams: Sequence[Stream], scale: float, *, is_left: bool) -> Iterator[Markup]:
    room = scale * float(sum(stream.amount for stream in streams))
    y, inner = (HEIGHT - room - _GAP * (len(streams) - 1)) / 2, (HEIGHT - room) / 2
    for number, stream in enumerate(streams):
        high = scale * float(stream.amount)
        kind = f"bar-{number % _COLOURS + 1}"
        yield _stream(stream, (y, inner, high), kind, is_left=is_left)
        y, inner = y + high + _GAP, inner + high


def _stream(stream: Stream, place: tuple[float, float, float], kind: str, *, is_left: bool) -> Markup:
    y, inner, high = place
    x = _SIDE if is_left else WIDTH - _SIDE - _NODE
    middle = (WIDTH - _NODE) / 2
    outside, inside = (x + _NODE, middle) if is_left else (middle + _NODE, x)
    left, right = (y, inner) if is_left else (inner, y)
    name = f"{stream.name}: {stream.told}"
    parts = [
        _band((outside, left), (inside, right), high, kind),
        box(x, y, _NODE, max(high, 0.5), kind=kind, name=name),
    ]
    if high >= LETTER:
        label = fitting(f"{stream.name} {stream.told}", _SIDE - LETTER)
        parts.append(text(4 if is_left else x + _NODE + 6, y + high / 2 + 4, label))
    return linked(stream.address, name, Markup().join(parts))


def _band(start: tuple[float, float], end: tuple[float, float], high: float, kind: str) -> Markup:
    """A band of one height from one side to the other."""
    (x0, y0), (x1, y1) = start, end
    half = (x0 + x1) / 2
    path = (
        f"M{x0:.1f} {y0:.2f}C{half:.1f} {y0:.2f} {half:.1f} {y1:.2f} {x1:.1f} {y1:.2f}"
        f"V{y1 + high:.2f}C{half:.1f} {y1 + high:.2f} {half:.1f} {y0 + high:.2f} {x0:.1f} {y0 + high:.2f}Z"
    )
    return Markup('<path class="band {}" d="{}"/>').format(kind, path)
