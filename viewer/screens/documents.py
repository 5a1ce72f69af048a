"""The documents of a place, year or department, and how far each was read."""

from __future__ import annotations

from gongkai.viewer.view import Screen, Shown, View, named
from gongkai.vocabulary.languages import said

_PHASES = ("approved", "executed")
_LEVELS = ("department", "unit", "government")


def show(view: View) -> Shown:
    """One row for each document."""
    question = named(
        "documents_of_a_place",
        place=view.text("place"),
        year=view.integer("year"),
        department=view.text("department"),
        phase=view.choice("phase", _PHASES),
        level=view.choice("level", _LEVELS),
    )
    documents = view.ask("documents", "Documents", question)
    return Shown(said("Documents"), "documents.html", {"documents": documents, "phases": _PHASES, "levels": _LEVELS})


SCREEN = Screen("documents", "Documents", show)
