"""A department over its years: budget and outcome, basic and project, “三公”, people and vehicles, each with its place.

Years of which nothing is held are shown as missing.  Units beside their department stay apart, since its figures
contain theirs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from gongkai.queries.reach import Within
from gongkai.viewer.charts.bars import Bar, bars
from gongkai.viewer.errors import NotHeldError
from gongkai.viewer.pages import money, words
from gongkai.viewer.screens.choices import is_too_much, province_of, provinces
from gongkai.viewer.view import ROWS, Part, Question, Row, Screen, Shown, View, named
from gongkai.vocabulary.languages import said

_MOST_YEARS = 15
_FIGURES = (("expenditure", "Spending"), ("basic", "Basic spending"), ("project", "Project spending"))
_THREE_PUBLIC = (
    ("three_public", "“三公” in all"),
    ("abroad", "Trips abroad"),
    ("vehicle_purchase", "Vehicles bought"),
    ("vehicle_operation", "Vehicles run"),
    ("reception", "Receptions"),
)
_PHASES = ("approved", "executed")

_OF_BODY = """
    province IS NOT DISTINCT FROM $province AND body_name(entity, province) = body_name($entity, $province)
    AND city IS NOT DISTINCT FROM $city AND county IS NOT DISTINCT FROM $county
"""
_TOTALS = f"""
    SELECT
        year, phase, level, revenue, expenditure, basic, project, percent(project, expenditure) AS project_percent,
        three_public, entity, document_sha256
    FROM document_totals
    WHERE {_OF_BODY} AND year IS NOT NULL
    ORDER BY
        year DESC, phase, level, expenditure IS NULL,
        (SELECT first_captured_at FROM documents WHERE sha256 = document_sha256) DESC NULLS LAST, document_sha256
"""  # noqa: S608 - a condition of our own
"""Of several documents of a year the first is drawn: one that states the total, the last received."""
_KNOWN = """
    SELECT DISTINCT province, city, county FROM documents
    WHERE entity = $entity AND ($place = '' OR concat_ws('/', province, city, county) = $place)
      AND ($province = '' OR province = $province)
    ORDER BY ALL
"""
_LEVELS = """
    SELECT DISTINCT level FROM documents WHERE entity = $entity AND province IS NOT DISTINCT FROM $province
      AND level IN ('department', 'unit')
"""
_CELLS = """
    SELECT document_sha256, amount, min(line_item_id) AS line_item_id FROM line_items
    WHERE province IS NOT DISTINCT FROM $province AND list_contains($documents, document_sha256)
      AND amount IS NOT NULL AND (is_total OR item IS NOT NULL)
    GROUP BY ALL
"""
_DEPARTMENTS = """
    SELECT
        entity, province, city, county, level, count(*) AS documents, min(year) AS earliest_year,
        max(year) AS latest_year
    FROM documents
    WHERE entity IS NOT NULL AND parse_status IN ('parsed', 'partial')
      AND ($province IS NULL OR province = $province)
      AND in_place($place, province, city, county, entity) AND ($words = '' OR contains(entity, $words))
    GROUP BY ALL ORDER BY province, city, county, entity, level
"""


def show(view: View) -> Shown:
    """The body of ``entity`` in ``place``; without one, the bodies to choose from."""
    entity, place = view.text("entity"), view.text("place")
    if not entity:
        return Shown(said("Departments"), "department.html", {"entity": "", "place": place, **_to_choose(view, place)})
    body = _body(view, entity, place)
    path = "/".join(filter(None, (body["province"], body["city"], body["county"], entity)))
    within = Within(path, and_bodies=True)
    levels = view.rows(_LEVELS, entity=entity, province=body["province"])
    view.ahead({name: (title, named(query, place=path), ROWS) for name, title, query in _AHEAD})
    totals = view.ask("totals", "Totals", Question(_TOTALS, body, within=within))
    level = _level(totals, {row["level"] for row in levels})
    own = [row for row in totals.rows if row["level"] == level]
    three_public = view.ask("three_public", "“三公” spending", named("three_public_by_department", place=path))
    parts = [view.ask(name, title, named(query, place=path)) for name, title, query in (*_COMPARED, *_AHEAD)]
    cells = _cells(view, body, [*own, *three_public.rows], within)
    values = {
        "entity": entity,
        "place": place,
        "level": level,
        "totals": totals,
        "others": sorted({row["level"] for row in totals.rows if row["level"] and row["level"] != level}),
        "drawings": list(_drawings(view, own, cells)),
        "three_public": three_public,
        "three_public_drawings": list(_three_public(view, _as_drawn(_own(three_public, entity, level), own), cells)),
        "parts": parts,
    }
    return Shown(entity, "department.html", values)


_COMPARED = (
    ("budget_against_outcome", "Budget against outcome", "budget_against_outcome"),
    ("year_on_year", "Against the year before", "year_on_year"),
)
"""Parts that share what the totals are made of: the name, the title and the named query."""
_AHEAD = (
    ("reasons", "Reasons stated for changes", "year_on_year_reasons"),
    ("people", "People", "head_counts"),
    ("assets", "Vehicles and assets", "vehicles_and_assets"),
    ("projects", "Projects", "largest_projects"),
)
"""Parts that share nothing with them, which are asked ahead."""


def _to_choose(view: View, place: str) -> dict[str, Part | None]:
    if is_too_much(view, place):
        return {"provinces": provinces(view), "listed": None}
    asked = {"place": place, "province": province_of(view, place), "words": view.text("words")}
    listed = view.ask("departments", "Departments and units", Question(_DEPARTMENTS, asked))
    return {"provinces": None, "listed": listed}


def _body(view: View, entity: str, place: str) -> dict[str, Any]:
    """Whose documents are meant.  Raises NotHeldError where there is none, or several of the name."""
    asked: dict[str, Any] = {"entity": entity, "place": place}
    found = view.rows(_KNOWN, **asked, province=place.partition("/")[0]) or view.rows(_KNOWN, **asked, province="")
    if not found:
        raise NotHeldError(f"no document of {entity!r} is held")
    if len(found) > 1:
        told = ", ".join("/".join(filter(None, row.values())) or "–" for row in found)
        raise NotHeldError(f"{entity!r} is the name of several bodies: add place, one of {told}")
    return {**found[0], "entity": entity}


def _level(totals: Part, named_so: set[str]) -> str | None:
    """The level that is drawn: of those that documents of the name have, department before unit."""
    held = {row["level"] for row in totals.rows}
    return next((level for level in ("department", "unit", None) if level in (named_so & held or held)), None)


def _own(part: Part, entity: str, level: str | None) -> list[Row]:
    """The rows of the body itself: a place's name may begin that of another."""
    return [row for row in part.rows if row["entity"] == entity and row["level"] == level]


