"""Rows whose amounts slid into a neighbouring column, put back where the document's arithmetic says they stand.

Text made from a table loses a blank cell now and then: what stood to the right of it slides one column left (or, with a
blank too many, right).  The printed amounts and their order are right, only their columns are not.  A row that breaks
its own sums is tried with one blank moved; a placement is taken when it is the only one that satisfies the row's sums,
or the only one that also agrees with the same row of another form, or with the column totals.  What is taken is marked,
and what can't be decided stays as printed.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from gongkai.parsing.proof.across import Across, across
from gongkai.parsing.proof.check import last_digit, rounding
from gongkai.parsing.proof.down import Down, down
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.numbering import is_at_top
from gongkai.vocabulary.dimensions import Fund

_MAX_COMBINATIONS = 4096
"""Placements of undecided rows that are tried together; beyond it the rows stay as printed."""

Values = tuple[Decimal | None, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Placement:
    """One way to read a row: for each amount column of the block the column its content is taken from."""

    sources: tuple[int, ...]
    values: Values


@dataclasses.dataclass(slots=True)
class _Row:
    """A row that breaks its sums, with the placements that satisfy them."""

    statement: Statement
    block: int
    row: int
    items: dict[int, LineItem]
    candidates: list[Placement]

    @property
    def total(self) -> Decimal | None:
        return next(iter(self.items.values())).amount


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """A row whose amounts slid: put back, or left as printed because several placements satisfy its sums."""

    statement: Statement
    row: int
    reason: str
    settled: bool = True


def settle_slid_rows(statements: Sequence[Statement]) -> list[Finding]:
    """Find slid rows and put their amounts back; returns what was done and what could not be decided."""
    open_rows = [row for statement in statements for row in _broken_rows(statement)]
    done: list[Finding] = []
    for decide in (_by_row_sums, _by_sister_row, _by_balance, _by_column_totals, _by_sister_row, _by_column_totals):
        done.extend(decide(open_rows, statements))
        open_rows = [row for row in open_rows if len(row.candidates) > 1]
    return [*done, *(_leave(row) for row in open_rows)]


def _leave(row: _Row) -> Finding:
    """An undecided row keeps its printed columns; the amounts that some candidate would move are doubted."""
    for position, item in enumerate(row.items.values()):
        item.doubted = item.amount is not None and any(
            placement.values[position] != item.amount for placement in row.candidates
        )
    label = next(iter(row.items.values())).called
    reason = (
        f"the row {label!r} breaks its sums and {len(row.candidates)} placements of its amounts would satisfy them; "
        "it is left as printed"
    )
    return Finding(row.statement, row.row, reason, settled=False)


def _broken_rows(statement: Statement) -> Iterator[_Row]:
    digit = last_digit(statement)
    for number, block in enumerate(statement.blocks):
        relations = across(block)
        if not relations:
            continue
        for row, items in statement.rows(number).items():
            columns = list(items)
            printed: Values = tuple(item.amount for item in items.values())
            if _satisfies(dict(zip(columns, items.values(), strict=True)), printed, relations, digit) is not False:
                continue
            candidates = [
                placement for placement in _placements(printed) if _satisfies(items, placement.values, relations, digit)
            ]
            if candidates:
                yield _Row(statement, number, row, items, candidates)


def _satisfies(items: dict[int, LineItem], values: Values, relations: Sequence[Across], digit: Decimal) -> bool | None:
    """True when every sum that can be assessed holds, False when one is broken, None when none can be assessed."""
    by_column = dict(zip(items, values, strict=True))
    held: bool | None = None
    for relation in relations:
        total = by_column.get(relation.total)
        parts = [value for column in relation.addends if (value := by_column.get(column)) is not None]
        if total is None and not parts:
            continue
        if total is None or abs(sum(parts, Decimal(0)) - total) > rounding(digit, len(parts)):
            return False
        held = True
    return held


def _placements(printed: Values) -> list[Placement]:
    """Every reading with one blank moved: taken out in one place and put in at another, what lies between shifted."""
    width = len(printed)
    readings: dict[Values, Placement] = {}
    for blank in (position for position in range(width) if printed[position] is None):
        rest = [position for position in range(width) if position != blank]
        for target in range(width):
            sources = (*rest[:target], blank, *rest[target:])
            values = tuple(printed[source] for source in sources)
            if values != printed:
                readings.setdefault(values, Placement(sources, values))
    return list(readings.values())


def _take(row: _Row, placement: Placement, why: str) -> Finding:
    items = list(row.items.values())
    content = [(item.cell, item.amount, item.decimals) for item in items]
    for item, source in zip(items, placement.sources, strict=True):
        cell, amount, decimals = content[source]
        item.doubted = amount is not None and cell.column != item.column
        item.cell, item.amount, item.decimals = cell, amount, decimals
    row.candidates = [placement]
    label = items[0].called
    reason = (
        f"amounts of row {label!r} stand in a neighbouring column; the only placement that satisfies {why} was taken"
    )
    return Finding(row.statement, row.row, reason)


def _by_row_sums(rows: Iterable[_Row], _: Sequence[Statement]) -> Iterator[Finding]:
    for row in rows:
        if len(row.candidates) == 1:
            yield _take(row, row.candidates[0], "the sums of its row")


def _by_sister_row(rows: Iterable[_Row], statements: Sequence[Statement]) -> Iterator[Finding]:
    """A row of that code and total in a form where it is settled decides between the candidates."""
    undecided = [row for row in rows if len(row.candidates) > 1]
    open_keys = {(id(row.statement), row.row) for row in undecided}
    for row in undecided:
        first = next(iter(row.items.values()))
        if first.function_code is None:
            continue
        sisters = [
            items
            for statement in statements
            if statement is not row.statement
            for number in range(len(statement.blocks))
            for key, items in statement.rows(number).items()
            if (id(statement), key) not in open_keys and _same_row(items, first)
        ]
        fitting = [each for each in row.candidates if any(_agrees(row.items, each, sister) for sister in sisters)]
        if len(fitting) == 1:
            yield _take(row, fitting[0], "the sums of its row and agrees with the same row of another form")


def _same_row(items: dict[int, LineItem], first: LineItem) -> bool:
    other = next(iter(items.values()))
    return other.function_code == first.function_code and other.amount == first.amount


def _agrees(items: dict[int, LineItem], placement: Placement, sister: dict[int, LineItem]) -> bool:
    theirs = {(item.spending, item.period): item.amount for item in sister.values()}
    mine = {(item.spending, item.period): value for item, value in zip(items.values(), placement.values, strict=True)}
    shared = mine.keys() & theirs.keys()
    return len(shared) > 1 and all(mine[key] == theirs[key] for key in shared)


def _by_balance(rows: Iterable[_Row], statements: Sequence[Statement]) -> Iterator[Finding]:
    """The balance says what came from each fund this year, which decides the total row of the revenue form."""
    balances = [statement for statement in statements if statement.form.id == "balance"]
    stated: dict[Fund | None, Decimal | None] = {
        item.fund: item.amount
        for statement in balances
        for item in statement.items
        if item.direction == "revenue" and item.fund != "total" and is_at_top(item.name)
    }
    for row in rows:
        if len(row.candidates) < 2 or row.statement.form.id != "revenue" or not next(iter(row.items.values())).is_total:
            continue
        fitting = [each for each in row.candidates if _agrees_by_fund(row.items, each, stated)]
        if len(fitting) == 1:
            yield _take(row, fitting[0], "the sums of its row and agrees with the funds of the balance")


def _agrees_by_fund(
    items: dict[int, LineItem], placement: Placement, stated: Mapping[Fund | None, Decimal | None]
) -> bool:
    mine = {
        item.fund: value
        for item, value in reversed(list(zip(items.values(), placement.values, strict=True)))
        if item.period == "current" and item.fund in stated
    }  # of several columns of one fund the first is its sum: 一般公共预算/小计 before 其中：财政拨款
    return bool(mine) and all(value == stated[fund] for fund, value in mine.items())


def _by_column_totals(rows: Iterable[_Row], _: Sequence[Statement]) -> Iterator[Finding]:
    """Take the only combination of candidates in one block under which every column's total holds."""
    groups: dict[tuple[int, int], list[_Row]] = {}
    for row in rows:
        if len(row.candidates) > 1:
            groups.setdefault((id(row.statement), row.block), []).append(row)
    for group in groups.values():
        yield from _settle_together(group)


