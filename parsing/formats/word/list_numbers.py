"""Numbers that Word sets before paragraphs itself, and that the text of a document does not hold (一、 1. ①).

ECMA-376 part 1, section 17.9.  A list's definition (``abstractNum``) gives each of its levels a format and the text
around the number; a paragraph, or its style, names a list and a level.  Bullets, pictures and formats that number
nothing in budgets print no number here.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from lxml import etree

from gongkai.parsing.formats.word.wordml import W, is_on, number_of, value_of

_PLACE = re.compile(r"%([1-9])")
_LONGEST = 40
"""Letters around a number; a longer text, which each paragraph would repeat, numbers nothing."""
_LETTERS, _MOST_CIRCLED = 26, 20
_NUMERALS, _TEN = "一二三四五六七八九", "十"
_CHINESE = frozenset(
    f"{script}{way}"
    for script in ("chinese", "taiwanese", "japanese", "ideograph")
    for way in ("Counting", "CountingThousand", "Digital", "DigitalTenThousand")
)
_CIRCLED = frozenset(("decimalEnclosedCircle", "decimalEnclosedCircleChinese"))
_DECIMAL = frozenset(("decimal", "decimalFullWidth", "decimalHalfWidth"))


@dataclasses.dataclass(frozen=True, slots=True)
class _Level:
    """A level of a list: the number it starts with, its kind of digits, the text around its number and those above."""

    start: int
    digits: str
    text: str
    style: str | None
    is_legal: bool

    @classmethod
    def of(cls, element: etree._Element) -> _Level:
        start = element.find(f"{W}start")
        return cls(
            start=number_of(start) if start is not None else 1,
            digits=value_of(element.find(f"{W}numFmt")) or "decimal",
            text=value_of(element.find(f"{W}lvlText")) or "",
            style=value_of(element.find(f"{W}pStyle")),
            is_legal=is_on(element.find(f"{W}isLgl")),
        )


class ListNumbers:
    """The numbers of a document's paragraphs, which are asked for in the document's order."""

    def __init__(self, numbering: etree._Element | None = None, styles: etree._Element | None = None) -> None:
        self._levels: dict[str, dict[int, _Level]] = {}
        """The levels of each list, by its ``numId``."""
        self._counted_with: dict[str, str] = {}
        """The definition of each list: lists of one definition count on."""
        self._restarts: dict[str, dict[int, int]] = {}
        self._of_styles: dict[str, tuple[str, int | None]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if numbering is not None:
            self._take(numbering)
        if styles is not None:
            self._of_styles = _lists_of_styles(styles)

    def _take(self, numbering: etree._Element) -> None:
        defined = {
            each.get(f"{W}abstractNumId", ""): {_place(level): _Level.of(level) for level in each.iterfind(f"{W}lvl")}
            for each in numbering.iterfind(f"{W}abstractNum")
        }
        for each in numbering.iterfind(f"{W}num"):
            name, definition = each.get(f"{W}numId", ""), value_of(each.find(f"{W}abstractNumId")) or ""
            levels, restarts = dict(defined.get(definition, {})), {}
            for override in each.iterfind(f"{W}lvlOverride"):
                if (level := override.find(f"{W}lvl")) is not None:
                    levels[_place(override)] = _Level.of(level)
                if (start := override.find(f"{W}startOverride")) is not None:
                    restarts[_place(override)] = number_of(start)
            self._levels[name], self._counted_with[name], self._restarts[name] = levels, definition, restarts

    def before(self, paragraph: etree._Element) -> str:
        """The number before a paragraph, with the text around it; empty where it has none."""
        name, place = self._list_of(paragraph)
        level = self._levels.get(name, {}).get(place)
        if level is None or len(level.text) > _LONGEST:
            return ""
        counts = self._counts.setdefault(self._counted_with[name], {})
        for each, start in self._restarts.pop(name, {}).items():
            counts[each] = start - 1
        counts[place] = counts.get(place, level.start - 1) + 1
        for deeper in [each for each in counts if each > place]:
            del counts[deeper]
        return self._printed(level, self._levels[name], counts)

    def _list_of(self, paragraph: etree._Element) -> tuple[str, int]:
        properties = paragraph.find(f"{W}pPr")
        if properties is None:
            return "", 0
        style = value_of(properties.find(f"{W}pStyle")) or ""
        of_style, place_of_style = self._of_styles.get(style, ("", None))
        own = properties.find(f"{W}numPr")
        name = value_of(own.find(f"{W}numId")) if own is not None else None
        place = own.find(f"{W}ilvl") if own is not None else None
        if place is not None:
            return name or of_style, number_of(place)
        if name is not None and name != of_style:
            return name, 0
        levels = self._levels.get(of_style, {})
        linked = next((each for each, level in levels.items() if level.style == style), None)
        return of_style, linked if linked is not None else place_of_style or 0

    @staticmethod
    def _printed(level: _Level, levels: dict[int, _Level], counts: dict[int, int]) -> str:
        numbers: list[str | None] = []
        for place in map(int, _PLACE.findall(level.text)):
            other = levels.get(place - 1, level)
            digits = "decimal" if level.is_legal else other.digits
            numbers.append(_formed(counts.get(place - 1, other.start), digits))
        if not numbers or None in numbers:
            return ""
        each: Iterator[str | None] = iter(numbers)
        return _PLACE.sub(lambda _: next(each) or "", level.text).strip()


def _place(element: etree._Element) -> int:
    value = element.get(f"{W}ilvl", "0")
    return int(value) if value.isdecimal() and len(value) == 1 else 0


def _formed(number: int, digits: str) -> str | None:
    """A number in a format of Word's; None in one that prints none, or that budgets do not use."""
    if digits in _DECIMAL:
        return str(number)
    if digits in _CHINESE:
        return _numeral(number)
    if digits in _CIRCLED:
        return chr(ord("①") + number - 1) if 0 < number <= _MOST_CIRCLED else None
    if digits in ("upperLetter", "lowerLetter") and 0 < number <= _LETTERS:
        return chr(ord("A" if digits == "upperLetter" else "a") + number - 1)
    return None


def _numeral(number: int) -> str | None:
    """A number from 1 to 99 in Chinese numerals; None for every other."""
    tens, ones = divmod(number, 10)
    if not 0 < number < 100:
        return None
    ten = "" if tens == 0 else _TEN if tens == 1 else _NUMERALS[tens - 1] + _TEN
    return ten + (_NUMERALS[ones - 1] if ones else "")


def _lists_of_styles(styles: etree._Element) -> dict[str, tuple[str, int | None]]:
    """Style id to its list and level, those of the style it is based on where it has none."""
    own: dict[str, tuple[str, int | None]] = {}
    parents: dict[str, str] = {}
    for style in styles.iter(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        numbered = style.find(f"{W}pPr/{W}numPr")
        if numbered is not None and (of_list := value_of(numbered.find(f"{W}numId"))) is not None:
            place = numbered.find(f"{W}ilvl")
            own[name] = of_list, number_of(place) if place is not None else None
        if (parent := value_of(style.find(f"{W}basedOn"))) is not None:
            parents[name] = parent
    found: dict[str, tuple[str, int | None]] = {}
    for name in {*own, *parents}:
        base, seen = name, {name}
        while base not in own and base in parents and parents[base] not in seen:
            base = parents[base]
            seen.add(base)
        if base in own:
            found[name] = own[base]
    return found
