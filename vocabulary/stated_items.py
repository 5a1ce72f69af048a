"""Items that narratives name amounts for: the closed vocabulary of ``claims.item``.

``stated_items.csv`` holds one row per item: the patterns of its names, the fund and direction the name itself fixes
(blank where the sentence or its heading decides), and whether an amount of money or a count of things is stated of it.
Patterns are matched in text with white space and quotation marks removed and brackets and digits in their narrow
forms; of several that fit at one place the longest wins.
Functional and economic classes are items by their own names and codes and are not in the list: ``function``,
``economic`` and ``government_economic``.  Source of the names: the Ministry of Finance's templates for the
explanations of departmental budgets and final accounts, and the provinces' wordings of them as published.
"""

from __future__ import annotations

import dataclasses
import functools
import re

from gongkai.vocabulary.classification import ECONOMIC, FUNCTIONAL, GOVERNMENT_ECONOMIC
from gongkai.vocabulary.dimensions import DIRECTIONS, FUNDS, Direction, Fund
from gongkai.vocabulary.loading import load

_OF_CLASSES = {FUNCTIONAL: "function", ECONOMIC: "economic", GOVERNMENT_ECONOMIC: "government_economic"}
CLASSES = tuple(_OF_CLASSES.values())
"""Items that a code or a name of the classification names."""


@dataclasses.dataclass(frozen=True, slots=True)
class StatedItem:
    """An item: its identifier, the pattern of its names, and what every amount named so has in common."""

    id: str
    pattern: re.Pattern[str]
    fund: Fund | None
    direction: Direction | None
    is_counted: bool
    """True for vehicles and equipment, of which a number of things is stated."""


@functools.cache
def stated_items() -> tuple[StatedItem, ...]:
    """Every item of the list, in its order."""
    rows = load("stated_items.csv", ("item", "pattern", "fund", "direction", "states"), ("item",))
    return tuple(
        StatedItem(
            row["item"],
            re.compile(row["pattern"]),
            row.optional_choice("fund", FUNDS),
            row.optional_choice("direction", DIRECTIONS),
            row.choice("states", ("amount", "count")) == "count",
        )
        for row in rows
    )


@functools.cache
def any_name() -> re.Pattern[str]:
    """The names of all items as one pattern: of a text without a match, no item has one."""
    return re.compile("|".join(f"(?:{item.pattern.pattern})" for item in stated_items()))


@functools.cache
def stated_item(identifier: str) -> StatedItem:
    """The item of that identifier.  Raises KeyError when there is none."""
    return {each.id: each for each in stated_items()}[identifier]


@functools.cache
def is_counted(identifier: str) -> bool:
    """True for an item of which a number of things is stated; classes have amounts."""
    return identifier not in CLASSES and stated_item(identifier).is_counted


def item_of_class(classification: str) -> str:
    """The item that classes of a classification are."""
    return _OF_CLASSES[classification]
