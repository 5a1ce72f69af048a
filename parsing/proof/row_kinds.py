"""The kind of every row of a form: which rows are lines that add up, and which sum lines or are part of them.

Codes, units and numbers that nest say it (``down``); where names alone stand below each other, the amounts do, if they
leave one way alone in which the lines add up to the total.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.parsing.proof.amount_names import is_carried_over
from gongkai.parsing.proof.check import last_digit, rounding
from gongkai.parsing.proof.down import Down, down, first_items, is_share, run_of
from gongkai.parsing.tables.project_forms import depths
from gongkai.parsing.tables.project_rows import is_category
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.numbering import is_entry, without_enumerator, without_of_which
from gongkai.parsing.text.totals import is_side_of_year, is_total
from gongkai.vocabulary.dimensions import RowKind
from gongkai.vocabulary.organisations import is_organisation
from gongkai.vocabulary.word_lists import any_of

_WITHHELD = re.compile(any_of("row_kinds.csv", "withheld"))
_ADDABLE: frozenset[RowKind | None] = frozenset(("line", "withheld"))
_MOST_ROWS = 200
"""Rows of a list without codes that are tried for the one way to add up; more of them leave many ways."""
_MOST_STEPS, _MOST_READINGS = 20_000, 4


def mark_row_kinds(statement: Statement) -> None:
    """Give every amount the kind of its row."""
    digit = last_digit(statement)
    for number in range(len(statement.blocks)):
        rows = statement.rows(number)
        kinds = _kinds(statement, number, rows, digit)
        for row, items in rows.items():
            for item in items.values():
                item.row_kind = kinds[row]


def _kinds(
    statement: Statement, number: int, rows: Mapping[int, Mapping[int, LineItem]], digit: Decimal
) -> dict[int, RowKind | None]:
    names = first_items(statement, number)
    kinds: dict[int, RowKind | None] = {row: _by_name(item) for row, item in names.items()}
    if statement.form.id == "project_expenditure":
        _mark_categories(names, kinds)
        _mark_higher_projects(names, kinds, depths(statement, number), digit)
    if statement.form.direction is None:
        _mark_parts(names, kinds)
    whole: set[int] = set()
    for relation in down(statement, number):
        if relation.rule == "total" or kinds[relation.total] == "total":
            continue
        holds = _holds(relation, rows, digit)
        nested = relation.rule in ("hierarchy", "units") or is_side_of_year(
            without_enumerator(names[relation.total].name)
        )
        if holds or nested:
            kinds[relation.total] = "unit" if relation.rule == "units" else "subtotal"
            whole.update(relation.addends if holds else ())
    for row in whole:  # 其中 rows that are all of their sum
        if kinds[row] == "of_which":
            kinds[row] = "line"
    _mark_unit_codes(names, kinds)
    _mark_bodies(names, kinds, digit)
    _mark_uncoded(names, kinds, digit)
    if not any({"function", "economic"} & item.codes.keys() or item.implied_code for item in names.values()):
        kinds.update(_of_list(names, kinds, digit))
        if not _add_up(names, kinds, digit):
            kinds.update({row: None for row, kind in kinds.items() if kind in _ADDABLE})
    return kinds


def _add_up(names: Mapping[int, LineItem], kinds: Mapping[int, RowKind | None], digit: Decimal) -> bool:
    """True unless totals are printed and the lines are none of them."""
    totals = [amount for row, kind in kinds.items() if kind == "total" and (amount := names[row].amount)]
    lines = [amount for row, kind in kinds.items() if kind in _ADDABLE and (amount := names[row].amount)]
    summed = sum(lines, Decimal(0))
    return not totals or any(abs(summed - total) <= rounding(digit, len(lines)) for total in totals)


def _mark_categories(names: Mapping[int, LineItem], kinds: dict[int, RowKind | None]) -> None:
    """Mark kinds of projects (其他运转类) as sums where projects stand among them."""
    categories = {row for row, kind in kinds.items() if kind == "line" and is_category(names[row].name)}
    if any(kind == "line" for row, kind in kinds.items() if row not in categories):
        kinds.update(dict.fromkeys(categories, "subtotal"))


def _mark_higher_projects(
    names: Mapping[int, LineItem], kinds: dict[int, RowKind | None], depth: Mapping[int, int], digit: Decimal
) -> None:
    """Mark a 一级项目 over its 二级项目, which stand in a column of their own, as a sum; unknown if they are not it."""
    order = [row for row, kind in kinds.items() if kind == "line" and row in depth]
    for place, row in enumerate(order):
        if under := run_of(order[place + 1 :], _is_deeper(depth, row)):
            summed = sum((names[other].amount or Decimal(0) for other in under), Decimal(0))
            holds = abs(summed - (names[row].amount or Decimal(0))) <= rounding(digit, len(under))
            kinds[row] = "subtotal" if holds else None


def _is_deeper(depth: Mapping[int, int], row: int) -> Callable[[int], bool]:
    return lambda other: depth[other] > depth[row]


def _mark_parts(names: Mapping[int, LineItem], kinds: dict[int, RowKind | None]) -> None:
    """Mark what goes on with 其中 under a numbered row, and what a carried-over row is broken down into, as parts."""
    order = list(names)
    opened, run = False, 0
    for place, row in enumerate(order):
        if kinds[row] == "total":
            run = place + 1
        numbered = is_entry(names[row].name) or bool(names[row].codes)
        opened = kinds[row] == "of_which" or (opened and not numbered)
        if kinds[row] == "line" and not numbered:
            carried = not opened and is_share(dict(names), order[run : place + 1], row)
            going_on = opened and not is_carried_over(names[row].name)
            if carried or going_on:
                kinds[row] = "of_which"


def _mark_unit_codes(names: Mapping[int, LineItem], kinds: dict[int, RowKind | None]) -> None:
    """A row with a unit's code alone is the unit's where rows without one, or of its sub-units, stand behind it."""
    order = list(names)
    for row, after in itertools.pairwise(order):
        code, below = names[row].codes.get("unit"), names[after].codes.get("unit")
        if set(names[row].codes) != {"unit"} or kinds[row] != "line" or names[after].is_total or code is None:
            continue
        coded = len(names[after].codes) > 1
        if below is None or (below.startswith(code) and (below != code or coded)):
            kinds[row] = "unit"


def _mark_bodies(names: Mapping[int, LineItem], kinds: dict[int, RowKind | None], digit: Decimal) -> None:
    """A row called like a body is a unit's where the lines up to the next such row, or the total, add up to it."""
    order = list(names)
    bodies = {
        row for row in order if kinds[row] == "line" and not names[row].codes and is_organisation(names[row].name)
    }
    for place, row in enumerate(order):
        if row in bodies and _is_sum_of_next(names, kinds, order[place : place + 1 + MOST_OF_A_BODY], bodies, digit):
            kinds[row] = "unit"


