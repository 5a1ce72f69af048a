"""The first page: what is held, and the ways in."""

from __future__ import annotations

from gongkai.viewer.view import Question, Screen, Shown, View
from gongkai.vocabulary.languages import said

_PLACES = """
    SELECT
        province, city, nullif(concat_ws('/', province, city), '') AS path, count(DISTINCT entity) AS departments,
        count(*) AS documents, min(year) AS first_year, max(year) AS last_year
    FROM documents
    WHERE parse_status IN ('parsed', 'partial') AND in_place($place, province, city, county, entity)
    GROUP BY ALL ORDER BY province NULLS LAST, city NULLS FIRST
"""


def show(view: View) -> Shown:
    """Places and how many documents of each were read."""
    places = view.ask("places", "Places", Question(_PLACES, {"place": view.text("place")}))
    return Shown(said("What is held"), "start.html", {"places": places})


SCREEN = Screen("start", "Start", show)
