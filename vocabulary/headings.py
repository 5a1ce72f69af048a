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
from typing import Literal, get_args, overload

from gongkai.vocabulary.dimensions import BASES, FUNDS, PERIODS, SKIPS, SPENDINGS, Basis, Fund, Period, Skip, Spending
from gongkai.vocabulary.loading import Row, load

Dimension = Literal["skip", "fund", "period", "spending", "basis"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
_VALUES: dict[Dimension, tuple[Skip | Fund | Period | Spending | Basis, ...]] = {
    "skip": SKIPS,
    "fund": FUNDS,
    "period": PERIODS,
    "spending": SPENDINGS,
    "basis": BASES,
}


@dataclasses.dataclass(frozen=True, slots=True)
class Heading:
    """One word that fixes one dimension."""

    dimension: Dimension
    value: Skip | Fund | Period | Spending | Basis
    pattern: re.Pattern[str]


@functools.cache
def headings() -> tuple[Heading, ...]:
    """Every heading word, in the order of trial."""
    rows = load("headings.csv", ("dimension", "value", "pattern"), ("dimension", "value"))
    return tuple(map(_heading, rows))


def _heading(row: Row) -> Heading:
    dimension = row.choice("dimension", DIMENSIONS)
    return Heading(dimension, row.choice("value", _VALUES[dimension]), re.compile(row["pattern"]))


@overload
def meaning(text: str, dimension: Literal["fund"]) -> Fund | None: ...
@overload
def meaning(text: str, dimension: Literal["period"]) -> Period | None: ...
@overload
def meaning(text: str, dimension: Literal["spending"]) -> Spending | None: ...
@overload
def meaning(text: str, dimension: Literal["basis"]) -> Basis | None: ...
@overload
def meaning(text: str, dimension: Literal["skip"]) -> Skip | None: ...
@functools.cache
def meaning(text: str, dimension: Dimension) -> str | None:
    """The value a heading (compact: NFKC, no white space) fixes in a dimension; None when it says nothing of it."""
    fitting = (each for each in headings() if each.dimension == dimension and each.pattern.search(text))
    return next((each.value for each in fitting), None)
