"""The dimensions that headings give to columns of amounts: fund, spending, period, and the kind of figure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Sequence
from typing import Literal, overload

from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.totals import SUM, ends_in_sum
from gongkai.vocabulary.dimensions import Basis, Direction, Fund, Meaning, Period, Spending, StatedBasis
from gongkai.vocabulary.forms import Form
from gongkai.vocabulary.headings import meaning
from gongkai.vocabulary.word_lists import any_of

_THIS_YEARS_BUDGET = re.compile(any_of("columns.csv", "this_years_budget"))
_YEAR = re.compile(any_of("columns.csv", "year_of_column"))
_THIS_YEAR = any_of("totals.csv", "this_year") + any_of("totals.csv", "appropriation") + "?"
_THIS_YEAR_REVENUE, _THIS_YEAR_SPENDING = (
    re.compile(f"{_THIS_YEAR}{any_of('sides.csv', side)}(?:{SUM})?") for side in ("revenue", "expenditure")
)


@dataclasses.dataclass(frozen=True, slots=True)
class AmountColumn:
    """A column of amounts and the dimensions its heading fixes (None: the heading says nothing)."""

    column: int
    path: tuple[str, ...]
    fund: Fund | None
    spending: Spending | None
    period: Period | None
    basis: Basis | None = None
    direction: Direction | None = None
    """Its own, where one block prints revenue beside expenditure: 年初结转 | 本年收入 | 本年支出 | 年末结转."""
    meaning: Meaning = "stated"


def stated_basis(path: Sequence[str], own: Basis | None, year: int | None) -> Basis | None:
    """The kind of figure that a header path says its column states; ``own`` where it says nothing.

    ``own`` is the figure the document was published for, ``year`` its fiscal year.  2025年预算数 in a budget of 2026 is
    last year's budget, 执行数 in a budget last year's outcome.
    """
    said = _deepest(path, "basis")
    years = [int(found) for level in path for found in _YEAR.findall(level)]
    if said == "change":
        return said
    if said == "prior" or (year is not None and years and years[-1] == year - 1):
        return _of_year_before(said, own)
    if said == "outcome" and own == "budget":
        return "prior_outcome"
    return own if said is None else said


def _of_year_before(said: StatedBasis | None, own: Basis | None) -> Basis | None:
    if said in ("outcome", "prior_outcome"):
        return "prior_outcome"
    if said in ("budget", "adjusted_budget", "prior_budget"):
        return "prior_budget"
    return {"budget": "prior_budget", "outcome": "prior_outcome"}.get(own or "")  # type: ignore[return-value]


def holds_amounts(header: str, year: int | None) -> bool:
    """True unless the heading names a rate, what stands beside the form's amounts, or a year further away."""
    years = [int(found) for found in _YEAR.findall(header)]
    distant = year is not None and any(each not in (year, year - 1) for each in years)
    return meaning(header, "skip") is None and not distant


def amount_columns(
    columns: Sequence[int],
    table: Table,
    form: Form,
    direction: Direction | None,
    *,
    year: int | None,
    own: Basis | None,
) -> tuple[AmountColumn, ...]:
    """The amount columns of a block; where any heading speaks of a kind of spending, the others are its total."""
    headers = table.headers
    paths = {column: tuple(headers[column].split("/")) if headers[column] else () for column in columns}
    titled = _fund_of_title(table, form)
    named = {fund for path in paths.values() if (fund := _deepest(path, "fund"))}
    of_form = titled if named <= {titled} else form.fund
    of_title = meaning(compact(table.title or ""), "period")
    spendings = {column: _deepest(path, "spending") for column, path in paths.items()}
    axis = any(spendings.values()) or _has_spending_axis(form)
    rolls = _rolls_forward(paths.values(), direction)
    of_sum = _period_of_sum(paths.values())
    carried = any(_deepest(path, "period") == "carried_over" for path in paths.values())
    split = carried and form.direction is not None
    return tuple(
        AmountColumn(
            column,
            path,
            basis=stated_basis(path, own, year),
            direction=_side(path) if rolls else None,
            fund=_fund_of(path, form, of_form),
            spending=(spendings[column] or form.spending or ("total" if axis and path else None))
            if direction == "expenditure" and not (rolls and _is_no_spending(path))
            else None,
            period=(_deepest(path, "period") or _of_this_year(path, split=split) or of_title or of_sum or "total")
            if path
            else None,
            meaning="stated" if path else "doubtful",
        )
        for column, path in paths.items()
    )


