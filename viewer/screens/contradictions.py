"""The inbox of contradictions: what the lake states twice and differently, both pages side by side, and what a group
thinks of it.

Judgements are kept in a file of the group's own, see ``judgements``; without one the inbox can only be read.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow.compute as pc

from gongkai.queries.chinese import told
from gongkai.queries.evidence import documents_of
from gongkai.viewer.contradictory import BY_AMOUNT, BY_NAME, EVERY_ONE, INBOX, KINDS, LINES
from gongkai.viewer.errors import BadAddressError, NotHeldError
from gongkai.viewer.gathering import mark_of
from gongkai.viewer.judgements import LONGEST_NAME, LONGEST_NOTE, VERDICTS, Judgements, append, read
from gongkai.viewer.screens.choices import is_large, province_of, provinces, years_of
from gongkai.viewer.screens.document import Picture, picture_of
from gongkai.viewer.view import Held, Part, Question, Row, Screen, Shown, View
from gongkai.vocabulary.languages import said, speaks_chinese

STATES = ("open", "judged")
_MOST = 60
_PLACES = 40
"""Places of one side that are named; a sum may have hundreds."""
_OTHERS = 4
"""Other documents that are shown beside."""
_KEPT = ("kind", "rule", "entity", "year", "stated", "found", "document_sha256", "other_documents")


@dataclasses.dataclass(frozen=True, slots=True)
class Side:
    """One side of a contradiction: its document, the places there, and the page of the first with its picture."""

    document: Row
    amount: Any
    places: Sequence[Row]
    page: int | None
    picture: Picture

    @property
    def named(self) -> Sequence[Row]:
        """The places that are named."""
        return self.places[:_PLACES]

    @property
    def framed(self) -> list[Row]:
        """The places with a box on the page that is shown."""
        return [place for place in self.places if place["page"] == self.page and place["x0"] is not None]


def show(view: View) -> Shown:
    """The contradictions of a place, year, kind and state, or the one of ``contradiction``."""
    if view.form is not None:
        return _judged(view, view.form)
    judgements = read(view.judgements)
    chosen = view.text("contradiction")
    of = _compared(view, view.text("place"), view.integer("year"))
    if of is None:
        return Shown(said("Contradictions"), "choosing.html", {"provinces": provinces(view)}, changes=True)
    asked = _question(view, judgements, chosen, of)
    if view.takes_data:
        view.asked |= {"contradictions": asked, "judgements": Held(judgements.table())}
        return Shown(said("Contradictions"), "contradictions.html", {}, changes=True)
    inbox = _inbox(view, asked, of)
    if inbox is None:
        return Shown(said("Contradictions"), "waiting.html", {}, changes=True)
    judged = None
    if judgements.lines:
        judged = view.hold("judgements", "Judgements of your group", Held(judgements.table()))
    if chosen and not inbox.rows:
        raise NotHeldError(f"no contradiction {chosen!r} is in this publication: it may be settled in a later one")
    values = {
        "inbox": inbox,
        "chosen": _chosen(view, of),
        "years": years_of(view, view.text("place")) if of and not chosen else [],
        "first": 0 if chosen else _first(view),
        "most": _MOST,
        "judged": judged,
        "judgements": judgements,
        "verdicts": judgements.verdicts,
        "kinds": KINDS,
        "states": STATES,
        "scope_of": scope_of,
        "kind_words": kind_words(),
        "one": inbox.rows[0] if chosen else None,
        "sides": _sides(view, inbox.rows[0]) if chosen else (),
        "said_before": judgements.of(chosen),
        "verdict_words": verdict_words(),
        "longest_note": LONGEST_NOTE,
        "longest_name": LONGEST_NAME,
    }
    return Shown(said("Contradictions"), "contradictions.html", values, changes=True)


def _compared(view: View, place: str, year: int | None) -> dict[str, Any] | None:
    """The documents that are compared with others at once: all, of a large lake those of a province and a year, which
    is the newest where none is told; None where the province is to be chosen first."""
    if not is_large(view.lake.manifest):
        return {}
    province = province_of(view, place)
    if province is None:
        return None
    return {"province": province, "year": year or next(iter(years_of(view, place)), None)}


def _chosen(view: View, of: Mapping[str, Any]) -> dict[str, object]:
    """The parameters by which the inbox was narrowed, for links back to it."""
    given: dict[str, object] = {name: view.text(name) for name in ("kind", "place", "year", "state")}
    return {**given, "year": of["year"]} if of else given


def scope_of(row: Row) -> str:
    """What a contradiction is about, in the person's language."""
    scope = str(row["scope"] or row["rule"])
    return told(scope, "scope", "item", "figure", "rule") if speaks_chinese() else scope.replace("_", " ")


