"""Colours of OFD: single ones, and the gradients that SVG can say.

Drawn are axial and radial gradients.  SVG has none between the corners of triangles (GouraudShd, LaGouraudShd).
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Sequence

from markupsafe import Markup

from gongkai.viewer.ofd.elements import Element, attributes, child, children, number, numbers, short
from gongkai.viewer.ofd.resources import Resources

_MOST_STOPS = 2_000
_HEXADECIMAL = re.compile(r"#[0-9A-Fa-f]{1,4}")
Stop = tuple[float, tuple[float, ...]]
"""Where on the way from start to end, 0 to 1, and red, green, blue and what covers, 0 to 255 each."""


class NotDrawnError(Exception):
    """Raised when SVG has no word for a gradient."""


def plain(colour: Element | None, resources: Resources) -> str:
    """Grey, RGB or CMYK as SVG says it; black where none is stated."""
    return _told(_channels(colour, resources))


def _told(channels: Sequence[float]) -> str:
    return f"rgb({','.join(str(round(value)) for value in channels[:3])})"


def _channels(colour: Element | None, resources: Resources) -> tuple[float, ...]:
    """Red, green, blue and what covers of a colour."""
    if colour is None:
        return 0.0, 0.0, 0.0, 255.0
    told, space = colour.get("Value"), resources.spaces.get(colour.get("ColorSpace", ""))
    if told is None and space is not None:
        palette = [each.text for each in space.iter("{*}CV")]
        index = int(number(colour.get("Index"), 0))
        told = palette[index] if 0 <= index < len(palette) else None
    bits = number(space.get("BitsPerComponent"), 8) if space is not None else 8
    most = 2 ** min(max(bits, 1), 16) - 1
    values = [min(max(value * 255 / most, 0.0), 255.0) for value in _values(told)]
    return *_rgb(values), min(max(number(colour.get("Alpha"), 255), 0.0), 255.0)


def opacity(colour: Element | None) -> float | None:
    """How much of a colour covers what is below; None for all."""
    return _covering(number(colour.get("Alpha") if colour is not None else None, 255))


def _covering(alpha: float) -> float | None:
    return alpha / 255 if 0 <= alpha < 255 else None


def gradient(shading: Element, name: str, resources: Resources) -> Markup:
    """A gradient under a name.  Raises NotDrawnError for one that SVG cannot say."""
    start, end = numbers(shading.get("StartPoint")), numbers(shading.get("EndPoint"))
    stops = _stops(shading, resources)
    if len(start) != 2 or len(end) != 2 or len(stops) < 2:
        raise NotDrawnError
    extend = int(number(shading.get("Extend"), 0))
    ends = bool(extend & 1), bool(extend & 2)
    stops = _repeated(shading, stops, math.dist(start, end), is_endless=any(ends))
    if shading.tag.endswith("AxialShd"):
        told = attributes(x1=start[0], y1=start[1], x2=end[0], y2=end[1])
        return _element("linearGradient", name, told, _limited(stops, ends))
    return _radial(shading, name, (start, end), (stops, ends))


def _radial(
    shading: Element,
    name: str,
    centres: tuple[Sequence[float], Sequence[float]],
    way: tuple[list[Stop], tuple[bool, bool]],
) -> Markup:
    """Between two ellipses, one within the other; SVG wants the outer one last."""
    angle, flat = number(shading.get("Angle"), 0.0), math.sqrt(1 - min(number(shading.get("Eccentricity"), 0), 1) ** 2)
    if not flat:
        raise NotDrawnError
    ellipses = [
        _Circle(*_turned(centre, -angle, 1 / flat), abs(number(shading.get(radius), 0.0)))
        for centre, radius in zip(centres, ("StartRadius", "EndRadius"), strict=True)
    ]
    stops, ends = way
    if ellipses[0].radius > ellipses[1].radius:
        ellipses.reverse()
        stops, ends = [(1 - at, colour) for at, colour in reversed(stops)], (ends[1], ends[0])
    inner, outer = ellipses
    if math.dist((inner.x, inner.y), (outer.x, outer.y)) + inner.radius > outer.radius + 1e-6:
        raise NotDrawnError
    told = attributes(cx=outer.x, cy=outer.y, r=outer.radius, fx=inner.x, fy=inner.y, fr=inner.radius)
    if angle or flat != 1:
        told += attributes(gradientTransform=f"rotate({short(angle)}) scale(1 {short(flat)})")
    return _element("radialGradient", name, told, _limited(stops, ends))


@dataclasses.dataclass(frozen=True, slots=True)
class _Circle:
    x: float
    y: float
    radius: float


def _turned(point: Sequence[float], degrees: float, stretch: float) -> tuple[float, float]:
    """A point turned clockwise as a page shows it, then stretched downwards."""
    turn = math.radians(degrees)
    x, y = point
    return x * math.cos(turn) - y * math.sin(turn), (x * math.sin(turn) + y * math.cos(turn)) * stretch


def _element(kind: str, name: str, told: Markup, stops: Markup) -> Markup:
    return Markup('<{0} id="{1}" gradientUnits="userSpaceOnUse"{2}>{3}</{0}>').format(kind, name, told, stops)


def _stops(shading: Element, resources: Resources) -> list[Stop]:
    """The colours on the way; those without a place divide what lies between their neighbours evenly."""
    segments = list(children(shading, "Segment"))[:_MOST_STOPS]
    places = [next(iter(numbers(each.get("Position"))), None) for each in segments]
    if places:
        places[0], places[-1] = places[0] or 0.0, 1.0 if places[-1] is None else places[-1]
    known = [at for at, place in enumerate(places) if place is not None]
    stops: list[Stop] = []
    for at, segment in enumerate(segments):
        before, after = max(each for each in known if each <= at), min(each for each in known if each >= at)
        low, high = places[before] or 0.0, places[after] or 0.0
        place = low + (high - low) * (at - before) / max(after - before, 1)
        stops.append(
            (min(max(place, stops[-1][0] if stops else 0.0), 1.0), _channels(child(segment, "Color"), resources))
        )
    return stops


def _repeated(shading: Element, stops: list[Stop], length: float, *, is_endless: bool) -> list[Stop]:
    """The colours as often as they fit on the way, every other time backwards where they are reflected.

    Raises NotDrawnError where they go on for ever beyond an end, or are too many.
    """
    kind, unit = shading.get("MapType", "Direct"), number(shading.get("MapUnit"), length)
    if kind not in ("Repeat", "Reflect"):
        return stops
    if is_endless or min(unit, length) <= 0 or length / unit * len(stops) > _MOST_STOPS:
        raise NotDrawnError
    share = unit / length
    backwards = [(1 - at, colour) for at, colour in reversed(stops)]
    found: list[Stop] = []
    for turn in range(math.ceil(1 / share - 1e-9)):
        way = backwards if kind == "Reflect" and turn % 2 else stops
        found += [((turn + at) * share, colour) for at, colour in way]
    return _cut(found)


def _cut(stops: list[Stop]) -> list[Stop]:
    """Without what lies behind the end; there stands the colour on the way to the first left out."""
    within = [stop for stop in stops if stop[0] <= 1]
    if len(within) == len(stops) or within[-1][0] == 1:
        return within
    (low, one), (high, other) = within[-1], stops[len(within)]
    share = (1 - low) / (high - low)
    return [*within, (1.0, tuple(x + (y - x) * share for x, y in zip(one, other, strict=True)))]


def _limited(stops: list[Stop], ends: tuple[bool, bool]) -> Markup:
    """The colours as SVG's stops; before the start and behind the end there is nothing, unless they go on there."""
    way = [(0.0, stops[0][1]), *stops, (1.0, stops[-1][1])]
    told = [
        attributes(offset=short(at), stop_color=_told(channels), stop_opacity=_covering(channels[3]))
        for at, channels in way
    ]
    before, behind = (
        [] if goes_on else [attributes(offset=at, stop_opacity="0")] for goes_on, at in zip(ends, "01", strict=True)
    )
    return Markup().join(Markup("<stop{}/>").format(each) for each in (*before, *told, *behind))


def _values(told: str | None) -> list[float]:
    """The channels of a colour, decimal or as ``#1F``."""
    words = (told or "").split()
    return numbers(" ".join(str(int(each[1:], 16)) if _HEXADECIMAL.fullmatch(each) else each for each in words))


def _rgb(values: Sequence[float]) -> Sequence[float]:
    if len(values) == 4:
        return [(255 - value) * (255 - values[3]) / 255 for value in values[:3]]
    return [*values, *values, *values][:3] if len(values) == 1 else [*values, 0, 0, 0][:3]
