"""The narrative against itself and against the tables (``text_table``).

Every amount claimed of a named item equals a line item that prints it.  All line items that the name can mean are
tried (``named_positions``): one that agrees is evidence for both sides, and the identity is broken only where none
does.  Identities inside the narrative are those of ``within_the_text``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.proof.check import BROKEN, HOLDS, NOT_ASSESSABLE, Check, last_digit
from gongkai.parsing.proof.named_positions import Position, Positions, can_be_either_side, is_same_budget
from gongkai.parsing.proof.sums_in_text import claimed_digit, stated_yuan
from gongkai.parsing.proof.within_the_text import check_claims
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.vocabulary.dimensions import Direction, Phase
from gongkai.vocabulary.stated_items import is_counted

_FIGURES = ("amount", "budget", "adjusted_budget", "previous")


def check_text(claims: Sequence[Claim], statements: Sequence[Statement], phase: Phase | None) -> Iterator[Check]:
    """Every identity within the narrative, then each of its amounts against the tables.

    ``phase`` is the document's: in final accounts a column of budgets stands beside what was spent.
    """
    yield from check_claims(claims)
    if statements:
        positions = Positions(statements, executed=phase == "executed")
        for claim in claims:
            yield from _against_tables(claim, positions)


def _against_tables(claim: Claim, positions: Positions) -> Iterator[Check]:
    """The amount against the line items its name can mean; nothing where it is not of a kind that tables print.

    A total of 收支 is stated of both sides, so it is tried on each.
    """
    if claim.amount is None or is_counted(claim.item) or claim.role not in _FIGURES:
        return
    meant = positions.meant_by(claim)
    if claim.role == "previous" and not meant:
        return
    scope = f"text and table: {claim.mention.label!r}, {claim.printed}"
    for direction in _sides(claim, meant):
        of_side = [each for each in meant if direction in (None, each[1].direction)]
        yield _tried(f"{scope} ({direction})" if direction else scope, claim, of_side)


def _sides(claim: Claim, meant: Sequence[Position]) -> Sequence[Direction | None]:
    if claim.item not in ("balance_total", "appropriation_balance_total"):
        return (None,)
    printed = {item.direction for _, item in meant if item.amount is not None}
    return sorted(direction for direction in printed if direction) or (None,)


def _tried(scope: str, claim: Claim, meant: Sequence[Position]) -> Check:
    """The first line item that agrees, else the first; not assessable where none is printed."""
    printed = [each for each in meant if each[1].amount is not None]
    if not printed:
        reason = "the table leaves it blank" if meant else "no line item of the tables is known to be the same"
        addends = tuple(item for _, item in meant[:1])
        return Check("text_table", scope, (claim,), addends, claim.amount, None, None, NOT_ASSESSABLE, reason)
    preferred = "current" if claim.item.endswith("_current") else "total"
    printed.sort(key=lambda each: each[1].period != preferred)
    tried = [_compare(scope, claim, statement, item) for statement, item in printed]
    first = next((check for check in tried if check.outcome == HOLDS), tried[0])
    if first.outcome == BROKEN and not is_same_budget(claim, printed[tried.index(first)][1]):
        return first.not_assessable("the text and the table may speak of two budgets of the year")
    if first.outcome == BROKEN and can_be_either_side(claim.mention):
        return first.not_assessable("the name can mean revenue or expenditure, and no line item agrees")
    return first


def _compare(scope: str, claim: Claim, statement: Statement, item: LineItem) -> Check:
    tolerance = (2 * claimed_digit(claim) + last_digit(statement)) / 2
    outcome = HOLDS if abs(stated_yuan(item) - stated_yuan(claim)) <= tolerance else BROKEN
    where = f"{scope} and {statement.form.id}"
    return Check("text_table", where, (claim,), (item,), claim.amount, item.amount, tolerance, outcome)
