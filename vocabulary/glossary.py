"""The glossary: every closed value and every heading of the lake in Chinese, with what it means and where it stands.

``glossary.csv`` has a row for each term and Chinese name: ``columns`` are the columns that hold the value, ``column``
for the name of a column itself, whose meaning is its comment.  ``source`` is the law or standard that the Chinese term
is taken from.  Rules and kinds of issues have no meaning here: ``docs/lake.md`` explains them.
"""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Mapping, Sequence

from gongkai.vocabulary.loading import load

COLUMNS = ("term", "columns", "chinese", "meaning", "chinese_meaning", "source")

HEADING = "column"
"""Stands among ``columns`` where the term is the name of a column."""

_SAME_VALUES: Mapping[str, Sequence[str]] = {
    "revenue_from": ("form",),
    "expenditure_from": ("form",),
    "three_public_from": ("form",),
    "meetings_from": ("form",),
    "training_from": ("form",),
    "personnel_form": ("form",),
    "promised": ("form",),
    "found_in": ("form", "divided_by"),
    "figure": ("direction", "item", "form"),
    "budget_basis": ("basis",),
    "last_year_basis": ("basis",),
    "persons_kind": ("kind",),
    "issues_by_kind": ("kind",),
    "broken_by_rule": ("rule",),
    "status": ("parse_status",),
    "scope": ("form",),
    "measure": (HEADING,),
    "reasons": ("kind", "rule"),
}
"""Columns that hold values of others, beside their own."""


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """A row of the glossary."""

    term: str
    columns: list[str]
    chinese: str
    meaning: str
    chinese_meaning: str
    source: str


@functools.cache
def terms() -> tuple[Term, ...]:
    """The whole glossary, in the order of the list."""
    rows = load("glossary.csv", COLUMNS, ("term", "columns"))
    return tuple(
        Term(
            term=row["term"],
            columns=row["columns"].split(),
            chinese=row["chinese"],
            meaning=row["meaning"],
            chinese_meaning=row["chinese_meaning"],
            source=row["source"],
        )
        for row in rows
    )


@functools.cache
def values_of(column: str) -> Mapping[str, str]:
    """The Chinese of every closed value of a column; empty for one of free texts."""
    held = _by_column()
    return {
        term: chinese
        for each in reversed((column, *_SAME_VALUES.get(column, ())))
        for term, chinese in held.get(each, {}).items()
        if each != column or column != HEADING
    }


def heading(name: str) -> str:
    """The Chinese heading of a column; its own name where the glossary has none."""
    return _by_column()[HEADING].get(name, name)


@functools.cache
def _by_column() -> Mapping[str, Mapping[str, str]]:
    held: dict[str, dict[str, str]] = {}
    for term in terms():
        for column in term.columns:
            held.setdefault(column, {})[term.term] = term.chinese
    return held
