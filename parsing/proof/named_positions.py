"""Line items that a name in prose can mean, by the forms, rows and columns they stand in.

Names in prose are less exact than a table's headings: 一般公共预算支出 is a form's total, a column of another and a row
of a third.  A claim leads to every position its name can mean; which of them agree is for ``text_and_tables`` to see.
The module is long because each kind of item has a rule of its own for the places it can stand in.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from gongkai.parsing.narrative.claim import Claim, Mention
from gongkai.parsing.narrative.coded_classes import without_spending
from gongkai.parsing.proof.amount_names import FILE
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.numbering import without_enumerator
from gongkai.vocabulary.classification import comparable
from gongkai.vocabulary.dimensions import Fund, Spending, ThreePublicItem
from gongkai.vocabulary.expenses import expense_of, names_several
from gongkai.vocabulary.forms import AMOUNT_FORMS, BASIC_FORMS, FormId
from gongkai.vocabulary.stated_items import CLASSES, stated_item
from gongkai.vocabulary.word_lists import any_of

_FORMS: dict[Fund, tuple[FormId, ...]] = {
    "total": ("expenditure", "balance", "economic_summary", "general_public", *BASIC_FORMS),
    "fiscal_appropriation": (
        "appropriation_expenditure",
        "appropriation_balance",
        "general_public",
        "general_public_basic",
        "appropriation_basic",
        "government_fund",
        "state_capital",
    ),
    "general_public": (
        "general_public",
        "general_public_basic",
        "appropriation_balance",
        "appropriation_expenditure",
    ),
    "government_fund": ("government_fund", "appropriation_balance"),
    "state_capital": ("state_capital", "appropriation_balance"),
}
"""Forms in which to look for an amount of a fund's spending."""
_TOTALS = ("revenue_total", "revenue_current", "expenditure_total", "expenditure_current", "balance_total")
_APPROPRIATIONS = ("appropriation_balance_total", "appropriation_revenue", "appropriation_expenditure")
_OF_A_FUND = ("general_public", "government_fund", "state_capital")
_ITEMS_OF_FUNDS = {**{fund: fund for fund in _OF_A_FUND}, "fiscal_appropriation": "appropriation"}
"""How the items of a fund begin."""
_SPENDING: dict[str, Spending] = {
    "basic": "basic",
    "project": "project",
    "personnel": "personnel",
    "public": "public",
    "wages": "wages",
    "individual_family": "individual_family",
    "operating_expenditure": "operating",
    "reserve": "reserve",
    "remitted_up": "remitted_up",
    "subsidies_down": "subsidies_down",
}
_ECONOMIC = {"wages": "301", "goods_services": "302", "individual_family": "303", "capital": "310"}
_EXPENSES: frozenset[FormId] = frozenset(("three_public", "operating_expenses"))
_BALANCES: frozenset[FormId] = frozenset(("balance", "appropriation_balance", "revenue"))
_WITH_TOTALS: frozenset[FormId] = frozenset(("balance", "revenue", "expenditure", "economic_summary"))
_WITH_APPROPRIATIONS: frozenset[FormId] = _BALANCES | {"appropriation_expenditure", "general_public"}
_FORMS_OF_ITEMS = {
    **dict.fromkeys(_TOTALS, _WITH_TOTALS),
    **dict.fromkeys(_APPROPRIATIONS, _WITH_APPROPRIATIONS),
    "carried_forward": frozenset(AMOUNT_FORMS),
}
_WHOLE_FUNDS = ("total", "fiscal_appropriation", None)


_QUOTES = re.compile("[“”\"']")
_PART_OF_EXPENSE = re.compile(rf"{any_of('numbering.csv', 'of_which')}?[:：]?{any_of(FILE, 'part_of_expense')}")
_PLAIN_LEVEL = re.compile(any_of(FILE, "plain_level"))
_OWN_BUDGET = re.compile(any_of(FILE, "own_budget_column"))
_BASES: dict[str, tuple[str, ...]] = {
    "budget": ("budget", "adjusted_budget"),
    "adjusted_budget": ("adjusted_budget", "budget"),
    "previous": ("prior_budget", "prior_outcome"),
}
"""The kinds of figure that a claim of a role may be; an amount is what its document was published for."""
_PRIOR = {"prior_budget": "prior_budget", "prior_actual": "prior_outcome"}

Position = tuple[Statement, LineItem]
"""A line item, and the statement it is of."""


