"""Where things are in a site: a file for each page that is linked to, addresses from one page to another."""

from __future__ import annotations

import collections
import dataclasses
import hashlib
import json
import posixpath
import urllib.parse
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.queries.connection import LakeConnection
from gongkai.queries.page_contents import ROWS
from gongkai.queries.sql_guard import run
from gongkai.viewer.addresses import Parameters
from gongkai.viewer.screens.registry import SCREENS
from gongkai.vocabulary.languages import LANGUAGES, Language

STARTS = frozenset(
    {
        "start",
        "place",
        "department",
        "compare",
        "three_public",
        "holdings",
        "documents",
        "projects",
        "contradictions",
        "search",
    }
)
"""Screens that are asked of the site's own place where an address names none."""
_NAMES = frozenset(screen.name for screen in SCREENS)
_CELL = ("table", "row", "column", "item")
"""Parameters that name a place on a page of a document, which is an anchor in a file."""
_PLACES = (*_CELL, "page", "first")
"""Parameters that choose a place in a document, whose data are the same for all of them."""
_MOST_NAME = 60

_DOCUMENTS = """
    SELECT sha256, entity, province, city, county, year, phase, file_name, format, pages FROM documents
    WHERE in_place($place, province, city, county, entity) AND ($department = '' OR department = $department)
    ORDER BY sha256
"""
_CELL_PAGE = """
    SELECT table_index, row_index, column_index, page FROM cells
    WHERE document_sha256 = $sha256 AND page IS NOT NULL
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Scope:
    """What a site shows: a place as addresses name it, and perhaps one department of it."""

    place: str
    department: str = ""
    languages: Sequence[Language] = LANGUAGES
    with_originals: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class Target:
    """A page to be written."""

    language: Language
    screen: str
    parameters: tuple[tuple[str, str], ...]

    @property
    def key(self) -> str:
        return f"{self.language}/{self.screen}/{self.name}.html"

    @property
    def name(self) -> str:
        return _name(self.parameters)

    @property
    def data(self) -> str:
        """The folder of its data, which are the same on every page of a document."""
        return f"data/{self.screen}/{_name([each for each in self.parameters if each[0] not in _PLACES])}"


def _name(parameters: Sequence[tuple[str, str]]) -> str:
    """A file's name: what the address says, as far as it is short, and digits that no other address has."""
    told = "-".join(value[:24] for _, value in parameters)
    plain = "".join(letter if letter.isalnum() else "-" for letter in told)[:_MOST_NAME]
    return f"{plain}-{hashlib.sha256(json.dumps(list(parameters)).encode()).hexdigest()[:10]}"


class Site:
    """What is to be written, as pages ask for it."""

    def __init__(self, scope: Scope, lake: LakeConnection) -> None:
        self.scope = scope
        self.lake = lake
        rows = run(lake, _DOCUMENTS, {"place": scope.place, "department": scope.department}).read_all().to_pylist()
        self.documents: dict[str, Mapping[str, Any]] = {row["sha256"]: row for row in rows}
        self.by_digits = {sha256[:12]: sha256 for sha256 in self.documents}
        self.entities = {row["entity"] for row in rows if row["entity"]}
        self.waiting: collections.deque[Target] = collections.deque()
        self.known: set[Target] = set()
        self.data: set[str] = set()
        self.pictures: dict[tuple[str, int], str] = {}
        self.originals: dict[str, None] = {}
        self._pages: tuple[str, dict[tuple[int, int, int], int]] = ("", {})

    def want(self, target: Target) -> None:
        """Have a page written, once."""
        if target not in self.known:
            self.known.add(target)
            self.waiting.append(target)

    def page_of(self, sha256: str, table: int, row: int, column: int) -> int | None:
        """The page on which a cell is printed."""
        if self._pages[0] != sha256:
            rows = run(self.lake, _CELL_PAGE, {"sha256": sha256}).read_all().to_pylist()
            places = {(each["table_index"], each["row_index"], each["column_index"]): each["page"] for each in rows}
            self._pages = (sha256, places)
        return self._pages[1].get((table, row, column))