def kind_words() -> dict[str, str]:
    """Each kind in the person's language."""
    return {
        "text": said("text against table"),
        "years": said("year against year"),
        "units": said("department against units"),
        "sums": said("broken sums"),
        "forms": said("form against form"),
    }


def verdict_words() -> dict[str, str]:
    """Each verdict in the person's language."""
    return {
        "accepted": said("accepted"),
        "dismissed": said("dismissed"),
        "noted": said("noted"),
        "reopened": said("open again"),
    }


def _question(view: View, judgements: Judgements, chosen: str, of: Mapping[str, Any]) -> Question:
    if chosen:
        return Question(INBOX, {**EVERY_ONE, **of, "contradiction": chosen})
    state = view.choice("state", STATES)
    parameters = {
        "kind": view.choice("kind", KINDS),
        "place": view.text("place"),
        "year": view.integer("year"),
        "state": state,
        "judged": sorted(judgements.verdicts) if state else [],
    }
    return Question(INBOX, {**EVERY_ONE, **parameters, **of})


def _inbox(view: View, question: Question, of: Mapping[str, Any]) -> Part | None:
    """The contradictions asked for: from those that were gathered, None while that is under way; else of the lake."""
    gathered = None
    if view.gathering is not None:
        gathered = view.gathering.rows("contradictions", mark_of(view.archive.store), **of)
        if gathered is None and view.form is None:
            return None
    if gathered is None or (gathered.schema.metadata or {}).get(b"publication") != view.publication.encode():
        return _piece(view, view.ask("contradictions", "Contradictions", question, most=_first(view) + _MOST))
    view.asked["contradictions"] = question
    wanted = question.parameters
    columns = tuple(gathered.schema.names)
    if wanted["contradiction"]:
        gathered = gathered.filter(pc.equal(gathered["contradiction"], wanted["contradiction"]))
    rows = [row for row in gathered.to_pylist() if _is_asked_for(row, wanted)]
    end = _first(view) + _MOST
    return _piece(
        view, Part("contradictions", "Contradictions", question, columns, tuple(rows[:end]), len(rows) > end, None)
    )


def _first(view: View) -> int:
    """The first row shown of a long inbox; of one contradiction all is shown."""
    return 0 if view.text("contradiction") or view.form is not None else (view.integer("first") or 0) // _MOST * _MOST


def _piece(view: View, part: Part) -> Part:
    return dataclasses.replace(part, rows=part.rows[_first(view) :])


def _is_asked_for(row: Row, wanted: Mapping[str, Any]) -> bool:
    """What the WHERE of ``INBOX`` says."""
    place = "/".join(row[name] for name in ("province", "city", "county", "entity") if row[name] is not None)
    return (
        wanted["kind"] in ("", row["kind"])
        and wanted["place"] in place
        and wanted["year"] in (None, row["year"])
        and (not wanted["state"] or (wanted["state"] == "open") != (row["contradiction"] in wanted["judged"]))
        and wanted["contradiction"] in ("", row["contradiction"])
    )


