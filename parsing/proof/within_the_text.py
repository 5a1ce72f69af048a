"""Identities inside the narrative: its numbers against one another.

A change is the amount less the other year's (``text_change``) and goes the way the text says (``text_direction``); a
percentage follows from the amounts (``text_percent``); the parts of an item that has no other parts make up the whole
(``text_sum``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gongkai.parsing.narrative.claim import Claim, Mention, Role
from gongkai.parsing.proof.check import BROKEN, HOLDS, Check, Side
from gongkai.parsing.text.amounts import UNITS

_FEN = Decimal("0.01")
_WHOLES = (
    ("three_public", ("abroad", "vehicles", "reception")),
    ("three_public", ("abroad", "vehicle_purchase", "vehicle_running", "reception")),
    ("vehicles", ("vehicle_purchase", "vehicle_running")),
    ("procurement", ("procurement_goods", "procurement_works", "procurement_services")),
    ("basic", ("personnel", "public")),
)
"""Items that have these parts and no others."""


def check_claims(claims: Sequence[Claim]) -> Iterator[Check]:
    """Every identity between the numbers of a narrative."""
    for mention, rows in _by_mention(claims):
        yield from _changes(mention, rows)
    yield from _sums(claims)


def claimed_digit(row: Claim) -> Decimal:
    """One unit of the last digit printed, in yuan.

    Prose is cut as often as it is rounded (12,565,793 元 as 1,256 万元): a claimed number may be off by a whole unit.
    """
    return UNITS[row.unit].scaleb(-row.decimals) if row.unit in UNITS else _FEN


def stated_yuan(side: Side) -> Decimal:
    """The amount of a side that has one.  Raises ValueError for one that has none."""
    if side.amount is None:
        raise ValueError(f"{side!r} states no amount and cannot take part in an identity")
    return side.amount


def _by_mention(claims: Iterable[Claim]) -> Iterator[tuple[Mention, list[Claim]]]:
    """The numbers of one item in one paragraph, which may name it again (收支总计…，与上年相比，收支总计各增加…)."""
    groups: dict[tuple[object, ...], list[Claim]] = {}
    for row in claims:
        mention = row.mention
        key = (mention.paragraph, mention.item, mention.name, mention.code, mention.fund, mention.within)
        groups.setdefault(key, []).append(row)
    return ((rows[0].mention, rows) for rows in groups.values())


def _of_role(rows: Iterable[Claim], role: Role) -> Claim | None:
    return next((row for row in rows if row.role == role), None)


def _changes(mention: Mention, rows: Sequence[Claim]) -> Iterator[Check]:
    """Amount, previous amount, change and percentages of one item against one another."""
    amount, previous, budget = _of_role(rows, "amount"), _of_role(rows, "previous"), _of_role(rows, "budget")
    for change in rows:
        if _is_direction(change) and amount is not None and budget is not None:
            yield _direction(mention, change, amount, budget)
        if change.role != "change" or change.comparison is None or change.amount is None or change.unit is None:
            continue
        before = budget if change.compared_with == "own_budget" else previous
        if amount is not None and before is not None:
            yield _difference(mention, change, amount, before)
        percent = next((row for row in rows if row.role == "change_percent" and row.index > change.index), None)
        nearest = next((row for row in rows if row.role == "change" and row.index > change.index), None)
        if percent is None or (nearest is not None and nearest.index < percent.index):
            continue
        start = before.amount if before is not None and before.amount is not None else None
        if start is None and amount is not None and amount.amount is not None:
            start = amount.amount - change.amount
        if start is not None and start > 0:
            yield _ratio(mention, change, percent, start, [row for row in (amount, before) if row is not None])
    completion = _of_role(rows, "completion")
    if completion is not None and amount is not None and budget is not None and budget.amount:
        yield _ratio(mention, amount, completion, budget.amount, [budget])


def _is_direction(row: Claim) -> bool:
    """决算数大于预算数: a change without a number."""
    stated = row.role == "change" and row.amount is None and row.compared_with == "own_budget"
    return stated and row.comparison in ("increase", "decrease", "unchanged")


def _direction(mention: Mention, change: Claim, amount: Claim, budget: Claim) -> Check:
    """The outcome against the budget, which differ the way the text says; ``expected`` is the budget."""
    budgeted, spent = stated_yuan(budget), stated_yuan(amount)
    way = "increase" if spent > budgeted else "decrease" if spent < budgeted else "unchanged"
    scope = f"text: {change.printed!r} of {mention.label!r}"
    outcome = HOLDS if way == change.comparison else BROKEN
    return Check("text_direction", scope, (change,), (budget, amount), budgeted, spent, Decimal(0), outcome)


def _difference(mention: Mention, change: Claim, amount: Claim, before: Claim) -> Check:
    difference = stated_yuan(amount) - stated_yuan(before)
    tolerance = claimed_digit(change) + claimed_digit(amount) + claimed_digit(before)
    return _check(
        ("text_change", f"text: change of {mention.label!r}"), change, (amount, before), difference, tolerance
    )


def _ratio(mention: Mention, row: Claim, percent: Claim, base: Decimal, others: Sequence[Claim]) -> Check:
    """``row`` is ``percent`` of ``base``, in yuan."""
    share = (percent.percent or Decimal(0)) / 100
    part = base * share
    rounding = abs(base) * Decimal(1).scaleb(-percent.decimals) / 100
    digits = max([claimed_digit(row), *(claimed_digit(other) for other in others)])
    tolerance = rounding + digits + 2 * digits * abs(share)
    scope = f"text: {percent.printed} for {mention.label!r}"
    return _check(("text_percent", scope), row, (percent, *others), part.quantize(_FEN), tolerance)


def _check(
    named: tuple[str, str], total: Claim, addends: Sequence[Claim], computed: Decimal, tolerance: Decimal
) -> Check:
    """``named`` is rule and scope."""
    rule, scope = named
    expected = stated_yuan(total)
    outcome = HOLDS if abs(computed - expected) <= tolerance else BROKEN
    return Check(rule, scope, (total,), tuple(addends), expected, computed, tolerance, outcome)


def _sums(claims: Sequence[Claim]) -> Iterator[Check]:
    """Wholes against their parts, as one section states them: the first of each part behind the whole."""
    stated = [row for row in claims if row.role == "amount" and row.amount is not None]
    for position, whole in enumerate(stated):
        for item, names in _WHOLES:
            if whole.item != item:
                continue
            parts = _parts(whole, stated[position + 1 :], names)
            if parts is None:
                continue
            summed = sum((part.amount for part in parts if part.amount is not None), Decimal(0))
            tolerance = sum((claimed_digit(row) for row in (whole, *parts)), Decimal(0)) / 2
            named = ("text_sum", f"text: {whole.mention.label!r} and its parts")
            yield _check(named, whole, parts, summed, tolerance)


def _parts(whole: Claim, following: Sequence[Claim], names: Sequence[str]) -> list[Claim] | None:
    by_item: dict[str, Claim] = {}
    for row in following:
        if row.section != whole.section or row.item == whole.item:
            break
        if row.item in names:
            by_item.setdefault(row.item, row)
    return [by_item[name] for name in names] if len(by_item) == len(names) else None
