"""The search of a site of files: an index in pieces that a script reads, and its page, whole without a script.

Texts are compared as in the full-text room: in NFKC, without white space and punctuation, by pairs of neighbouring
characters.  A piece is a script of the folder itself, since a page that is opened from a disk may read nothing else:

| file under ``search/`` | holds |
|---|---|
| ``index.js`` | the first character of each piece of pairs, the first number of each piece of passages |
| ``pairs-N.js`` | by pair the numbers of the passages that hold it, each as the difference to the one before |
| ``passages-N.js`` | passages in the order of their numbers: document, kind, page, texts |

The last character of a text stands alone as a pair, so that single characters are found as beginnings of pairs.
"""

from __future__ import annotations

import array
import dataclasses
import functools
import itertools
import json
import operator
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongkai.queries.full_text.compared import folded
from gongkai.queries.full_text.passages import TABLES
from gongkai.queries.full_text.tables import KINDS
from gongkai.queries.sql_guard import run
from gongkai.viewer.pages import words
from gongkai.viewer.site_files import Scope, Site, SiteAddresses, Target
from gongkai.viewer.view import Question, Row, Screen, Shown, View
from gongkai.vocabulary.languages import said

SCRIPT = "search.js"
MOST_BYTES = 32 * 2**20
"""Of all texts; what is beyond, cells before narrative, is not found and the page says so."""
PIECE_BYTES = 64 * 2**10
LISTED = 500
"""Documents that a page lists."""

_DOCUMENTS = """
    SELECT
        entity, year, phase, coalesce(title, file_name) AS title, province, city, county, parse_status, sha256
    FROM documents
    WHERE in_place($place, province, city, county, entity) AND ($department = '' OR department = $department)
    ORDER BY province, city NULLS FIRST, county NULLS FIRST, entity NULLS LAST, year DESC NULLS LAST, phase, sha256
"""


@dataclasses.dataclass(slots=True)
class Index:
    """What was written: how many passages are found, and whether some are left out for want of room."""

    passages: int = 0
    is_cut: bool = False


