"""Words that tell a budget table where nothing is ruled: of its heading, of its caption, of a total.

``table_words.csv`` holds one pattern per row.  A heading holds a ``heading`` word somewhere; a line with a ``caption``
word stands above or between tables and belongs to none; a column headed by a ``total`` word opens a group of amounts.
"""

from __future__ import annotations

import functools
import re

from gongkai.vocabulary.loading import load

SIGNS = ("heading", "caption", "total")


@functools.cache
def table_words(sign: str) -> re.Pattern[str]:
    """All words of one sign as one pattern."""
    rows = load("table_words.csv", ("sign", "pattern"), ("sign", "pattern"))
    return re.compile("|".join(row["pattern"] for row in rows if row.choice("sign", SIGNS) == sign))