def _mark_uncoded(names: Mapping[int, LineItem], kinds: dict[int, RowKind | None], digit: Decimal) -> None:
    """Mark rows without codes over coded ones (专项业务类 over its projects) as sums where the lines then add up."""
    coded = {row for row, item in names.items() if {"function", "economic"} & item.codes.keys()}
    uncoded = {row for row, kind in kinds.items() if kind == "line" and row not in coded}
    if not coded or not uncoded or _add_up(names, kinds, digit):
        return
    order = list(names)
    sums = [
        row
        for place, row in enumerate(order)
        if row in uncoded and _is_sum_of_next(names, kinds, order[place : place + 1 + MOST_OF_A_BODY], uncoded, digit)
    ]
    tried: dict[int, RowKind | None] = {**kinds}
    tried.update(dict.fromkeys(sums, "subtotal"))
    if _add_up(names, tried, digit):
        kinds.update(tried)


MOST_OF_A_BODY = 300
"""Rows behind a body's that are tried for its lines; the longest list of one body seen has a third of them."""


def _is_sum_of_next(
    names: Mapping[int, LineItem],
    kinds: Mapping[int, RowKind | None],
    rows: Sequence[int],
    bodies: Collection[int],
    digit: Decimal,
) -> bool:
    """True where the first row is the sum of the lines behind it up to a body's row, a total or the end."""
    wanted, summed, count = names[rows[0]].amount or Decimal(0), Decimal(0), 0
    for row in rows[1:]:
        is_total_row = kinds[row] == "total"
        if (row in bodies or is_total_row) and count and abs(summed - wanted) <= rounding(digit, count):
            return True
        if is_total_row:
            return False
        if kinds[row] in _ADDABLE and (amount := names[row].amount):
            summed, count = summed + amount, count + 1
    return count > 0 and abs(summed - wanted) <= rounding(digit, count)


