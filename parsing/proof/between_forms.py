"""Identities across the forms of one document: money that is stated twice must agree.

Totals of expenditure, revenue, the funds' own forms, the balances and the project lists; each functional line by its
code; a category of the balance against its code.  Where a form covers only part of the money (this year's funds
alone), the identity is tried against what it can cover, and is ``not_assessable`` when nothing printed does.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from gongkai.parsing.proof.amount_names import FILE, category_name
from gongkai.parsing.proof.check import BROKEN, HOLDS, Check, check_sum, last_digit
from gongkai.parsing.tables.listed import ListedAmount
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.parsing.text.numbering import is_entry
from gongkai.vocabulary.dimensions import Direction, Fund, Period, Spending
from gongkai.vocabulary.forms import BASIC_FORMS, FormId
from gongkai.vocabulary.word_lists import any_of

_FUND_FORMS: dict[FormId, Fund] = {
    "general_public": "general_public",
    "government_fund": "government_fund",
    "state_capital": "state_capital",
}
_PROJECT_FORMS: tuple[FormId, ...] = ("expenditure", "project_expenditure")
_HALF = re.compile(any_of(FILE, "half"))


class Forms:
    """A document's statements, asked for the amounts that other forms must agree with."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.statements = statements

    def of(self, form: FormId) -> list[Statement]:
        return [statement for statement in self.statements if statement.form.id == form]

    def find(self, form: FormId, wanted: Callable[[LineItem], bool]) -> LineItem | None:
        """The first printed amount of a form that fits."""
        items = (item for statement in self.of(form) for item in statement.items)
        return next((item for item in items if item.amount is not None and wanted(item)), None)

    def total(self, form: FormId, spending: Spending | None = "total") -> LineItem | None:
        """The amount of a form's total row over all funds, of one kind of spending."""
        return self.find(
            form,
            lambda item: (
                item.is_total
                and not item.codes
                and (spending is None or item.spending == spending)
                and item.fund in ("total", *_FUND_FORMS.values(), "fiscal_appropriation")
                and item.period != "carried_over"
            ),
        )

    def digit(self, *forms: FormId) -> Decimal:
        """The coarsest last digit among forms, in yuan."""
        return max((last_digit(statement) for form in forms for statement in self.of(form)), default=Decimal("0.01"))

    def grand_total(self, direction: Direction, period: Period) -> LineItem | None:
        return self.find(
            "balance",
            lambda item: (
                item.is_total
                and item.direction == direction
                and item.period == period
                and item.spending in (None, "total")
            ),
        )


def check_agreement(statements: Sequence[Statement], budgets: Sequence[ListedAmount | None]) -> Iterator[Check]:
    """Every identity between the forms of one document; ``budgets`` are those of its projects."""
    forms = Forms(statements)
    for check in (
        _equal(forms, "revenue_total", ("balance", "revenue"), forms.grand_total("revenue", "total"), _revenue(forms)),
        _expenditure(forms),
        _equal(
            forms,
            "economic_total",
            ("expenditure", "economic_summary"),
            forms.total("expenditure"),
            forms.total("economic_summary", None),
        ),
    ):
        if check is not None:
            yield check
    yield from _basic(forms)
    yield from _projects(forms)
    yield from _funds(forms)
    yield from _codes(forms)
    yield from _categories(forms)
    yield from _project_budgets(forms, budgets)


def _basic(forms: Forms) -> Iterator[Check]:
    """基本支出 of a form against the form of its own, which may sum personnel and public spending apart."""
    for form, whole in BASIC_FORMS.items():
        check = _basic_of(forms, form, whole)
        if check is not None:
            yield check


def _basic_of(forms: Forms, form: FormId, broken_down: FormId) -> Check | None:
    total = forms.total(broken_down, "basic")
    items = [item for statement in forms.of(form) for item in statement.items]
    sums = [item for item in items if item.is_total and not item.codes and item.amount is not None]
    whole = [item for item in sums if item.spending == "basic" and not _HALF.match(item.name)]
    halves = [item for item in sums if _HALF.match(item.name)]
    if total is None or not (whole or len(halves) == 2):
        return None
    digit, scope = forms.digit(broken_down, form), f"{broken_down} and {form}"
    return check_sum("basic_total", scope, total, whole[:1] or halves, digit)


