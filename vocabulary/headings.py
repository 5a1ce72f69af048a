"""What headings of statement forms mean: words in a column's or a row's heading and the dimension they fix.

``headings.csv`` is tried in order within a dimension: the first word found in a heading decides, so the narrow
stand before the wide (政府性基金预算财政拨款 is a government fund before it is an appropriation).  ``skip`` marks
columns that hold no amount of the year itself: last year's figure, changes, percentages.  Values are those of
``line_items``.
"""

from __future__ import annotations

import dataclasses
import functools
import re

from gongkai.vocabulary.loading import load

DIMENSIONS = ("skip", "fund", "period", "spending")


@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """One word that fixes one dimension."""

    dimension: str
    value: str
    pattern: re.Pattern[str]


@functools.cache
def headings() -> tuple[Heading, ...]:
    """Every heading word, in the order of trial."""
    rows = load("headings.csv", ("dimension", "value", "pattern"), ("dimension", "value"))
    return tuple(Heading(row.choice("dimension", DIMENSIONS), row["value"], re.compile(row["pattern"])) for row in rows)


@functools.cache
def meaning(text: str, dimension: str) -> str | None:
    """The value a heading (compact: NFKC, no white space) fixes in a dimension; None when it says nothing of it."""
    fitting = (each for each in headings() if each.dimension == dimension and each.pattern.search(text))
    return next((each.value for each in fitting), None)
