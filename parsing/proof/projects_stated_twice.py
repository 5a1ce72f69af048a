"""Projects that two tables of a document state: the form of projects and the tables of their targets.

Name, unit and amount together say that two are one; an amount agrees within its printed digits.  Where the name agrees
and the amount does not, or the amount does and one name is the other with characters left out, the two may be one:
they are kept apart, and the second is called unsettled.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from gongkai.parsing.tables.listed import ListedAmount
from gongkai.parsing.tables.project_cards import Project
from gongkai.parsing.text.amounts import compact
from gongkai.parsing.text.numbering import without_enumerator


class Settled(NamedTuple):
    """Every project of a document once, and the unsettled ones, each with the project that it may be."""

    projects: list[Project]
    doubts: list[tuple[Project, Project]]


def settle(forms: Sequence[Sequence[Project]], described: Sequence[Project]) -> Settled:
    """Put together the projects of each form of projects, and those that other tables describe.

    What a form prints again of an earlier one is left out.  A described project that a form lists too is kept with its
    targets, its money being that of the form.
    """
    settled = Settled([], [])
    for listed in forms:
        ones = _add(settled, listed, list(settled.projects))
        settled.projects.extend(each for each in listed if id(each) not in ones)
    ones = _add(settled, [each for each in described if each.name is not None], list(settled.projects))
    joined = {id(row) for row in ones.values()}
    settled.projects[:] = [row for row in settled.projects if id(row) not in joined]
    for each in described:
        if id(each) in ones:
            _join(each, ones[id(each)])
    settled.projects.extend(described)
    return settled


def _add(settled: Settled, later: Sequence[Project], known: Sequence[Project]) -> dict[int, Project]:
    """The known project that each of the later ones surely is, by ``id``; those that may be one are marked."""
    rows = _Known(known)
    pairs = [(each, row) for each in later for row in rows.named_like(each) if _is_same_money(each, row)]
    times = Counter(id(one) for pair in pairs for one in pair)
    ones = {id(each): row for each, row in pairs if times[id(each)] == times[id(row)] == 1}
    taken = {id(row) for row in ones.values()}
    for each in later:
        if id(each) in ones:
            continue
        alike = [*rows.named_like(each), *(row for row in rows.of_amount(each) if _is_named_shorter(each, row))]
        twin = next((row for row in alike if id(row) not in taken and _is_of_unit(each, row)), None)
        if twin is not None:
            each.in_tables = "unsettled"
            settled.doubts.append((each, twin))
    return ones


class _Known:
    """Projects by name and code, and in the order of their amounts."""

    def __init__(self, projects: Sequence[Project]) -> None:
        self._named: dict[str, list[Project]] = {}
        for project in projects:
            self._named.setdefault(_plain(project), []).append(project)
        printed = ((amount, project) for project in projects if (amount := _amount_of(project)) is not None)
        self._by_amount = sorted(printed, key=lambda each: each[0].amount)
        self._coarsest = max((amount.last_digit for amount, _ in self._by_amount), default=Decimal(0))

    def named_like(self, project: Project) -> list[Project]:
        """Those of its name, unless both print a code and the codes differ."""
        named = self._named.get(_plain(project), [])
        return [row for row in named if not (row.code and project.code and row.code != project.code)]

    def of_amount(self, project: Project) -> list[Project]:
        """Those whose amount agrees with its own, noughts apart."""
        amount = _amount_of(project)
        if amount is None or not amount.amount:
            return []
        reach = max(amount.last_digit, self._coarsest)
        first = bisect_left(self._by_amount, amount.amount - reach, key=lambda each: each[0].amount)
        near = itertools.takewhile(lambda each: each[0].amount <= amount.amount + reach, self._by_amount[first:])
        return [row for other, row in near if _agrees(amount, other)]


def _plain(project: Project) -> str:
    """A project's name for comparison, without its number in the list."""
    return compact(without_enumerator(project.name or ""))


def _is_same_money(each: Project, row: Project) -> bool:
    """True where the units do not differ and the amounts agree."""
    first, second = _amount_of(each), _amount_of(row)
    return first is not None and second is not None and _agrees(first, second) and _is_of_unit(each, row)


def _is_of_unit(each: Project, row: Project) -> bool:
    """False where both name their units, and not the same."""
    return len({compact(unit) for unit in (each.unit_name, row.unit_name) if unit}) < 2


def _agrees(first: ListedAmount, second: ListedAmount) -> bool:
    return abs(first.amount - second.amount) < max(first.last_digit, second.last_digit)


def _amount_of(project: Project) -> ListedAmount | None:
    """The budget, or the part of it that is printed in its place."""
    return next((project.amounts[kind] for kind in ("budget", "fiscal", "own") if kind in project.amounts), None)


def _is_named_shorter(each: Project, row: Project) -> bool:
    """True where one name is the other with characters left out, no fewer than half of them being kept."""
    short, long = sorted((_plain(each), _plain(row)), key=len)
    characters = iter(long)
    return len(short) * 2 >= len(long) and all(character in characters for character in short)


def _join(project: Project, row: Project) -> None:
    """Give a described project what the form of projects prints of it."""
    project.in_tables, project.listed = "both", row
    project.code, project.goals = project.code or row.code, project.goals or row.goals
    project.unit_code, project.unit_name = project.unit_code or row.unit_code, project.unit_name or row.unit_name
    project.amounts = project.amounts | row.amounts
