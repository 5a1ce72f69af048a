"""What is held of each province and year: bodies whose budget or accounts were read, and those that are missing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongkai.viewer.view import Question, Screen, Shown, View
from gongkai.vocabulary.languages import said

PHASES = ("approved", "executed")
_HELD = """
WITH held AS (
    SELECT
        province, city, county, body_name(entity, province) AS body, year, phase,
        bool_or(parse_status = 'parsed') AS is_read, bool_or(parse_status = 'partial') AS is_read_in_part
    FROM documents
    WHERE entity IS NOT NULL AND year IS NOT NULL AND level IN ('department', 'unit')
      AND parse_status NOT IN ('unrelated', 'container') AND in_place($place, province, city, county, entity)
    GROUP BY ALL
),
bodies AS (SELECT province, count(DISTINCT (city, county, body)) AS known FROM held GROUP BY province)
SELECT
    province, year, known, count(*) AS published, count(*) FILTER (is_read) AS read,
    count(*) FILTER (is_read_in_part AND NOT is_read) AS read_in_part,
    count(*) FILTER (NOT is_read AND NOT is_read_in_part) AS unreadable, known - count(*) AS missing
FROM held JOIN bodies USING (province)
WHERE phase = $phase
GROUP BY province, year, known
ORDER BY province, year
"""
_UNTOLD = """
SELECT
    left(sha256, 12) AS document, province, city, county, year, phase, entity, parse_status, file_name, sha256
FROM documents
WHERE (entity IS NULL OR year IS NULL OR parse_status = 'unreadable') AND parse_status NOT IN ('unrelated', 'container')
  AND in_place($place, province, city, county, entity)
ORDER BY province, city, county, year, entity, sha256
"""
_STEPS = 4
"""Shades of the map: a quarter of the bodies each."""


def show(view: View) -> Shown:
    """A map of provinces by years, and the documents that stand on none."""
    place, phase = view.text("place"), view.choice("phase", PHASES, "approved")
    held = view.ask("holdings", "Holdings", Question(_HELD, {"place": place, "phase": phase}), most=2000)
    untold = view.ask(
        "unread", "Documents that could not be read or do not tell whose they are", Question(_UNTOLD, {"place": place})
    )
    years = sorted({row["year"] for row in held.rows})
    values = {
        "held": held,
        "untold": untold,
        "years": years,
        "map": _map(held.rows),
        "phases": PHASES,
        "phase": phase,
    }
    return Shown(said("Holdings"), "holdings.html", values)


def _map(rows: Iterable[Mapping[str, Any]]) -> dict[str, dict[int, dict[str, Any]]]:
    """By province and year: the row, and how dark its place on the map is, from 0 to four."""
    found: dict[str, dict[int, dict[str, Any]]] = {}
    for row in rows:
        whole = row["read"] + row["read_in_part"]
        shade = 0 if not whole else 1 + min(_STEPS * whole // max(row["known"], 1), _STEPS - 1)
        found.setdefault(row["province"], {})[row["year"]] = {**row, "shade": shade}
    return found


SCREEN = Screen("holdings", "Holdings", show)
