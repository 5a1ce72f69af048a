"""A claim: one number that the narrative 情况说明 states of a named item."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Literal

from gongkai.parsing.text.grid import Box
from gongkai.vocabulary.dimensions import Direction, Fund

Role = Literal["amount", "budget", "adjusted_budget", "previous", "change", "change_percent", "share", "completion"]
Comparison = Literal["increase", "decrease", "unchanged", "about_unchanged"]


@dataclasses.dataclass(eq=False, slots=True)
class Mention:
    """One naming of an item; the amounts, changes and shares stated of it refer to it."""

    item: str
    label: str
    """The words that name it, as printed."""
    name: str
    """A class's own name, comparable; else the item's identifier."""
    code: str | None
    category: str | None
    fund: Fund | None
    direction: Direction | None
    scope: Fund | None
    """The fund its heading speaks of, in the values of ``fund``."""
    paragraph: int
    within: str | None = None
    """``basic`` or ``project`` where it is named as a part of 基本支出 or 项目支出."""


@dataclasses.dataclass(eq=False, slots=True)
class Claim:
    """One number stated of an item; fields as the columns of the table of claims."""

    mention: Mention
    role: Role
    amount: Decimal | None
    """Yuan; a decrease is negative."""
    percent: Decimal | None
    quantity: Decimal | None
    decimals: int
    printed: str
    unit: str | None
    comparison: Comparison | None
    compared_with: str | None
    heading: str | None
    sentence: str
    page: int | None
    box: Box | None
    section: int
    reason: str | None = None
    index: int = 0

    @property
    def item(self) -> str:
        return self.mention.item
