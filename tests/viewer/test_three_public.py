"""“三公” of a place: each bar is a figure of the named query, nothing is counted twice, nothing unknown is zero."""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import gongkai
from gongkai.queries.reach import Within
from gongkai.viewer.screens import three_public
from gongkai.viewer.screens.three_public import _held, _largest, _parts
from tests.viewer.test_application import fetched, opened

_WIDE = re.compile(r'<svg class="chart narrow-chart".*?</svg>', re.DOTALL)


def bars_of(page: str) -> list[tuple[str, str]]:
    """Name and amount of each bar, without the drawings for phones."""
    return re.findall(r'aria-label="([^"]+): ([^":]+)"', html.unescape(_WIDE.sub("", page)))


def asked(viewer: str, screen: str, **parameters: object) -> str:
    status, page, _ = fetched(f"{opened(viewer)}/{screen}?{urllib.parse.urlencode(parameters)}")
    assert status == 200
    return page


def test_departments_are_drawn_as_the_named_query_has_them(viewer: str, demo_root: Path) -> None:
    with gongkai.open(str(demo_root)) as lake:
        rows = lake.query("three_public_by_department", place="河北省", year=2025).arrow().to_pylist()
    wanted = [(f"{row['entity']} approved", f"{row['three_public']:,.2f}") for row in rows if row["level"] != "unit"]

    assert len(wanted) == 2
    assert bars_of(asked(viewer, "three_public", place="河北省")) == wanted


def test_the_largest_projects_are_those_of_the_named_query(viewer: str, demo_root: Path) -> None:
    with gongkai.open(str(demo_root)) as lake:
        rows = lake.query("largest_projects", limit=60).arrow().to_pylist()
    once = dict.fromkeys((row["project_name"], f"{row['budget']:,.2f}", row["entity"]) for row in rows)

    drawn = bars_of(asked(viewer, "projects"))
    assert len(drawn) == 20
    assert [amount for _, amount in drawn] == [amount for _, amount, _ in once][:20]
    assert bars_of(asked(viewer, "projects", words="就业")) == []


class _View:
    """What the drawings ask of a view."""

    def rows(self, sql: str, _: object, **parameters: Any) -> list[dict[str, Any]]:
        return [{"sha256": sha256} for sha256 in ("later", *sorted(set(parameters["documents"]) - {"later"}))]

    def link(self, screen: str, **parameters: object) -> str:
        return f"/{screen}?{parameters['sha256']}"


def row(entity: str, phase: str, total: str, **others: Any) -> Mapping[str, Any]:
    parts: dict[str, Any] = dict.fromkeys(three_public.PARTS)
    place = {"province": "甲省", "city": None, "county": None, "entity": entity, "level": "department", "phase": phase}
    return {**parts, **place, "three_public": Decimal(total), "document_sha256": f"{entity}{phase}", **others}


ROWS = [
    row("教育局", "approved", "9", abroad=Decimal(4), reception=Decimal(5)),
    row("教育局", "approved", "8", abroad=Decimal("3.10"), reception=Decimal(5), document_sha256="later"),
    row("教育局", "executed", "6", abroad=Decimal("2.05")),
    row("财政局", "approved", "7", abroad=Decimal(7)),
    row("教育局一中", "approved", "100", level="unit", abroad=Decimal(100)),
]


def test_parts_are_summed_over_those_that_state_both_phases() -> None:
    held = _held(_View(), ROWS, Within())  # type: ignore[arg-type] # what the drawings ask of it

    assert bars_of(_parts(held) or "") == [("abroad approved (1)", "3.10"), ("abroad executed (1)", "2.05")]


def test_a_unit_is_not_drawn_beside_its_department_and_an_absent_outcome_is_not_zero() -> None:
    view: Any = _View()

    assert bars_of(_largest(view, _held(view, ROWS, Within())) or "") == [
        ("教育局 approved", "8.00"),
        ("教育局 executed", "6.00"),
        ("财政局 approved", "7.00"),
        ("财政局 executed", "not held"),
    ]
