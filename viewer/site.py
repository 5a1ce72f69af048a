"""The pages of a place as files, to be published without a server.

Pages are written as they are linked to, from the first page on, as far as the place and the department go: what lies
outside is named without a link.  A number leads to its document's page and the cell there, so that there is one file
for each page of a document and not one for each number.  Data stand under ``data/``, pictures under ``pictures/``.

``UNFINISHED`` stands in the folder until all is there; ``site.json``, written last, says what it was made from.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import functools
import hashlib
import importlib.resources
import itertools
import json
import posixpath
import urllib.parse
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from gongkai.archive.store import ArchiveError, ObjectMissingError, Store
from gongkai.queries.connection import LakeConnection
from gongkai.queries.page_contents import ROWS
from gongkai.queries.page_picture import PictureError
from gongkai.queries.sql_guard import run
from gongkai.viewer.addresses import SCRIPT, STYLE, Parameters
from gongkai.viewer.application import Served
from gongkai.viewer.downloads import download
from gongkai.viewer.drawing import Drawer, Size
from gongkai.viewer.errors import ViewerError
from gongkai.viewer.pages import Around, written
from gongkai.viewer.publications import EMPTY
from gongkai.viewer.screens.registry import SCREENS
from gongkai.viewer.view import FORMS, Held, PageSize, Question, View
from gongkai.vocabulary.languages import LANGUAGES, Language, speaking

UNFINISHED = "UNFINISHED"
RECORD = "site.json"
STARTS = frozenset({"start", "place", "department", "holdings", "documents", "projects", "contradictions"})
"""Screens that are asked of the site's own place where an address names none."""
_NAMES = frozenset(screen.name for screen in SCREENS)
_CELL = ("table", "row", "column", "item")
"""Parameters that name a place on a page of a document, which is an anchor in a file."""
_PLACES = (*_CELL, "page", "first")
"""Parameters that choose a place in a document, whose data are the same for all of them."""
_MOST_NAME = 60

_DOCUMENTS = """
    SELECT sha256, entity, province, city, county, file_name, format, pages FROM documents
    WHERE in_place($place, province, city, county, entity) AND ($department = '' OR department = $department)
    ORDER BY sha256
"""
_CELL_PAGE = """
    SELECT table_index, row_index, column_index, page FROM cells
    WHERE document_sha256 = $sha256 AND page IS NOT NULL
"""


class SiteRefusedError(ViewerError):
    """Raised where a site cannot be written: nothing is held of the place, or the folder holds something else."""


@dataclasses.dataclass(frozen=True, slots=True)
class Scope:
    """What a site shows: a place as addresses name it, and perhaps one department of it."""

    place: str
    department: str = ""
    languages: Sequence[Language] = LANGUAGES
    with_originals: bool = False


@dataclasses.dataclass(frozen=True, slots=True)
class _Target:
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


