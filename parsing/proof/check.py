"""A check: one identity applied to amounts, and what came of it.

An identity holds when the difference is within what rounding of the printed unit can explain: every printed number is
within half a unit of its last digit, so n addends and their total can differ by (n + 1) / 2 such units and no more.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.tables.listed import ListedAmount
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.amounts import UNITS
from gongkai.vocabulary.dimensions import CheckOutcome

HOLDS: CheckOutcome = "holds"
BROKEN: CheckOutcome = "broken"
NOT_ASSESSABLE: CheckOutcome = "not_assessable"

TableAmount = LineItem | ListedAmount
"""An amount of a statement form or of a list."""
Side = TableAmount | Claim
"""An identity relates these: amounts of tables, and amounts that the narrative states."""


@dataclasses.dataclass(frozen=True, slots=True)
class Check:
    """One identity applied; fields as the columns of ``checks``, both sides as the items themselves."""

    rule: str
    scope: str
    total: tuple[Side, ...]
    addends: tuple[Side, ...]
    expected: Decimal | None
    found: Decimal | None
    tolerance: Decimal | None
    outcome: CheckOutcome
    reason: str | None = None

    @property
    def difference(self) -> Decimal | None:
        if self.expected is None or self.found is None:
            return None
        return self.found - self.expected

    def not_assessable(self, reason: str) -> Check:
        """The check as one whose outcome says nothing, for ``reason``."""
        return dataclasses.replace(self, outcome=NOT_ASSESSABLE, reason=reason)


def last_digit(statement: Statement) -> Decimal:
    """One unit of the last digit a form prints, in yuan."""
    return UNITS[statement.unit].scaleb(-statement.decimals)


def rounding(digit: Decimal, addends: int) -> Decimal:
    """The most by which a total may differ from the sum of so many addends, all printed to ``digit``."""
    return digit * (addends + 1) / 2


def check_sum(
    rule: str, scope: str, total: TableAmount, addends: Sequence[TableAmount], digit: Decimal
) -> Check | None:
    """``total`` against the sum of ``addends``; a blank addend adds nothing.  None where nothing at all is printed."""
    printed = [item for item in addends if item.amount is not None]
    if total.amount is None and not printed:
        return None
    if total.amount is None or not printed:
        missing = "the total is blank" if total.amount is None else "no addend is printed"
        if total.amount == 0:
            return None
        return Check(rule, scope, (total,), tuple(addends), total.amount, None, None, NOT_ASSESSABLE, missing)
    summed = sum((item.amount for item in printed if item.amount is not None), Decimal(0))
    tolerance = rounding(digit, len(printed))
    outcome = HOLDS if abs(summed - total.amount) <= tolerance else BROKEN
    return Check(rule, scope, (total,), tuple(printed), total.amount, summed, tolerance, outcome)
