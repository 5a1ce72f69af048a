"""Pieces of rules joined to rules."""

from __future__ import annotations

import pytest

from gongkai.parsing.formats.layout.rules import JOIN, SNAP, TOUCH, Rule, joined


@pytest.mark.parametrize(
    ("pieces", "rules"),
    [
        ([Rule(10, 0, 50), Rule(10, 50 + JOIN, 90)], [Rule(10, 0, 90)]),
        ([Rule(10, 0, 50), Rule(10, 50 + 2 * JOIN, 90)], [Rule(10, 0, 50), Rule(10, 56, 90)]),
        ([Rule(10, 0, 50), Rule(10 + SNAP, 20, 90)], [Rule(11, 0, 90)]),
        ([Rule(10, 0, 50), Rule(10.5 + SNAP, 20, 90)], [Rule(10, 0, 50), Rule(12.5, 20, 90)]),
        ([Rule(10, 0, 90), Rule(10, 20, 40)], [Rule(10, 0, 90)]),
        ([Rule(10, 0, TOUCH)], []),
        ([Rule(20, 0, 9), Rule(10, 0, 9)], [Rule(10, 0, 9), Rule(20, 0, 9)]),
    ],
    ids=["dashes", "two rules", "drawn twice", "two heights", "inside", "dot", "order"],
)
def test_joined(pieces: list[Rule], rules: list[Rule]) -> None:
    assert joined(pieces) == rules


def test_many_rules_close_to_each_other_do_not_become_one() -> None:
    """A hatching whose lines are each near to the next."""
    rules = joined(Rule(10 + SNAP * step, 0, 90) for step in range(9))
    assert [rule.at for rule in rules] == [12, 18, 24]
