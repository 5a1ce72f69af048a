"""From placed characters to lines of text: pure geometry, in page points from the top left.

Lines are told by the characters' origins on the baseline, never by their boxes: punctuation such as ``、`` and ``.``
has another box than the characters beside it.
"""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterable, Sequence

from parsing.grid import Box

SAME_LINE = 0.4
"""Share of the type size by which origins on one line may differ; lines stand at least one size apart."""

DOUBLED = 0.15
"""Share of the type size within which the same character twice is one, printed twice to look bold."""

WIDE_GAP = 1.0
"""Gap between two Chinese characters, in sizes, that is a space; below it is spread or justified setting."""

WORD_GAP = 0.3
"""The same beside a letter or digit where no space is printed."""


@dataclasses.dataclass(frozen=True, slots=True)
class Glyph:
    """One character as placed: box, origin on the baseline, size in points, and which way its line runs.

    ``direction`` counts quarter turns counter-clockwise from the usual left to right.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    origin_x: float
    origin_y: float
    size: float
    direction: int = 0

    @property
    def centre(self) -> tuple[float, float]:
        """A point that is certainly on the character's ink line: fonts state absurd heights, so not the box's."""
        lift = 0.35 * self.size
        if self.direction % 2 == 0:
            return (self.x0 + self.x1) / 2, self.origin_y - (lift if self.direction == 0 else -lift)
        return self.origin_x - (lift if self.direction == 1 else -lift), (self.y0 + self.y1) / 2


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One line of text with its box."""

    text: str
    box: Box


def turned(box: tuple[float, float, float, float], quarters: int, width: float, height: float) -> Box:
    """A box after the page, ``width`` x ``height`` before, was turned clockwise by that many quarters."""
    x0, y0, x1, y1 = box
    match quarters % 4:
        case 1:
            return Box(height - y1, x0, height - y0, x1)
        case 2:
            return Box(width - x1, height - y1, width - x0, height - y0)
        case 3:
            return Box(y0, width - x1, y1, width - x0)
    return Box(x0, y0, x1, y1)


def turned_glyph(glyph: Glyph, quarters: int, width: float, height: float) -> Glyph:
    """A character after the page was turned clockwise by that many quarters."""
    box = turned((glyph.x0, glyph.y0, glyph.x1, glyph.y1), quarters, width, height)
    origin = turned((glyph.origin_x, glyph.origin_y, glyph.origin_x, glyph.origin_y), quarters, width, height)
    return dataclasses.replace(
        glyph,
        x0=box.x0,
        y0=box.y0,
        x1=box.x1,
        y1=box.y1,
        origin_x=origin.x0,
        origin_y=origin.y0,
        direction=(glyph.direction - quarters) % 4,
    )


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines that characters make, top to bottom; those set sideways or upside down follow the upright ones."""
    by_direction: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        by_direction.setdefault(glyph.direction, []).append(glyph)
    lines: list[Line] = []
    for direction, group in sorted(by_direction.items()):
        upright = group if direction == 0 else [turned_glyph(glyph, direction, 0, 0) for glyph in group]
        for line in _lines(upright):
            box = line.box
            lines.append(Line(line.text, turned((box.x0, box.y0, box.x1, box.y1), -direction, 0, 0)))
    return lines


def _lines(glyphs: list[Glyph]) -> list[Line]:
    """The lines of upright characters."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.origin_y, glyph.origin_x)):
        if rows and glyph.origin_y - rows[-1][-1].origin_y <= SAME_LINE * min(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines = []
    for row in rows:
        printed = _without_doubles(sorted(row, key=lambda glyph: glyph.x0))
        if text := _text(printed):
            lines.append(Line(text, _box(printed)))
    return lines


def _without_doubles(row: list[Glyph]) -> list[Glyph]:
    """A line with each character once that was printed again in (almost) the same place."""
    kept: list[Glyph] = []
    for glyph in row:
        near = DOUBLED * glyph.size
        twin = any(
            glyph.text == other.text
            and abs(glyph.x0 - other.x0) <= near
            and abs(glyph.origin_y - other.origin_y) <= near
            for other in kept[-3:]
        )
        if not twin:
            kept.append(glyph)
    return kept


def _text(row: Sequence[Glyph]) -> str:
    """The characters of a line with single spaces where the setting shows one."""
    parts: list[str] = []
    before: Glyph | None = None
    spaced = False
    for glyph in row:
        if glyph.text.isspace():
            spaced = True
            continue
        if before is not None and _is_gap(before, glyph, spaced=spaced):
            parts.append(" ")
        parts.append(glyph.text)
        before, spaced = glyph, False
    return "".join(parts)


def _is_gap(left: Glyph, right: Glyph, *, spaced: bool) -> bool:
    """Whether a space stands between two neighbours; ``spaced`` when the file has a space character there.

    Between Chinese characters only the width counts: files print spaces there to spread a heading (合 计).
    """
    gap = (right.x0 - left.x1) / max(min(left.size, right.size), 0.1)
    if is_wide(left.text[-1]) and is_wide(right.text[0]):
        return gap >= WIDE_GAP
    if is_wide(left.text[-1]) or is_wide(right.text[0]):
        return gap >= WIDE_GAP or (spaced and gap >= WORD_GAP / 2)
    return gap >= WORD_GAP or (spaced and gap >= WORD_GAP / 2)


def is_wide(character: str) -> bool:
    """Whether a character is a Chinese character or full-width punctuation."""
    return unicodedata.east_asian_width(character) in "WF"


def _box(row: Sequence[Glyph]) -> Box:
    printed = [glyph for glyph in row if not glyph.text.isspace()]
    return Box(
        min(glyph.x0 for glyph in printed),
        min(glyph.y0 for glyph in printed),
        max(glyph.x1 for glyph in printed),
        max(glyph.y1 for glyph in printed),
    )
