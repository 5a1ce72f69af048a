"""Fiscal years in titles: of the years that one names, the one that its 预算 or 决算 belongs to.

2023年度部门决算（2024年公开） is of 2023: 2024 is bound to nothing.  A title that binds two years (2024-2025年部门预算)
is of neither, and so says nothing.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.coded_names import NO_YEAR
from gongkai.vocabulary.word_lists import any_of, words

_FILE = "publisher.csv"
_ZERO = words(_FILE, "zero")[0]
_DIGIT = f"(?:[{''.join(words('numbering.csv', 'numeral'))}]|{_ZERO})"
_IN_CHINESE = re.compile(rf"{any_of(_FILE, 'millennium')}{_ZERO}{_DIGIT}{{2}}(?={any_of(_FILE, 'of_year')})")
_WITH_WORD = rf"20\d{{2}}{any_of(_FILE, 'of_year')}"
_BARE = rf"(?<!\d)20\d{{2}}{any_of(_FILE, 'short_year')}(?=[\u4e00-\u9fff]){NO_YEAR}"
FISCAL_YEAR = rf"(?:{_WITH_WORD}|{_BARE})(?!{any_of(_FILE, 'day_of')})"
"""Source of a pattern for a year with 年, or bare before a word; a month behind it makes another thing of it."""
UP_TO_NEXT_YEAR = r"(?:(?!20\d{2}).)"
_SIDES = any_of("sides.csv", "both", "revenue", "expenditure")
_STATED = f"(?:{_SIDES}|{any_of(_FILE, 'approved', 'executed', 'titled_thing')})"
_BOUND = re.compile(rf"({FISCAL_YEAR}){UP_TO_NEXT_YEAR}{{0,40}}?{_STATED}(?P<execution>{any_of(_FILE, 'execution')})?")
_ASIDE = re.compile(r"\([^()]*\)")
BEGUN_RANGE = rf"(20\d{{2}})(?:{any_of(_FILE, 'of_year')})?{any_of(_FILE, 'between_years')}$"
"""Source of a pattern for the first of two years: 2024- before 2025年."""
_RANGE = re.compile(BEGUN_RANGE)


@functools.lru_cache(maxsize=8_192)
def with_digits(text: str) -> str:
    """``text`` with the years that it writes in Chinese numerals (二〇二五年) in digits."""
    return _IN_CHINESE.sub(lambda found: "".join(map(_digit, found[0])), text)


def _digit(character: str) -> str:
    numeric = unicodedata.numeric(character, None)
    return str(int(numeric)) if numeric is not None else "0"


@functools.lru_cache(maxsize=8_192)
def fiscal_years(text: str) -> frozenset[int]:
    """The years that a title binds to its figures; one in brackets (含2023年决算数) counts where no other is bound."""
    plain = with_digits(compact(text))
    return _bound(_ASIDE.sub("", plain)) or _bound(plain)


def _bound(plain: str) -> frozenset[int]:
    """Bound years; that of last year's execution (2024年预算执行情况) counts where it stands alone."""
    bound: set[int] = set()
    executed: set[int] = set()
    for found in _BOUND.finditer(plain):
        years = bound if found["execution"] is None else executed
        years.add(int(found[1][:4]))
        if first := _RANGE.search(plain, 0, found.start()):
            years.add(int(first[1]))
    return frozenset(bound or executed)
