"""Performance tables in the layouts of five places, ours and published ones, counted and added up by hand."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from tests.documents import performance
from tests.places import SHARED


@pytest.fixture
def rows(request: pytest.FixtureRequest) -> Mapping[str, Any]:
    """Every table's rows of a page of ours, or of the one published file whose name has the text asked for."""
    if callable(request.param):
        return parse_document("0" * 64, request.param().encode(), Context()).rows
    found = sorted((SHARED / "corpus" / "pdf").glob(f"*{request.param}*.pdf"))
    if not found:
        pytest.skip(f"no published budget {request.param!r} at ../shared/corpus/pdf; put it there to read it too")
    (path,) = found
    return parse_document("0" * 64, path.read_bytes(), Context(file_name=path.name)).rows


@pytest.mark.parametrize(
    ("rows", "projects", "budget", "indicators", "with_numbers"),
    [
        (performance.cards, 2, "48416600", 7, 6),
        (performance.project_list, 2, "1460000", 4, 4),
        (performance.names_and_goals, 4, "15939500", 0, 0),
        (performance.joined_cards, 2, "60050000", 5, 4),
        (performance.assessment, 1, "1806100", 4, 3),
        ("曲靖市信访局", 3, "49596700", 29, 26),
        ("长春市信访局", 4, "4745600", 16, 16),
        ("深圳市信访局", 6, "16123000", 0, 0),
        ("烟台市大数据局", 2, "60050000", 15, 12),
        ("国家信访局2024", 4, "24330400", 46, 37),
    ],
    indirect=["rows"],
)
def test_projects_and_indicators(
    rows: dict[str, list[dict[str, Any]]], projects: int, budget: str, indicators: int, with_numbers: int
) -> None:
    described = [row for row in rows["projects"] if row["in_tables"] != "expenditure"]
    assert len(described) == projects
    assert sum(row["budget"] for row in described) == Decimal(budget)
    assert len(rows["indicators"]) == indicators
    assert all(row["level1"] and row["level3"] and row["target"] for row in rows["indicators"])
    assert sum(row["value"] is not None for row in rows["indicators"]) == with_numbers
