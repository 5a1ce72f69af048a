"""The province and the year that a screen is about, where its address tells none.

A lake may hold a whole country.  Of one that is too large to be shown at once a province is chosen first, from a list
that the manifest alone gives.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa

from gongkai.lake.manifest import Manifest, Piece
from gongkai.viewer.view import Held, Part, View

MOST = {"documents": 50_000, "line_items": 500_000}
"""Rows of tables of a lake that is shown without a place."""

_YEARS = """
    SELECT DISTINCT year FROM documents
    WHERE parse_status IN ('parsed', 'partial') AND year IS NOT NULL AND NOT is_government(level)
      AND ($province IS NULL OR province = $province) AND in_place($place, province, city, county, entity)
      AND ($department = '' OR department = $department) AND ($phase = '' OR phase = $phase)
    ORDER BY year DESC
"""
_SIZES = """
    SELECT year, count(*) AS documents, coalesce(sum(amounts), 0) AS line_items FROM documents
    WHERE ($province IS NULL OR province = $province) AND in_place($place, province, city, county, entity)
      AND ($department = '' OR department = $department)
    GROUP BY year ORDER BY year DESC
"""


def is_too_much(view: View, place: str) -> bool:
    """Would a screen without a place be about more than a page can show?"""
    return not place and is_large(view.lake.manifest)


def is_large(manifest: Manifest | None) -> bool:
    """Is this lake more than is shown, or compared, at once?"""
    tables = manifest.tables if manifest else {}
    return any(table in tables and tables[table].rows > most for table, most in MOST.items())


@dataclasses.dataclass(frozen=True, slots=True)
class Years:
    """The years of which a page shows one, the newest first, and how many documents tell no year: no page has those."""

    years: Sequence[int] = ()
    undated: int = 0


def years_one_by_one(view: View, place: str, department: str = "") -> Years:
    """The years of a place that is too large to show all of them at once; none of another."""
    if not is_large(view.lake.manifest):
        return Years()
    asked = {"place": place, "department": department, "province": province_of(view, place)}
    sizes = view.rows(_SIZES, **asked)
    if all(sum(row[table] for row in sizes) <= most for table, most in MOST.items()):
        return Years()
    undated = sum(row["documents"] for row in sizes if row["year"] is None)
    return Years([row["year"] for row in sizes if row["year"] is not None], undated)


def provinces(view: View) -> Part:
    """The provinces to choose from, each with how many documents are held of it, and how many tell none."""
    pieces = sorted(_pieces(view), key=lambda piece: (piece.province is None, str(piece.province)))
    columns: dict[str, pa.Array[Any]] = {
        "province": pa.array([piece.province for piece in pieces], pa.string()),
        "documents": pa.array([piece.totals.rows for piece in pieces], pa.int64()),
    }
    return view.hold("provinces", "Choose a province", Held(pa.table(columns)))


def held_provinces(view: View) -> list[str]:
    """The provinces of which anything is held."""
    return sorted(piece.province for piece in _pieces(view) if piece.province)


def province_of(view: View, place: str) -> str | None:
    """The province that a place is told from, as in 江苏省/无锡市; None for a part of a name, as 无锡."""
    province = place.partition("/")[0]
    return province if province in held_provinces(view) else None


def years_of(view: View, place: str, *, department: str = "", phase: str = "") -> list[int]:
    """The years of which budgets are held, the newest first."""
    asked = {"place": place, "department": department, "phase": phase, "province": province_of(view, place)}
    return [row["year"] for row in view.rows(_YEARS, **asked)]


def newest(years: Sequence[int], ask: Callable[[int | None], Part]) -> tuple[int | None, Part]:
    """The newest of the years of which a part has rows, else the newest; where there are none that of all."""
    for year in years:
        part = ask(year)
        if part.rows:
            return year, part
    first = next(iter(years), None)
    return first, ask(first)


def _pieces(view: View) -> list[Piece]:
    manifest = view.lake.manifest
    return [piece for piece in manifest.pieces if piece.table == "documents"] if manifest else []
