"""One functional code over the documents of a place: what each spends under it, and where that is printed."""

from __future__ import annotations

from gongkai.viewer.errors import BadAddressError
from gongkai.viewer.view import Screen, Shown, View, named

PHASES = ("approved", "executed")
_NAMES = "SELECT name FROM function_names WHERE function_code = $code"


def show(view: View) -> Shown:
    """The code of ``code``."""
    code = view.text("code")
    if not (code.isascii() and code.isdigit() and len(code) in (3, 5, 7)):
        raise BadAddressError(f"parameter 'code' is a functional code of 3, 5 or 7 digits, not {code!r}")
    question = named(
        "function_across_departments",
        code=code,
        place=view.text("place"),
        year=view.integer("year"),
        phase=view.choice("phase", PHASES),
    )
    documents = view.ask("documents", "By document", question)
    name = next((row["name"] for row in view.rows(_NAMES, code=code)), None)
    return Shown(" ".join(filter(None, (code, name))), "function.html", {"documents": documents})


SCREEN = Screen("function", "Function", show, in_navigation=False)
