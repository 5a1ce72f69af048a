"""Identities inside the narrative: its numbers against one another.

A change is the amount less the other year's (``text_change``) and goes the way the text says (``text_direction``); a
percentage follows from the amounts (``text_percent``).  Only like is compared with like: a change against the budget
with the budget it names (年初, 全年), one against last year's outcome with that outcome.  Where the text does not say
which figure or which way is meant, the identity is not assessable.  Sums are those of ``sums_in_text``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from gongkai.parsing.narrative.claim import Claim, Mention, Role
from gongkai.parsing.proof.check import BROKEN, HOLDS, NOT_ASSESSABLE, Check
from gongkai.parsing.proof.sums_in_text import claimed_digit, stated_yuan, sums_in_text

_FEN = Decimal("0.01")
_BUDGETS: dict[str | None, Role] = {"own_budget": "budget", "adjusted_budget": "adjusted_budget"}
"""The figure that a comparison with the document's own budget is made with."""
_ANY_WAY = "the text does not say which way it changed"
_OTHER_FIGURE = "the text compares with another figure than it states"


def check_claims(claims: Sequence[Claim]) -> Iterator[Check]:
    """Every identity between the numbers of a narrative."""
    for mention, rows in _by_mention(claims):
        yield from _changes(mention, rows)
    yield from sums_in_text(claims)


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
    amount = _of_role(rows, "amount")
    for change in rows:
        if change.role != "change":
            continue
        before, differs = _compared(change, rows)
        if _is_direction(change) and amount is not None and before is not None:
            yield _unless(differs, _direction(mention, change, amount, before))
        if change.amount is None or change.unit is None:
            continue
        if amount is not None and before is not None:
            yield _unless(differs, _difference(mention, change, amount, before))
        percent = _percent_of(change, rows)
        if percent is not None:
            yield from _percent(mention, change, percent, amount, None if differs else before)
    yield from _completions(mention, rows, amount)


def _compared(change: Claim, rows: Sequence[Claim]) -> tuple[Claim | None, str | None]:
    """The figure that a change is a change of, and why it may be another than the one that is meant."""
    if change.compared_with in _BUDGETS:
        exact = _of_role(rows, _BUDGETS[change.compared_with])
        other = exact or next((row for row in rows if row.role in _BUDGETS.values()), None)
        return other, None if exact is not None else _OTHER_FIGURE
    known = [row for row in rows if row.role == "previous"]
    same = next((row for row in known if row.compared_with == change.compared_with), None)
    if same is not None or not known:
        return same, None
    vague = "prior_year" in (change.compared_with, known[0].compared_with) or change.compared_with is None
    return known[0], None if vague and len(known) == 1 else _OTHER_FIGURE


def _unless(reason: str | None, check: Check) -> Check:
    """A check that does not hold says nothing where there is a ``reason`` to doubt that it is one."""
    return check.not_assessable(reason) if reason is not None and check.outcome == BROKEN else check


def _percent_of(change: Claim, rows: Sequence[Claim]) -> Claim | None:
    """The percentage behind a change, before the next one."""
    behind = (row for row in rows if row.role in ("change", "change_percent") and row.index > change.index)
    following = next(behind, None)
    return following if following is not None and following.role == "change_percent" else None


def _percent(
    mention: Mention, change: Claim, percent: Claim, amount: Claim | None, before: Claim | None
) -> Iterator[Check]:
    """A percentage against its change; a word of both ways (下降（增长）) takes the way of the other of the two."""
    way = change.comparison or percent.comparison
    if way not in ("increase", "decrease") and change.amount:
        if amount is not None or before is not None:
            scope = f"text: {percent.printed} for {mention.label!r}"
            yield Check("text_percent", scope, (change,), (percent,), None, None, None, NOT_ASSESSABLE, _ANY_WAY)
        return
    changed, share = stated_yuan(change), percent.percent or Decimal(0)
    if None in (change.comparison, percent.comparison):
        sign = -1 if way == "decrease" else 1
        changed, share = sign * abs(changed), sign * abs(share)
    base = before.amount if before is not None else None
    if base is None and amount is not None:
        base = stated_yuan(amount) - changed
    if base is not None and base > 0:
        stated = dataclasses.replace(change, amount=changed), dataclasses.replace(percent, percent=share)
        check = _ratio(mention, *stated, base, [row for row in (amount, before) if row is not None])
        yield dataclasses.replace(check, total=(change,), addends=(percent, *check.addends[1:]))


def _completions(mention: Mention, rows: Sequence[Claim], amount: Claim | None) -> Iterator[Check]:
    """支出决算 as a percentage of the budget that is named, 年初 or 全年; of the one that fits where none is."""
    if amount is None:
        return
    budgets = [row for row in rows if row.role in _BUDGETS.values() and row.amount]
    for completion in rows:
        if completion.role != "completion" or not budgets:
            continue
        named = _BUDGETS.get(completion.compared_with)
        meant = [row for row in budgets if row.role == named]
        tried = [_ratio(mention, amount, completion, stated_yuan(row), [row]) for row in (*meant, *budgets)]
        first = next((check for check in tried if check.outcome == HOLDS), tried[0])
        unclear = not meant or len({row.role for row in budgets}) > 1
        yield _unless(_OTHER_FIGURE if unclear else None, first)


def _is_direction(row: Claim) -> bool:
    """决算数大于预算数: a change without a number."""
    stated = row.amount is None and row.compared_with in _BUDGETS
    return stated and row.comparison in ("increase", "decrease", "unchanged")


def _direction(mention: Mention, change: Claim, amount: Claim, budget: Claim) -> Check:
    """The outcome against the budget, which differ the way the text says; ``expected`` is the budget."""
    budgeted, spent = stated_yuan(budget), stated_yuan(amount)
    way = "increase" if spent > budgeted else "decrease" if spent < budgeted else "unchanged"
    scope = f"text: {change.printed!r} of {mention.label!r}"
    outcome = HOLDS if way == change.comparison else BROKEN
    return Check("text_direction", scope, (change,), (budget, amount), budgeted, spent, Decimal(0), outcome)


def _difference(mention: Mention, change: Claim, amount: Claim, before: Claim) -> Check:
    """A change that leaves its way open (下降（增长）) is as large as the difference, either way."""
    difference = stated_yuan(amount) - stated_yuan(before)
    if change.comparison is None:
        difference = abs(difference)
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