class Positions:
    """The line items by what a name in prose can lead to: a class by its code, the rest by rows without codes."""

    def __init__(self, statements: Sequence[Statement], *, executed: bool) -> None:
        self.executed = executed
        self._meant: dict[tuple[tuple[str | None, ...], str, str | None], list[Position]] = {}
        self.coded: dict[tuple[str, str], list[Position]] = {}
        self.named: dict[str, list[Position]] = {}
        """Spending without codes, by the names of its rows as ``_bare_name`` gives them."""
        self.plain: list[tuple[Statement, list[LineItem]]] = []
        for statement in statements:
            self.plain.append((statement, [item for item in statement.items if not item.codes]))
            for item in statement.items:
                for kind, code in item.codes.items():
                    self.coded.setdefault((kind, code), []).append((statement, item))
                if not item.codes and item.direction == "expenditure":
                    self.named.setdefault(_bare_name(item.name), []).append((statement, item))

    def meant_by(self, row: Claim) -> list[Position]:
        """Every line item that the claimed amount can be, in the order of the tables."""
        one = row.mention
        named = (one.item, one.name, one.code, one.category, one.fund, one.direction, one.scope, one.within)
        key = (named, row.role, row.compared_with if row.role == "previous" else None)
        if key not in self._meant:
            self._meant[key] = list(self._all_meant_by(row))
        return self._meant[key]

    def _all_meant_by(self, row: Claim) -> Iterator[Position]:
        mention = row.mention
        code = ("economic", _ECONOMIC[mention.item]) if mention.item in _ECONOMIC else (mention.item, mention.code)
        coded = self.coded.get((code[0], code[1] or ""), ())
        forms = _forms_of(mention)
        for statement, item in itertools.chain(coded, self._uncoded(mention, forms)):
            of_form = statement.form.id in forms
            if of_form and _is_of_year(row, item, executed=self.executed) and _means(mention, statement, item):
                yield statement, item

    def _uncoded(self, mention: Mention, forms: Collection[str]) -> Iterable[Position]:
        if mention.item == "function":
            return self.named.get(without_spending(mention.name), ())
        if mention.item in CLASSES:
            return ()
        return ((statement, item) for statement, items in self.plain if statement.form.id in forms for item in items)


def _is_of_year(row: Claim, item: LineItem, *, executed: bool) -> bool:
    """True where a line item is of the year and stage (budgeted, spent) of the claimed amount."""
    if row.role == "amount":
        return item.basis in (None, "outcome" if executed else "budget")
    if row.role == "previous" and row.compared_with in _PRIOR:
        return item.basis == _PRIOR[row.compared_with]
    return item.basis in _BASES[row.role]


def is_same_budget(row: Claim, item: LineItem) -> bool:
    """True unless a claimed budget and a column may be two budgets of one year, 年初 and 全年.

    A column headed 预算数 may be either, and so may a budget that the text calls no more than that.
    """
    if row.role == "adjusted_budget":
        return item.basis == "adjusted_budget"
    return row.role != "budget" or (item.basis == "budget" and _OWN_BUDGET.search(item.measure) is not None)


def _name_of(mention: Mention) -> str:
    """The item that a name means: 本年收入 in the section of a fund is the fund's revenue."""
    beginning = _ITEMS_OF_FUNDS.get(mention.fund or "")
    if mention.item not in _TOTALS or beginning is None:
        return mention.item
    return f"{beginning}_{mention.direction}" if mention.direction else beginning


def _means(mention: Mention, statement: Statement, item: LineItem) -> bool:
    """True for a position, of one of ``_forms_of``, that is named by the narrative."""
    form, name = statement.form.id, _name_of(mention)
    if name in CLASSES:
        return _is_class(mention, form, item)
    if form in _EXPENSES:
        return _is_three_public(name, form, item)
    if name in _SPENDING or name in _ECONOMIC:
        return _is_spending(name, item)
    return _is_total_or_revenue(mention, form, item)


def can_be_either_side(mention: Mention) -> bool:
    """True for a fund named without saying whether its revenue or its expenditure is meant."""
    return mention.direction is None and _name_of(mention) in _OF_A_FUND


def _is_total_or_revenue(mention: Mention, form: FormId, item: LineItem) -> bool:
    name = _name_of(mention)
    if name in _TOTALS:
        return _is_total(name, item)
    if name in _APPROPRIATIONS:
        return _is_appropriation(mention, form, item)
    if name.startswith(_OF_A_FUND):
        return _is_of_fund(mention, form, item)
    known = stated_item(name)
    if known.direction == "revenue":
        return _is_received(name, known.fund, form, item)
    left = name == "carried_forward" and item.direction == "expenditure"
    return left and item.period in ("closing", "carried_over")


def _forms_of(mention: Mention) -> Collection[str]:
    """The forms of which a position can be what the narrative names."""
    if mention.item in CLASSES:
        return _forms_of_funds(mention.fund, mention.scope)
    return _EXPENSES.union(_forms_beside(mention))


