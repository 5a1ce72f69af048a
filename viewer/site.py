"""The pages of a place as files, to be published without a server.

Pages are written as they are linked to, from the first page on, as far as the place and the department go: what lies
outside is named without a link.  A number leads to its document's page and the cell there, so that there is one file
for each page of a document and not one for each number.  Data stand under ``data/``, pictures under ``pictures/``, the
index of the search under ``search/``.

``UNFINISHED`` stands in the folder until all is there; ``site.json``, written last, says what it was made from.
"""

from __future__ import annotations

import contextlib
import functools
import importlib.resources
import itertools
import json
import urllib.parse
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from gongkai.archive.archive import Archive
from gongkai.archive.store import ArchiveError, ObjectMissingError, Store
from gongkai.queries.connection import LakeConnection
from gongkai.queries.page_picture import PictureError
from gongkai.queries.sql_guard import run
from gongkai.viewer.addresses import SCRIPT, STYLE
from gongkai.viewer.application import Served
from gongkai.viewer.contradictory import EVERY_ONE, INBOX
from gongkai.viewer.downloads import download
from gongkai.viewer.drawing import Drawer, Size
from gongkai.viewer.errors import ViewerError
from gongkai.viewer.gathering import Gathering
from gongkai.viewer.pages import Around, written
from gongkai.viewer.publications import EMPTY
from gongkai.viewer.screens.registry import SCREENS
from gongkai.viewer.site_files import Scope, Site, SiteAddresses, Target, lies_in, picture_key
from gongkai.viewer.site_search import SCRIPT as SEARCH
from gongkai.viewer.site_search import Index, index_files, search_screen
from gongkai.viewer.view import FORMS, Held, PageSize, Question, Screen, View
from gongkai.vocabulary.languages import Language, speaking

UNFINISHED = "UNFINISHED"
RECORD = "site.json"


class SiteRefusedError(ViewerError):
    """Raised where a site cannot be written: nothing is held of the place, or the folder holds something else."""


def write_site(served: Served, lake: LakeConnection, target: Store, scope: Scope, note: Callable[[str], None]) -> int:
    """Write the site of a scope into an empty folder, or in place of the one that stands there; returns its pages.

    ``note`` is told each page.  Raises SiteRefusedError, and what a screen raises.
    """
    site = Site(scope, lake)
    _check_place(scope, site.documents.values())
    before = _there(target)
    target.write(UNFINISHED, b"Run gongkai export site into this folder again, which finishes it.\n")
    for language in scope.languages:
        site.want(_first(scope, language))
    index = Index()
    with contextlib.closing(Drawer()) as drawer:

        def page_size(document: Mapping[str, Any], page: int) -> Size:
            return drawer.size(document["sha256"], lambda: served.original_of(document), page)

        screens = {screen.name: screen for screen in SCREENS} | {"search": search_screen(scope, index)}
        pages = _pages(served, site, screens, page_size, note)
        every = itertools.chain(index_files(site, index), pages, _beside(served, site, drawer))
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
    if not any(lies_in(path, scope.place) for path in paths):
        named = ", ".join(repr(path) for path in sorted(paths)[:3])
        raise SiteRefusedError(f"{scope.place!r} is told from its province on: such as {named}")


def _first(scope: Scope, language: Language) -> Target:
    return Target(language, "start", (("place", scope.place),))


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


def _pages(
    served: Served, site: Site, screens: Mapping[str, Screen], page_size: PageSize, note: Callable[[str], None]
) -> Iterator[dict[str, bytes]]:
    """Every page that is wanted, with its data, until no page wants another."""
    publication = _publication(site.lake)
    gathering = Compared(served.archive, site, publication)
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
                gathering=gathering,
                page_size=page_size,
            )
            page = screens[target.screen].show(view)
            html = written(view, page, Around(SCREENS, publication, is_served=False))
        if target.data not in site.data:
            site.data.add(target.data)
            linked = {part: question for part, question in view.asked.items() if part in addresses.linked}
            yield _data(site.lake, target, linked, publication)
        yield {target.key: html.encode()}
        note(target.key)


class Compared(Gathering):
    """The contradictions of the site's documents, compared when a page first asks for them: all at once, of a large
    lake those of one year, as the viewer does."""

    def __init__(self, archive: Archive, site: Site, publication: str) -> None:
        super().__init__(archive, {})
        self._site, self._publication = site, publication
        self._documents = pa.array(sorted(site.documents), pa.string())
        self._compared: dict[tuple[object, ...], pa.Table] = {}

    def rows(self, name: str, mark: str, patience: float = 0, **of: object) -> pa.Table:
        key = (name, *of.items())
        if key not in self._compared:
            asked = {**EVERY_ONE, "place": self._site.scope.place, **of}
            found = run(self._site.lake, INBOX, asked).read_all()
            found = found.filter(pc.is_in(found["document_sha256"], self._documents))
            self._compared[key] = found.replace_schema_metadata({"publication": self._publication})
        return self._compared[key]


def _data(
    lake: LakeConnection, target: Target, asked: Mapping[str, Question | Held], publication: str
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


def _beside(served: Served, site: Site, drawer: Drawer) -> Iterator[dict[str, bytes]]:
    """Pictures, originals where they are wanted, the style sheet and the script."""
    static = importlib.resources.files("gongkai.viewer") / "static"
    yield {f"static/{name}": (static / name).read_bytes() for name in (STYLE, SCRIPT, SEARCH)}
    for (sha256, page), form in site.pictures.items():
        # Where there is no picture, the page says so in its place.
        with contextlib.suppress(PictureError, ViewerError, ArchiveError):
            original = functools.partial(served.original_of, _document(site.lake, sha256))
            yield {picture_key(sha256, page, form): drawer.draw(sha256, original, page)}
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
