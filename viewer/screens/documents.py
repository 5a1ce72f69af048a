"""The documents of a place, year or department, and how far each was read."""

from __future__ import annotations

from typing import Any

from gongkai.viewer.screens.choices import is_too_much, provinces, years_one_by_one
from gongkai.viewer.view import Screen, Shown, View, named
from gongkai.vocabulary.languages import said

_PHASES = ("approved", "executed")
_LEVELS = ("department", "unit", "government")


def show(view: View) -> Shown:
    """One row for each document."""
    place = view.text("place")
    values: dict[str, Any] = {"phases": _PHASES, "levels": _LEVELS, "provinces": None}
    if is_too_much(view, place):
        return Shown(said("Documents"), "documents.html", {**values, "provinces": provinces(view)})
    years, year = years_one_by_one(view, place, view.text("department")), view.integer("year")
    year = year or next(iter(years.years), None)
    question = named(
        "documents_of_a_place",
        place=place,
        year=year,
        department=view.text("department"),
        phase=view.choice("phase", _PHASES),
        level=view.choice("level", _LEVELS),
    )
    documents = view.ask("documents", "Documents", question)
    return Shown(said("Documents"), "documents.html", {**values, "documents": documents, "years": years, "year": year})


SCREEN = Screen("documents", "Documents", show)
