"""Departments or places side by side, of one phase and one level; each side has a year of its own.

Figures of different levels contain each other, and a budget is no outcome: what mixes them is refused.  With ``place``
in place of sides its comparisons are listed, and the one that is asked for is shown, see ``compare_place``.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from gongkai.queries.reach import Within
from gongkai.viewer.charts.bars import Bar, bars
from gongkai.viewer.errors import BadAddressError
from gongkai.viewer.pages import heading_of, money
from gongkai.viewer.screens.choices import held_provinces, is_too_much, province_of
from gongkai.viewer.screens.compare_place import FIGURES, PER_HEAD, bodies_of, choices_of, held_of, years_of
from gongkai.viewer.view import Part, Question, Row, Screen, Shown, View, named
from gongkai.vocabulary.languages import said

MOST = 6
KINDS = ("bodies", "places")
PHASES = ("approved", "executed")
LEVELS = ("department", "unit")
_ROWS = 1000
"""Functions of places below a side, and its own."""
_FUNCTIONS = 12
"""Functions that are drawn, the largest; the table has all."""

_DOCUMENTS = """
    SELECT sha256 FROM documents
    WHERE phase = $phase AND year = $year AND province IS NOT DISTINCT FROM $province
      AND concat_ws('/', province, city, county, entity) = $side
    ORDER BY sha256
"""
_TOTALS = """
    SELECT
        concat_ws('/', t.province, t.city, t.county, t.entity) AS side, t.year, t.phase, t.level, t.revenue,
        t.expenditure, t.basic, t.project, t.three_public, t.document_sha256
    FROM document_totals AS t
    JOIN documents AS d ON d.sha256 = t.document_sha256
    WHERE t.document_sha256 IN ({})
    QUALIFY row_number() OVER (
        PARTITION BY side, t.year, t.level ORDER BY t.expenditure IS NULL, d.first_captured_at DESC NULLS LAST, d.sha256
    ) = 1
    ORDER BY side, t.year
"""
"""Totals of documents that are named one by one, so that no other file of the lake is read."""
_CHOICES = """
    SELECT DISTINCT CASE $kind
        WHEN 'places' THEN concat_ws('/', province, city, county) ELSE concat_ws('/', province, city, county, entity)
    END AS side
    FROM documents
    WHERE phase = $phase AND parse_status IN ('parsed', 'partial') AND province IS NOT NULL
      AND ($kind = 'places' OR (entity IS NOT NULL AND level = $level))
    ORDER BY side LIMIT 500
"""
_NEWEST = """
    SELECT max(year) AS year FROM documents
    WHERE phase = $phase AND parse_status IN ('parsed', 'partial') AND province IS NOT DISTINCT FROM $province
      AND starts_with(concat_ws('/', province, city, county, entity) || '/', $side || '/')
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """What stands on one side: a path of a place or body, and a year."""

    path: str
    year: int
    of: str = ""
    """The place, where another side has its name."""

    @property
    def name(self) -> str:
        of = f" ({self.of})" if self.of else ""
        return f"{self.path.rpartition('/')[2]} {self.year}{of}"


def show(view: View) -> Shown:
    """The sides ``side1`` to ``side6``, each with its year; or the comparisons of ``place``."""
    kind, phase = view.choice("kind", KINDS, "bodies"), view.choice("phase", PHASES, "approved")
    level = view.choice("level", LEVELS, "department")
    sides = _sides(view, phase)
    fields = [(f"side{n}", view.text(f"side{n}"), f"year{n}", view.text(f"year{n}")) for n in range(1, MOST + 1)]
    values: dict[str, Any] = {"kind": kind, "phase": phase, "level": level, "sides": sides, "fields": fields}
    values |= {"kinds": KINDS, "phases": PHASES, "levels": LEVELS, "rows": [], "drawings": [], "parts": []}
    values |= {"place": view.text("place"), "held": (), "bodies": None, "year": view.integer("year")}
    if values["place"] and not sides:
        values |= _of_place(view, values["place"], kind, phase=phase, level=level)
        return Shown(said("Compare"), "compare.html", values)
    values |= {"choices": _choices(view, kind, phase=phase, level=level)}
    if sides:
        values |= _places(view, sides, phase) if kind == "places" else _bodies(view, sides, phase, level)
    return Shown(said("Compare"), "compare.html", values)


def _choices(view: View, kind: str, *, phase: str, level: str) -> list[Any]:
    """What a side can be named; of a whole country the provinces that a name begins with."""
    if is_too_much(view, ""):
        return [{"side": province} for province in held_provinces(view)]
    return view.rows(_CHOICES, kind=kind, phase=phase, level=level)


def _of_place(view: View, place: str, kind: str, *, phase: str, level: str) -> dict[str, Any]:
    """What can be compared in a place, and the comparison that ``year`` or ``kind`` asks for."""
    held, year = held_of(view, place), view.integer("year")
    values: dict[str, Any] = {"held": [(each, choices_of(view, each)) for each in held], "sides": [], "choices": []}
    if kind == "places":
        sides = [Side(place, each) for each in years_of(held, place, phase)]
        return {**values, "sides": sides, **(_places(view, sides, phase) if sides else {})}
    if year is not None:
        values |= bodies_of(view, place, year, phase=phase, level=level)
    return values