def _judged(view: View, form: Mapping[str, str]) -> Shown:
    """Keep what a form says, and go back to the contradiction.  Raises BadAddressError, NotHeldError."""
    if view.judgements is None:
        raise BadAddressError(
            "there is no file of judgements, so nothing was kept: start gongkai serve with --judgements FILE"
        )
    chosen, verdict = form.get("contradiction", ""), form.get("verdict", "")
    note, who = _typed(form, "note", LONGEST_NOTE), view.user or _typed(form, "who", LONGEST_NAME)
    if verdict not in VERDICTS:
        raise BadAddressError(f"parameter 'verdict' is one of {', '.join(VERDICTS)}, not {verdict[:80]!r}")
    if not who:
        raise BadAddressError("a judgement needs the name of who gives it: type it beside the note")
    if verdict == "noted" and not note:
        raise BadAddressError("a note needs words: type them, or choose another verdict")
    back = {name: form[f"back_{name}"] for name in ("kind", "place", "year", "state") if form.get(f"back_{name}")}
    of = _compared(view, back.get("place", ""), int(back["year"]) if back.get("year", "").isdecimal() else None)
    inbox = None
    if chosen and of is not None:
        inbox = _inbox(view, Question(INBOX, {**EVERY_ONE, **of, "contradiction": chosen}), of)
    found = inbox.rows if inbox else ()
    if not found:
        raise NotHeldError(f"no contradiction {chosen[:80]!r} is in this publication: it may be settled in a later one")
    about = {name: _plain(found[0][name]) for name in _KEPT}
    said_of_it = {"contradiction": chosen, "verdict": verdict, "note": note, "who": who}
    append(view.judgements, {**said_of_it, "publication": view.publication, **about})
    return Shown("", "", {}, changes=True, see_other=view.link("contradictions", contradiction=chosen, **back))


def _typed(form: Mapping[str, str], name: str, most: int) -> str:
    text = form.get(name, "").replace("\r\n", "\n").strip()
    if len(text) > most or not text.replace("\n", " ").isprintable():
        raise BadAddressError(f"parameter {name!r} is too long or not printable: give at most {most} characters")
    return text


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, int | list) else str(value)


def _sides(view: View, row: Row) -> tuple[Side, ...]:
    """Where what is stated stands, and where what was found does; each other document is a side."""
    of_itself = row["document_sha256"]
    others = row["other_documents"] or [of_itself]
    stated = _Wanted(row["stated"], row["stated_at"], row["form"], None)
    page = row["page"] if row["found_in"] else None
    found = _Wanted(row["found"], row["found_at"], row["found_in"], page)
    return (_side(view, of_itself, row, stated), *(_side(view, other, row, found) for other in others[:_OTHERS]))


@dataclasses.dataclass(frozen=True, slots=True)
class _Wanted:
    """What a side is looked for by: the names of its places, else its amount in a form and, where known, a page."""

    amount: Any
    names: Sequence[str] | None
    form: str | None
    page: int | None


def _side(view: View, sha256: str, row: Row, wanted: _Wanted) -> Side:
    documents = documents_of(view.lake, sha256)
    if not documents:
        raise NotHeldError(f"no document {sha256[:12]!r} is held")
    document = documents[0]
    places = _places(view, document, row, wanted)
    page = next((place["page"] for place in places if place["page"]), None)
    return Side(document, wanted.amount, places, page, picture_of(view, document, page) if page else Picture())


def _places(view: View, document: Row, row: Row, wanted: _Wanted) -> Sequence[Row]:
    key = {name: document[name] for name in ("sha256", "province", "year", "department")}
    if wanted.names:
        return _sentences_once(view.rows(BY_NAME, **key, ids=list(wanted.names)))
    if row["rule"] in ("lines", "functions") and wanted.form == row["found_in"]:
        divided_by = "function" if row["rule"] == "functions" else wanted.form
        return view.rows(LINES, **key, form=row["form"], scope=row["scope"], divided_by=divided_by)
    if wanted.amount is None:
        return []
    rows = view.rows(BY_AMOUNT, **key, amount=wanted.amount, form=wanted.form or "", page=wanted.page)
    return _sentences_once(rows)


def _sentences_once(places: Sequence[Row]) -> list[Row]:
    """The places, each sentence once with all that it states."""
    printed: dict[object, list[str]] = {}
    for place in places:
        if place["sentence"]:
            printed.setdefault(place["sentence"], []).append(place["printed"] or "")
    of_sentences = {sentence: ", ".join(dict.fromkeys(filter(None, texts))) for sentence, texts in printed.items()}
    once = {place["sentence"] or index: place for index, place in enumerate(places)}
    return [{**place, "printed": of_sentences.get(place["sentence"], place["printed"])} for place in once.values()]


SCREEN = Screen("contradictions", "Contradictions", show)
