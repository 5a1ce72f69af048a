"""Words in everything that was read: titles, narrative, projects, indicators and cells.

The index of the full text shows the newest publication, whatever publication the address names.  It is brought in line
in the background, the provinces of a place that was asked for first; until then the page answers from the provinces
that are in it, and says which are not.
"""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Collection, Iterator
from typing import cast

from gongkai.queries.full_text.compared import words_of
from gongkai.queries.full_text.finding import Hit, Question
from gongkai.queries.full_text.index import Standing
from gongkai.queries.full_text.rows import hit_rows
from gongkai.queries.full_text.search import search_standing, standing
from gongkai.queries.full_text.tables import KINDS, Kind
from gongkai.viewer.errors import NotHeldError
from gongkai.viewer.gathering import mark_of
from gongkai.viewer.publications import EMPTY
from gongkai.viewer.screens.choices import is_large
from gongkai.viewer.view import Held, Part, Screen, Shown, View
from gongkai.vocabulary import divisions
from gongkai.vocabulary.languages import said, speaks_chinese

MOST = 50
"""Hits that a page shows."""
MOST_TAKEN = 2000
"""Hits that the data hold."""
INDEX = "full_text"
"""Under this name the index is brought in line, see ``gathering``: one row with ``lake``, the tag of the manifest that
it was made for, and ``publication``."""
_PATIENCE = 0.5
_AGAIN = 60.0
"""Seconds after which an index that was made and is lacking, for somebody removed it, is made again."""
_PHASES = ("approved", "executed")


@dataclasses.dataclass(frozen=True, slots=True)
class Shows:
    """A hit with its passage in pieces, of which those that were looked for are marked, and where it leads."""

    hit: Hit
    pieces: tuple[tuple[str, bool], ...]
    address: str | None


def show(view: View) -> Shown:
    """The hits of ``words`` in a place, year, department, phase and kind of passage."""
    index, asked = _standing(view), _question(view)
    values: dict[str, object] = {
        "kinds": KINDS,
        "phases": _PHASES,
        "hits": [],
        "total": 0,
        "part": None,
        "asked": asked is not None,
    }
    if asked:
        answer, index = search_standing(view.archive.store, dataclasses.replace(asked, limit=MOST))
        values |= {"hits": [_shows(view, hit) for hit in answer.hits], "total": answer.total}
        values["part"] = _part(view, asked, answer.hits, answer.total)
    return Shown(said("Search"), "search.html", {**values, **_told(index)}, changes=True)


def _standing(view: View) -> Standing:
    """The index as it stands; one that lacks something is brought in line in the background, and that of a small lake
    waited for a moment.  Raises NotHeldError where there is none."""
    if view.gathering is None:
        raise NotHeldError("there is no search in pages that were written to files")
    store, place = view.archive.store, view.text("place")
    found = standing(store, place)
    if not found.is_whole:
        patience = 0 if is_large(view.lake.manifest) else _PATIENCE
        since = f"{mark_of(store)} {time.monotonic() // _AGAIN:.0f}"
        for province in _provinces_of(place) & (found.lacking | found.earlier):
            view.gathering.rows(INDEX, since, 0, place=province)
        view.gathering.rows(INDEX, since, patience)
        found = standing(store, place)
    return found


def _provinces_of(place: str) -> frozenset[str]:
    """The provinces that the text of a place names, itself or by a city or county."""
    return frozenset(divisions.place(each).province for each in divisions.locate(place.replace("/", "")).candidates)


def _told(index: Standing) -> dict[str, object]:
    """What the page says of the index: how many provinces of how many are in it, and which are not."""
    known = [each for each in (*index.current, *index.earlier, *index.lacking) if each]
    searched = [each for each in (*index.current, *index.earlier) if each]
    names = {"earlier": _names(index.earlier), "lacking": _names(index.lacking)}
    publication = index.publication or EMPTY
    return {"index": publication, "is_whole": index.is_whole, "searched": len(searched), "of": len(known), **names}


def _names(provinces: Collection[str | None]) -> str:
    named = sorted(each for each in provinces if each)
    return ("、" if speaks_chinese() else ", ").join(
        [*named, *([said("documents that tell no province")] if None in provinces else ())]
    )


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
        hits = search_standing(view.archive.store, dataclasses.replace(asked, limit=MOST_TAKEN))[0].hits
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
