"""One source of funds over the documents of a place: what each has from it, and where that is printed.

Without a year the newest is shown of which documents have something from the source.
"""

from __future__ import annotations

from gongkai.queries.reach import Within
from gongkai.viewer.pages import words
from gongkai.viewer.screens.choices import is_too_much, newest, provinces, years_of
from gongkai.viewer.view import Part, Question, Screen, Shown, View

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
    fund, period, place = view.text("fund"), view.text("period"), view.text("place")
    year, phase, title = view.integer("year"), view.choice("phase", PHASES), name_of(fund, period)
    if is_too_much(view, place):
        return Shown(title, "source.html", {"provinces": provinces(view), "years": [], "year": year})

    def ask(of_year: int | None) -> Part:
        asked = {"fund": fund, "period": period, "place": place, "year": of_year, "phase": phase}
        return view.ask("documents", "By document", Question(_BY_DOCUMENT, asked, within=Within(place, of_year)))

    years = years_of(view, place, phase=phase)
    year, documents = newest(years, ask) if year is None else (year, ask(year))
    values = {"provinces": None, "years": years, "year": year, "documents": documents}
    return Shown(title if year is None else f"{title} {year}", "source.html", values)


def name_of(fund: str | None, period: str | None) -> str:
    """A source as people call it: 一般公共预算, or 上年结转 where that is not divided by fund."""
    is_whole = fund in (None, "", "total")
    if is_whole and period:
        return words(period, "period")
    told = words(fund or "total", "fund")
    return told if period in (None, "", "total", "current") else f"{told} ({words(period, 'period')})"


SCREEN = Screen("source", "Source of funds", show, in_navigation=False)
