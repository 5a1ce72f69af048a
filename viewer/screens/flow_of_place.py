"""Where a place's money comes from and what it is for, as far as both add up to the same."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from markupsafe import Markup

from gongkai.viewer.charts.flow import Stream, flow
from gongkai.viewer.pages import money
from gongkai.viewer.screens.source import name_of
from gongkai.viewer.view import Part, Question, Row, View
from gongkai.vocabulary.languages import said

_FLOW = """
WITH sources AS (
    SELECT document_sha256, fund, period, amount, last_digit FROM revenue_sources
    WHERE province = $province AND list_contains($documents, document_sha256) AND amount <> 0
),
uses AS (
    SELECT document_sha256, left(function_code, 3) AS function_code, amount, last_digit FROM function_leaves
    WHERE province = $province AND list_contains($documents, document_sha256) AND adds_up AND amount <> 0
),
wholes AS (
    SELECT document_sha256, is_use, sum(amount) AS whole, max(last_digit) * (count(*) + 1) / 2 AS rounding
    FROM (SELECT *, false AS is_use FROM sources UNION ALL BY NAME SELECT *, true AS is_use FROM uses)
    GROUP BY ALL
),
balanced AS (
    SELECT s.document_sha256
    FROM wholes AS s JOIN wholes AS u ON u.document_sha256 = s.document_sha256 AND u.is_use AND NOT s.is_use
    WHERE abs(s.whole - u.whole) <= s.rounding + u.rounding
)
SELECT
    'revenue' AS direction, fund, period, NULL AS function_code, NULL AS function_name, sum(amount) AS amount,
    count(DISTINCT document_sha256) AS departments, list(DISTINCT document_sha256 ORDER BY document_sha256) AS documents
FROM sources WHERE document_sha256 IN (FROM balanced) GROUP BY ALL
UNION ALL BY NAME
SELECT
    'expenditure' AS direction, function_code, n.name AS function_name, sum(amount) AS amount,
    count(DISTINCT document_sha256) AS departments, list(DISTINCT document_sha256 ORDER BY document_sha256) AS documents
FROM uses LEFT JOIN function_names AS n USING (function_code)
WHERE document_sha256 IN (FROM balanced) GROUP BY ALL
ORDER BY direction DESC, amount DESC, fund, period, function_code
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Flow:
    """The part, its drawing where amounts allow one, how many departments it holds of how many, what is rounded."""

    part: Part
    drawing: Markup | None
    drawn: int
    asked: int
    more: Decimal
    """Revenue above spending, in printed figures that were rounded."""


def flow_of(view: View, place: str, year: int, phase: str, rows: Sequence[Row]) -> Flow:
    """The flow through the documents of a place's functions: those whose two sides are one sum, as printed."""
    documents = sorted({sha256 for row in rows for sha256 in row["documents"]})
    question = Question(_FLOW, {"province": place.partition("/")[0], "documents": documents})
    part = view.ask("flow", "From revenue to spending", question)
    drawn = {sha256 for row in part.rows for sha256 in row["documents"]}
    sources, uses = ([row for row in part.rows if row["direction"] == side] for side in ("revenue", "expenditure"))
    more = sum((row["amount"] for row in sources), Decimal(0)) - sum((row["amount"] for row in uses), Decimal(0))
    drawing = None
    if sources and uses and all(row["amount"] > 0 for row in part.rows):
        asked = {"place": place, "year": year, "phase": phase}
        left = [*(_source(view, row, asked) for row in sources), *_rounding(-more)]
        right = [*(_use(view, row, asked) for row in uses), *_rounding(more)]
        whole = sum((each.amount for each in left), Decimal(0))
        told = said("{} yuan: sources at the left, functions at the right").format(money(whole))
        drawing = flow(left, right, said("From revenue to spending"), told)
    return Flow(part, drawing, len(drawn), len(documents), more)


def _rounding(missing: Decimal) -> list[Stream]:
    """What a side lacks because each of its printed figures was rounded."""
    return [Stream(said("rounded off"), missing, money(missing))] if missing > 0 else []


def _source(view: View, row: Row, asked: dict[str, object]) -> Stream:
    address = view.link("source", fund=row["fund"], period=row["period"], **asked)
    return Stream(name_of(row["fund"], row["period"]), row["amount"], money(row["amount"]), address)


def _use(view: View, row: Row, asked: dict[str, object]) -> Stream:
    address = view.link("function", code=row["function_code"], **asked)
    return Stream(row["function_name"] or row["function_code"], row["amount"], money(row["amount"]), address)
