"""One functional code over the documents of a place: what each spends under it, and where that is printed.

Without a year the newest is shown of which the code has lines.
"""

from __future__ import annotations

from typing import Any

from gongkai.viewer.errors import BadAddressError
from gongkai.viewer.screens.choices import is_too_much, newest, provinces, years_of
from gongkai.viewer.view import Part, Screen, Shown, View, named

PHASES = ("approved", "executed")
_NAMES = "SELECT name FROM function_names WHERE function_code = $code"


def show(view: View) -> Shown:
    """The code of ``code``."""
    code = view.text("code")
    if not (code.isascii() and code.isdigit() and len(code) in (3, 5, 7)):
        raise BadAddressError(f"parameter 'code' is a functional code of 3, 5 or 7 digits, not {code!r}")
    name = next((row["name"] for row in view.rows(_NAMES, code=code)), None)
    title = " ".join(filter(None, (code, name)))
    place, phase, year = view.text("place"), view.choice("phase", PHASES), view.integer("year")
    if is_too_much(view, place):
        return Shown(title, "function.html", {"provinces": provinces(view), "years": [], "year": year})

    def ask(of_year: int | None) -> Part:
        question = named("function_across_departments", code=code, place=place, year=of_year, phase=phase)
        return view.ask("documents", "By document", question)

    years = years_of(view, place, phase=phase)
    year, documents = newest(years, ask) if year is None else (year, ask(year))
    values: dict[str, Any] = {"provinces": None, "years": years, "year": year, "documents": documents}
    return Shown(title if year is None else f"{title} {year}", "function.html", values)


SCREEN = Screen("function", "Function", show, in_navigation=False)
