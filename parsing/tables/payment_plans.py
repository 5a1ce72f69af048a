"""The plan of payments on a project's card: 资金支出计划, a period and what is paid by its end or in it.

Cards print the periods of their province (3月底, 一季度, 12月 …) beside or above their values.  A value with a percent
sign is a share of the project's budget; one without is an amount in the card's unit, although the national card heads
its plan 资金支出计划（%）, but for a whole number under that heading, which is a share.  An amount larger than the
budget is neither.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from gongkai.parsing.tables.table import TableCell
from gongkai.parsing.text.amounts import UNITS, as_quantity, compact, in_yuan, read_number, unspaced
from gongkai.vocabulary.word_lists import any_of, words

_FILE = "payment_plans.csv"
_HEADING = re.compile(rf"{any_of(_FILE, 'heading')}(?P<unit>[(（].*[)）])?")
_PERIOD = any_of(_FILE, "period")
_PERIOD_ALONE = re.compile(_PERIOD)
_PERIOD_AND_VALUE = re.compile(rf"({_PERIOD})[:：]?([\d.,]+%?)")
_AFTER_THE_PLAN = frozenset((*words("project_cards.csv", "goals"), *words("indicators.csv", "level1")))


@dataclasses.dataclass(frozen=True, slots=True)
class Payment:
    """One planned payment; fields as the columns of ``project_payments``."""

    row: int
    column: int
    page: int | None
    period: str
    printed: str
    amount: Decimal | None
    share: Decimal | None


@dataclasses.dataclass(frozen=True, slots=True)
class _Value:
    """A text of the plan that is no period; ``period`` where the cell prints it too (``12月底 100.00``)."""

    cell: TableCell
    text: str
    period: str | None = None


def read_plan(
    rows: Mapping[int, Sequence[TableCell]], end: int, *, budget: Decimal | None, unit: str | None
) -> list[Payment]:
    """The payments of the rows before ``end``, in printed order, the first value of each period."""
    start = next((row for row, cells in sorted(rows.items()) if _heading(cells) is not None), None)
    if start is None:
        return []
    heading = _heading(rows[start]) or ""
    periods, values = _periods_and_values(rows, start, end)
    payments: dict[str, Payment] = {}
    for value in values:
        period = value.period or _period_of(value.cell, periods, values)
        if period is not None and period not in payments:
            amount, share = _read(value.text, in_percent="%" in heading, budget=budget, unit=unit)
            payments[period] = Payment(
                value.cell.row, value.cell.column, value.cell.page, period, value.text, amount, share
            )
    return list(payments.values())


def is_plan_heading(text: str) -> bool:
    """True for the label of a plan of payments (compact text)."""
    return _HEADING.match(text) is not None


def _heading(cells: Sequence[TableCell]) -> str | None:
    return next((text for cell in cells if _HEADING.fullmatch(text := cell.plain)), None)


def _periods_and_values(
    rows: Mapping[int, Sequence[TableCell]], start: int, end: int
) -> tuple[list[TableCell], list[_Value]]:
    periods: list[TableCell] = []
    values: list[_Value] = []
    for row in range(start, end):
        cells = rows.get(row, [])
        if row > start and any(cell.plain in _AFTER_THE_PLAN for cell in cells):
            break
        for cell in cells:
            plain = cell.plain
            both = _PERIOD_AND_VALUE.fullmatch(plain)
            if both is not None:
                values.append(_Value(cell, both[2], both[1]))
            elif _PERIOD_ALONE.fullmatch(plain):
                periods.append(cell)
            elif plain and not _HEADING.fullmatch(plain):
                values.append(_Value(cell, cell.text.strip()))
    return periods, values


def _period_of(cell: TableCell, periods: Sequence[TableCell], values: Sequence[_Value]) -> str | None:
    """The period printed directly before the value in its row; else the nearest one above it or above its left."""
    before = [other for other in periods if other.row == cell.row and other.column < cell.column]
    between = [value.cell.column for value in values if value.cell.row == cell.row and value.cell.column < cell.column]
    nearest = max(before, key=lambda other: other.column, default=None)
    if nearest is not None and max(between, default=-1) < nearest.column:
        return unspaced(nearest.text)
    above = [other for other in periods if other.row < cell.row and other.column <= cell.column]
    over = max(above, key=lambda other: (other.column, other.row), default=None)
    return unspaced(over.text) if over is not None else None


def _read(
    text: str, *, in_percent: bool, budget: Decimal | None, unit: str | None
) -> tuple[Decimal | None, Decimal | None]:
    """Amount in yuan and share in per cent; at most one of them."""
    plain = compact(text)
    printed = read_number(plain.removesuffix("%"))
    if printed is None:
        return None, None
    if plain.endswith("%") or (in_percent and printed.decimals == 0):
        return None, as_quantity(printed.value)
    amount = in_yuan(printed, unit) if unit in UNITS else None
    fits = amount is not None and (budget is None or amount <= budget)
    return (amount if fits else None), None
