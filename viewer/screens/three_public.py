"""“三公” of a place in one year: its parts, budget against outcome, and the bodies that spend most.

Drawn are departments alone, since their figures contain those of their units, and of several documents of one body the
one received last.  Budget and outcome are summed over the bodies that state both, to hold one against the other.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from gongkai.queries.reach import Within
from gongkai.viewer.charts.bars import Bar, bars
from gongkai.viewer.pages import heading_of, money, words
from gongkai.viewer.screens.choices import is_too_much, newest, provinces, years_of
from gongkai.viewer.view import ROWS, Part, Row, Screen, Shown, View, named
from gongkai.vocabulary.languages import said

PHASES = ("approved", "executed")
PARTS = ("abroad", "vehicle_purchase", "vehicle_operation", "reception")
"""What adds up to the total."""
_DRAWN = 15
"""Bodies that are drawn, the largest; the table has more, the data all."""
_MOST = 5000
"""Documents of a year that are drawn; of more a place must be chosen."""

_RECEIVED = """
    SELECT sha256 FROM documents WHERE list_contains($documents::VARCHAR[], sha256)
    ORDER BY first_captured_at DESC NULLS LAST, sha256
"""

Body = tuple[Any, ...]


def show(view: View) -> Shown:
    """The departments of ``place`` and ``department`` in ``year``, else in the newest that has any."""
    where = {"place": view.text("place"), "department": view.text("department")}
    values: dict[str, Any] = {**where, "years": [], "year": view.integer("year"), "part": None, "provinces": None}
    if is_too_much(view, where["place"]):
        values["provinces"] = provinces(view)
    elif years := years_of(view, **where):
        values |= {"years": years, **_of_year(view, where, years)}
    return Shown(said("“三公” spending"), "three_public.html", values)


def _of_year(view: View, where: Mapping[str, str], years: Sequence[int]) -> dict[str, Any]:
    def ask(of_year: int | None) -> Part:
        question = named("three_public_by_department", year=of_year, **where)
        return view.ask("three_public", "“三公” spending", question, most=_MOST)

    year = view.integer("year")
    year, part = newest(years, ask) if year is None else (year, ask(year))
    held = {} if part.is_cut else _held(view, part.rows, Within(where["place"], year, where["department"]))
    return {
        "year": year,
        "part": dataclasses.replace(part, rows=part.rows[:ROWS], is_cut=len(part.rows) > ROWS),
        "is_too_much": part.is_cut,
        "both": len(_of_both(held)),
        "bodies": len({body for of_phase in held.values() for body in of_phase}),
        "parts": _parts(held),
        "largest": _largest(view, held),
    }


def _held(view: View, rows: Sequence[Row], within: Within) -> dict[str, dict[Body, Row]]:
    """By phase the row of each department: of several documents the one received last."""
    documents = [row["document_sha256"] for row in rows]
    received = {row["sha256"]: number for number, row in enumerate(view.rows(_RECEIVED, within, documents=documents))}
    held: dict[str, dict[Body, Row]] = {}
    for row in sorted(rows, key=lambda row: received.get(row["document_sha256"], len(received))):
        if row["level"] == "department" and row["entity"]:
            body = (row["province"], row["city"], row["county"], row["entity"])
            held.setdefault(row["phase"], {}).setdefault(body, row)
    return held


def _of_both(held: Mapping[str, Mapping[Body, Row]]) -> set[Body]:
    return set(held.get("approved", {})) & set(held.get("executed", {}))


def _parts(held: Mapping[str, Mapping[Body, Row]]) -> Markup | None:
    """Each part's sums over the bodies that state it in both phases."""
    drawn = []
    for part in PARTS:
        bodies = [body for body in _of_both(held) if all(held[phase][body][part] is not None for phase in PHASES)]
        for kind, phase in enumerate(PHASES, 1) if bodies else ():
            amount = sum((held[phase][body][part] for body in bodies), Decimal(0))
            name = f"{heading_of(part)} {words(phase, 'phase')} ({len(bodies)})"
            drawn.append(Bar(name, amount, money(amount), kind=kind))
    description = said("Sums over the departments that state both, yuan; their number in brackets")
    return bars(drawn, said("Parts, budget against outcome"), description) if drawn else None


def _largest(view: View, held: Mapping[str, Mapping[Body, Row]]) -> Markup | None:
    """The bodies with the largest totals, each with its budget and its outcome."""
    bodies = {body: row for of_phase in held.values() for body, row in of_phase.items()}
    most = {body: max(held[phase][body]["three_public"] for phase in held if body in held[phase]) for body in bodies}
    drawn = [
        _bar(view, f"{body[-1]} {words(phase, 'phase')}", held[phase].get(body), kind)
        for body in sorted(most, key=lambda body: (-most[body], body[-1]))[:_DRAWN]
        for kind, phase in enumerate(PHASES, 1)
        if phase in held
    ]
    description = said("{} departments, the largest first").format(min(len(most), _DRAWN))
    return bars(drawn, said("Departments by their “三公”"), description) if drawn else None


def _bar(view: View, name: str, row: Row | None, kind: int) -> Bar:
    if row is None:
        return Bar(name, None, said("not held"), None, kind)
    address = view.link("document", sha256=row["document_sha256"])
    return Bar(name, row["three_public"], money(row["three_public"]), address, kind)


SCREEN = Screen("three_public", "“三公”", show)
