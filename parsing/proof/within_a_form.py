"""Identities within one form: what its own arithmetic says about its amounts.

Most are sums across (``across``) and down (``down``); the rest tie the two sides of a balance, blocks that share a
total, the parts of 三公, and what breaks a carried-over row down.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.parsing.proof.across import across
from gongkai.parsing.proof.amount_names import is_carried_over, is_minor
from gongkai.parsing.proof.check import BROKEN, HOLDS, Check, check_sum, last_digit
from gongkai.parsing.proof.down import Down, at_highest_level, down, first_items, is_share, outermost, run_of
from gongkai.parsing.tables.sections import is_share_of_balance
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.numbering import is_entry
from gongkai.parsing.text.totals import is_total
from gongkai.vocabulary.dimensions import ThreePublicItem
from gongkai.vocabulary.expenses import EVENTS, expense_of, says_three_public

_MAIN_PARTS: tuple[ThreePublicItem, ...] = ("abroad", "vehicles", "reception")
"""The expenses that 三公 are, as rows; the vehicles' own parts stand below theirs."""


def check_statement(statement: Statement) -> Iterator[Check]:
    """Every identity within one form."""
    digit = last_digit(statement)
    beside = list(_beside_each_other(statement, digit))
    of_both = {id(item) for check in beside for item in check.total}
    for number, block in enumerate(statement.blocks):
        rows = statement.rows(number)
        sums = {relation.total: relation.addends for relation in across(block)}
        for total in sums:
            for items in rows.values():
                yield from _in_row(statement, total, sums, items, digit)
        for down_relation in down(statement, number):
            for check in _in_columns(statement, down_relation, rows, digit):
                if check.outcome != BROKEN or id(check.total[0]) not in of_both:
                    yield check
        if statement.form.id == "three_public":
            yield from _three_public(statement, rows, digit)
        yield from _carried_over_breakdown(statement, rows, digit)
    yield from beside
    yield from _balance(statement, digit)


def _in_row(
    statement: Statement,
    column: int,
    sums: Mapping[int, Sequence[int]],
    items: Mapping[int, LineItem],
    digit: Decimal,
) -> Iterator[Check]:
    """A row's total in ``column`` against its parts; where a part's own 小计 is blank, against that part's parts."""
    if column not in items:
        return
    addends = [
        item
        for part in sums[column]
        if part in items
        for item in (
            [items[part]]
            if items[part].amount is not None
            else [items[inner] for inner in sums.get(part, (part,)) if inner in items]
        )
    ]
    label = items[column].called
    check = check_sum("row", f"{statement.form.id}: row {label!r}", items[column], addends, digit)
    if check is not None:
        yield check


def _in_columns(
    statement: Statement, relation: Down, rows: dict[int, dict[int, LineItem]], digit: Decimal
) -> Iterator[Check]:
    for column, total in rows[relation.total].items():
        scope = f"{statement.form.id}: {total.called!r} in column {total.measure!r}"
        tried = [
            check_sum(relation.rule, scope, total, [rows[row][column] for row in addends if column in rows[row]], digit)
            for addends in (relation.addends, *relation.instead)
        ]
        check = next((check for check in tried if check is not None and check.outcome == HOLDS), tried[0])
        if check is not None and check.outcome == BROKEN and not relation.is_stated:
            check = check.not_assessable("the form does not say that these rows are all that the total sums")
        if check is not None:
            yield check


def _beside_each_other(statement: Statement, digit: Decimal) -> Iterator[Check]:
    """Blocks side by side that share the total row of the last: 按功能 | 按用途, or one list in two columns."""
    for number, (left, right) in enumerate(itertools.pairwise(statement.blocks)):
        if left.direction is None or left.direction != right.direction:
            continue
        names, beside = first_items(statement, number), first_items(statement, number + 1)
        total = next((item for item in beside.values() if item.is_total), None)
        if total is None or any(item.is_total for item in names.values()):
            continue
        scope = f"{statement.form.id}: {total.called!r} beside it"
        own = [[names[row] for row in choice] for choice in outermost(names, list(names))]
        coded = [names[row] for row in at_highest_level(names, names)]
        both = [*coded, *(beside[row] for row in at_highest_level(beside, beside))]
        tried = [check_sum("total", scope, total, items, digit) for items in (*own, coded, both)]
        yield from [check for check in tried if check is not None and check.outcome == HOLDS][:1]


def _three_public(statement: Statement, rows: dict[int, dict[int, LineItem]], digit: Decimal) -> Iterator[Check]:
    """三公 = 因公出国（境）费 + 公务用车购置及运行维护费 + 公务接待费, where the items are rows."""
    labels = {row: next(iter(items.values())).name for row, items in rows.items()}
    if len(labels) < 3:
        return
    kinds = {row: expense_of(label) for row, label in labels.items()}
    main = {kind: row for row, kind in reversed(kinds.items()) if kind and not is_minor(labels[row])}
    parts = [row for row, kind in kinds.items() if kind in ("vehicle_purchase", "vehicle_running")]
    if "vehicles" in main and len(parts) == 2:
        yield from _in_columns(statement, Down("three_public", main["vehicles"], tuple(parts)), rows, digit)
    totals = [row for row, label in labels.items() if is_total(label)]
    named = next((row for row in totals if says_three_public(labels[row])), totals[0] if totals else None)
    if named is None or not main.keys() >= set(_MAIN_PARTS):
        return
    relation = Down("three_public", named, tuple(main[kind] for kind in _MAIN_PARTS))
    yield from _in_columns(statement, relation, rows, digit)
    if totals[0] != named:
        events = [row for row, kind in kinds.items() if kind in EVENTS and _is_event_row(labels[row])]
        yield from _in_columns(statement, Down("three_public", totals[0], (named, *events)), rows, digit)


def _is_event_row(label: str) -> bool:
    """True for a row that is 会议费 or 培训费 alone, and no part of one."""
    return not says_three_public(label) and not is_minor(label)


def _carried_over_breakdown(
    statement: Statement, rows: dict[int, dict[int, LineItem]], digit: Decimal
) -> Iterator[Check]:
    """Rows behind a carried-over row, numbered or one per fund, break it down where it stands between two totals."""
    if statement.form.direction is not None:
        return
    order = list(rows)
    names = {row: next(iter(items.values())) for row, items in rows.items()}
    totals = [position for position, row in enumerate(order) if names[row].is_total]
    for position, row in enumerate(order):
        if not totals or position < totals[0] or not is_carried_over(names[row].name) or is_entry(names[row].name):
            continue
        under = [row, *order[position + 1 :]]
        details = {other for other in under if is_entry(names[other].name) or is_share(names, under, other)}
        parts = run_of(under[1:], details.__contains__)
        if parts:
            stated = not any(is_share_of_balance(names[part].name) for part in parts)
            yield from _in_columns(statement, Down("carried_over", row, tuple(parts), is_stated=stated), rows, digit)


def _balance(statement: Statement, digit: Decimal) -> Iterator[Check]:
    """收入总计 = 支出总计."""
    if statement.form.id not in ("balance", "appropriation_balance"):
        return
    grand: dict[str, LineItem] = {}
    for item in statement.items:
        if (
            item.is_total
            and item.amount is not None
            and item.fund in statement.whole_funds
            and item.spending in (None, "total")
            and item.direction
            and (item.direction not in grand or item.row > grand[item.direction].row)
        ):
            grand[item.direction] = item
    if len(grand) == 2:
        scope = f"{statement.form.id}: revenue and expenditure"
        check = check_sum("balance", scope, grand["revenue"], [grand["expenditure"]], digit)
        if check is not None:
            yield check
