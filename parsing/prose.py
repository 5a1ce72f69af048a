"""A paragraph as one comparable text, every letter of it leading back to the line it was printed in.

Comparable: white space and quotation marks removed, brackets, digits and the colon in their narrow forms, the comma of
a sentence told from the comma in a number (``，`` stays wide).
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from collections.abc import Iterator

from parsing.grid import Box, TextLine
from parsing.narrative import Paragraph

_DROPPED = frozenset("“”\"'‘’「」『』《》*#")
_OPENING = frozenset("“‘「『《")
_ENDS = re.compile(r"[。！？!?]")


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``plain[i]`` stands in ``lines[places[i][0]]`` at character ``places[i][1]``."""

    plain: str
    places: tuple[tuple[int, int], ...]
    lines: tuple[TextLine, ...]

    def printed(self, start: int = 0, end: int | None = None) -> str:
        """``plain[start:end]`` as printed, an opening quotation mark before it included; line breaks left out."""
        places = self.places[start:end]
        if not places:
            return ""
        (first, begin), (last, stop) = places[0], places[-1]
        if begin and self.lines[first].text[begin - 1] in _OPENING:
            begin -= 1
        parts = []
        for number in range(first, last + 1):
            text = self.lines[number].text
            parts.append(text[begin if number == first else 0 : stop + 1 if number == last else len(text)].strip())
        return "".join(parts)

    def line(self, position: int) -> TextLine:
        """The line that ``plain[position]`` is printed in."""
        return self.lines[self.places[position][0]]

    def page(self, position: int) -> int | None:
        return self.line(position).page

    def box(self, position: int) -> Box | None:
        """The box of the whole line."""
        return self.line(position).box


def sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    """The sentences of a paragraph, the full stop with the sentence it ends."""
    letters, places = _letters(paragraph.lines)
    start = 0
    for found in _ENDS.finditer(letters):
        yield Sentence(letters[start : found.end()], tuple(places[start : found.end()]), paragraph.lines)
        start = found.end()
    if start < len(letters):
        yield Sentence(letters[start:], tuple(places[start:]), paragraph.lines)


def _letters(lines: tuple[TextLine, ...]) -> tuple[str, list[tuple[int, int]]]:
    letters: list[str] = []
    places: list[tuple[int, int]] = []
    for number, line in enumerate(lines):
        for position, character in enumerate(line.text):
            for letter in _plain(character):
                letters.append(letter)
                places.append((number, position))
    return "".join(letters), places


@functools.lru_cache(maxsize=8_192)
def _plain(character: str) -> str:
    if character.isspace() or character in _DROPPED:
        return ""
    if character == "，":
        return character
    if "①" <= character <= "⑳":
        return f"({unicodedata.normalize('NFKC', character)})"
    return "".join(unicodedata.normalize("NFKC", character).split())