@dataclasses.dataclass(frozen=True, slots=True)
class SiteAddresses:
    """Addresses from one page of a site: relative, so that the folder may lie anywhere."""

    site: Site
    of: Target
    linked: set[str] = dataclasses.field(default_factory=set)
    """Parts of the page whose data it leads to."""

    def screen(self, name: str, parameters: Parameters) -> str | None:
        """A page of the site, which is written because it is linked to; None for one outside."""
        given = {key: str(value) for key, value in parameters.items() if value is not None and value != ""}
        cell = {key: given.pop(key) for key in _CELL if key in given}
        asked = self._document(given, cell) if name == "document" else self._asked(name, given)
        if asked is None:
            return None
        target = Target(self.of.language, name, tuple(sorted(asked.items())))
        self.site.want(target)
        anchor = f"#cell-{'-'.join(cell[key] for key in _CELL[:3])}" if len(cell) == len(_CELL) - 1 else ""
        return self._from_here(target.key) + anchor

    def data(self, name: str, part: str, form: str, parameters: Parameters) -> str:
        self.linked.add(part)
        return self._from_here(f"{self.of.data}/{part}.{form}")

    def picture(self, sha256: str, page: int, form: str) -> str | None:
        """Also of a document outside, whose page stands beside one of the place's own in a contradiction."""
        self.site.pictures[sha256, page] = form
        return self._from_here(picture_key(sha256, page, form))

    def original(self, sha256: str) -> str | None:
        if not self.site.scope.with_originals or sha256 not in self.site.documents:
            return None
        self.site.originals[sha256] = None
        return self._from_here(f"originals/{sha256}")

    def static(self, name: str) -> str:
        return self._from_here(f"static/{name}")

    def other_language(self, name: str, parameters: Parameters) -> str | None:
        other = next((language for language in self.site.scope.languages if language != self.of.language), None)
        if other is None:
            return None
        target = dataclasses.replace(self.of, language=other)
        self.site.want(target)
        return self._from_here(target.key)

    def _document(self, given: dict[str, str], cell: dict[str, str]) -> dict[str, str] | None:
        """The page of a document that a link means; ``cell`` becomes the cell's place in it."""
        if item := cell.pop("item", ""):
            digits, *place = item.split("-")
            given["sha256"] = self.site.by_digits.get(digits, "")
            cell.update(zip(_CELL, place, strict=False))
        sha256 = given.get("sha256", "")
        if sha256 not in self.site.documents:
            sha256 = self.site.by_digits.get(sha256, "")
        if not sha256:
            return None
        if len(cell) == len(_CELL) - 1 and "page" not in given:
            page = self.site.page_of(sha256, *(int(cell[key]) for key in _CELL[:3]))
            given |= {"page": str(page)} if page else {}
        if not self.site.documents[sha256]["pages"]:
            given |= _piece(cell)
        asked = {**given, "sha256": sha256}
        if asked.get("page") == "1":
            del asked["page"]
        return asked

    def _asked(self, name: str, given: dict[str, str]) -> dict[str, str] | None:
        if name == "department" and given.get("entity"):
            return given if given["entity"] in self.site.entities else None
        if name not in _NAMES or name not in STARTS or any(key.startswith("side") for key in given):
            return None
        place = given.get("place") or self.site.scope.place
        return {**given, "place": place} if lies_in(place, self.site.scope.place) else None

    def _from_here(self, key: str) -> str:
        there = posixpath.relpath(key, posixpath.dirname(self.of.key))
        return urllib.parse.quote(there)


def _piece(cell: Mapping[str, str]) -> dict[str, str]:
    """The piece of a document without pages that holds a cell or begins a table."""
    first = int(cell.get("row", "0")) // ROWS * ROWS
    asked = {"table": cell.get("table", "0"), "first": str(first)}
    return {name: value for name, value in asked.items() if value != "0"}


def picture_key(sha256: str, page: int, form: str) -> str:
    return f"pictures/{sha256[:12]}/{page}.{form}"


def lies_in(place: str, whole: str) -> bool:
    return place == whole or place.startswith(f"{whole}/")