def _forms_beside(mention: Mention) -> Collection[str]:
    name = _name_of(mention)
    if name in _SPENDING or name in _ECONOMIC:
        return _forms_of_funds(mention.fund, mention.scope)
    if name.startswith(_OF_A_FUND):
        return {*_BALANCES, mention.fund or ""}
    others: frozenset[FormId] = _BALANCES if stated_item(name).direction == "revenue" else frozenset()
    return _FORMS_OF_ITEMS.get(name, others)


@functools.cache
def _forms_of_funds(*named: Fund | None) -> frozenset[FormId]:
    funds = {fund for fund in named if fund is not None} or set(_FORMS)
    if "total" in funds:
        funds = set(_FORMS)
    return frozenset(form for fund in funds for form in _FORMS.get(fund, ()))


def _is_class(mention: Mention, form: FormId, item: LineItem) -> bool:
    if mention.within is not None and item.spending != mention.within:
        return False
    if mention.within is None and item.spending not in (None, "total") and "basic" not in form:
        return False
    code = item.codes.get(mention.item)
    if code is not None:
        return code == mention.code
    if mention.item != "function" or item.codes or item.direction != "expenditure":
        return False
    return _bare_name(item.name) == without_spending(mention.name)


@functools.lru_cache(maxsize=8_192)
def _bare_name(name: str) -> str:
    """A row's name as one of the classification: without its number, and without 支出 at its end."""
    return without_spending(comparable(without_enumerator(name)))


def _is_total(name: str, item: LineItem) -> bool:
    """The totals of the whole document, of the direction the name gives."""
    if not item.is_total or item.codes or item.spending not in (None, "total"):
        return False
    wanted = stated_item(name).direction
    if wanted is not None and item.direction != wanted:
        return False
    return item.fund in ("total", None)


def _is_appropriation(mention: Mention, form: FormId, item: LineItem) -> bool:
    if form == "appropriation_balance":
        wanted = mention.direction is None or item.direction == mention.direction
        return item.is_total and not item.codes and wanted and item.fund in _WHOLE_FUNDS
    if form == "appropriation_expenditure" or (form == "general_public" and mention.scope == "general_public"):
        return mention.direction != "revenue" and item.is_total and item.spending in (None, "total")
    if mention.direction == "revenue" and form in ("balance", "revenue"):
        counted = form == "balance" or (item.is_total and not item.codes)
        return counted and item.direction == "revenue" and item.fund == "fiscal_appropriation"
    return False


def _is_three_public(name: str, form: FormId, item: LineItem) -> bool:
    if item.period == "carried_over":
        return False
    if form == "operating_expenses":
        return name == form and (item.is_total or expense_of(compact(item.name)) == form)
    return expense_at(without_enumerator(item.name), item.measure) == name


@functools.lru_cache(maxsize=4_096)
def expense_at(name: str, measure: str) -> ThreePublicItem | None:
    """The expense of a position of the form of 三公, by its row's name, else by its headings from the lowest up."""
    for level in (name, *reversed([level for level in measure.split("/") if level])):
        plain = _QUOTES.sub("", compact(level))
        if _PART_OF_EXPENSE.match(plain):
            return None
        expense = None if _PLAIN_LEVEL.fullmatch(plain) else expense_of(plain)
        if expense is not None and names_several(plain):
            return None
        if expense is not None:
            return expense
    return None


def _is_spending(name: str, item: LineItem) -> bool:
    if item.direction not in (None, "expenditure"):
        return False
    if name in _ECONOMIC and item.codes.get("economic") == _ECONOMIC[name]:
        return True
    if name in _SPENDING and item.spending == _SPENDING[name] and item.is_total and not item.codes:
        return True
    plain = comparable(without_enumerator(item.name))
    return not item.codes and stated_item(name).pattern.fullmatch(plain) is not None


def _is_of_fund(mention: Mention, form: FormId, item: LineItem) -> bool:
    """Totals of one fund: its own form, its column or row in the balances, its column of the revenue form."""
    fund = mention.fund
    if mention.direction != "revenue" and form == fund:
        return item.is_total and not item.codes and item.spending in (None, "total")
    if form not in _BALANCES or item.fund != fund:
        return False
    if mention.direction is not None and item.direction not in (None, mention.direction):
        return False
    return item.is_total or (item.direction == "revenue" and form != "revenue")


def _is_received(name: str, fund: Fund | None, form: FormId, item: LineItem) -> bool:
    if item.direction != "revenue" or item.codes:
        return False
    if form == "revenue" and not item.is_total:
        return False
    if name == "carried_over":
        return item.period in ("opening", "carried_over")
    return item.fund == fund
