"""A code and its name in one cell: ``2010301-行政运行``, ``[323]某局``."""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from gongkai.parsing.text.numbering import enumerator
from gongkai.vocabulary.word_lists import any_of

NO_YEAR = rf"(?!{any_of('numbering.csv', 'year')})"
"""Source of a pattern that digits before 年 do not fit: they are a year, and no code."""
_CODE = r"[\[【(（]?((?!(?:19|20)\d{2}(?!\d))\d{3,9})[\]】)）]?"
"""No code has the four digits of a year: 2026高质量发展项目."""
_CODED = re.compile(rf"{_CODE}(?:[-—–_]{{1,2}}| ?{NO_YEAR})([\u4e00-\u9fff“(（].*)")
_UNIT_CODE = re.compile(r"^[\[【(（]\d{3,9}[\]】)）]")


class CodedName(NamedTuple):
    """The digits that a cell prints, and the name behind them."""

    code: str
    name: str


@functools.lru_cache(maxsize=8_192)
def coded_name(text: str) -> CodedName | None:
    """Code and name of a text without white space; None where it is not both (``2025年…`` is a year).

    A number in Chinese numerals may stand before the code: ``一、20707-国家电影事业发展专项资金安排的支出``.
    """
    number = enumerator(text)
    listed = number is not None and number.style in ("numeral", "bracketed_numeral")
    found = _CODED.fullmatch(text[number.length :] if number is not None and listed else text)
    return CodedName(found[1], found[2]) if found else None


def without_unit_code(text: str) -> str:
    """A text without the unit's code in brackets that it begins with (``[323]``)."""
    return _UNIT_CODE.sub("", text)


def overlapped(first: str, second: str) -> str:
    """Two halves of a cut text; what both print is printed once."""
    for size in range(min(len(first), len(second)), 1, -1):
        if first.endswith(second[:size]):
            return first + second[size:]
    return first + second
