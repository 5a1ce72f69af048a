"""One run: what was new, changed and gone, and what went wrong."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from gongkai.viewer.errors import NotHeldError
from gongkai.viewer.view import Held, Screen, Shown, View
from gongkai.vocabulary.languages import said

_CHANGE = pa.schema(dict.fromkeys(("portal", "change", "title", "url", "sha256"), pa.string()))
_PROBLEM = pa.schema(dict.fromkeys(("portal", "severity", "kind", "message", "url"), pa.string()))


def show(view: View) -> Shown:
    """The run of parameter ``run``."""
    name = view.text("run")
    report = view.archive.run_report(name) if name else None
    if report is None:
        raise NotHeldError(f"no run {name!r} is known: the page of the archive lists them")
    changes = view.hold("changes", "What changed", Held(_changes(report)))
    problems = view.hold("problems", "What went wrong", Held(_problems(report)))
    facts = {key: value for key, value in report.items() if isinstance(value, str | int | bool) and key != "format"}
    values = {"changes": changes, "problems": problems, "facts": facts}
    return Shown(f"{said('Run')} {name}", "run.html", values, changes=True)


def _changes(report: dict[str, Any]) -> pa.Table:
    rows = [
        {
            "portal": portal.get("portal"),
            "change": change.get("kind"),
            **{key: change.get(key) for key in ("title", "url", "sha256")},
        }
        for portal in report.get("portals") or ()
        for change in portal.get("changes") or ()
    ]
    return pa.Table.from_pylist(rows, schema=_CHANGE)


def _problems(report: dict[str, Any]) -> pa.Table:
    rows = [
        {
            "portal": portal.get("portal"),
            **{key: _text(problem.get(key)) for key in ("severity", "kind", "message", "url")},
        }
        for portal in report.get("portals") or ()
        for problem in portal.get("problems") or ()
    ]
    return pa.Table.from_pylist(rows, schema=_PROBLEM)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


SCREEN = Screen("run", "Run", show, in_navigation=False)
