"""One source of funds over the documents of a place: what each has from it, and where that is printed."""

from __future__ import annotations

from gongkai.queries.reach import Within
from gongkai.viewer.pages import words
from gongkai.viewer.screens.choices import is_too_much, provinces
from gongkai.viewer.view import Question, Screen, Shown, View

PHASES = ("approved", "executed")
_BY_DOCUMENT = """
    SELECT
        province, city, county, year, entity, level, phase, amount, label, measure, status, form, document_sha256,
        table_index, row_index, column_index
    FROM revenue_sources
    WHERE coalesce(fund, '') = $fund AND coalesce(period, '') = $period AND amount <> 0 AND NOT is_government(level)
      AND in_place($place, province, city, county, entity)
      AND ($year IS NULL OR year = $year) AND ($phase = '' OR phase = $phase)
    ORDER BY amount DESC, document_sha256, row_index, column_index
"""


def show(view: View) -> Shown:
    """The source of ``fund`` and ``period``, as the view revenue_sources has them."""
    asked = {
        "fund": view.text("fund"),
        "period": view.text("period"),
        "place": view.text("place"),
        "year": view.integer("year"),
        "phase": view.choice("phase", PHASES),
    }
    title = name_of(view.text("fund"), view.text("period"))
    if is_too_much(view, view.text("place")):
        return Shown(title, "source.html", {"provinces": provinces(view)})
    question = Question(_BY_DOCUMENT, asked, within=Within(view.text("place"), view.integer("year")))
    documents = view.ask("documents", "By document", question)
    return Shown(title, "source.html", {"provinces": None, "documents": documents})


def name_of(fund: str | None, period: str | None) -> str:
    """A source as people call it: 一般公共预算, or 上年结转 where that is not divided by fund."""
    is_whole = fund in (None, "", "total")
    if is_whole and period:
        return words(period, "period")
    told = words(fund or "total", "fund")
    return told if period in (None, "", "total", "current") else f"{told} ({words(period, 'period')})"


SCREEN = Screen("source", "Source of funds", show, in_navigation=False)
