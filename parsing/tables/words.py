"""The words of budget tables, given to the readers of formats that have nothing else to tell a table by.

A heading holds a ``heading`` word somewhere; a line with a ``caption`` word stands above or between tables and belongs
to none; a column headed by a ``total`` word opens a group of amounts.
"""

from __future__ import annotations

import re

from gongkai.parsing.formats.layout.words import TableWords
from gongkai.vocabulary.word_lists import any_of

_LISTS = "table_words.csv"

TABLE_WORDS = TableWords(*(re.compile(any_of(_LISTS, name)) for name in ("heading", "caption", "total")))
