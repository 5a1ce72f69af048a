"""What every drawing is made of: its frame, its texts, its links."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
from collections.abc import Callable, Iterable

from markupsafe import Markup

WIDE, NARROW = 960.0, 360.0
"""Points across a drawing for screens and paper, and across one for phones."""
LETTER = 12.0
"""Points of a letter as wide as it is high; others are counted as seven."""
_SLIM = 7.0

LayOut = Callable[[float], tuple[float, Iterable[Markup]]]
"""From points across a drawing to its height and its parts."""


def drawing(title: str, description: str, lay_out: LayOut) -> Markup:
    """A drawing for wide screens and the same for narrow ones; the style sheet shows one of them, and reads one out.

    Its title is its name for those who do not see it; no other drawing of a page has it.
    """
    digits = hashlib.sha256(title.encode()).hexdigest()[:8]
    sized = []
    for kind, width in (("wide", WIDE), ("narrow", NARROW)):
        height, parts = lay_out(width)
        name = f"{kind}-{digits}"
        frame = Markup(
            '<svg class="chart {}-chart" viewBox="0 0 {} {}" role="group" aria-labelledby="{}">'
            '<title id="{}">{}</title><desc>{}</desc>{}</svg>'
        )
        inside = Markup().join(parts)
        sized.append(frame.format(kind, f"{width:g}", f"{height:g}", name, name, title, description, inside))
    return Markup().join(sized)


def linked(address: str | None, name: str, inside: Markup) -> Markup:
    """A part that leads somewhere, under a name that is read out and that a pointer shows; others are told as well."""
    told = Markup("<title>{}</title>{}").format(name, inside)
    if address is None:
        return Markup('<g role="img" aria-label="{}">{}</g>').format(name, told)
    return Markup('<a href="{}" aria-label="{}">{}</a>').format(address, name, told)


def box(x: float, y: float, width: float, height: float, *, kind: str) -> Markup:
    """A rectangle."""
    return Markup('<rect x="{}" y="{}" width="{}" height="{}" class="{}"/>').format(
        f"{x:.2f}", f"{y:.2f}", f"{max(width, 0):.2f}", f"{max(height, 0):.2f}", kind
    )


def text(x: float, y: float, words: str, kind: str = "") -> Markup:
    """A line of text, its foot at ``y``; the blank behind it parts it from the next where they are read."""
    return Markup('<text x="{}" y="{}" class="{}" aria-hidden="true">{} </text>').format(
        f"{x:.2f}", f"{y:.2f}", kind, words
    )


def width_of(words: str) -> float:
    """About how wide a text is, in points."""
    return sum(LETTER if unicodedata.east_asian_width(letter) in "WF" else _SLIM for letter in words)


def fitting(words: str, width: float) -> str:
    """As much of a text as fits; empty where hardly any does."""
    if width_of(words) <= width:
        return words
    ends = list(itertools.accumulate(width_of(letter) for letter in words))
    kept = sum(end <= width - LETTER for end in ends)
    return f"{words[:kept]}…" if kept > 1 else ""
