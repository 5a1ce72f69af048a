"""Where a place's money comes from and what it is for, as far as both add up to the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from gongkai.viewer.charts.flow import Stream, flow
from gongkai.viewer.pages import money
from gongkai.viewer.screens.source import name_of
from gongkai.viewer.view import Part, Row, View, named
from gongkai.vocabulary.languages import said

_PLACE = ("province", "city", "county")


@dataclasses.dataclass(frozen=True, slots=True)
class Flow:
    """The part, the rows of the place itself, their drawing where amounts allow one."""

    part: Part
    rows: Sequence[Row]
    drawing: Markup | None
    more: Decimal
    """Revenue above spending, in printed figures that were rounded."""


def flow_of(view: View, place: str, year: int, phase: str) -> Flow:
    """The flow through the departments whose two sides are one sum, as the named query has them."""
    asked: dict[str, object] = {"place": place, "year": year, "phase": phase}
    part = view.ask("flow", "From revenue to spending", named("place_by_source", **asked), most=1000)
    rows = [row for row in part.rows if "/".join(filter(None, map(row.get, _PLACE))) == place]
    sources, uses = ([row for row in rows if row["direction"] == side] for side in ("revenue", "expenditure"))
    more = sum((row["amount"] for row in sources), Decimal(0)) - sum((row["amount"] for row in uses), Decimal(0))
    drawing = None
    if sources and uses and all(row["amount"] > 0 for row in rows):
        left = [*(_source(view, row, asked) for row in sources), *_rounding(-more)]
        right = [*(_use(view, row, asked) for row in uses), *_rounding(more)]
        whole = sum((each.amount for each in left), Decimal(0))
        told = said("{} yuan: sources at the left, functions at the right").format(money(whole))
        drawing = flow(left, right, said("From revenue to spending"), told)
    return Flow(part, rows, drawing, more)


def _rounding(missing: Decimal) -> list[Stream]:
    """What a side lacks because each of its printed figures was rounded."""
    return [Stream(said("rounded off"), missing, money(missing))] if missing > 0 else []


def _source(view: View, row: Row, asked: dict[str, object]) -> Stream:
    address = view.link("source", fund=row["fund"], period=row["period"], **asked)
    return Stream(name_of(row["fund"], row["period"]), row["amount"], money(row["amount"]), address)


def _use(view: View, row: Row, asked: dict[str, object]) -> Stream:
    address = view.link("function", code=row["function_code"], **asked)
    return Stream(row["function_name"] or row["function_code"], row["amount"], money(row["amount"]), address)
