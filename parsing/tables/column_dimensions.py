"""The dimensions that headings give to columns of amounts: fund, spending, period, and the kind of figure."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable, Sequence
from typing import Literal, overload

from gongkai.parsing.tables.sections import APPROPRIATIONS, PARTS_OF_ANY, within
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.coded_names import coded_name
from gongkai.parsing.text.numbering import without_of_which
from gongkai.parsing.text.totals import SUM, ends_in_sum
from gongkai.vocabulary.classification import ECONOMIC, GOVERNMENT_ECONOMIC, codes_named, kind_of
from gongkai.vocabulary.dimensions import Basis, Direction, Fund, Meaning, Period, Spending, StatedBasis
from gongkai.vocabulary.forms import Form, FormId, with_funds_as_one
from gongkai.vocabulary.headings import meaning
from gongkai.vocabulary.word_lists import any_of

_YEAR = re.compile(any_of("columns.csv", "year_of_column"))
_FURTHER_BACK = re.compile(any_of("columns.csv", "year_further_back"))
_REPORT = re.compile(any_of("columns.csv", "report"))
_GOVERNMENT = re.compile(any_of("columns.csv", "government_economic"))
_BARE_SUM = re.compile(SUM)
_NAMES = re.compile(rf".*{any_of('columns.csv', 'heading_of_names')}")
_TAKES_OFF = re.compile(any_of("columns.csv", "takes_off"))
_PLAIN = re.compile(rf"(?:{any_of('columns.csv', 'plain_word')}|[、/:()（）：“”])+")
_SIDES: dict[Direction, re.Pattern[str]] = {
    "revenue": re.compile(any_of("sides.csv", "revenue")),
    "expenditure": re.compile(any_of("sides.csv", "expenditure")),
}
_SAYS_THIS_YEAR = re.compile(any_of("totals.csv", "this_year"))
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
    economic: str | None = None
    """The economic class that its heading names: 商品和服务支出."""


def stated_basis(path: Sequence[str], own: Basis | None, year: int | None, title: str = "") -> Basis | None:
    """The kind of figure that a header path says its column states; ``own`` where it says nothing.

    ``own`` is the figure the document was published for, ``year`` its fiscal year.  2025年预算数 in a budget of 2026 is
    last year's budget, 执行数 in a budget last year's outcome; the ``title`` of a report on a year's execution
    (2025年…完成情况表) says which year it is where the headings do not.
    """
    said = _deepest(path, "basis")
    above = (title,) if _REPORT.search(title) else ()
    years = [int(found) for level in (*above, *path) for found in _YEAR.findall(level)]
    if said == "change":
        return said
    if said == "prior" or (year is not None and years and years[-1] == year - 1):
        return _of_year_before(said, own)
    if said == "outcome" and own == "budget" and not (years and years[-1] == year):
        return "prior_outcome"
    return own if said is None else said


def _of_year_before(said: StatedBasis | None, own: Basis | None) -> Basis | None:
    if said in ("outcome", "prior_outcome"):
        return "prior_outcome"
    if said in ("budget", "adjusted_budget", "prior_budget"):
        return "prior_budget"
    return {"budget": "prior_budget", "outcome": "prior_outcome"}.get(own or "")  # type: ignore[return-value]


def holds_amounts(header: str, year: int | None) -> bool:
    """True unless the heading names a rate, what stands beside the form's amounts, or a year further away.

    ``basis`` tells the year's figures from last year's and no others, and an amount has no year of its own: in a budget
    of 2026, 2024年决算数 or 前年决算数 would be taken for one of these.
    """
    if _FURTHER_BACK.search(header):
        return False
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
    is_said: bool = True,
) -> tuple[AmountColumn, ...]:
    """The amount columns of a block; where any heading speaks of a kind of spending, the others are its total.

    Of columns that their headings or their dimensions do not tell apart all but one are doubtful.

    ``is_said`` is False where no heading says the block's ``direction``.
    """
    headers = table.headers
    paths = {column: tuple(headers[column].split("/")) if headers[column] else () for column in columns}
    titled = fund_of_title(table, form)
    named = {fund for path in paths.values() if (fund := _fund_said(path))}
    parts = {titled, "fiscal_appropriation"} if titled in APPROPRIATIONS else {titled}
    of_form = titled if named <= parts else form.fund or ("total" if direction == "expenditure" else None)
    carried = any(_period_said(path) == "carried_over" for path in paths.values())
    title = compact(table.title or "")
    of_title = None if carried else meaning(title, "period")
    parted = carried and any(len(path) == 1 and ends_in_sum(path[0]) for path in paths.values())
    spendings = {column: _spending_said(path, form) for column, path in paths.items()}
    axis = any(spendings.values()) or _has_spending_axis(form)
    rolls = _rolls_forward(paths.values(), direction)
    of_sum = _period_of_sum(paths.values())
    closes = rolls and any(_period_said(path) == "closing" for path in paths.values())
    holds_balance = any(_period_said(path) in _CARRIED for path in paths.values())
    described = not title or is_said is False
    takes_classes = direction == "expenditure" and form.id not in _OF_ITEMS
    government = _GOVERNMENT.search(title) is not None
    told_apart = {path: column for column, path in reversed(paths.items())}

    def column_of(column: int, path: tuple[str, ...]) -> AmountColumn:
        economic = _economic_class(path, spendings[column], government) if takes_classes else None
        clear = (economic is not None or _is_understood(path, form)) and told_apart[path] == column
        whole = clear and economic is None
        of_all = holds_balance and len(path) == 1 and _BARE_SUM.fullmatch(compact(path[0])) is not None
        period = _period_said(path) or (_this_year(path) if parted else of_title)
        if closes and period == "carried_over":
            period = "opening"  # 上年结转和结余 | 本年收入 | 本年支出 | 年末结转和结余
        side = _side(path) if rolls else None
        spending = spendings[column] or form.spending or ("total" if axis and whole else None)
        is_balance = _is_no_spending(path) if rolls else period in ("opening", "closing")
        takes_part = direction == "expenditure" and not is_balance
        implied = described or economic is not None or (period is None and of_sum is not None)
        implied = implied or (rolls and not _says_side(path, side)) or _deepest(path, "basis") == "prior"
        implied = implied or (form.direction is not None and not rolls and not _says_side((title, *path), direction))
        return AmountColumn(
            column,
            path,
            basis=stated_basis(path, own, year, title),
            direction=side,
            fund=_fund_of(path, form, of_form, clear=clear),
            spending=spending if takes_part else spendings[column],
            period=(period or (None if of_all else of_sum) or "total") if path else None,
            meaning="doubtful" if not clear else "implied" if implied else "stated",
            economic=economic or None,
        )

    found = [column_of(column, path) for column, path in paths.items()]
    again = _stated_again(found, form)
    return tuple(dataclasses.replace(each, meaning="doubtful") if each.column in again else each for each in found)


def _stated_again(columns: Sequence[AmountColumn], form: Form) -> frozenset[int]:
    """The columns that repeat another, or a part of it that no dimension names: who sums both counts money twice.

    本级财政拨款/其中：经费拨款 beside 本级财政拨款/金额; 部门预算/合计 behind 总计.  Of two columns of one name that
    below 小计 is the whole.  教育收费 and 其他收入 below 财政专户 are two parts and no whole.
    """
    sums = {column.path[:-1] for column in columns if column.path and _BARE_SUM.fullmatch(compact(column.path[-1]))}
    again = {column.column for column in columns if len(column.path) > 1 and column.path in sums}
    understood = [column for column in columns if column.meaning != "doubtful" and form.id not in _OF_ITEMS]
    for place, column in enumerate(understood):
        alike = [other for other in understood if other is not column and _dimensions(other) == _dimensions(column)]
        if _is_of_which(column.path):
            repeats = any(not _is_of_which(other.path) for other in alike)
        else:
            repeats = any(other in understood[:place] and _is_plain(other.path) for other in alike)
            repeats = repeats and _is_plain(column.path)
        if repeats:
            again.add(column.column)
    return frozenset(again)


def _dimensions(column: AmountColumn) -> tuple[str | None, ...]:
    return column.fund, column.spending, column.period, column.basis, column.direction, column.economic


def _is_of_which(path: Sequence[str]) -> bool:
    return any(without_of_which(name) != name for name in map(compact, path))


def _is_plain(path: Sequence[str]) -> bool:
    """True for a path that names no fund and no kind of spending."""
    return _deepest(path, "fund") is None and _deepest(path, "spending") is None


def _is_understood(path: Sequence[str], form: Form) -> bool:
    """True for a path of which every word is known, or of which one fixes what its form's columns part, no 预算科目.

    扣除中央基建投资后预算数 is less than the column it repeats, by what no dimension names: it is not understood.

    其他专户收入拨款 below 财政专户拨款收入 is of that account whatever it is; 债务收入 alone may be of any fund.
    """
    if not path or _NAMES.fullmatch(compact(path[-1])) or any(_TAKES_OFF.search(compact(level)) for level in path):
        return False
    axes: tuple[Literal["fund", "spending"], ...] = ("fund", "spending")
    if any(_deepest(path, axis) is not None for axis in axes):
        return True
    return all(map(_is_known, path)) or form.id in _OF_ITEMS


_OF_ITEMS: frozenset[FormId] = frozenset(("three_public", "operating_expenses"))
"""Forms whose columns may be items of expense, which ``line_items.item`` tells."""


@functools.lru_cache(maxsize=4_096)
def _is_known(level: str) -> bool:
    """True for a heading of plain words (本年预算数合计), or one that fixes a period or the kind of figure."""
    text = compact(level)
    return _PLAIN.fullmatch(text) is not None or any(
        meaning(text, dimension) is not None for dimension in ("period", "basis", "skip")
    )


def _economic_class(path: Sequence[str], spending: Spending | None, government: bool) -> str | None:  # noqa: FBT001
    """The code of the economic class that the lowest heading but 小计 names, of the government's classification or not.

    None where it is the column's kind of ``spending`` (工资福利支出) or no class; the empty text where several classes
    are so named.
    """
    path = tuple(level for level in path if not _BARE_SUM.fullmatch(compact(level)))
    name = compact(path[-1]) if path else ""
    of_its_own = meaning(name, "spending")
    if (of_its_own is not None and of_its_own == spending) or meaning(name, "fund") is not None:
        return None
    if (coded := coded_name(name)) is not None:
        kind = kind_of(coded.code)
        known = kind in (ECONOMIC, GOVERNMENT_ECONOMIC) and coded.code in codes_named(kind, coded.name)
        return coded.code if known else None
    named = codes_named(GOVERNMENT_ECONOMIC if government else ECONOMIC, name)
    inside = [
        code
        for level in path[:-1]
        for parent in codes_named(ECONOMIC, compact(level))
        for code in named
        if code.startswith(parent)
    ]
    if government and not inside and codes_named(ECONOMIC, name):
        return "" if named else None  # 商品和服务支出 is of both classifications, on different levels
    choices = inside or list(named)
    return choices[0] if len(choices) == 1 else "" if choices else None


def _says_side(texts: Iterable[str], side: Direction | None) -> bool:
    return side is not None and any(_SIDES[side].search(text) for text in texts)


def _this_year(path: Sequence[str]) -> Period | None:
    """``current`` for 当年预算 where 合计 parts into it and 上年结转; alone it is the budget of the year."""
    return "current" if any(_SAYS_THIS_YEAR.match(level) for level in path) else None


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


def _side(path: Sequence[str]) -> Direction:
    """Revenue for what was there at the beginning or came in; the rest was spent or is left over."""
    opening = _period_said(path) in ("opening", "carried_over")
    return "revenue" if opening or any(map(_THIS_YEAR_REVENUE.fullmatch, path)) else "expenditure"


def _is_no_spending(path: Sequence[str]) -> bool:
    return _side(path) == "revenue" or _period_said(path) == "closing"


_CARRIED: frozenset[Period | None] = frozenset(("carried_over", "opening", "closing"))


def _period_said(path: Sequence[str]) -> Period | None:
    """The period of the lowest heading that names one; 基本支出结转 below 年初结转和结余 is a part of that balance."""
    said = _deepest(path, "period")
    balance = next((each for level in path if (each := meaning(level, "period")) in ("opening", "closing")), None)
    return balance if said == "carried_over" and balance else said


def fund_of_title(table: Table, form: Form) -> Fund | None:
    """The fund of a form whose columns name none, or the narrower one its title names: 一般公共预算“三公”经费表.

    A title of several such funds is of the money they are parts of: 财政拨款（含一般公共预算和政府性基金预算）.
    """
    if form.direction != "revenue" and form.fund in (None, "total", "fiscal_appropriation"):
        return meaning(with_funds_as_one(compact(table.title or "")), "fund") or form.fund
    return form.fund


def _fund_of(path: Sequence[str], form: Form, of_form: Fund | None, *, clear: bool) -> Fund | None:
    """A form of one fund carries it throughout; elsewhere the heading decides, and plain words mean all funds."""
    if form.fund not in (None, "total", "fiscal_appropriation"):
        return form.fund
    two_sided_or_revenue = form.direction is None or form.direction == "revenue"
    whole: Fund | None = of_form or ("total" if two_sided_or_revenue else None)
    said = _fund_said(path)
    if said == "fiscal_appropriation" and of_form in APPROPRIATIONS:
        return of_form
    return said or (whole if clear or whole != "total" else None)


def _fund_said(path: Sequence[str]) -> Fund | None:
    """The fund that a path says: 经费拨款 and 其他收入 are of the public fund that stands above them, 一般公共预算.

    其中：财政拨款 below 一般公共预算 repeats a part of the column beside it, and keeps the name that tells them apart.
    """
    said = [(level, fund) for level in reversed(path) if (fund := meaning(level, "fund"))]
    if not said:
        return None
    level, lowest = said[0]
    above = next((fund for _, fund in said if fund not in PARTS_OF_ANY), None)
    return above if above in APPROPRIATIONS and without_of_which(level) == level else lowest


def _spending_said(path: Sequence[str], form: Form) -> Spending | None:
    """The kind of spending that a path says: 工资福利支出 below 项目支出, or in its form, is spending on projects."""
    levels = [kind for level in path if (kind := meaning(level, "spending"))]
    said: Spending | None = form.spending if levels and form.spending == "project" and "basic" not in levels else None
    for level in levels:
        said = within(level, said)
    return said


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
