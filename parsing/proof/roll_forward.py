"""Roll-forward: what was there at the year's beginning, came in and was spent gives what is left at its end.

年初结转和结余 + 本年收入 − 本年支出 = 年末结转和结余, in every row of the forms of one fund in final accounts (the
template of the Ministry of Finance for 部门决算公开, 公开08表 and 公开09表).  Balances that the narrative states
are for ``sums_in_text``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from gongkai.parsing.proof.check import BROKEN, HOLDS, Check, last_digit
from gongkai.parsing.tables.column_dimensions import AmountColumn
from gongkai.parsing.tables.columns import Block
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.totals import ends_in_sum

RULE = "roll_forward"


def check_roll_forward(statement: Statement) -> Iterator[Check]:
    """The identity in each row that prints the balances of both ends.

    A row whose difference is that of the row above it repeats one error and is not reported a second time.
    """
    digit = last_digit(statement)
    for number, block in enumerate(statement.blocks):
        columns = _columns(block)
        if columns is None:
            continue
        reported: set[Decimal] = set()
        for items in statement.rows(number).values():
            check = _in_row(statement, items, columns, digit)
            if check is None or (check.outcome == BROKEN and check.difference in reported):
                continue
            if check.outcome == BROKEN and check.difference is not None:
                reported.add(check.difference)
            yield check


def _columns(block: Block) -> tuple[int, int, int, int] | None:
    """The columns of opening balance, revenue, spending and closing balance; None where one is missing."""
    found = (
        _whole(block, lambda column: column.direction == "revenue" and column.period in ("opening", "carried_over")),
        _whole(block, lambda column: column.direction == "revenue" and column.period == "current"),
        _whole(block, lambda column: column.direction == "expenditure" and column.spending == "total"),
        _whole(block, lambda column: column.direction == "expenditure" and column.period == "closing"),
    )
    opening, revenue, spending, closing = found
    if opening is None or revenue is None or spending is None or closing is None:
        return None
    return opening, revenue, spending, closing


def _whole(block: Block, wanted: Callable[[AmountColumn], bool]) -> int | None:
    """The column of a kind that sums the others of it: alone, or headed 小计."""
    fitting = [column for column in block.amounts if wanted(column)]
    if len(fitting) == 1:
        return fitting[0].column
    return next((column.column for column in fitting if len(column.path) == 1 or ends_in_sum(column.path[-1])), None)


def _in_row(
    statement: Statement, items: Mapping[int, LineItem], columns: tuple[int, int, int, int], digit: Decimal
) -> Check | None:
    opening, revenue, spending, closing = (items.get(column) for column in columns)
    if closing is None or closing.amount is None:
        return None
    parts = [item for item in (opening, revenue, spending) if item is not None and item.amount is not None]
    if not parts:
        return None
    left = _amount(opening) + _amount(revenue) - _amount(spending)
    tolerance = digit * (len(parts) + 1) / 2
    outcome = HOLDS if abs(left - closing.amount) <= tolerance else BROKEN
    scope = f"{statement.form.id}: row {closing.called!r} from {statement.table.headers[columns[0]]!r} on"
    return Check(RULE, scope, (closing,), tuple(parts), closing.amount, left, tolerance, outcome)


def _amount(item: LineItem | None) -> Decimal:
    return item.amount if item is not None and item.amount is not None else Decimal(0)
