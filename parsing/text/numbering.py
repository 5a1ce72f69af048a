"""Every number that stands before a name: 一、 （一） 1. 1） (1) ① 第一部分 附件1 表3-1.

An *enumerator* is read in one place, so that a title, a row and a paragraph agree on where a name begins.  Text may
be as printed or compact (NFKC, no white space); in compact text ① has become a bare digit and is none.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Literal, NamedTuple

from gongkai.vocabulary.word_lists import any_of, words

Style = Literal["part", "clause", "exhibit", "numeral", "bracketed_numeral", "digits", "bracketed_digits", "circled"]
"""第一部分 · 第一条 · 附件1 · 一、 · （一） · 1. · (1) · ①; ``一）`` and ``1）`` are bracketed too."""


class Enumerator(NamedTuple):
    """A number before a name: its style, its value (0 where it has none) and how many characters it takes."""

    style: Style
    number: int
    length: int


_FILE = "numbering.csv"
_TEN = words(_FILE, "ten")[0]
_ONE_TO_NINE = f"[{''.join(words(_FILE, 'numeral'))}]"
_NUMERAL = f"{_ONE_TO_NINE}?{_TEN}{_ONE_TO_NINE}?|{_ONE_TO_NINE}"
_SMALL = rf"{_NUMERAL}|\d{{1,2}}"
_OPENS = any_of(_FILE, "part_opens")
_YEAR = rf"(?=20\d\d{any_of(_FILE, 'year')})"
_STYLES: dict[Style, str] = {
    "part": rf"{_OPENS}({_SMALL}){any_of(_FILE, 'part')}",
    "clause": rf"{_OPENS}({_SMALL}){any_of(_FILE, 'clause')}",
    "exhibit": rf"{any_of(_FILE, 'exhibit')}[(（]?({_NUMERAL}|\d{{1,3}})(?:-\d{{1,2}})?[)）]?[:：、.．]?"
    rf"|{any_of(_FILE, 'unnumbered_exhibit')}[:：]",
    "numeral": rf"({_NUMERAL})[、.．:：]",
    "bracketed_numeral": rf"[(（]?({_NUMERAL})[)）]",
    # a code of three digits stands in brackets too, and a decimal point before digits
    "digits": rf"(\d{{1,3}})(?:、|[.．:：](?!\d)|[.．]{_YEAR})",
    "bracketed_digits": r"[(（]?(\d{1,2})[)）]",
    "circled": r"([①-⑳])(?:、|[.．:：])?",
}
_OF_THE_TEXT: tuple[Style, ...] = ("part", "clause")
"""Styles that number the parts of a text, never the entries of a list."""
ROW_STYLES: tuple[Style, ...] = ("numeral", "bracketed_numeral", "digits", "bracketed_digits", "circled")
"""Styles that number the rows of a table."""
_ENUMERATOR = re.compile("|".join(f"(?P<{style}>{pattern})" for style, pattern in _STYLES.items()))
_FORM_NUMBER = re.compile(any_of(_FILE, "form_number"))
_OF_WHICH = re.compile(rf"{any_of(_FILE, 'of_which')}[:：]?")


@functools.lru_cache(maxsize=16_384)
def enumerator(text: str) -> Enumerator | None:
    """The number that ``text`` begins with; None where it begins with none."""
    found = _ENUMERATOR.match(text)
    if found is None:
        return None
    style: Style = found.lastgroup  # type: ignore[assignment]
    digits = next((group for group in found.groups()[found.re.groupindex[style] :] if group), "")
    return Enumerator(style, _value(digits), found.end())


def _value(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition(_TEN)
    return (10 * _digit(tens, 1) if ten else 0) + _digit(ones, 0)


def _digit(character: str, blank: int) -> int:
    return int(unicodedata.numeric(character)) if character else blank


@functools.lru_cache(maxsize=16_384)
def without_enumerator(text: str, *, parts: bool = False) -> str:
    """``text`` without the numbers before it (``（一）1.``) and white space around it; empty where it is but numbers.

    第一部分 and 第一条 stay, for they belong to what they head; ``parts`` removes them too.
    """
    rest = text.strip()
    while (found := enumerator(rest)) and (parts or found.style not in _OF_THE_TEXT):
        rest = rest[found.length :].lstrip()
    return rest


def without_of_which(text: str) -> str:
    """``text`` without the 其中 it begins with."""
    found = _OF_WHICH.match(text)
    return text[found.end() :] if found else text


def entry(text: str) -> Enumerator | None:
    """The number of a row in a list, which 其中 may open: 其中：（1）.  附表1 names a whole table and is none."""
    found = enumerator(text) or enumerator(without_of_which(text))
    return found if found is not None and found.style in ROW_STYLES else None


def is_entry(text: str) -> bool:
    """True for a row of a list: a name with a number of a row's style."""
    return entry(text) is not None


def is_numbered(text: str) -> bool:
    """True for a heading or paragraph with a number of any style."""
    return enumerator(text) is not None


def is_at_top(text: str) -> bool:
    """True for a row numbered at the top level of its table (一、…)."""
    found = enumerator(text)
    return found is not None and found.style == "numeral"


def is_form_number(text: str) -> bool:
    """True for the number that a template gives a form and nothing else: 公开01表, 附件2, (表3-1)."""
    return _FORM_NUMBER.fullmatch(text) is not None
