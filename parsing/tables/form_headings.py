"""The form of a table without a title, where its headings and its first rows cannot but mean one.

Only forms whose headings no other form has: the sides of a balance, the 三公 items laid out across, the kinds of income
and the kinds of spending.  Everything else without a title stays unknown.
"""

from __future__ import annotations

import re

from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import compact
from gongkai.vocabulary.forms import Form, form
from gongkai.vocabulary.word_lists import any_of, words

_FILE = "form_headings.csv"
_OWN_INCOME = re.compile(any_of(_FILE, "own_income"))
_APPROPRIATION = re.compile(any_of(_FILE, "appropriation"))
_GRAND_TOTAL = re.compile(any_of(_FILE, "grand_total"))
_BOTH_SIDES = re.compile(any_of(_FILE, "both_sides"))
_BUDGET_TERM = re.compile(any_of(_FILE, "budget_term"))
_PART_OF_YEAR, _PART_OF_YEAR_COLUMN = (re.compile(any_of(_FILE, f"part_of_year{of}")) for of in ("", "_column"))
_REVENUE, _EXPENDITURE = frozenset(words("sides.csv", "revenue")), frozenset(words("sides.csv", "expenditure"))
_OWN_HEADINGS = tuple(
    (form, tuple(map(re.compile, words(_FILE, form))), enough)
    for form, enough in (("three_public", 3), ("expenditure", 4), ("revenue", 4))
)
"""Forms, headings that only they have together, and how many of those are enough."""


def form_by_heading(table: Table) -> Form | None:
    """The form a table's headings name beyond doubt; None for all others.

    A title that says something lets none but 收支平衡表 and the like be read by their two sides.
    """
    headers = [compact(header) for header in table.headers]
    if table.title is not None:
        balances = _BOTH_SIDES.fullmatch(compact(table.title)) and _is_balance(headers)
        return form("balance") if balances else None
    if _is_balance(headers):
        return _balance(table)
    for identifier, patterns, enough in _OWN_HEADINGS:
        if _count(headers, patterns) >= enough:
            return form(identifier)
    return None


def speaks_of_budgets(table: Table) -> bool:
    """True for a table with a word that only budgets use: a club's or a village's 收支预算表 has none."""
    texts = (table.title or "", *table.headers, *(cell.plain for cell in table.cells))
    return any(_BUDGET_TERM.search(compact(text)) for text in texts)


def is_of_part_of_year(table: Table) -> bool:
    """True for statistics of some months, as their title (2025年1-5月…) or a column (本月完成) says."""
    if table.title and _PART_OF_YEAR.search(compact(table.title)):
        return True
    return any(_PART_OF_YEAR_COLUMN.search(compact(header)) for header in table.headers)


def _balance(table: Table) -> Form | None:
    """收支总表 lists income of the unit's own; 财政拨款收支总表 has public funds alone."""
    rows = [cell.plain for cell in table.cells if not cell.is_header]
    if not any(_GRAND_TOTAL.fullmatch(text) for text in rows):
        return None
    if any(_OWN_INCOME.search(text) for text in rows):
        return form("balance")
    return form("appropriation_balance") if any(_APPROPRIATION.search(text) for text in rows) else None


def _is_balance(headers: list[str]) -> bool:
    sides = [header.split("/")[0] for header in headers]
    both = not _REVENUE.isdisjoint(sides) and not _EXPENDITURE.isdisjoint(sides)
    return both and all(not side or side in _REVENUE | _EXPENDITURE for side in sides)


def _count(headers: list[str], patterns: tuple[re.Pattern[str], ...]) -> int:
    return sum(any(pattern.search(header) for header in headers) for pattern in patterns)
