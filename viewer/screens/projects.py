"""Projects and their targets: budgets against what is to be reached with them, and the targets of one project.

A project's place in its document is its table.  Its budget leads to the one cell of that table that prints the amount,
in whatever unit; where none or several do, to the table.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from gongkai.queries.reach import Within
from gongkai.viewer.charts.bars import Bar, bars
from gongkai.viewer.pages import money
from gongkai.viewer.screens.choices import is_too_much, newest, provinces, years_one_by_one
from gongkai.viewer.view import Part, Question, Row, Screen, Shown, View, named
from gongkai.vocabulary.languages import said
from gongkai.vocabulary.units_of_account import units_of_account
from gongkai.vocabulary.word_lists import words

TARGETS = ("with", "without")
_MOST = 100
_DRAWN = 20
_LABELS = {"budget": "budget", "fiscal_funds": "fiscal", "other_funds": "other"}
"""The list of labels of each amount in project_cards.csv."""
_NUMBER = re.compile(r"[0-9]+(\.[0-9]+)?")

_PROJECTS = """
WITH wanted AS (
    SELECT
        p.document_sha256, p.table_index, p.page, p.project_name, p.project_code, p.budget, p.status, p.fiscal_funds,
        p.other_funds, p.in_tables, p.unit_name, p.unit, p.purpose, p.goals, d.entity, d.province, d.city,
        d.county, d.year, d.department, d.level, d.phase
    FROM projects AS p
    JOIN documents AS d ON d.sha256 = p.document_sha256
    WHERE in_place($place, d.province, d.city, d.county, d.entity) AND ($year IS NULL OR p.year = $year)
      AND ($department = '' OR p.department = $department) AND NOT is_government(d.level)
      AND ($words = '' OR contains(concat_ws(' ', p.project_name, p.project_code, p.purpose, p.goals), $words))
),
targets AS (
    SELECT document_sha256, project_code, project_name, count(*) AS targets, count(value) AS with_number
    FROM indicators
    WHERE project_name IS NOT NULL OR project_code IS NOT NULL
    GROUP BY ALL
),
listed AS (
    SELECT w.*, coalesce(t.targets, 0) AS targets, coalesce(t.with_number, 0) AS with_number
    FROM wanted AS w
    LEFT JOIN targets AS t
        ON t.document_sha256 = w.document_sha256 AND t.project_code IS NOT DISTINCT FROM w.project_code
        AND t.project_name IS NOT DISTINCT FROM w.project_name
    WHERE $targets = '' OR ($targets = 'with') = (coalesce(t.targets, 0) > 0)
)
SELECT
    project_name, project_code, budget, status, fiscal_funds, other_funds, in_tables, targets, with_number, unit_name,
    entity, province, city, county, year, department, level, phase, unit, page, table_index, document_sha256
FROM listed
ORDER BY budget DESC NULLS LAST, document_sha256, table_index, project_code, project_name
"""
_CELLS = """
SELECT
    c.document_sha256, c.table_index, c.row_index, c.column_index, c.text,
    coalesce(i.fund = 'total' AND i.period = 'total', false) AS is_whole
FROM cells AS c
LEFT JOIN line_items AS i
    ON i.document_sha256 = c.document_sha256 AND i.table_index = c.table_index AND i.row_index = c.row_index
    AND i.column_index = c.column_index AND i.form = 'project_expenditure'
WHERE list_contains($documents::VARCHAR[], c.document_sha256) AND list_contains($tables::INTEGER[], c.table_index)
"""
_TARGETS = """
SELECT
    t.kind, t.level1, t.level2, t.level3, t.description, t.target, t.comparator, t.value, t.value_unit, t.basis, t.page,
    t.table_index, t.row_index, min(c.column_index) AS column_index, t.project_name, t.project_code, t.year,
    t.document_sha256
FROM indicator_targets AS t
LEFT JOIN cells AS c
    ON c.document_sha256 = t.document_sha256 AND c.table_index = t.table_index AND c.row_index = t.row_index
    AND regexp_replace(c.text, '\\s', '', 'g') = t.target
WHERE t.document_sha256 = $sha256 AND coalesce(t.project_name, '') = $project
  AND ($code = '' OR t.project_code = $code)
