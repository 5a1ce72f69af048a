"""Text that is laid over a page and is none of its print: slanted words, and large pale ones across other text."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

import pypdfium2.raw as pdfium

from gongkai.parsing.formats.layout.typesetting import LIFT, RISE, Run

LARGE = 1.2
"""Share of the page's usual type size from which pale text can be a watermark; type of a table is not so large."""

PALE = 150
"""The least of red, green and blue (0 to 255), as seen on white paper, of text that is pale."""

MOST = 0.5
"""Share of a page's characters from which slanted ones are its print, on a page that is itself askew."""

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


def _shade(text_page: Any, index: int) -> int:
    """The least of a character's red, green and blue, its transparency laid on white paper."""
    item = pdfium.FPDFText_GetTextObject(text_page, index)
    parts = [ctypes.c_uint() for _ in range(4)]
    if not item or not pdfium.FPDFPageObj_GetFillColor(item, *parts):
        return 0
    *colours, alpha = (part.value for part in parts)
    return 255 - alpha * (255 - min(colours)) // 255


def _lies_across(mark: Run, other: Run) -> bool:
    """True where the middle of another text's line, both upright, runs through a mark."""
    if mark.direction or other.direction:
        return False
    height = other.y - LIFT * other.size
    (x0, x1), (start, end) = mark.ends(), other.ends()
    return mark.y - RISE * mark.size < height < mark.y and min(x1, end) > max(x0, start)
