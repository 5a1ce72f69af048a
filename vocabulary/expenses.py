"""三公 and the expenses printed beside it: 出国, 用车 (购置, 运行), 接待, 会议, 培训, 机关运行经费.

``expenses.csv`` lists the words of each in the order in which a name is tried: a name with words of several (公务用车
购置及运行维护费) is of the first.
"""

from __future__ import annotations

import functools
import re

from gongkai.vocabulary.dimensions import THREE_PUBLIC_ITEMS, LineItemExpense, ThreePublicItem
from gongkai.vocabulary.word_lists import any_of, word_lists

FILE = "expenses.csv"
EVENTS = ("meetings", "training")
"""Expenses printed beside 三公, and no part of it."""
_LINE_ITEMS: dict[ThreePublicItem, LineItemExpense] = {
    "three_public": "total",
    "abroad": "abroad",
    "vehicles": "vehicles",
    "vehicle_purchase": "purchase",
    "vehicle_running": "running",
    "reception": "reception",
    "meetings": "meetings",
    "training": "training",
}


@functools.cache
def _patterns() -> dict[ThreePublicItem, re.Pattern[str]]:
    listed = word_lists(FILE)
    return {expense: re.compile(any_of(FILE, expense)) for expense in sorted(THREE_PUBLIC_ITEMS, key=[*listed].index)}


@functools.lru_cache(maxsize=4_096)
def expense_of(name: str) -> ThreePublicItem | None:
    """The expense that a row or heading (compact, brackets narrow) is, by its item in ``stated_items.csv``."""
    return next((expense for expense, pattern in _patterns().items() if pattern.search(name)), None)


def names_several(name: str) -> bool:
    """True for a heading that holds two expenses, of which one is no part of the other: …运行维护费公务接待费."""
    kinds: tuple[ThreePublicItem, ...] = ("vehicles", "abroad", "reception", "meetings", "training")
    return sum(_patterns()[kind].search(name) is not None for kind in kinds) > 1


def line_item_of(expense: ThreePublicItem | None) -> LineItemExpense | None:
    """The expense as ``line_items.item`` names it; None for 机关运行经费, which is no part of 三公."""
    return _LINE_ITEMS.get(expense) if expense is not None else None


def says_three_public(name: str) -> bool:
    """True for a name with 三公 in it, whatever else it names."""
    return _patterns()["three_public"].search(name) is not None
