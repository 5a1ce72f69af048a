"""Comparisons of a place that need no form: its bodies of a year side by side, and its years.

They are what a site of files has in place of sides that a person types.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from gongkai.queries.reach import Within
from gongkai.viewer.charts.bars import Bar, bars
from gongkai.viewer.pages import heading_of, money
from gongkai.viewer.screens.choices import province_of
from gongkai.viewer.view import Question, Row, View, named
from gongkai.vocabulary.languages import said

MOST_YEARS = 6
FIGURES = ("revenue", "expenditure", "basic", "project", "three_public")
PER_HEAD = ("expenditure_per_head", "personnel_per_head", "three_public_per_head")
_DRAWN = ("expenditure", "three_public", "expenditure_per_head")
_BARS = 30
"""Bodies that are drawn, the largest; the table has all."""
_ROWS = 1000
"""Bodies of one place that a page shows; its data have all."""

_HELD = """
    SELECT
        concat_ws('/', province, city, county) AS path, phase, level, year, count(DISTINCT entity) AS bodies
    FROM documents
    WHERE parse_status IN ('parsed', 'partial') AND year IS NOT NULL AND entity IS NOT NULL
      AND phase IN ('approved', 'executed') AND level IN ('department', 'unit')
      AND province IS NOT DISTINCT FROM $province
      AND starts_with(concat_ws('/', province, city, county) || '/', $place || '/')
    GROUP BY ALL
    ORDER BY path, phase, level, year DESC
"""
_BODIES = """
    SELECT
        t.entity, t.year, t.phase, t.level, t.revenue, t.expenditure, t.basic, t.project, t.three_public, t.province,
        t.city, t.county, t.document_sha256
    FROM document_totals AS t
    JOIN documents AS d ON d.sha256 = t.document_sha256
    WHERE concat_ws('/', t.province, t.city, t.county) = $place AND t.year = $year AND t.phase = $phase
      AND t.level = $level AND t.entity IS NOT NULL
    QUALIFY row_number() OVER (
        PARTITION BY t.entity ORDER BY t.expenditure IS NULL, d.first_captured_at DESC NULLS LAST, d.sha256
    ) = 1
    ORDER BY t.expenditure DESC NULLS LAST, t.entity
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Choice:
    """A comparison that can be made: its name, its address, and whether it is the one shown."""

    name: str
    address: str | None
    is_shown: bool


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """What of a place can be compared: of each phase and level the years, and how many bodies each has."""

    path: str
    phase: str
    level: str
    years: Sequence[Row]


def held_of(view: View, place: str) -> list[Held]:
    """What can be compared in a place and those in it."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in view.rows(_HELD, place=place, province=province_of(view, place)):
        found.setdefault((row["path"], row["phase"], row["level"]), []).append(row)
    return [Held(*key, rows) for key, rows in found.items()]


def choices_of(view: View, held: Held) -> list[Choice]:
    """Every comparison of a place, phase and level: each year's bodies, and the years."""
    asked = {"place": held.path, "phase": held.phase, "level": held.level}
    chosen = (view.text("place"), view.text("phase"), view.text("level")) == tuple(asked.values())
    year, kind = view.integer("year"), view.text("kind", "bodies")
    choices = [
        Choice(
            f"{row['year']} ({row['bodies']})",
            view.link("compare", **asked, year=row["year"]),
            chosen and kind == "bodies" and year == row["year"],
        )
        for row in held.years
    ]
    if held.level == "department" and len(held.years) > 1:
        address = view.link("compare", **asked, kind="places")
        choices.append(Choice(said("the years side by side"), address, chosen and kind == "places"))
    return choices


def years_of(held: Sequence[Held], place: str, phase: str) -> list[int]:
    """The newest years of a place and phase, the newest first."""
    of_place = (each.years for each in held if (each.path, each.phase) == (place, phase))
    return sorted({row["year"] for years in of_place for row in years}, reverse=True)[:MOST_YEARS]


def bodies_of(view: View, place: str, year: int, *, phase: str, level: str) -> dict[str, Any]:
    """All bodies of one level of a place in one year: their figures, and per head."""
    asked = {"place": place, "year": year, "phase": phase}
    question = Question(_BODIES, {**asked, "level": level}, within=Within(place, year=year))
    totals = view.ask("totals", "Totals", question, most=_ROWS)
    heads = view.ask("per_head", "Per head", named("per_capita", **asked), most=10 * _ROWS)
    by_document = {row["document_sha256"]: row for row in heads.rows}
    rows = [{**row, **_per_head(by_document.get(row["document_sha256"]))} for row in totals.rows]
    columns = [name for name in (*FIGURES, *PER_HEAD) if any(row[name] is not None for row in rows)]
    drawings = [(heading_of(name), _drawn(view, name, rows)) for name in _DRAWN if name in columns]
    return {"bodies": rows, "columns": columns, "drawings": drawings, "parts": [totals, heads], "is_cut": totals.is_cut}


def _per_head(row: Row | None) -> Mapping[str, Any]:
    return {name: None if row is None else row[name] for name in PER_HEAD}


def _drawn(view: View, column: str, rows: Sequence[Row]) -> Markup:
    """The largest of a column."""
    known = sorted((row for row in rows if row[column] is not None), key=lambda row: (-row[column], row["entity"]))
    drawn = [
        Bar(row["entity"], row[column], money(row[column]), view.link("document", sha256=row["document_sha256"]))
        for row in known[:_BARS]
    ]
    return bars(drawn, heading_of(column), said("{} of {}, the largest first").format(len(drawn), len(rows)))
