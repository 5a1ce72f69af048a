"""A place: its drawings say what the named queries say."""

from __future__ import annotations

import csv
import html
import io
import re
import urllib.parse
from decimal import Decimal
from pathlib import Path

import pytest

import gongkai
from tests.viewer.test_application import fetched, opened

PLACE = "河北省/唐山市/曹妃甸区"


def address(viewer: str, screen: str, **parameters: object) -> str:
    return f"{opened(viewer)}/{screen}?{urllib.parse.urlencode(parameters)}"


def test_the_treemap_is_the_named_query(viewer: str, demo_root: Path) -> None:
    _, page, _ = fetched(address(viewer, "place", place=PLACE, year=2025))
    with gongkai.open(str(demo_root)) as lake:
        asked = lake.query("place_by_function", place=PLACE, year=2025)
        rows = asked.arrow().to_pylist()
        coverage = lake.coverage("place_by_function", place=PLACE, year=2025).told

    drawn = dict(re.findall(r'aria-label="([^":]+): ([\d,.]+) \(', html.unescape(page)))
    expected = {row["function_name"]: f"{row['amount']:,.2f}" for row in rows if row["amount"] > 0}
    assert {name: amount for name, amount in drawn.items() if name in expected} == expected
    assert html.escape(coverage) in page


def test_the_data_are_the_named_query(viewer: str, demo_root: Path) -> None:
    base = address(viewer, "place/functions.csv", place=PLACE, year=2025, level="item")
    _, text, _ = fetched(base)
    with gongkai.open(str(demo_root)) as lake:
        rows = lake.query("place_by_function", place=PLACE, year=2025, level="item").arrow().to_pylist()

    written = [Decimal(row["amount"]) for row in csv.DictReader(io.StringIO(text.lstrip("\ufeff")))]
    assert written == [row["amount"] for row in rows]
    assert written


def test_without_a_place_one_is_chosen(viewer: str) -> None:
    status, page, _ = fetched(address(viewer, "place"))

    assert status == 200
    assert "Choose a place" in page
    assert 'href="/en/' in page


def test_a_tile_leads_to_the_documents_under_its_code(viewer: str) -> None:
    _, page, _ = fetched(address(viewer, "place", place=PLACE, year=2025))
    (leads_to, *_) = re.findall(r'<a href="([^"]*/function\?[^"]*)"', page)

    status, found, _ = fetched(viewer + html.unescape(leads_to))

    assert status == 200
    assert "/document?" in found


def test_a_wrong_code_is_told(viewer: str) -> None:
    assert fetched(address(viewer, "function", code="12"))[0] == 400
    assert fetched(address(viewer, "function", code="' OR 1=1"))[0] == 400


@pytest.mark.parametrize(
    ("place", "year", "rounded"), [("河北省/承德市/双桥区", 2023, Decimal(0)), (PLACE, 2025, Decimal(-100))]
)
def test_the_flow_has_the_sums_of_both_views(
    viewer: str, demo_root: Path, place: str, year: int, rounded: Decimal
) -> None:
    _, text, _ = fetched(address(viewer, "place/flow.csv", place=place, year=year))
    rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))
    with gongkai.open(str(demo_root)) as lake:
        functions = lake.query("place_by_function", place=place, year=year).arrow().to_pylist()
        sources = lake.query("funds_by_source", place=place, year=year).arrow().to_pylist()

    drawn = {
        side: [Decimal(row["amount"]) for row in rows if row["direction"] == side]
        for side in ("revenue", "expenditure")
    }
    assert drawn["expenditure"] == [row["amount"] for row in functions]
    assert sum(drawn["revenue"]) == sum(row["amount"] for row in sources)
    assert sum(drawn["revenue"]) - sum(drawn["expenditure"]) == rounded


def test_a_source_leads_to_the_cells_it_is_read_from(viewer: str) -> None:
    _, page, _ = fetched(address(viewer, "place", place=PLACE, year=2025))
    leads_to, amount = re.findall(r'<a href="([^"]*/source\?[^"]*)" aria-label="[^"]*: ([\d,.]+)"', page)[0]

    status, found, _ = fetched(viewer + html.unescape(leads_to))

    assert status == 200
    assert amount in found
    assert re.search(r"/document\?[^\"]*table=\d", found)
