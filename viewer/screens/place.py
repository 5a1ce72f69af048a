"""A place in one year: what its departments spend by function, which spends how much, and what is not published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from gongkai.viewer.charts.bars import Bar, bars
from gongkai.viewer.charts.treemap import Tile, treemap
from gongkai.viewer.pages import money, words
from gongkai.viewer.screens.choices import is_too_much, provinces
from gongkai.viewer.screens.flow_of_place import flow_of
from gongkai.viewer.view import Part, Question, Screen, Shown, View, named
from gongkai.vocabulary.languages import said

PHASES = ("approved", "executed")
LEVELS = ("category", "group", "item")
_BARS = 30
"""Departments that are drawn; the table has more, the data all."""

_PLACES = """
    SELECT
        province, city, county, concat_ws('/', province, city, county) AS path,
        count(DISTINCT entity) AS departments, count(*) AS documents, min(year) AS earliest_year,
        max(year) AS latest_year
    FROM documents
    WHERE parse_status IN ('parsed', 'partial') AND province = coalesce($province, province)
      AND in_place($place, province, city, county, entity)
    GROUP BY ALL ORDER BY province, city NULLS FIRST, county NULLS FIRST
"""
_YEARS = """
    SELECT DISTINCT year FROM documents
    WHERE parse_status IN ('parsed', 'partial') AND year IS NOT NULL AND phase = $phase
      AND province = $province AND starts_with(concat_ws('/', province, city, county) || '/', $place || '/')
    ORDER BY year DESC
"""
_MISSING_YEARS = """
WITH held AS (
    SELECT DISTINCT ON (province, city, county, body, level, year)
        province, city, county, body_name(entity, province) AS body, level, year, entity
    FROM documents
    WHERE entity IS NOT NULL AND year IS NOT NULL AND phase = $phase AND parse_status IN ('parsed', 'partial')
      AND level IN ('department', 'unit') AND province = $province
      AND in_place($place, province, city, county, entity)
),
years AS (SELECT DISTINCT year FROM held)
SELECT
    b.province, b.city, b.county, any_value(b.entity) AS entity, b.level,
    list(y.year ORDER BY y.year) AS missing_years, count(*) AS missing
FROM (SELECT province, city, county, body, level, max(entity) AS entity FROM held GROUP BY ALL) AS b
CROSS JOIN years AS y
ANTI JOIN held AS h
    ON h.province IS NOT DISTINCT FROM b.province AND h.city IS NOT DISTINCT FROM b.city
    AND h.county IS NOT DISTINCT FROM b.county AND h.body = b.body AND h.level = b.level AND h.year = y.year
GROUP BY b.province, b.city, b.county, b.body, b.level
ORDER BY count(*) DESC, b.province, b.city, b.county, b.body, b.level
"""
_UNREAD = """
    SELECT left(sha256, 12) AS document, province, city, county, year, phase, entity, file_name, sha256 FROM documents
    WHERE parse_status = 'unreadable' AND province = $province
      AND in_place($place, province, city, county, entity)
    ORDER BY province, city, county, year, sha256
"""


def show(view: View) -> Shown:
    """The place of ``place``, told from its province on; without one, or for several, the places to choose from."""
    place, phase = view.text("place"), view.choice("phase", PHASES, "approved")
    level = view.choice("level", LEVELS, "category")
    if is_too_much(view, place):
        chosen = {"provinces": provinces(view), "is_one": False, "place": place, "year": None}
        return Shown(said("Places"), "place.html", chosen)
    asked: dict[str, Any] = {"place": place, "province": place.partition("/")[0]}
    years = [row["year"] for row in view.rows(_YEARS, **asked, phase=phase)] if place else []
    below = view.ask("places", "Places", Question(_PLACES, asked if years else {"place": place, "province": None}))
    values: dict[str, Any] = {"place": place, "phase": phase, "level": level, "years": years, "below": below}
    values |= {"provinces": None, "phases": PHASES, "levels": LEVELS, "is_one": bool(years)}
    if not years:
        return Shown(place or said("Places"), "place.html", {**values, "year": None})
    year = view.integer("year") or years[0]
    gaps = view.ask(
        "missing_years", "Years of which nothing is held", Question(_MISSING_YEARS, {**asked, "phase": phase})
    )
    unread = view.ask("unread", "Files that could not be read", Question(_UNREAD, asked))
    functions = view.ask(
        "functions",
        "By function",
        named("place_by_function", place=place, year=year, phase=phase, level=level),
        most=2000,
    )
    departments = view.ask(
        "departments", "Departments", named("spending_by_department", place=place, year=year, phase=phase)
    )
    own = [row for row in functions.rows if _path(row) == place]
    values |= {
        "year": year,
        "functions": functions,
        "own": own,
        "others": sorted({_path(row) for row in functions.rows} - {place}),
        "treemap": _treemap(view, own, year, phase),
        "flow": flow_of(view, place, year, phase),
        "departments": departments,
        "ranked": _ranked(view, departments),
        "share": _share(functions),
        "forms": view.ask(
            "missing_forms", "Forms promised and not found", named("promised_forms", place=place, year=year)
        ),
        "gaps": gaps,
        "unread": unread,
    }
    return Shown(f"{place} {year}", "place.html", values)


def _path(row: Mapping[str, Any]) -> str:
    return "/".join(filter(None, (row["province"], row["city"], row["county"])))


def _treemap(view: View, rows: Sequence[Mapping[str, Any]], year: int, phase: str) -> Markup | None:
    tiles = [
        Tile(
            row["function_name"] or row["function_code"],
            row["amount"],
            f"{money(row['amount'])} ({row['share_percent']} %)",
            view.link("function", code=row["function_code"], place=_path(row), year=year, phase=phase),
        )
        for row in rows
    ]
    if not tiles:
        return None
    whole = sum((row["amount"] for row in rows), Decimal(0))
    description = said("{} yuan over {} functions, larger ones first").format(money(whole), len(tiles))
    return treemap(tiles, said("Spending by function"), description)


def _ranked(view: View, part: Part) -> Markup | None:
    rows = [row for row in part.rows if row["level"] == "department" and row["expenditure"] is not None][:_BARS]
    if not rows:
        return None
    drawn = [
        Bar(
            row["entity"] or words(row["document_sha256"], "document_sha256"),
            row["expenditure"],
            money(row["expenditure"]),
            view.link("document", sha256=row["document_sha256"]),
        )
        for row in rows
    ]
    description = said("{} departments, the largest first").format(len(rows))
    return bars(drawn, said("Departments by what they spend"), description)


def _share(part: Part) -> Decimal | None:
    """The percentage of documents that answer."""
    covered = part.coverage
    if covered is None or not covered.asked or covered.answering is None:
        return None
    return Decimal(100 * covered.answering) / covered.asked


SCREEN = Screen("place", "Places", show)
