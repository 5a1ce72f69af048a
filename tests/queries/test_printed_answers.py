"""``benchmarks/answers.py``: figures read from pages are consistent, and what it makes of an answer."""

from __future__ import annotations

import importlib.util
import re
import sys
from decimal import Decimal
from types import ModuleType
from typing import Any

import pytest

from tests.places import ROOT


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("printed_answers", ROOT / "benchmarks" / "answers.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_figures_read_by_hand_agree_with_each_other(scorer: ModuleType) -> None:
    """A typing error in the list would break one of these sums."""
    facts = scorer.facts()
    documents: dict[str, dict[str, Any]] = {}
    for fact in facts:
        assert re.fullmatch(r"[0-9a-f]{64}", fact.document)
        assert fact.figure not in documents.setdefault(fact.document, {}), fact
        documents[fact.document][fact.figure] = fact
    assert len(documents) >= 25
    sums = {"three_public": ("abroad", "vehicles", "reception"), "vehicles": ("vehicle_purchase", "vehicle_operation")}
    compared = 0
    for printed in documents.values():
        for total, parts in sums.items():
            if total in printed and all(part in printed for part in parts):
                difference = abs(printed[total].yuan - sum(printed[part].yuan for part in parts))
                assert difference <= printed[total].last_digit, printed[total]
                compared += 1
        sources = [fact for figure, fact in printed.items() if figure.startswith("source:")]
        if "revenue" in printed and sources:
            difference = abs(printed["revenue"].yuan - sum(fact.yuan for fact in sources))
            assert difference <= len(sources) * printed["revenue"].last_digit or len(sources) == 1, printed["revenue"]
            compared += 1
    assert compared > 30


def test_an_answer_is_right_rounded_misprinted_wrong_or_silent(scorer: ModuleType) -> None:
    def word(figure: str, printed: str, given: str | None, note: str = "") -> str:
        row = {
            "document": "",
            "file": "",
            "page": "1",
            "figure": figure,
            "printed": printed,
            "unit": "万元",
            "note": note,
        }
        return str(scorer.Verdict("view", scorer._fact(row), None if given is None else Decimal(given)).word)

    assert word("revenue", "1,234.56", "12345600.00") == "right"
    assert word("revenue", "9,626.777589", "96267775.89") == "right"
    assert word("revenue", "1,234.56", "12345700.00") == "wrong"
    assert word("function:208", "1,234.56", "12345700.00") == "rounding"
    assert word("function:208", "1,234.56", "12346000.00") == "wrong"
    assert word("function:208", "1,234.56", "12346000.00", "misprint: the items say otherwise") == "misprint"
    assert word("function:208", "1,234.56", None) == "silent"


def test_every_figure_is_asked_of_a_view(scorer: ModuleType) -> None:
    asked = [name for names in scorer._ASKED.values() for name in names]
    figures = {fact.figure for fact in scorer.facts()}
    assert all(figure in asked or f"{figure.partition(':')[0]}:" in asked for figure in figures)