def _by_name(item: LineItem) -> RowKind:
    if item.is_total or is_total(without_enumerator(item.name)):
        return "total"
    if item.is_group_total:
        return "subtotal"
    if without_of_which(item.name) != item.name:
        return "of_which"
    return "withheld" if _WITHHELD.search(item.name) else "line"


def _holds(relation: Down, rows: Mapping[int, Mapping[int, LineItem]], digit: Decimal) -> bool:
    """True where the amounts agree in every column that prints them, with anything but noughts in one."""
    judged = [
        (total.amount, [amount for row in relation.addends if (amount := _amount(rows[row].get(column))) is not None])
        for column, total in rows[relation.total].items()
        if total.amount is not None
    ]
    printed = [(total, parts) for total, parts in judged if parts]
    agree = (abs(sum(parts, Decimal(0)) - total) <= rounding(digit, len(parts)) for total, parts in printed)
    return any(total for total, _ in printed) and all(agree)


def _amount(item: LineItem | None) -> Decimal | None:
    return item.amount if item is not None else None


def _of_list(
    names: Mapping[int, LineItem], kinds: Mapping[int, RowKind | None], digit: Decimal
) -> dict[int, RowKind | None]:
    """The kinds of rows of a list without codes whose lines as they are called are not its total.

    The rows that sum others are those without which all the rest add up, each being the sum of rows behind it; none is
    known (None) where there are several ways, or no way.
    """
    totals = [row for row, kind in kinds.items() if kind == "total" and names[row].amount]
    open_rows = [row for row, kind in kinds.items() if kind in _ADDABLE and names[row].amount]
    if len(totals) != 1 or not open_rows:
        return {}
    total = names[totals[0]].amount or Decimal(0)
    amounts = [names[row].amount or Decimal(0) for row in open_rows]
    if abs(sum(amounts, Decimal(0)) - total) <= rounding(digit, len(amounts)):
        return {}
    ways = list(_ways(amounts, total, digit)) if len(amounts) <= _MOST_ROWS else []
    if len(ways) != 1:
        return {}
    return {
        row: ("unit" if is_organisation(names[row].name) and not is_category(names[row].name) else "subtotal")
        for place, row in enumerate(open_rows)
        if place in ways[0]
    }


def _ways(amounts: Sequence[Decimal], total: Decimal, digit: Decimal) -> list[frozenset[int]]:
    """The choices of rows that sum others so that the rest nests and adds up to ``total``; two are enough to doubt."""
    nested: dict[int, list[tuple[int, frozenset[int]]]] = {}
    steps = itertools.count()

    def nodes(start: int, left: Decimal, parts: int, *, to_end: bool) -> Iterator[tuple[int, frozenset[int]]]:
        """The ends of runs of rows from ``start`` on that add up to ``left``, each with the sums in it."""
        if parts and abs(left) <= rounding(digit, parts) and (not to_end or start == len(amounts)):
            yield start, frozenset()
        if start == len(amounts) or left < -rounding(digit, parts + 1) or next(steps) > _MOST_STEPS:
            return
        for after, inner in ((start + 1, frozenset[int]()), *nested[start]):
            for end, others in nodes(after, left - amounts[start], parts + 1, to_end=to_end):
                yield end, inner | others

    for start in range(len(amounts) - 1, -1, -1):
        runs = itertools.islice(nodes(start + 1, amounts[start], 0, to_end=False), _MOST_READINGS)
        nested[start] = [(end, inner | {start}) for end, inner in runs]
    found = {sums for _, sums in itertools.islice(nodes(0, total, 0, to_end=True), _MOST_READINGS)}
    return sorted(found, key=len) if next(steps) <= _MOST_STEPS else []
