"""The status of every printed amount, from the checks it took part in."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.parsing.narrative.claim import Claim
from gongkai.parsing.proof.check import BROKEN, HOLDS, Check
from gongkai.parsing.tables.listed import ListedAmount
from gongkai.parsing.tables.statement import LineItem, Statement
from gongkai.vocabulary.dimensions import Status


def assign_statuses(statements: Iterable[Statement], listed: Iterable[ListedAmount], checks: Iterable[Check]) -> None:
    """Give every printed amount its status: doubtful when its reading was chosen, confirmed when any identity with it
    holds, doubtful when the only identities with it are broken, else unchecked.

    The narrative can confirm a table's amount, for two statements of it agree; it makes none doubtful, for prose is
    written by hand and names its items loosely.
    """
    held: set[int] = set()
    broken: set[int] = set()
    for check in checks:
        sides = (*check.total, *check.addends)
        if check.outcome == HOLDS:
            held.update(id(side) for side in sides)
        elif check.outcome == BROKEN and not any(isinstance(side, Claim) for side in sides):
            broken.update(id(side) for side in sides)
    for statement in statements:
        for item in statement.items:
            item.status = _status(item, held, broken)
    for amount in listed:
        if id(amount) in held:
            amount.status = "confirmed"
        elif id(amount) in broken:
            amount.status = "doubtful"


def _status(item: LineItem, held: set[int], broken: set[int]) -> Status:
    if item.doubted:
        return "doubtful"
    if item.amount is None:
        return "unchecked"
    if item.meaning == "doubtful":  # arithmetic proves digits, not what they mean
        return "doubtful"
    if id(item) in held:
        return "confirmed"
    return "doubtful" if id(item) in broken else item.status