class _Site:
    """What is to be written, as pages ask for it."""

    def __init__(self, scope: Scope, lake: LakeConnection) -> None:
        self.scope = scope
        self.lake = lake
        rows = run(lake, _DOCUMENTS, {"place": scope.place, "department": scope.department}).read_all().to_pylist()
        self.documents: dict[str, Mapping[str, Any]] = {row["sha256"]: row for row in rows}
        self.by_digits = {sha256[:12]: sha256 for sha256 in self.documents}
        self.entities = {row["entity"] for row in rows if row["entity"]}
        self.waiting: collections.deque[_Target] = collections.deque()
        self.known: set[_Target] = set()
        self.data: set[str] = set()
        self.pictures: dict[tuple[str, int], None] = {}
        self.originals: dict[str, None] = {}
        self._pages: tuple[str, dict[tuple[int, int, int], int]] = ("", {})

    def want(self, target: _Target) -> None:
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

    site: _Site
    of: _Target

    def screen(self, name: str, parameters: Parameters) -> str | None:
        """A page of the site, which is written because it is linked to; None for one outside."""
        given = {key: str(value) for key, value in parameters.items() if value is not None and value != ""}
        cell = {key: given.pop(key) for key in _CELL if key in given}
        asked = self._document(given, cell) if name == "document" else self._asked(name, given)
        if asked is None:
            return None
        target = _Target(self.of.language, name, tuple(sorted(asked.items())))
        self.site.want(target)
        anchor = f"#cell-{'-'.join(cell[key] for key in _CELL[:3])}" if len(cell) == len(_CELL) - 1 else ""
        return self._from_here(target.key) + anchor

    def data(self, name: str, part: str, form: str, parameters: Parameters) -> str:
        return self._from_here(f"{self.of.data}/{part}.{form}")

    def picture(self, sha256: str, page: int) -> str | None:
        if sha256 not in self.site.documents:
            return None
        self.site.pictures[sha256, page] = None
        return self._from_here(picture_key(sha256, page))

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
        if name not in _NAMES or name not in STARTS:
            return None
        place = given.get("place") or self.site.scope.place
        return {**given, "place": place} if _lies_in(place, self.site.scope.place) else None

    def _from_here(self, key: str) -> str:
        there = posixpath.relpath(key, posixpath.dirname(self.of.key))
        return urllib.parse.quote(there)


def _piece(cell: Mapping[str, str]) -> dict[str, str]:
    """The piece of a document without pages that holds a cell or begins a table."""
    first = int(cell.get("row", "0")) // ROWS * ROWS
    asked = {"table": cell.get("table", "0"), "first": str(first)}
    return {name: value for name, value in asked.items() if value != "0"}


def picture_key(sha256: str, page: int) -> str:
    return f"pictures/{sha256[:12]}/{page}.webp"


def write_site(served: Served, lake: LakeConnection, target: Store, scope: Scope, note: Callable[[str], None]) -> int:
    """Write the site of a scope into an empty folder, or in place of the one that stands there; returns its pages.

    ``note`` is told each page.  Raises SiteRefusedError, and what a screen raises.
    """
    site = _Site(scope, lake)
    _check_place(scope, site.documents.values())
    before = _there(target)
    target.write(UNFINISHED, b"Run gongkai export site into this folder again, which finishes it.\n")
    for language in scope.languages:
        site.want(_first(scope, language))
    with contextlib.closing(Drawer()) as drawer:

        def page_size(document: Mapping[str, Any], page: int) -> Size:
            return drawer.size(document["sha256"], lambda: served.original_of(document), page)

        every = itertools.chain(_pages(served, site, page_size, note), _beside(served, site, drawer))
        keys = {key for files in every for key in _write(target, files)}
    record = {
        "publication": _publication(lake),
        "place": scope.place,
        "department": scope.department,
        "languages": list(scope.languages),
        "pages": len(site.known),
        "documents": len(site.documents),
    }
    keys |= set(_write(target, {"index.html": _index(scope), RECORD: json.dumps(record, ensure_ascii=False).encode()}))
    for key in before - keys:
        target.delete(key)
    target.delete(UNFINISHED)
    return len(site.known)


def _check_place(scope: Scope, documents: Collection[Mapping[str, Any]]) -> None:
    """Raises SiteRefusedError for a place of which nothing is held, or that is not told from its province on."""
    if not documents:
        raise SiteRefusedError(f"nothing is held of {scope.place!r}: gongkai documents lists what is")
    paths = {"/".join(filter(None, (row["province"], row["city"], row["county"]))) for row in documents}
    if not any(_lies_in(path, scope.place) for path in paths):
        named = ", ".join(repr(path) for path in sorted(paths)[:3])
        raise SiteRefusedError(f"{scope.place!r} is told from its province on: such as {named}")


def _first(scope: Scope, language: Language) -> _Target:
    return _Target(language, "start", (("place", scope.place),))