def _projects(forms: Forms) -> Iterator[Check]:
    """The list of projects against what is spent on projects, altogether or from the general public budget alone.

    Its total row where it prints one, else all its rows; a list that covers neither is not assessable.
    """
    listed = forms.of("project_expenditure")
    spent = [item for form in ("expenditure", "general_public") if (item := forms.total(form, "project"))]
    if len(listed) != 1 or not spent:
        return
    total = forms.total("project_expenditure", None)
    rows = [total] if total else [item for item in listed[0].items if item.amount is not None and item.fund == "total"]
    digit, scope = forms.digit("expenditure", "project_expenditure"), "expenditure and project_expenditure"
    tried = [check for item in spent if (check := check_sum("project_total", scope, item, rows, digit))]
    if not tried:
        return
    partly = tried[0].not_assessable("the list covers only some of what is spent on projects")
    yield next((check for check in tried if check.outcome != BROKEN), partly)


def _revenue(forms: Forms) -> LineItem | None:
    return forms.find(
        "revenue", lambda item: item.is_total and not item.codes and item.fund == "total" and item.period == "total"
    )


def _expenditure(forms: Forms) -> Check | None:
    """本年支出合计 where the balance has it, or 支出总计, where the form counts what is carried to next year too."""
    stated = [forms.grand_total("expenditure", period) for period in ("current", "total")]
    named: tuple[FormId, FormId] = ("balance", "expenditure")
    spent = forms.total("expenditure")
    tried = [check for item in stated if (check := _equal(forms, "expenditure_total", named, item, spent))]
    return next((check for check in tried if check.outcome == HOLDS), tried[0] if tried else None)


def _equal(
    forms: Forms, rule: str, names: tuple[FormId, FormId], total: LineItem | None, other: LineItem | None
) -> Check | None:
    if total is None or other is None:
        return None
    return check_sum(rule, f"{names[0]} and {names[1]}", total, [other], forms.digit(*names))


def _funds(forms: Forms) -> Iterator[Check]:
    """Each fund's own form against the appropriation balance: what is spent from it, or what it brings in this year."""
    for form, fund in _FUND_FORMS.items():
        own = forms.total(form)
        stated = [
            item
            for statement in forms.of("appropriation_balance")
            for item in statement.items
            if item.amount is not None and item.fund == fund
        ]
        spent = [item for item in stated if item.direction == "expenditure" and item.is_total]
        received = [item for item in stated if item.direction == "revenue" and not item.is_total]
        now = [item for item in received if item.period != "carried_over"]
        before = [item for item in received if item.period == "carried_over"]
        sides = [[item] for item in (*spent[:1], *now[:1])]
        if now and before:
            sides.append([now[0], before[0]])
        if own is None or not sides:
            continue
        digit = forms.digit(form, "appropriation_balance")
        scope = f"appropriation_balance and {form}"
        tried = [check for items in sides if (check := check_sum("fund_total", scope, own, items, digit))]
        yield next((check for check in tried if check.outcome == HOLDS), _unless_spent(tried[0], spent))


def _unless_spent(check: Check, spent: Sequence[LineItem]) -> Check:
    """A fund may bring in more than is spent from it: some is carried over, or goes to next year."""
    if spent or check.outcome != BROKEN:
        return check
    return check.not_assessable("the balance states what the fund brings in, and that is not what is spent from it")


def _codes(forms: Forms) -> Iterator[Check]:
    """Each functional code: expenditure against the revenue by function, and against the sum of the funds' forms."""
    spent = _by_code(forms, "expenditure", "total")
    digit = forms.digit("expenditure", "revenue")
    received = {
        code: item
        for statement in forms.of("revenue")
        for item in statement.items
        if (code := item.function_code) and item.fund == "total" and item.period == "total"
    }
    for code, item in spent.items():
        if code in received:
            check = check_sum("function_line", f"revenue and expenditure: {code}", received[code], [item], digit)
            if check is not None:
                yield check
    yield from _fund_codes(forms, spent)