def _sides(view: View, phase: str) -> list[Side]:
    """The sides given; the newest year where one names none.  Raises BadAddressError for one that is not held."""
    sides: list[Side] = []
    for number in range(1, MOST + 1):
        path, year = view.text(f"side{number}").strip("/"), view.integer(f"year{number}")
        if path:
            year = year or view.rows(_NEWEST, phase=phase, side=path, province=province_of(view, path))[0]["year"]
            if year is None:
                raise BadAddressError(f"nothing of {path!r} is held: name it from its province on, parted by /")
            sides.append(Side(path, year))
    return told_apart(list(dict.fromkeys(sides)))


def told_apart(sides: Sequence[Side]) -> list[Side]:
    """The sides, those of one name with the place they are of."""
    names = [side.name for side in sides]
    return [
        dataclasses.replace(side, of=side.path.rpartition("/")[0]) if names.count(side.name) > 1 else side
        for side in sides
    ]


def _bodies(view: View, sides: Sequence[Side], phase: str, level: str) -> dict[str, Any]:
    """Figures of departments or units, and per head."""
    totals = view.ask("totals", "Totals", _totals(view, sides, phase))
    found = [_of_side(totals.rows, side, level) for side in sides]
    heads = [
        view.ask(f"per_head_{number}", "Per head", named("per_capita", place=side.path, year=side.year, phase=phase))
        for number, side in enumerate(sides, 1)
    ]
    of_heads = [_of_document(part, row) for part, row in zip(heads, found, strict=True)]
    rows = [(heading_of(column), [_cell(view, row, column) for row in found]) for column in FIGURES]
    rows += [(heading_of(column), [_cell(view, row, column, "not stated") for row in of_heads]) for column in PER_HEAD]
    drawings = [
        (name, _drawn(name, sides, cells)) for name, cells in rows if any(cell["amount"] is not None for cell in cells)
    ]
    return {"rows": rows, "drawings": drawings, "parts": [totals, *heads]}


def _totals(view: View, sides: Sequence[Side], phase: str) -> Question:
    documents = {
        row["sha256"]
        for side in sides
        for row in view.rows(
            _DOCUMENTS, phase=phase, year=side.year, side=side.path, province=province_of(view, side.path)
        )
    }
    named_so = {f"document_{number}": sha256 for number, sha256 in enumerate(sorted(documents) or [""])}
    sql = _TOTALS.format(", ".join(f"${name}" for name in named_so))
    return Question(sql, named_so, within=Within(documents=frozenset(documents)))


def _of_side(rows: Sequence[Row], side: Side, level: str) -> Row | None:
    """The totals of a side.  Raises BadAddressError where it is only held of another level."""
    of_side = [row for row in rows if (row["side"], row["year"]) == (side.path, side.year)]
    of_level = next((row for row in of_side if row["level"] in (level, None)), None)
    if of_side and of_level is None:
        raise BadAddressError(
            f"{side.name!r} is held of the level {of_side[0]['level']!r}, which is not compared with {level!r}:"
            " choose that level, or another side"
        )
    return of_level


def _of_document(part: Part, row: Row | None) -> Row | None:
    return next((each for each in part.rows if row and each["document_sha256"] == row["document_sha256"]), None)


def _places(view: View, sides: Sequence[Side], phase: str) -> dict[str, Any]:
    """Functions of places: shares, since each sum is that of the departments held."""
    questions = [named("place_by_function", place=side.path, year=side.year, phase=phase) for side in sides]
    view.read_together(questions)
    parts = [
        view.ask(f"functions_{number}", "By function", question, most=_ROWS)
        for number, question in enumerate(questions, 1)
    ]
    by_side = [
        {row["function_code"]: row for row in part.rows if _path(row) == side.path}
        for part, side in zip(parts, sides, strict=True)
    ]
    names = {code: row["function_name"] or code for found in by_side for code, row in found.items()}
    shares = {code: sum(found[code]["share_percent"] or 0 for found in by_side if code in found) for code in names}
    rows = [
        (
            names[code],
            [_share(view, found.get(code), side, phase) for found, side in zip(by_side, sides, strict=True)],
        )
        for code in sorted(names, key=lambda code: (-shares[code], code))
    ]
    drawings = [(name, _drawn(name, sides, cells)) for name, cells in rows[:_FUNCTIONS]]
    return {"rows": rows, "drawings": drawings, "parts": parts}


def _path(row: Mapping[str, Any]) -> str:
    return "/".join(filter(None, (row["province"], row["city"], row["county"])))


def _cell(view: View, row: Row | None, column: str, missing: str = "not held") -> dict[str, Any]:
    if row is None:
        return {"amount": None, "told": said(missing), "address": None}
    told = said("not stated") if row[column] is None else money(row[column])
    return {"amount": row[column], "told": told, "address": view.link("document", sha256=row["document_sha256"])}


def _share(view: View, row: Row | None, side: Side, phase: str) -> dict[str, Any]:
    if row is None:
        return {"amount": None, "told": said("not stated"), "address": None}
    told = f"{row['share_percent']} % ({money(row['amount'])})"
    address = view.link("function", code=row["function_code"], place=side.path, year=side.year, phase=phase)
    return {"amount": row["share_percent"], "told": told, "address": address}


def _drawn(name: str, sides: Sequence[Side], cells: Sequence[Mapping[str, Any]]) -> Markup:
    rows = [
        Bar(side.name, cell["amount"], cell["told"], cell["address"], number)
        for number, (side, cell) in enumerate(zip(sides, cells, strict=True), 1)
    ]
    return bars(rows, name, said("The sides in their order"))


SCREEN = Screen("compare", "Compare", show)
