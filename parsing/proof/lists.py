"""Lists of purchases, assets and projects: what their own arithmetic says, and projects against the forms.

A list's total, its subtotals and its columns of funds confirm the amounts they sum.  A project is confirmed by the row
of the form 项目支出表 that bears its name, by its funds, or with all others where together they are 项目支出; that they
are no more than 项目支出 contradicts nothing and proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from gongkai.parsing.proof.across import across
from gongkai.parsing.proof.check import BROKEN, HOLDS, Check, check_sum, last_digit
from gongkai.parsing.tables.column_dimensions import AmountColumn
from gongkai.parsing.tables.columns import Block
from gongkai.parsing.tables.inventories import Asset, Purchase, Purchases
from gongkai.parsing.tables.listed import ListedAmount, finest_digit
from gongkai.parsing.tables.project_cards import Project
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.numbering import entry, without_of_which
from gongkai.parsing.text.totals import is_total


def check_purchases(purchases: Purchases) -> Iterator[Check]:
    """合计 and the subtotals against their lines, and in every row 合计 against its funds."""
    digit = finest_digit(amount for row in purchases.rows for amount in row.amounts.values())
    yield from _in_rows(purchases, digit)
    for column in purchases.funds:
        yield from _in_column(purchases, column, digit)


def _in_rows(purchases: Purchases, digit: Decimal) -> Iterator[Check]:
    headers = purchases.table.headers
    columns = [AmountColumn(each, tuple(headers[each].split("/")), None, None, None) for each in purchases.funds]
    for relation in across(Block(None, (), (), tuple(columns))):
        for row in purchases.rows:
            if relation.total in row.amounts:
                addends = [row.amounts[part] for part in relation.addends if part in row.amounts]
                scope = f"procurement: row {_name(row)!r}"
                check = check_sum("row", scope, row.amounts[relation.total], addends, digit) if addends else None
                if check is not None:
                    yield check


def _in_column(purchases: Purchases, column: int, digit: Decimal) -> Iterator[Check]:
    """The total against all lines, or all rows of a table that is sums alone; a subtotal against those it may reach."""
    rows = [row for row in purchases.rows if column in row.amounts]
    heading = purchases.table.headers[column]
    for place, row in enumerate(rows):
        if not row.row["is_subtotal"]:
            continue
        whole = is_total(compact(row.row["project_name"] or ""))
        reaches = [[each for each in rows if not each.row["is_subtotal"]]] if whole else _reaches(rows, place)
        scope = f"procurement: {_name(row)!r} in column {heading!r}"
        tried = [
            check
            for lines in reaches
            if (check := check_sum("procurement", scope, row.amounts[column], _of(lines, column), digit)) is not None
        ]
        if tried:
            yield next((check for check in tried if check.outcome == HOLDS), _judged(tried[0], whole=whole))


def _judged(check: Check, *, whole: bool) -> Check:
    if whole or check.outcome != BROKEN:
        return check
    return check.not_assessable("the list does not say which lines this row sums")


def _reaches(rows: Sequence[Purchase], place: int) -> Iterator[list[Purchase]]:
    """The lines behind a subtotal up to each subtotal that may end its reach, those of its own level first."""
    level = rows[place].level
    ends = [end for end in range(place + 1, len(rows)) if rows[end].row["is_subtotal"] and end > place + 1]
    nearest = [end for end in ends if rows[end].level <= level]
    for end in dict.fromkeys((*nearest, *ends, len(rows))):
        lines = [row for row in rows[place + 1 : end] if not row.row["is_subtotal"]]
        if lines:
            yield lines


def _of(rows: Sequence[Purchase], column: int) -> list[ListedAmount]:
    return [row.amounts[column] for row in rows]


def _name(row: Purchase) -> str:
    return row.row["project_name"] or row.row["item"] or ""


def check_assets(assets: Sequence[Asset]) -> Iterator[Check]:
    """资产总额 against the numbered rows below it; 其中 is part of one of them."""
    printed = [(compact(asset.row["item"]), asset.value) for asset in assets if asset.value is not None]
    numbered = [value for name, value in printed if entry(name) and without_of_which(name) == name]
    plain = [value for name, value in printed if not entry(name) and without_of_which(name) == name]
    if len(plain) == 1 and numbered and printed[0][1] is plain[0]:
        digit = finest_digit([plain[0], *numbered])
        check = check_sum("assets", f"assets: {assets[0].row['item']!r}", plain[0], numbered, digit)
        if check is not None:
            yield check


def check_projects(projects: Sequence[Project], statements: Sequence[Statement]) -> Iterator[Check]:
    """Each project's budget against its funds, and against the row of its name in the form of projects."""
    rows = _rows_by_name(statements)
    for project in projects:
        budget = project.amounts.get("budget")
        if budget is None or project.name is None:
            continue
        yield from _of_funds(project, budget)
        line = _line_of(project, rows)
        scope = f"project_expenditure and the project {project.name!r}"
        check = (
            check_sum("project_line", scope, line.item, [budget], max(budget.last_digit, line.digit)) if line else None
        )
        if check is not None and check.outcome == BROKEN:
            check = check.not_assessable("the row may state another part of the project's money")
        if check is not None:
            yield check


def _of_funds(project: Project, budget: ListedAmount) -> Iterator[Check]:
    """资金总额 = 财政拨款 + 其他资金 (+ 上年结转); a card may print but some of the funds."""
    parts = [project.amounts[kind] for kind in ("fiscal", "other", "account", "own") if kind in project.amounts]
    carried = [project.amounts["carried"]] if "carried" in project.amounts else []
    scope, digit = f"projects: {project.name!r}", finest_digit([budget, *parts, *carried])
    tried = [check for each in (parts, [*parts, *carried]) if (check := check_sum("row", scope, budget, each, digit))]
    if not parts or not tried:
        return
    partly = tried[0].not_assessable("the project may have funds that are not printed with it")
    yield next((check for check in tried if check.outcome == HOLDS), partly)


class _Line(NamedTuple):
    """A row of the form of projects: its amount of all funds, and the form's last digit."""

    item: LineItem
    digit: Decimal


def _rows_by_name(statements: Sequence[Statement]) -> dict[str, list[_Line]]:
    """The rows of the forms of projects by their names."""
    found: dict[str, list[_Line]] = {}
    for statement in statements:
        if statement.form.id != "project_expenditure":
            continue
        digit = last_digit(statement)
        for item in statement.items:
            if item.amount is not None and not item.is_total and item.fund == "total" and item.period == "total":
                found.setdefault(item.name, []).append(_Line(item, digit))
    return found


def _line_of(project: Project, rows: Mapping[str, Sequence[_Line]]) -> _Line | None:
    """The one row of a project's name, of its unit where several have that name."""
    named = rows.get(compact(project.name or ""), ())
    if len(named) > 1 and project.unit_name:
        named = [line for line in named if compact(line.item.unit_name or "") == compact(project.unit_name)]
    return named[0] if len(named) == 1 else None