class _Pieces:
    """Values packed into files of about ``PIECE_BYTES``."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._held: list[str] = []
        self._bytes = 0
        self.firsts: list[Any] = []

    def add(self, first: object, written: str) -> Iterator[tuple[str, bytes]]:
        """Put a value in; a piece that is full comes out.  ``first`` names a piece that it begins."""
        if not self._held:
            self.firsts.append(first)
        self._held.append(written)
        self._bytes += len(written.encode())
        if self._bytes >= PIECE_BYTES:
            yield from self.rest()

    def rest(self) -> Iterator[tuple[str, bytes]]:
        """The piece that is not full."""
        if self._held:
            yield _piece(f"{self._name}-{len(self.firsts) - 1}", ",\n".join(self._held), "[]")
        self._held, self._bytes = [], 0


def _piece(name: str, content: str, around: str) -> tuple[str, bytes]:
    return f"search/{name}.js", f'gongkaiPiece("{name}", {around[0]}{content}{around[1]});\n'.encode()


def index_files(site: Site, index: Index) -> Iterator[Mapping[str, bytes]]:
    """The files of the index; every page that a passage leads to becomes wanted."""
    pairs: dict[str, array.array[int]] = {}
    passages, size = _Pieces("passages"), 0
    for row, texts, address in _passages(site):
        document = site.documents[row["document_sha256"]]
        facts = [document["entity"], document["year"], document["phase"]]
        written = _json([*facts, KINDS.index(row["kind"]), address, texts])
        size += len(written.encode())
        if size > MOST_BYTES:
            index.is_cut = True
            break
        yield dict(passages.add(index.passages, written))
        for pair in sorted(set(itertools.chain.from_iterable(map(_pairs, texts)))):
            pairs.setdefault(pair, array.array("I")).append(index.passages)
        index.passages += 1
    yield dict(passages.rest())
    starts = _Pieces("pairs")
    for first, of_first in itertools.groupby(sorted(pairs, key=_order), key=lambda pair: pair[0]):
        yield dict(starts.add(first, _json([first, {pair: _differences(pairs[pair]) for pair in of_first}])))
    yield dict(starts.rest())
    told = {"pairs": starts.firsts, "passages": passages.firsts, "count": index.passages}
    yield dict([_piece("index", _json(told)[1:-1], "{}")])


def _order(text: str) -> bytes:
    """As a browser compares texts."""
    return text.encode("utf-16-be", "surrogatepass")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pairs(text: str) -> Iterator[str]:
    plain = folded(text)
    return map("".join, itertools.zip_longest(plain, plain[1:], fillvalue=""))


def _differences(numbers: Sequence[int]) -> list[int]:
    return [after - before for before, after in itertools.pairwise([0, *numbers])]


def _passages(site: Site) -> Iterator[tuple[Row, list[str], str]]:
    """Every passage by kind, newest year first, with its texts and its page; of cells each text of a document once."""
    ordered = sorted(site.documents.values(), key=lambda row: (-(row["year"] or 0), row["entity"] or "", row["sha256"]))
    years = [(year, [row["sha256"] for row in of_year]) for year, of_year in itertools.groupby(ordered, _YEAR)]
    for (table, read), (year, documents) in itertools.product(TABLES.items(), years):
        wanted = {"province": site.scope.place.partition("/")[0], "year": year, "documents": documents}
        for batch in run(site.lake, _of_table(table, read.texts, read.places), wanted):
            for row in batch.to_pylist():
                texts = [row[name] for name in read.texts if row[name]]
                if texts:
                    yield {"kind": read.kind, "document_sha256": row["document_sha256"]}, texts, _address(site, row)


_YEAR = operator.itemgetter("year")
_LETTER = r"AND regexp_matches(text, '\p{L}')"


def _of_table(table: str, texts: Sequence[str], places: Sequence[str]) -> str:
    """The passages of documents of one year, in the documents' order; of cells those with a letter, each text once."""
    key = "sha256" if table == "documents" else "document_sha256"
    order = ", ".join([f"list_position($documents::VARCHAR[], {key})", *places])
    once = f"{_LETTER} QUALIFY row_number() OVER (PARTITION BY {key}, text ORDER BY {', '.join(places)}) = 1"
    return f"""
        SELECT {key} AS document_sha256, {", ".join([*texts, *places])} FROM {table}
        WHERE province = $province AND year IS NOT DISTINCT FROM $year::INTEGER
          AND list_contains($documents::VARCHAR[], {key})
          {once if table == "cells" else ""}
        ORDER BY {order}
    """  # noqa: S608 - names of tables and columns of our own


def _address(site: Site, row: Row) -> str:
    """The page of a passage, as any page of the search names it; it becomes wanted in every language."""
    is_cell = row.get("column_index") is not None
    place = {"page": row.get("page"), "table": row.get("table_index")}
    place |= {"row": row["row_index"], "column": row["column_index"]} if is_cell else {}
    told = [
        SiteAddresses(site, Target(language, "search", ())).screen(
            "document", {"sha256": row["document_sha256"], **place}
        )
        for language in site.scope.languages
    ]
    return told[0] or ""


def search_screen(scope: Scope, index: Index) -> Screen:
    """The page of the search: all documents as a list, and where scripts run a field for words."""
    return Screen("search", "Search", functools.partial(_show, scope, index))


def _show(scope: Scope, index: Index, view: View) -> Shown:
    first = (view.integer("first") or 0) // LISTED * LISTED
    asked = Question(_DOCUMENTS, {"place": scope.place, "department": scope.department})
    part = view.ask("documents", "Documents", asked, most=first + LISTED)
    rows = part.rows[first:]
    values = {
        "documents": part,
        "bodies": [(body, list(of_body)) for body, of_body in itertools.groupby(rows, _body)],
        "first": first,
        "last": first + len(rows),
        "listed": LISTED,
        "index": index,
        "search_script": view.addresses.static(SCRIPT),
        "told": json.dumps(_told(), ensure_ascii=False),
    }
    return Shown(said("Search"), "site_search.html", values)


def _body(row: Row) -> str:
    return "/".join(row[name] for name in ("province", "city", "county", "entity") if row[name])


def _told() -> Mapping[str, object]:
    """What the script says."""
    return {
        "kinds": [words(kind, "kind") for kind in KINDS],
        "phases": {phase: words(phase, "phase") for phase in ("approved", "executed")},
        "found": said("{} hits"),
        "first": said("the first {} of at most {} hits"),
        "none": said("No passage holds all of these words."),
        "searching": said("searching"),
        "failed": said("A piece of the index could not be read."),
    }