def _settle_together(group: list[_Row]) -> Iterator[Finding]:
    combinations = 1
    for row in group:
        combinations *= len(row.candidates)
    if combinations > _MAX_COMBINATIONS:
        return
    statement, block = group[0].statement, group[0].block
    relations = [relation for relation in down(statement, block) if relation.is_stated]
    rows = statement.rows(block)
    digit = last_digit(statement)
    fitting = [
        choice
        for choice in itertools.product(*(row.candidates for row in group))
        if _columns_hold(rows, relations, dict(zip((row.row for row in group), choice, strict=True)), digit)
    ]
    if len(fitting) == 1:
        for row, placement in zip(group, fitting[0], strict=True):
            yield _take(row, placement, "the sums of its row and of its columns")


def _columns_hold(
    rows: dict[int, dict[int, LineItem]], relations: Sequence[Down], choice: dict[int, Placement], digit: Decimal
) -> bool:
    held = False
    for relation in relations:
        if not choice.keys() & {relation.total, *relation.addends}:
            continue
        for column in rows[relation.total]:
            total = _value(rows, choice, relation.total, column)
            parts = [
                value
                for row in relation.addends
                if column in rows[row] and (value := _value(rows, choice, row, column)) is not None
            ]
            if total is None and not parts:
                continue
            if total is None or abs(sum(parts, Decimal(0)) - total) > rounding(digit, len(parts)):
                return False
            held = True
    return held


def _value(rows: dict[int, dict[int, LineItem]], choice: dict[int, Placement], row: int, column: int) -> Decimal | None:
    if row not in choice:
        return rows[row][column].amount
    return choice[row].values[list(rows[row]).index(column)]
