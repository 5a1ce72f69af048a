"""Names of rows and columns as identities read them: a sum, a part named beside the others, money carried over.

The words are ``vocabulary/identities.csv``.
"""

from __future__ import annotations

import functools
import re

from gongkai.parsing.text.numbering import without_enumerator
from gongkai.parsing.text.totals import SUM
from gongkai.vocabulary.word_lists import any_of

FILE = "identities.csv"

_SUM_COLUMN = re.compile(
    rf"{any_of(FILE, 'sum_column_of')}?{SUM}{any_of(FILE, 'sum_column_tail')}?|{any_of(FILE, 'whole_column')}"
)
_BESIDE = re.compile(any_of(FILE, "beside"))
_CARRIED = re.compile(any_of(FILE, "carried"))
_OTHER_ROW = re.compile(any_of(FILE, "other_row"))
_CATEGORY_END = re.compile(rf"{any_of(FILE, 'category_end')}?{any_of('wordings.csv', 'spending')}?$")


def is_sum_column(name: str) -> bool:
    """True for the heading of a column that sums the columns beside it: 小计, 资金总额."""
    return _SUM_COLUMN.fullmatch(name) is not None


def is_beside(name: str) -> bool:
    """True for a part that is named beside the parts that make up the whole: 其中：政府采购."""
    return _BESIDE.fullmatch(name) is not None


def is_carried_over(name: str) -> bool:
    """True for a row of money left from the year before: 上年结转."""
    return _CARRIED.search(name) is not None


def is_minor(name: str) -> bool:
    """True for a row that is only a part of the one above it: 其中：国内接待费, 其他."""
    return _OTHER_ROW.match(name) is not None


@functools.lru_cache(maxsize=8_192)
def category_name(label: str) -> str:
    """A functional category's name as balances and tables print it, made comparable."""
    return _CATEGORY_END.sub("", without_enumerator(label))
