"""Units of account."""

from __future__ import annotations

from decimal import Decimal

from gongkai.vocabulary.units_of_account import units_of_account


def test_units_in_yuan() -> None:
    assert units_of_account()["元"] == 1
    assert units_of_account()["万元"] == Decimal(10_000)
    assert units_of_account()["亿元"] == 10_000 * units_of_account()["万元"]
    assert all(unit.endswith("元") for unit in units_of_account())