def _as_drawn(rows: Sequence[Row], totals: Sequence[Row]) -> list[Row]:
    """Rows of several documents of a year, in the order in which their totals are drawn."""
    order = {row["document_sha256"]: number for number, row in enumerate(totals)}
    return sorted(rows, key=lambda row: order.get(row["document_sha256"], len(order)))


def _cells(view: View, body: Mapping[str, Any], rows: Sequence[Row], within: Within) -> dict[tuple[str, Decimal], str]:
    """Of each document and amount of a total, the line item that prints it."""
    documents = sorted({row["document_sha256"] for row in rows})
    found = view.rows(_CELLS, within, province=body["province"], documents=documents) if documents else []
    return {(row["document_sha256"], row["amount"]): row["line_item_id"] for row in found}


def _years(rows: Sequence[Row]) -> list[int]:
    """All years from the first to the last held, the newest first."""
    held = [row["year"] for row in rows]
    return list(range(max(held), min(held) - 1, -1))[:_MOST_YEARS] if held else []


def _drawings(
    view: View, rows: Sequence[Row], cells: Mapping[tuple[str, Decimal], str]
) -> Iterator[tuple[str, Markup]]:
    """Of each figure that is stated at all its title and its drawing."""
    told = said("Budget and outcome of each year, yuan; a year that is not held is named")
    for column, title in _FIGURES:
        if any(row[column] is not None for row in rows):
            yield title, bars(list(_by_year(view, rows, cells, column)), said(title), told)


def _by_year(view: View, rows: Sequence[Row], cells: Mapping[tuple[str, Decimal], str], column: str) -> Iterator[Bar]:
    """Of each year its budget and its outcome, in different colours."""
    for year in _years(rows):
        for kind, phase in enumerate(_PHASES, 1):
            row = next((row for row in rows if (row["year"], row["phase"]) == (year, phase)), None)
            name = f"{year} {words(phase, 'phase')}"
            yield _bar(view, name, row, cells, column=column, kind=kind)


def _three_public(view: View, rows: Sequence[Row], cells: Mapping[tuple[str, Decimal], str]) -> Iterator[Markup]:
    for phase in _PHASES:
        of_phase: dict[int, Row] = {}
        for row in (row for row in rows if row["phase"] == phase):
            of_phase.setdefault(row["year"], row)
        drawn = [
            _bar(view, f"{year} {said(title)}", of_phase.get(year), cells, column=column, kind=kind)
            for year in _years(list(of_phase.values()))
            for kind, (column, title) in enumerate(_THREE_PUBLIC[: len(_THREE_PUBLIC) if year in of_phase else 1], 1)
        ]
        if drawn:
            title = said("“三公” by kind, {}").format(words(phase, "phase"))
            yield bars(drawn, title, said("Each year's kinds, yuan; one that is not stated is named"))


def _bar(
    view: View, name: str, row: Row | None, cells: Mapping[tuple[str, Decimal], str], *, column: str, kind: int
) -> Bar:
    if row is None:
        return Bar(name, None, said("not held"), None, kind)
    told = said("not stated") if row[column] is None else money(row[column])
    return Bar(name, row[column], told, _address(view, row, column, cells), kind)


def _address(view: View, row: Row, column: str, cells: Mapping[tuple[str, Decimal], str]) -> str | None:
    """The cell of an amount, else its document."""
    item = cells.get((row["document_sha256"], row[column])) if row[column] is not None else None
    return view.link("document", item=item) if item else view.link("document", sha256=row["document_sha256"])


SCREEN = Screen("department", "Departments", show)
