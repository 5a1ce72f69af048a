"""Statement forms: the official tables of a disclosure and the titles they are printed under.

``forms.csv`` holds one row per form, in the order in which a title is tried: the first pattern that fits wins, so the
specific stand before the general.  Patterns are matched against the whole title with white space, quotation marks and
the number before it removed.  Source of the names: the Ministry of Finance's templates for departmental budgets and
final accounts, and the provinces' variants of them as published.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import unicodedata
from typing import Literal, get_args

from gongkai.vocabulary.dimensions import DIRECTIONS, FUNDS, SPENDINGS, Direction, Fund, Spending
from gongkai.vocabulary.loading import load

AmountFormId = Literal[
    "balance",
    "revenue",
    "general_public_revenue",
    "government_fund_revenue",
    "state_capital_revenue",
    "expenditure",
    "appropriation_balance",
    "appropriation_expenditure",
    "general_public",
    "general_public_basic",
    "appropriation_basic",
    "basic_expenditure",
    "government_fund",
    "state_capital",
    "fiscal_account",
    "three_public",
    "economic_summary",
    "project_expenditure",
    "operating_expenses",
    "purchased_services",
]
GovernmentFormId = Literal["transfers", "debt", "social_insurance_fund"]
FormId = Literal[
    AmountFormId,
    GovernmentFormId,
    "performance_department",
    "performance_project",
    "procurement",
    "assets",
    "units",
]

FORM_IDS: tuple[FormId, ...] = get_args(FormId)
AMOUNT_FORMS: tuple[AmountFormId, ...] = get_args(AmountFormId)
"""Forms whose cells become ``line_items``."""
GOVERNMENT_FORMS: tuple[GovernmentFormId, ...] = get_args(GovernmentFormId)
"""Forms of whole governments, whose rows and columns no dimension of ``line_items`` tells apart: cells alone."""

BASIC_FORMS: dict[FormId, FormId] = {
    "general_public_basic": "general_public",
    "appropriation_basic": "appropriation_expenditure",
    "basic_expenditure": "expenditure",
}
"""Forms that print 基本支出 by economic class, and the form whose column of basic spending each breaks down."""

_QUOTES = re.compile(r"[“”\"'‘’「」《》]")
_FORMER_NAMES = {"公共财政预算": "一般公共预算"}
"""What a budget was called before the law of 2014, and its name since."""
_APPROPRIATION = "财政拨款"
_ONE_FUND = "(?:一般公共预算|政府性基金(?:预算)?|国有资本经营(?:预算)?)"
_FUNDS = rf"{_ONE_FUND}(?:[、,，和及与]{_ONE_FUND})+"
_SEVERAL_FUNDS = re.compile(rf"{_APPROPRIATION}[(（][^()（）]*{_FUNDS}[^()（）]*[)）]|{_FUNDS}(?:{_APPROPRIATION})?")


@dataclasses.dataclass(frozen=True, slots=True)
class Form:
    """A statement form: its identifier, and what every amount of it has in common (None where columns decide)."""

    id: FormId
    pattern: re.Pattern[str]
    direction: Direction | None
    fund: Fund | None
    spending: Spending | None


@functools.cache
def forms() -> tuple[Form, ...]:
    """Every form, in the order of trial."""
    rows = load("forms.csv", ("form", "pattern", "direction", "fund", "spending"), ("form",))
    return tuple(
        Form(
            row.choice("form", FORM_IDS),
            re.compile(row["pattern"]),
            row.optional_choice("direction", DIRECTIONS),
            row.optional_choice("fund", FUNDS),
            row.optional_choice("spending", SPENDINGS),
        )
        for row in rows
    )


def form_of_title(title: str) -> Form | None:
    """The form a printed title names; None when no pattern fits."""
    plain = _QUOTES.sub("", "".join(unicodedata.normalize("NFKC", title).split()))
    for former, name in _FORMER_NAMES.items():
        plain = plain.replace(former, name)
    named = with_funds_as_one(plain)
    return next((form for form in forms() if form.pattern.fullmatch(named)), None)


def with_funds_as_one(title: str) -> str:
    """A compact title with a list of public funds called 财政拨款, which they are parts of.

    财政拨款（含一般公共预算和政府性基金预算）支出表 is of neither fund alone.
    """
    return _SEVERAL_FUNDS.sub(_APPROPRIATION, title)


@functools.cache
def form(identifier: FormId) -> Form:
    """The form of that identifier."""
    return {each.id: each for each in forms()}[identifier]
