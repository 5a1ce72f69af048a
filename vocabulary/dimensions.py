"""The closed vocabularies of the lake's columns: every value a dimension may have, said once as a type.

mypy refuses a misspelt value wherever one is written or compared; the loaders of ``forms.csv``, ``headings.csv`` and
``stated_items.csv`` refuse one in the lists.  ``docs/lake.md`` says what each value means.
"""

from __future__ import annotations

from typing import Literal, get_args

Direction = Literal["revenue", "expenditure"]
Fund = Literal[
    "total",
    "fiscal_appropriation",
    "general_public",
    "government_fund",
    "state_capital",
    "fiscal_account",
    "unit_funds",
    "business",
    "operating",
    "superior_subsidy",
    "subordinate_remittance",
    "non_fiscal_surplus",
    "other",
]
Spending = Literal[
    "total",
    "basic",
    "personnel",
    "wages",
    "individual_family",
    "public",
    "project",
    "project_operating",
    "project_specific",
    "operating",
    "remitted_up",
    "subsidies_down",
    "reserve",
]
Period = Literal["total", "current", "carried_over", "opening", "closing"]
Basis = Literal["budget", "adjusted_budget", "outcome", "prior_budget", "prior_outcome", "change"]
StatedBasis = Literal["budget", "adjusted_budget", "outcome", "prior_budget", "prior_outcome", "change", "prior"]
"""Kinds of figures as headings name them: ``prior`` where it names the year before and not which of its figures."""
ThreePublicItem = Literal[
    "three_public",
    "abroad",
    "vehicles",
    "vehicle_purchase",
    "vehicle_running",
    "reception",
    "meetings",
    "training",
    "operating_expenses",
]
"""三公, its parts and the expenses printed beside them, by the names that ``claims.item`` gives them."""
LineItemExpense = Literal["total", "abroad", "vehicles", "purchase", "running", "reception", "meetings", "training"]
"""Items of a “三公” form as ``line_items.item`` names them."""
Skip = Literal["beside", "count", "rate", "score", "several_years"]
"""Why a column of numbers states no amount of its form; no column of the lake."""

RowKind = Literal["line", "withheld", "of_which", "unit", "subtotal", "total"]
ProjectTables = Literal["performance", "expenditure", "both", "unsettled"]
"""The tables of a document that list a project."""
Meaning = Literal["stated", "implied", "doubtful"]
FunctionLevel = Literal["category", "group", "item"]
Phase = Literal["approved", "executed"]
Level = Literal["department", "unit", "government"]
Status = Literal["confirmed", "unchecked", "doubtful"]
CheckOutcome = Literal["holds", "broken", "not_assessable"]
ParseStatus = Literal["parsed", "partial", "unrelated", "unreadable", "container"]

DIRECTIONS: tuple[Direction, ...] = get_args(Direction)
FUNDS: tuple[Fund, ...] = get_args(Fund)
SPENDINGS: tuple[Spending, ...] = get_args(Spending)
PERIODS: tuple[Period, ...] = get_args(Period)
BASES: tuple[StatedBasis, ...] = get_args(StatedBasis)
THREE_PUBLIC_ITEMS: tuple[ThreePublicItem, ...] = get_args(ThreePublicItem)
SKIPS: tuple[Skip, ...] = get_args(Skip)
