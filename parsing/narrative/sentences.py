"""A paragraph as one comparable text, every letter of it leading back to the line it was printed in.

Comparable: white space, quotation marks and raised digits removed, brackets, digits and the colon in their narrow
forms, the comma of a sentence told from the comma in a number (``，`` stays wide).
"""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Iterator, Sequence

from gongkai.parsing.narrative.paragraphs import Paragraph
from gongkai.parsing.text.grid import Box, TextLine

_DROPPED = frozenset("“”\"'‘’「」『』《》*#")
_OPENING = frozenset("“‘「『《")
SPAN = 1 << 32
"""More than the letters of any line."""
_RAISED = frozenset("\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079")
"""Marks of footnotes, which NFKC would make digits of the number before them: 412.16¹万元."""
_ENDS = re.compile(r"[。！？!?]")


@dataclasses.dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; ``plain[i]`` is character ``at`` of ``lines[number]``: number, at = divmod(places[i], SPAN)."""

    plain: str
    places: Sequence[int]
    lines: tuple[TextLine, ...]

    def printed(self, start: int = 0, end: int | None = None) -> str:
        """``plain[start:end]`` as printed, an opening quotation mark before it included; line breaks left out."""
        places = self.places[start:end]
        if not places:
            return ""
        (first, begin), (last, stop) = divmod(places[0], SPAN), divmod(places[-1], SPAN)
        if begin and self.lines[first].text[begin - 1] in _OPENING:
            begin -= 1
        parts = []
        for number in range(first, last + 1):
            text = self.lines[number].text
            parts.append(text[begin if number == first else 0 : stop + 1 if number == last else len(text)].strip())
        return "".join(parts)

    def line(self, position: int) -> TextLine:
        """The line that ``plain[position]`` is printed in."""
        return self.lines[self.places[position] // SPAN]

    def page(self, position: int) -> int | None:
        return self.line(position).page

    def box(self, position: int) -> Box | None:
        """The box of the whole line."""
        return self.line(position).box


def sentences(paragraph: Paragraph) -> Iterator[Sentence]:
    """The sentences of a paragraph, the full stop with the sentence it ends."""
    letters, places = _letters(paragraph.lines)
    start = 0
    for match in _ENDS.finditer(letters):
        yield Sentence(letters[start : match.end()], places[start : match.end()], paragraph.lines)
        start = match.end()
    if start < len(letters):
        yield Sentence(letters[start:], places[start:], paragraph.lines)


def _letters(lines: tuple[TextLine, ...]) -> tuple[str, list[int]]:
    letters: list[str] = []
    places: list[int] = []
    for number, line in enumerate(lines):
        text, first = line.text, number * SPAN
        letters.append(text.translate(_PLAIN))
        if _PLAIN.uneven.isdisjoint(text):
            places += range(first, first + len(text))
        else:
            places += [place for place, code in enumerate(map(ord, text), first) for _ in _PLAIN[code]]
    return "".join(letters), places


class _Plain(dict[int, str]):
    """Maps each letter to what it is in a comparable text, which is worked out when the letter is first met."""

    def __init__(self) -> None:
        super().__init__()
        self.uneven: set[str] = set()
        """Letters that become none, or several."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = self[code] = _plain(character)
        if len(plain) != 1:
            self.uneven.add(character)
        return plain


_PLAIN = _Plain()


def _plain(character: str) -> str:
    if character.isspace() or character in _DROPPED or character in _RAISED:
        return ""
    if character == "，":
        return character
    if "①" <= character <= "⑳":
        return f"({unicodedata.normalize('NFKC', character)})"
    return "".join(unicodedata.normalize("NFKC", character).split())