def _there(target: Store) -> set[str]:
    there = {info.key for info in target.list("")}
    if there and RECORD not in there and UNFINISHED not in there:
        raise SiteRefusedError(f"{target.url!r} holds {min(there)!r} and no site: give a folder that is empty")
    return there - {UNFINISHED}


def _write(target: Store, files: Mapping[str, bytes]) -> Iterator[str]:
    for key, data in files.items():
        if not _is_there(target, key, data):
            target.write(key, data)
        yield key


def _is_there(target: Store, key: str, data: bytes) -> bool:
    try:
        return target.size(key) == len(data) and target.read(key) == data
    except ObjectMissingError:
        return False


def _pages(served: Served, site: _Site, page_size: PageSize, note: Callable[[str], None]) -> Iterator[dict[str, bytes]]:
    """Every page that is wanted, with its data, until no page wants another."""
    shown = {screen.name: screen for screen in SCREENS}
    publication = _publication(site.lake)
    while site.waiting:
        target = site.waiting.popleft()
        with speaking(target.language):
            addresses = SiteAddresses(site, target)
            given = dict(target.parameters)
            view = View(
                target.screen,
                target.language,
                publication,
                given,
                addresses,
                served.archive,
                site.lake,
                page_size=page_size,
            )
            page = shown[target.screen].show(view)
            html = written(view, page, Around(SCREENS, publication, is_served=False))
        if target.data not in site.data:
            site.data.add(target.data)
            yield _data(site.lake, target, view.asked, publication)
        yield {target.key: html.encode()}
        note(target.key)


def _data(
    lake: LakeConnection, target: _Target, asked: Mapping[str, Question | Held], publication: str
) -> dict[str, bytes]:
    """The files of each part of a page; the same for every language."""
    files: dict[str, bytes] = {}
    for part, question in asked.items():
        held = question if isinstance(question, Held) else Held(_rows(lake, question))
        for form in FORMS:
            source = question if form == "sql" else held
            if form != "sql" or isinstance(question, Question):
                file = download(lake, source, publication, form)
                files[f"{target.data}/{part}.{form}"] = b"".join(file.pieces())
    return files


def _rows(lake: LakeConnection, question: Question) -> Any:
    return run(lake, question.sql, question.parameters, of=question.of).read_all()


def _beside(served: Served, site: _Site, drawer: Drawer) -> Iterator[dict[str, bytes]]:
    """Pictures, originals where they are wanted, the style sheet and the script."""
    static = importlib.resources.files("gongkai.viewer") / "static"
    yield {f"static/{name}": (static / name).read_bytes() for name in (STYLE, SCRIPT)}
    for sha256, page in site.pictures:
        # Where there is no picture, the page says so in its place.
        with contextlib.suppress(PictureError, ViewerError, ArchiveError):
            original = functools.partial(served.original_of, _document(site.lake, sha256))
            yield {picture_key(sha256, page): drawer.draw(sha256, original, page)}
    for sha256 in site.originals:
        yield {f"originals/{sha256}": served.original_of(_document(site.lake, sha256))}


def _document(lake: LakeConnection, sha256: str) -> Mapping[str, Any]:
    (row,) = run(lake, "SELECT * FROM documents WHERE sha256 = $sha256", {"sha256": sha256}).read_all().to_pylist()
    return dict(row)


def _publication(lake: LakeConnection) -> str:
    return lake.manifest.publication if lake.manifest else EMPTY


def _index(scope: Scope) -> bytes:
    """The folder's first page: to the start in the site's first language."""
    firsts = {language: urllib.parse.quote(_first(scope, language).key) for language in scope.languages}
    links = " ".join(f'<a href="{first}">{language}</a>' for language, first in firsts.items())
    first = firsts[scope.languages[0]]
    head = f'<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={first}"><title>gongkai</title>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><p>{links}</p></body></html>\n'.encode()


def _lies_in(place: str, whole: str) -> bool:
    return place == whole or place.startswith(f"{whole}/")
