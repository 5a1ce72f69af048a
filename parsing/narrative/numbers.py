"""Numbers in a sentence: amounts, percentages and counts as printed, and words that state one (持平, 无, 大于)."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Literal

from gongkai.parsing.narrative.items import Item
from gongkai.parsing.narrative.wordings import (
    AMOUNT,
    BARE_UNITS,
    COUNT,
    DIRECTION,
    MONEY,
    NONE,
    PERCENT,
    ROUGHLY_BEFORE,
    ROUGHLY_BEHIND,
    STEADY,
    UNCHANGED,
    ZERO,
)
from gongkai.parsing.text.amounts import Printed, compact, in_yuan

Kind = Literal["amount", "percent", "count", "unchanged", "direction", "none"]
_DIGIT = re.compile(r"\d")
_SEPARATOR = re.compile("[,，]")
_LONGEST_BOUND = 12
"""Letters before a number that may round or bound it."""


@dataclasses.dataclass(frozen=True, slots=True)
class Number:
    """A number, or words that state one, in a sentence."""

    start: int
    end: int
    kind: Kind
    value: Decimal | None
    decimals: int = 0
    unit: str | None = None
    base: str | None = None
    """The words for the other figure (``unchanged``), or all the words (``direction``)."""
    exact: bool = True
    """False for a number that only bounds or rounds what it is stated of: 约5万元, 不超过5万元, 3-5万元."""

    @property
    def yuan(self) -> Decimal | None:
        """The amount it states; None where it states none, or one finer than a fen."""
        if self.kind not in ("amount", "unchanged", "none"):
            return None
        if self.value is None or self.unit is None:
            return self.value
        return in_yuan(Printed(self.value, self.decimals), self.unit)


@functools.lru_cache(maxsize=8_192)
def states_money(text: str) -> bool:
    """True for text that prints an amount with its unit."""
    return MONEY.search(compact(text)) is not None


def printed_numbers(text: str) -> Iterator[Number]:
    """Amounts, percentages and counts in digits, kind by kind."""
    if not _DIGIT.search(text):
        return
    for match in AMOUNT.finditer(text):
        yield _printed(match, "amount", BARE_UNITS.get(match["unit"], match["unit"]))
    for match in PERCENT.finditer(text):
        yield _printed(match, "percent", "%")
    for match in COUNT.finditer(text):
        yield _printed(match, "count", match["unit"])
    for match in ZERO.finditer(text):
        yield Number(match.start("zero"), match.end("zero"), "amount", Decimal(0))


def _printed(match: re.Match[str], kind: Kind, unit: str) -> Number:
    digits, text = _SEPARATOR.sub("", match["number"]), match.string
    value = -Decimal(digits) if match.re.groupindex.get("sign") and match["sign"] else Decimal(digits)
    before = text[max(0, match.start() - _LONGEST_BOUND) : match.start()]
    exact = ROUGHLY_BEFORE.search(before) is None and ROUGHLY_BEHIND.match(text, match.end()) is None
    return Number(match.start(), match.end(), kind, value, len(digits.partition(".")[2]), unit, exact=exact)


def comparisons(text: str) -> Iterator[Number]:
    """Words that compare two figures without a number: 与上年持平, 决算数大于预算数."""
    for match in UNCHANGED.finditer(text) if STEADY.search(text) else ():
        value = None if match["about"] else Decimal(0)
        base = text[match.start("base") : match.start("to")] if match["base"] else None
        yield Number(match.start(), match.end(), "unchanged", value, base=base)
    for match in DIRECTION.finditer(text):
        if AMOUNT.match(text, match.end()) is None:
            yield Number(match.start(), match.end(), "direction", None, base=match.group())


def declared_none(text: str, items: Sequence[Item]) -> Iterator[Number]:
    """没有, 无, 未安排 right before an item: there is none of it."""
    for match in NONE.finditer(text):
        item = next((each for each in items if each.start == match.end()), None)
        if item is not None:
            yield Number(match.start(), item.end, "none", Decimal(0))
