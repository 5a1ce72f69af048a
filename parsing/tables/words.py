"""The words of budget tables, given to the readers of formats that have nothing else to tell a table by.

A heading holds a ``heading`` word somewhere; a line with a ``caption`` word stands above or between tables and belongs
to none; a column headed by a ``total`` word opens a group of amounts; an ``amount`` may be told by its unit (35万元).
"""

from __future__ import annotations

import re

from gongkai.parsing.formats.layout.words import AMOUNT, TableWords
from gongkai.parsing.text.amounts import UNITS
from gongkai.vocabulary.word_lists import any_of

_LISTS = "table_words.csv"

_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))

TABLE_WORDS = TableWords(
    heading=re.compile(any_of(_LISTS, "heading")),
    caption=re.compile(any_of(_LISTS, "caption")),
    total=re.compile(any_of(_LISTS, "total")),
    amount=re.compile(rf"{AMOUNT.pattern}|\d\s*(?:{_UNIT})"),
)