GROUP BY ALL
ORDER BY t.table_index, t.row_index
"""

Place = tuple[str, int]


def show(view: View) -> Shown:
    """The projects of a place, year and department that hold words; the targets of the one of ``project``."""
    values: dict[str, Any] = {"choices": TARGETS, "targets": None, "project": view.text("project"), "largest": None}
    if sha256 := view.text("sha256"):
        of_one = {"sha256": sha256, "project": view.text("project"), "code": view.text("code")}
        values["targets"] = view.ask("targets", "Targets of the project", Question(_TARGETS, of_one))
    values["provinces"] = provinces(view) if is_too_much(view, view.text("place")) else None
    if values["provinces"] is None:
        values |= _of_place(view)
    return Shown(said("Projects and targets"), "projects.html", values)


def _of_place(view: View) -> dict[str, Any]:
    """The projects of a place: of the year asked for, else of all years or of the newest."""
    place, department = view.text("place"), view.text("department")
    words_and_targets = {"words": view.text("words"), "targets": view.choice("targets", TARGETS)}
    years, year = years_one_by_one(view, place, department), view.integer("year")

    def ask(of_year: int | None) -> Part:
        asked = {"place": place, "year": of_year, "department": department, **words_and_targets}
        question = Question(_PROJECTS, asked, within=Within(place, of_year, department))
        return view.ask("projects", "Projects by budget", question, most=_MOST)

    year, projects = newest(years.years, ask) if year is None else (year, ask(year))
    where: dict[str, object] = {"place": place, "year": year, "department": department}
    values: dict[str, Any] = {"years": years, "year": year, "projects": projects}
    if not any(words_and_targets.values()):
        largest = view.ask("largest", "The largest projects", named("largest_projects", limit=3 * _DRAWN, **where))
        values |= {"largest": largest, "drawn": _drawn(view, largest.rows)}
    kinds = view.ask("kinds", "Targets by kind", named("targets_by_kind", **where))
    return {**values, "kinds": kinds, "places": _links(view, projects.rows)}


def _drawn(view: View, rows: Sequence[Row]) -> Markup | None:
    """The largest projects, each once: a unit's may stand in its department's document too, or in a later version."""
    names = ("project_name", "project_code", "budget", "year", "province", "city", "county")
    once: dict[tuple[Any, ...], Row] = {}
    told = (row for row in rows if row["in_tables"] != "unsettled")
    for row in sorted(told, key=lambda row: (-row["budget"], row["level"] != "department")):
        once.setdefault(tuple(row[name] for name in names), row)
    drawn = [
        Bar(
            " ".join(str(row[name]) for name in ("project_name", "year", "entity") if row[name]),
            row["budget"],
            money(row["budget"]),
            view.link("document", sha256=row["document_sha256"], page=row["page"]),
        )
        for row in list(once.values())[:_DRAWN]
    ]
    description = said("{} projects by budget, yuan, the largest first; each once").format(len(drawn))
    return bars(drawn, said("The largest projects"), description) if drawn else None


def _links(view: View, rows: Any) -> list[dict[str, str | None]]:
    """Of each project where its budget and its other amounts are printed, and where its targets are listed."""
    documents = sorted({row["document_sha256"] for row in rows})
    tables = sorted({row["table_index"] for row in rows})
    printed: dict[Place, list[dict[str, Any]]] = {}
    for cell in view.rows(_CELLS, Within(documents=frozenset(documents)), documents=documents, tables=tables):
        printed.setdefault((cell["document_sha256"], cell["table_index"]), []).append(cell)
    return [_links_of(view, row, printed.get((row["document_sha256"], row["table_index"]), [])) for row in rows]


def _links_of(view: View, row: Row, cells: Sequence[Row]) -> dict[str, str | None]:
    links = {name: _link(view, row, place_of(row, name, cells)) for name in _LABELS}
    name = {"sha256": row["document_sha256"], "project": row["project_name"], "code": row["project_code"]}
    where = {each: view.text(each) for each in ("place", "year", "department", "words", "targets") if each not in name}
    return {**links, "targets": view.link("projects", **name, **where) if row["targets"] else None}


def _link(view: View, row: Row, cell: Row | None) -> str | None:
    place = {"table": row["table_index"], "page": row["page"]}
    if cell is not None:
        place = {"table": row["table_index"], "row": cell["row_index"], "column": cell["column_index"]}
    return view.link("document", sha256=row["document_sha256"], **place)


def place_of(row: Row, name: str, cells: Sequence[Row]) -> Row | None:
    """The one cell that prints an amount of a project; of several that behind its label, or beside its name.

    The budget of a row of 项目支出表 stands in the column of all funds.
    """
    amount, yuan = row[name], units_of_account().get(row["unit"] or "")
    if amount is None or yuan is None:
        return None
    printing = [cell for cell in cells if _number(cell["text"]) == amount / yuan]
    if len(printing) > 1:
        names = {row["project_name"], row["project_code"]}
        rows = {cell["row_index"] for cell in cells if _plain(cell["text"]) in names}
        labelled = [cell for cell in printing if _is_behind_a_label(cell, name, cells)]
        printing = labelled or [cell for cell in printing if cell["row_index"] in rows]
        whole = [cell for cell in printing if cell.get("is_whole")]
        printing = whole if name == "budget" and whole else printing
    return printing[0] if len(printing) == 1 else None


def _is_behind_a_label(cell: Row, name: str, cells: Sequence[Row]) -> bool:
    """Is the nearest cell before it the label that cards of projects print for this amount?"""
    before = [
        each
        for each in cells
        if each["row_index"] == cell["row_index"] and each["column_index"] < cell["column_index"] and each["text"]
    ]
    nearest = _plain(max(before, key=lambda each: int(each["column_index"]))["text"]) if before else ""
    return any(re.fullmatch(label, nearest) for label in words("project_cards.csv", _LABELS[name]))


@functools.lru_cache(16_384)
def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


@functools.lru_cache(16_384)
def _number(text: str) -> Decimal | None:
    plain = text.replace(",", "").strip()
    return Decimal(plain) if _NUMBER.fullmatch(plain) else None


SCREEN = Screen("projects", "Projects", show)
