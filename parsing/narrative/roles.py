"""Roles of numbers: a figure of this year or another, a change, or a share of the item it is stated of.

The words between the item's name and the number decide, in functions from words to roles.  Words that are none of
these wordings make the number no claim.
"""

from __future__ import annotations

import dataclasses
import re

from gongkai.parsing.narrative.claim import Comparison, Role
from gongkai.parsing.narrative.numbers import Number
from gongkai.parsing.narrative.wordings import (
    ADJUSTED_BUDGET,
    ADJUSTED_WORDS,
    ALTERED_WORDS,
    BUDGET_WORDS,
    CARRIED_ON,
    COMPARED,
    COMPARED_WITH,
    COMPLETED,
    CONNECT,
    DATED,
    DECREASE,
    DIFFERS,
    DIRECTION,
    INCREASE,
    OF,
    OF_BUDGET,
    OUTCOME_WORDS,
    OWN_BUDGET,
    PREVIOUS,
    PRIOR,
    SHARE,
    UNDIRECTED,
    VERSUS,
    WAYS,
    YEAR,
    YEAR_BEFORE,
)


@dataclasses.dataclass(frozen=True, slots=True)
class Said:
    """The reading of a number: role and comparison as of a ``Claim``, ``base`` the words for the other figure."""

    role: Role
    comparison: Comparison | None = None
    base: str | None = None

    @property
    def compared_with(self) -> str | None:
        """The kind of figure that ``base`` names, in the values of the claims' ``compared_with``."""
        if self.base is None:
            return None
        return next((value for value, pattern in COMPARED_WITH if pattern.search(self.base)), None)


@dataclasses.dataclass(frozen=True, slots=True)
class Stage:
    """The year of a document, and whether it says what was spent."""

    year: int | None
    executed: bool

    def is_other_year(self, words: str) -> bool:
        """True where words name an earlier year than the document's, comparisons with one aside."""
        plain = VERSUS.sub("", words)
        years = [int(year) for year in YEAR.findall(plain)]
        if years and self.year is not None:
            return years[-1] < self.year
        return PRIOR.search(plain) is not None

    def is_remote_year(self, words: str) -> bool:
        """True where words name a later year than the document's, or one before the last: no figure of its columns."""
        years = [int(year) for year in YEAR.findall(words)]
        return bool(years) and self.year is not None and years[-1] not in (self.year, self.year - 1)

    def compared(self, said: Said) -> Said | None:
        """A comparison with the figures of this document: its own year is left out of 2024年年初预算.

        None for one with another year than the last one (比2019年决算数).
        """
        base = said.base or ""
        if self.is_remote_year(base):
            return None
        years = YEAR.findall(base)
        return dataclasses.replace(said, base=DATED.sub("", base)) if years and int(years[-1]) == self.year else said

    def figure(self, words: str) -> Role | None:
        """The role of a figure of the document's year: in final accounts words may speak of the budget.

        None for the adjusted budget in a budget, which is another year's.
        """
        if not self.executed and ALTERED_WORDS.search(words):
            return None
        if not self.executed or OUTCOME_WORDS.search(words) or not BUDGET_WORDS.search(words):
            return "amount"
        return "adjusted_budget" if ADJUSTED_WORDS.search(words) else "budget"


def says_its_role(words: str) -> bool:
    """True for words that name a year, a budget or an outcome: the figure behind them is not read by the one before."""
    return any(pattern.search(words) for pattern in (YEAR, PRIOR, BUDGET_WORDS, OUTCOME_WORDS))


def behind_name(number: Number, words: str, lead: str, stage: Stage) -> Said | None:
    """Read a number behind an item's name and ``words``; ``lead`` stands before the name."""
    said = _change(number, words, CONNECT)
    if said is not None:
        return said
    if number.kind in ("amount", "count"):
        return _figure(words, lead, CONNECT, stage)
    return Said("share") if number.kind == "percent" and SHARE.fullmatch(words) else None


def behind_subject(number: Number, words: str, stage: Stage, *, behind_budget: bool) -> Said | None:
    """Read a number behind ``words`` that go on with the item named last.

    ``behind_budget`` is ``is_budget_base`` of the amount before it.
    """
    said = _change(number, words, CARRIED_ON)
    if said is not None:
        return said
    if number.kind == "percent":
        return _part(words, behind_budget=behind_budget)
    if number.kind == "amount":
        if is_budget_base(words):
            return Said("adjusted_budget" if ADJUSTED_WORDS.search(words) else "budget")
        return _figure(words, "", CARRIED_ON, stage)
    return None


def is_budget_base(words: str) -> bool:
    """True for 完成年初预算, whose amount the next percentage is a part of."""
    return OF_BUDGET.fullmatch(words) is not None


def _change(number: Number, words: str, links: re.Pattern[str]) -> Said | None:
    """A change, or that there is none."""
    if number.kind in ("direction", "unchanged"):
        return _worded_change(number) if not words or links.fullmatch(words) else None
    differs = DIFFERS.fullmatch(words) if number.kind == "amount" else None
    if differs is not None:
        return Said("change", WAYS[differs["way"]], differs["base"])
    compared = COMPARED.fullmatch(words)
    if compared is None or number.kind == "count":
        return None
    if number.value is not None and number.value < 0 and DECREASE.search(compared["verb"]):
        return None  # 减少-5万元 is said of a decrease as often as of an increase
    role: Role = "change_percent" if number.kind == "percent" else "change"
    return Said(role, _direction(compared["verb"], number), _base(compared))


def _worded_change(number: Number) -> Said:
    if number.kind == "direction":
        told = DIRECTION.fullmatch(number.base or "")
        return Said("change", WAYS[told["way"]], told["base"]) if told else Said("change")
    return Said("change", "unchanged" if number.value is not None else "about_unchanged", number.base)


def _direction(verb: str, number: Number) -> Comparison | None:
    """The way of a change; None where the printed words leave both (增加（减少）)."""
    if number.value == 0:
        return "unchanged"
    if UNDIRECTED.search(verb):
        return None
    if DECREASE.search(verb):
        return "decrease"
    if INCREASE.search(verb):
        return "decrease" if number.value is not None and number.value < 0 else "increase"
    return None


def _base(compared: re.Match[str]) -> str | None:
    """The words that name what is compared with, from its year or budget to the verb."""
    if not compared["base"]:
        return None
    return compared.string[compared.start("base") : compared.start("verb")]


def _figure(words: str, lead: str, links: re.Pattern[str], stage: Stage) -> Said | None:
    """A figure: of this year or another, budgeted or spent."""
    previous = PREVIOUS.fullmatch(words)
    if previous is not None:
        return None if COMPARED.fullmatch(words) else Said("previous", None, previous["base"])
    if links.fullmatch(words) is None or stage.is_remote_year(VERSUS.sub("", lead + words)):
        return None
    if stage.is_other_year(lead + words):
        return Said("previous", None, f"{YEAR_BEFORE}{words}")
    role = stage.figure(words)
    return Said(role) if role is not None else None


def _part(words: str, *, behind_budget: bool) -> Said | None:
    if COMPLETED.fullmatch(words) or (behind_budget and words == OF):
        return Said("completion", None, ADJUSTED_BUDGET if ADJUSTED_WORDS.search(words) else OWN_BUDGET)
    return Said("share") if SHARE.fullmatch(words) else None
