"""Words in everything that was read: titles, narrative, projects, indicators and cells.

The index of the full text shows the newest publication, whatever publication the address names.  It is brought in line
in the background; until then the page says so.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import cast

from gongkai.queries.full_text.compared import words_of
from gongkai.queries.full_text.finding import Hit, Question
from gongkai.queries.full_text.rows import hit_rows
from gongkai.queries.full_text.search import search
from gongkai.queries.full_text.tables import KINDS, Kind
from gongkai.viewer.errors import NotHeldError
from gongkai.viewer.gathering import mark_of
from gongkai.viewer.view import Held, Part, Screen, Shown, View
from gongkai.vocabulary.languages import said

MOST = 50
"""Hits that a page shows."""
MOST_TAKEN = 2000
"""Hits that the data hold."""
INDEX = "full_text"
"""Under this name the index is brought in line, see ``gathering``: one row with ``lake``, the tag of the manifest that
it was made for, and ``publication``."""
_PATIENCE = 0.5
_PHASES = ("approved", "executed")


@dataclasses.dataclass(frozen=True, slots=True)
class Shows:
    """A hit with its passage in pieces, of which those that were looked for are marked, and where it leads."""

    hit: Hit
    pieces: tuple[tuple[str, bool], ...]
    address: str | None


def show(view: View) -> Shown:
    """The hits of ``words`` in a place, year, department, phase and kind of passage."""
    publication = _index_of(view)
    asked = _question(view)
    values: dict[str, object] = {
        "kinds": KINDS,
        "phases": _PHASES,
        "hits": [],
        "total": 0,
        "part": None,
        "index": publication,
        "asked": asked is not None,
    }
    if publication and asked:
        answer = search(view.archive.store, dataclasses.replace(asked, limit=MOST))
        values |= {"hits": [_shows(view, hit) for hit in answer.hits], "total": answer.total}
        values["part"] = _part(view, asked, answer.hits, answer.total)
    return Shown(said("Search"), "search.html", values, changes=True)


def _index_of(view: View) -> str | None:
    """The publication that the index shows; None while it is being made.  Raises NotHeldError where there is none."""
    if view.gathering is None:
        raise NotHeldError("there is no search in pages that were written to files")
    mark = mark_of(view.archive.store)
    rows = view.gathering.rows(INDEX, mark, _PATIENCE)
    found = rows.to_pylist() if rows is not None else []
    return str(found[0]["publication"]) if found and found[0]["lake"] == mark else None


def _question(view: View) -> Question | None:
    """What is looked for; None where no word was given.  Raises ParameterError, BadAddressError."""
    words = view.text("words")
    if not words:
        return None
    kind = view.choice("kind", KINDS)
    return Question(
        words_of(words),
        view.text("place"),
        view.integer("year"),
        view.text("department"),
        view.choice("phase", _PHASES),
        (cast("Kind", kind),) if kind else KINDS,
    )


def _part(view: View, asked: Question, hits: list[Hit], total: int) -> Part:
    """The hits as data; all that may be taken are asked for only when there are more than the page shows."""
    if view.takes_data and total > len(hits):
        hits = search(view.archive.store, dataclasses.replace(asked, limit=MOST_TAKEN)).hits
    return view.hold("hits", "Hits", Held(hit_rows(hits)), most=MOST)


def _shows(view: View, hit: Hit) -> Shows:
    place = hit.place
    address = view.link(
        "document",
        sha256=hit.document_sha256,
        page=place.page,
        table=place.table_index,
        row=place.row_index if place.column_index is not None else None,
        column=place.column_index,
    )
    return Shows(hit, tuple(_pieces(hit)), address)


def _pieces(hit: Hit) -> Iterator[tuple[str, bool]]:
    at = 0
    for begin, end in hit.marks:
        yield hit.passage[at:begin], False
        yield hit.passage[begin:end], True
        at = end
    yield hit.passage[at:], False


SCREEN = Screen("search", "Search", show)
