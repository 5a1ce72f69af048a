"""Headings of statement forms and their meaning: words in a column's or a row's heading and the dimension they fix.

Within a dimension the longest word found in a heading decides: 政府性基金预算财政拨款 is a government fund rather than
an appropriation.  ``skip`` marks
columns that hold no amount of their form: percentages, what is to be procured.  Values are those of
``line_items``.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from typing import Literal, get_args, overload

from gongkai.vocabulary.dimensions import (
    BASES,
    FUNDS,
    PERIODS,
    SKIPS,
    SPENDINGS,
    Fund,
    Period,
    Skip,
    Spending,
    StatedBasis,
)
from gongkai.vocabulary.loading import Row, load

_LEFT_OUT = re.compile(r"(不含|不包括)[^()（）]*|[(（]除[^()（）]*[)）]")
"""Part of a heading that names what its amounts do not hold: （按经济分类科目-不含上年结转）."""

Dimension = Literal["skip", "fund", "period", "spending", "basis"]
DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)
_VALUES: dict[Dimension, tuple[Skip | Fund | Period | Spending | StatedBasis, ...]] = {
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
    value: Skip | Fund | Period | Spending | StatedBasis
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
def meaning(text: str, dimension: Literal["basis"]) -> StatedBasis | None: ...
@overload
def meaning(text: str, dimension: Literal["skip"]) -> Skip | None: ...
@functools.cache
def meaning(text: str, dimension: Dimension) -> str | None:
    """The value a heading (compact: NFKC, no white space) fixes in a dimension; None when it says nothing of it.

    The longest word found decides, the first of the list among equals: 国有资本经营收入 is no 经营收入.  What a heading
    leaves out is taken off first: 事业收入(不含教育收费) is no 教育收费.
    """
    named = _LEFT_OUT.sub("", text)
    best: tuple[int, str | None] = (0, None)
    for each in _of(dimension):
        for match in each.pattern.finditer(named):
            best = max(best, (match.end() - match.start(), each.value), key=lambda found: found[0])
    return best[1]


@functools.cache
def _of(dimension: Dimension) -> tuple[Heading, ...]:
    return tuple(each for each in headings() if each.dimension == dimension)