def _by_code(forms: Forms, form: FormId, spending: Spending) -> dict[str, LineItem]:
    """A form's amounts by functional code; codes printed more than once (several units) are left out."""
    by_code: dict[str, LineItem] = {}
    several: set[str] = set()
    for statement in forms.of(form):
        for item in statement.items:
            if item.function_code and item.spending == spending and item.amount is not None:
                if item.function_code in by_code:
                    several.add(item.function_code)
                by_code[item.function_code] = item
    return {code: item for code, item in by_code.items() if code not in several}


def _fund_codes(forms: Forms, spent: dict[str, LineItem]) -> Iterator[Check]:
    """Assessable only where the funds' forms together cover all that is spent."""
    total = forms.total("expenditure")
    parts = [item for form in _FUND_FORMS if (item := forms.total(form)) is not None]
    if total is None or not parts:
        return
    digit = forms.digit("expenditure", *_FUND_FORMS)
    whole = check_sum("funds_total", "expenditure and the funds' forms", total, parts, digit)
    if whole is None:
        return
    if whole.outcome != HOLDS:
        yield whole.not_assessable("the funds' forms do not cover all that is spent")
        return
    yield whole
    for spending in ("total", "basic", "project"):
        by_form = [_by_code(forms, form, spending) for form in _FUND_FORMS]
        for code, item in _by_code(forms, "expenditure", spending).items():
            lines = [codes[code] for codes in by_form if code in codes]
            if lines:
                scope = f"expenditure and the funds' forms: {code} {spending}"
                check = check_sum("function_line", scope, item, lines, digit)
                if check is not None:
                    yield check


def _categories(forms: Forms) -> Iterator[Check]:
    """A category of the balance (八、社会保障和就业支出) against its code in the expenditure form."""
    names: dict[str, LineItem] = {}
    for statement in forms.of("expenditure"):
        for item in statement.items:
            if item.function_level == "category" and item.spending == "total" and item.amount is not None:
                names.setdefault(category_name(item.name), item)
    for form in ("balance", "appropriation_balance"):
        for statement in forms.of(form):
            for item in statement.items:
                line = names.get(category_name(item.name))
                if line is None or item.amount is None or not is_entry(item.name):
                    continue
                whole = item.fund in statement.whole_funds and item.spending in (None, "total")
                if item.direction != "expenditure" or not whole or item.period == "carried_over":
                    continue
                scope = f"{form} and expenditure: {item.called!r}"
                check = check_sum("category", scope, item, [line], forms.digit(form, "expenditure"))
                if check is None:
                    continue
                # An appropriation is part of what its category spends: less than the whole contradicts nothing.
                partly = check.difference is not None and check.difference > 0
                if form == "appropriation_balance" and check.outcome == BROKEN and partly:
                    check = check.not_assessable("the appropriation covers only some of what the category spends")
                yield check


def _project_budgets(forms: Forms, budgets: Sequence[ListedAmount | None]) -> Iterator[Check]:
    """Σ project budgets = 项目支出, where all projects are listed, and never more than any form of the year states."""
    stated = [total for form in _PROJECT_FORMS if (total := forms.total(form, "project")) is not None]
    printed = [budget for budget in budgets if budget is not None]
    scope, digit = "expenditure and the budgets of the projects", forms.digit(*_PROJECT_FORMS)
    tried = [check for total in stated if (check := check_sum("project_budgets", scope, total, printed, digit))]
    if not tried or not printed:
        return
    whole = next((check for check in tried if check.outcome == HOLDS), None)
    if whole is not None and len(printed) == len(budgets):
        yield whole
    elif all(check.outcome == BROKEN and check.difference is not None and check.difference > 0 for check in tried):
        yield max(tried, key=lambda check: check.expected or 0)
    else:
        reason = "the budgets of the listed projects do not add up to project spending, so not all may be listed"
        yield tried[0].not_assessable(reason)
