"""Words that say that an amount sums others: 合计, 总计, 小计, 共计, and the names of rows made of them."""

from __future__ import annotations

import functools
import re

from gongkai.vocabulary.word_lists import any_of

_FILE = "totals.csv"
SUM = any_of(_FILE, "sum")
"""Source of a pattern for the bare words."""
SIDE = any_of("sides.csv", "revenue", "expenditure")
"""Source of a pattern for what is summed: 收入, 支出."""
_SUM = re.compile(SUM)
_ENDS_IN_SUM = re.compile(rf".*{SUM}")
_TOTAL = re.compile(
    rf"{any_of(_FILE, 'this_year')}?{any_of(_FILE, 'appropriation')}?"
    rf"({SIDE}|{any_of('sides.csv', 'both')}|{any_of(_FILE, 'sum_of')})?"
    rf"[(（]?{SUM}{any_of(_FILE, 'tail')}?[)）]?[:：]?"
)
_SIDE_OF_YEAR = re.compile(rf"{any_of(_FILE, 'this_year')}{SIDE}")


def is_side_of_year(label: str) -> bool:
    """True for a side's name of this year alone (本年支出): whatever is numbered below it, it holds that."""
    return _SIDE_OF_YEAR.fullmatch(label) is not None


def is_sum(text: str) -> bool:
    """True for a bare word of a sum (compact text)."""
    return _SUM.fullmatch(text) is not None


def ends_in_sum(text: str) -> bool:
    """True for a name that ends in a word of a sum (货物小计)."""
    return _ENDS_IN_SUM.fullmatch(text) is not None


@functools.lru_cache(maxsize=8_192)
def is_total(label: str) -> bool:
    """True for the row that sums its table (合计, 总计, 支出合计, 收入总计)."""
    return _TOTAL.fullmatch(label) is not None
