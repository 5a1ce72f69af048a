"""Text that is laid over a page and is none of its print: slanted words, large pale ones across other text, seals."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.typesetting import FALL, LIFT, RISE, Run
from gongkai.parsing.formats.pdf.engine import Handle, typed

LARGE = 1.2
"""Share of the page's usual type size from which pale text can be a watermark; type of a table is not so large."""

PALE = 150
"""The least of red, green and blue (0 to 255), as seen on white paper, of text that is pale."""

MOST = 0.5
"""Share of a page's characters from which slanted ones are its print, on a page that is itself askew."""

RED, GREY, EVEN = 120, 0.8, 0.25
"""The least red (0 to 255) of a seal's ink on paper, and shares of it: how far its green and blue may reach, and how
far these may be apart, which tells red from orange and brown."""

ROUND = 4
"""Slanted characters from which text in red is set on a circle."""

LONGEST = 200
"""Characters in red up to which a page's may be of seals, of which each has some forty; more are print."""

NEAR = 3.0
"""Distance in sizes up to which texts in red are of one seal."""

SHOWN = 60
"""Characters of a watermark that its issue quotes."""


def quoted(texts: Sequence[str]) -> str:
    """The words of a watermark as an issue names them, cut short where they are many."""
    words = "".join("".join(texts).split())
    return words if len(words) <= SHOWN else f"{words[:SHOWN]}…"


def is_page_askew(askew: Sequence[int], runs: Sequence[Run]) -> bool:
    """True where the slanted runs, by their places, are most of the page's text and so no watermark."""
    return sum(len(runs[place].text) for place in askew) > MOST * sum(len(run.text) for run in runs)


def pale_text(text_page: Any, runs: Sequence[Run], firsts: Sequence[int]) -> list[int]:
    """The places of the runs that are a pale watermark; ``firsts`` are the indexes of their first characters.

    White titles on a dark ground are pale too, but lie across no other text.  All text of a watermark's size and
    colour is of it.
    """
    sizes = [run.size for run in runs]
    least = LARGE * sorted(sizes)[len(sizes) // 2] if sizes else 0.0
    kinds: dict[tuple[float, int], list[int]] = {}
    # Only of large text is the colour asked, which spares nearly every run the call.
    for place, size in enumerate(sizes):
        if size > least and (shade := _shade(text_page, firsts[place])) >= PALE:
            kinds.setdefault((round(size, 1), shade), []).append(place)
    if not kinds:
        return []
    pale = {place for places in kinds.values() for place in places}
    others = [run for place, run in enumerate(runs) if place not in pale]
    return [
        place
        for places in kinds.values()
        if any(_lies_across(runs[place], other) for place in places for other in others)
        for place in places
    ]


def seal_text(
    text_page: Any, runs: Sequence[Run], firsts: Sequence[int], askew: Sequence[int], rules: Rules
) -> set[int]:
    """The places of the runs that are of a seal: text in red on a circle, or across other text or a rule of ``rules``.

    Text in red in its own place is print: a negative amount, a heading.  A seal is put onto a finished page, so that
    its text stands first or last of the page's; only where some is slanted is the colour of all text asked.
    """
    red = _red_places(text_page, runs, firsts, all_of_it=len(askew) >= ROUND)
    if not red or len(red) == len(runs) or sum(len(runs[place].text) for place in red) > LONGEST:
        return set()
    slanted = [place for place in askew if place in red]
    others = [run for place, run in enumerate(runs) if place not in red]
    seal = set(slanted) if len(slanted) >= ROUND else set()
    within = _extent([runs[place] for place in seal]) if seal else None
    for place in red - seal:
        run = runs[place]
        inside = within is not None and within[0] <= run.x <= within[2] and within[1] <= run.y <= within[3]
        if inside or any(_lies_across(run, other) for other in others) or _crosses(run, rules):
            seal.add(place)
    return _grown(seal, red, runs)


Rules = tuple[Sequence[Rule], Sequence[Rule]]
"""The page's horizontal and vertical rules."""


def _red_places(text_page: Any, runs: Sequence[Run], firsts: Sequence[int], *, all_of_it: bool) -> set[int]:
    """The places of the runs in red; unless ``all_of_it`` only those before and behind all text of other colours."""
    places = range(len(runs))
    if all_of_it:
        return {place for place in places if _is_red(text_page, firsts[place])}
    ends = (places, reversed(places))
    return {
        place for end in ends for place in itertools.takewhile(lambda place: _is_red(text_page, firsts[place]), end)
    }


def _is_red(text_page: Any, index: int) -> bool:
    return _reddish(*_colour(pdfium.FPDFText_GetTextObject(text_page, index), pdfium.FPDFPageObj_GetFillColor))


def _reddish(red: int, green: int, blue: int) -> bool:
    return red >= RED and max(green, blue) <= GREY * red and abs(green - blue) <= EVEN * red


def is_red_line(item: Handle) -> bool:
    """True for a path that is stroked in red."""
    return _reddish(*_colour(typed(item), pdfium.FPDFPageObj_GetStrokeColor))


def _extent(runs: Sequence[Run]) -> tuple[float, float, float, float]:
    """The box round the beginnings of runs, wider by their size."""
    size = max(run.size for run in runs)
    xs, ys = [run.x for run in runs], [run.y for run in runs]
    return min(xs) - size, min(ys) - size, max(xs) + size, max(ys) + size


def _crosses(run: Run, rules: Rules) -> bool:
    """True for an upright run that a rule goes through."""
    if run.direction:
        return False
    (start, end), size = run.ends(), run.size
    across, down = rules
    top, bottom = run.y - RISE * size / 2, run.y - FALL * size
    return any(top < rule.at < bottom and rule.start < start and end < rule.end for rule in across) or any(
        start + size / 2 < rule.at < end - size / 2 and rule.start < top and bottom < rule.end for rule in down
    )


def _grown(seal: set[int], red: set[int], runs: Sequence[Run]) -> set[int]:
    """A seal with the other runs in red that stand near one of it."""
    todo = list(seal)
    while todo:
        run = runs[todo.pop()]
        x0, y0, x1, y1 = _extent([run])
        far = (NEAR - 1) * run.size
        x1 += run.offsets[-1] if run.direction == 0 else 0.0
        for place in red - seal:
            if x0 - far <= runs[place].x <= x1 + far and y0 - far <= runs[place].y <= y1 + far:
                seal.add(place)
                todo.append(place)
    return seal


def _shade(text_page: Any, index: int) -> int:
    """The least of a character's red, green and blue as seen on white paper."""
    return min(_colour(pdfium.FPDFText_GetTextObject(text_page, index), pdfium.FPDFPageObj_GetFillColor))


def _colour(item: Any, of: Any) -> tuple[int, int, int]:
    """An object's red, green and blue, its transparency laid on white paper; black where the engine knows none."""
    parts = [ctypes.c_uint() for _ in range(4)]
    if not item or not of(item, *parts):
        return 0, 0, 0
    red, green, blue, alpha = (part.value for part in parts)
    return _on_paper(red, alpha), _on_paper(green, alpha), _on_paper(blue, alpha)


def _on_paper(colour: int, alpha: int) -> int:
    return 255 - alpha * (255 - colour) // 255


def _lies_across(mark: Run, other: Run) -> bool:
    """True where the middle of another text's line, both upright, runs through a mark."""
    if mark.direction or other.direction:
        return False
    height = other.y - LIFT * other.size
    (x0, x1), (start, end) = mark.ends(), other.ends()
    return mark.y - RISE * mark.size < height < mark.y and min(x1, end) > max(x0, start)
