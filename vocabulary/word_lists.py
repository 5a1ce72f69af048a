"""Lists of printed words: which words of documents say one thing, as CSV files of one shape.

``numbering.csv`` and its siblings hold one row per word: the list it is on, the word as a pattern over text without
white space and in NFKC, and a note on where it is printed or why it is listed.  Lists keep the order of their file,
for a pattern built from one tries its words in order.  How words combine is grammar and belongs to the module that
reads them; it builds its patterns once, when it is imported.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping

from gongkai.vocabulary.loading import load

COLUMNS = ("list", "pattern", "note")


@functools.cache
def word_lists(file: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of ``file`` by name, each in the order of the file."""
    found: dict[str, list[str]] = {}
    for row in load(file, COLUMNS, ("list", "pattern")):
        try:
            re.compile(row["pattern"])
        except re.error as error:
            raise row.refused(f"pattern {row['pattern']!r} is no regular expression: {error}") from error
        found.setdefault(row["list"], []).append(row["pattern"])
    return {name: tuple(patterns) for name, patterns in found.items()}


def words(file: str, name: str) -> tuple[str, ...]:
    """One list.  Raises KeyError where the file has no list of that name."""
    return word_lists(file)[name]


def any_of(file: str, *names: str) -> str:
    """The source of a pattern that fits any word of the lists: ``(?:部分|章|节)``."""
    return f"(?:{'|'.join(word for name in names for word in words(file, name))})"