def _rolls_forward(paths: Iterable[Sequence[str]], direction: Direction | None) -> bool:
    """True for a block of 年初结转 | 本年收入 | 本年支出 | 年末结转, as forms of one fund in final accounts have it."""
    of_revenue = any(_THIS_YEAR_REVENUE.fullmatch(level) for path in paths for level in path)
    of_spending = any(_THIS_YEAR_SPENDING.fullmatch(level) for path in paths for level in path)
    return direction == "expenditure" and of_revenue and of_spending


def _period_of_sum(paths: Iterable[Sequence[str]]) -> Period | None:
    """``current`` where a column is 本年收入合计 or 本年支出合计: the columns beside it are its parts."""
    sums = (level for path in paths for level in path if ends_in_sum(level))
    return (
        "current"
        if any(_THIS_YEAR_REVENUE.fullmatch(name) or _THIS_YEAR_SPENDING.fullmatch(name) for name in sums)
        else None
    )


def _of_this_year(path: Sequence[str], *, split: bool) -> Period | None:
    """``current`` for 当年预算 beside 上年结转, which ``split`` each row; elsewhere it tells this year from last."""
    return "current" if split and any(map(_THIS_YEARS_BUDGET.fullmatch, path)) else None


def _side(path: Sequence[str]) -> Direction:
    """Revenue for what was there at the beginning or came in; the rest was spent or is left over."""
    opening = _deepest(path, "period") in ("opening", "carried_over")
    return "revenue" if opening or any(map(_THIS_YEAR_REVENUE.fullmatch, path)) else "expenditure"


def _is_no_spending(path: Sequence[str]) -> bool:
    return _side(path) == "revenue" or _deepest(path, "period") == "closing"


def _fund_of_title(table: Table, form: Form) -> Fund | None:
    """The fund of a form whose columns name none, or the narrower one its title names: 一般公共预算“三公”经费表."""
    if form.direction == "expenditure" and form.fund in (None, "total"):
        return meaning(compact(table.title or ""), "fund") or form.fund
    return form.fund


def _fund_of(path: Sequence[str], form: Form, of_form: Fund | None) -> Fund | None:
    """A form of one fund carries it throughout; elsewhere the heading decides, and no word means all funds."""
    if form.fund not in (None, "total", "fiscal_appropriation"):
        return form.fund
    two_sided_or_revenue = form.direction is None or form.direction == "revenue"
    return _deepest(path, "fund") or of_form or ("total" if two_sided_or_revenue and path else None)


def _has_spending_axis(form: Form) -> bool:
    return form.id in ("expenditure", "general_public", "government_fund", "state_capital", "appropriation_expenditure")


@overload
def _deepest(path: Sequence[str], dimension: Literal["fund"]) -> Fund | None: ...
@overload
def _deepest(path: Sequence[str], dimension: Literal["period"]) -> Period | None: ...
@overload
def _deepest(path: Sequence[str], dimension: Literal["spending"]) -> Spending | None: ...
@overload
def _deepest(path: Sequence[str], dimension: Literal["basis"]) -> StatedBasis | None: ...
def _deepest(path: Sequence[str], dimension: Literal["fund", "period", "spending", "basis"]) -> str | None:
    """The value that the lowest heading of a path fixes; 小计 and the like leave what stands above them."""
    found = (meaning(level, dimension) for level in reversed(path))
    return next((value for value in found if value is not None), None)
