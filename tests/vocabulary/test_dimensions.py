"""The closed vocabularies: the lists keep to them, the documentation names every value, and no code misspells one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from gongkai.vocabulary import dimensions
from gongkai.vocabulary.forms import FORM_IDS, forms
from gongkai.vocabulary.headings import headings
from gongkai.vocabulary.loading import ListCorruptError, Row
from gongkai.vocabulary.word_lists import word_lists

ROOT = Path(__file__).resolve().parents[2]
VALUES: dict[str, set[str]] = {
    "direction": {*dimensions.DIRECTIONS},
    "fund": {*dimensions.FUNDS},
    "spending": {*dimensions.SPENDINGS},
    "period": {*dimensions.PERIODS},
    "basis": {*dimensions.BASES},
    "status": {*get_args(dimensions.Status), *get_args(dimensions.ParseStatus)},
    "outcome": {*get_args(dimensions.CheckOutcome)},
    "phase": {*get_args(dimensions.Phase)},
    "function_level": {*get_args(dimensions.FunctionLevel)},
    "id": {*FORM_IDS},
    "form": {*FORM_IDS},
}
"""What may be compared with an attribute or a variable of that name in parsing."""


def test_every_form_has_its_pattern() -> None:
    assert {each.id for each in forms()} == {*FORM_IDS}


def test_every_expense_of_the_list_is_an_item() -> None:
    assert set(word_lists("expenses.csv")) == set(dimensions.THREE_PUBLIC_ITEMS)


def test_a_misspelt_value_in_a_list_is_refused() -> None:
    row = Row("headings.csv", 7, {"value": "goverment_fund", "blank": ""})
    with pytest.raises(ListCorruptError, match=r"headings.csv line 7: value 'goverment_fund' is not one of total, "):
        row.choice("value", dimensions.FUNDS)
    assert row.optional_choice("blank", dimensions.FUNDS) is None
    assert {each.value for each in headings() if each.dimension == "fund"} <= VALUES["fund"]


def test_every_value_is_documented() -> None:
    documented = (ROOT / "docs" / "lake.md").read_text(encoding="utf-8")
    values = {value for name, values in VALUES.items() if name != "id" for value in values} - {"prior"}  # no column's
    assert sorted(value for value in values if f"`{value}`" not in documented) == []


def memberships(tree: ast.AST) -> Iterator[tuple[int, str, str]]:
    """``x.fund in ("a", "b")``: line, ``fund`` and each text; mypy tells a misspelt ``==`` and misses these."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.In | ast.NotIn):
            name = getattr(node.left, "attr", getattr(node.left, "id", None))
            for element in getattr(node.comparators[0], "elts", ()):
                if isinstance(name, str) and isinstance(element, ast.Constant) and isinstance(element.value, str):
                    yield node.lineno, name, element.value


def test_no_comparison_misspells_a_value() -> None:
    found = [
        (path.name, line, name, value)
        for path in (ROOT / "parsing").rglob("*.py")
        for line, name, value in memberships(ast.parse(path.read_text(encoding="utf-8")))
        if name in VALUES
    ]
    assert len(found) > 10
    assert [each for each in found if each[3] not in VALUES[each[2]]] == []
