"""The web application: addresses to screens, their data, pictures of pages, originals."""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import importlib.resources
import re
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse
from starlette.routing import Route

from gongkai.archive.archive import Archive
from gongkai.archive.store import ArchiveError
from gongkai.lake.manifest import Manifest
from gongkai.queries.connection import LakeConnection
from gongkai.queries.errors import ParameterError, QueryError, UnknownQueryError
from gongkai.queries.evidence import documents_of
from gongkai.queries.page_picture import PictureError
from gongkai.queries.settings import QuerySettings
from gongkai.viewer.addresses import ServedAddresses
from gongkai.viewer.downloads import attached, download, file_name
from gongkai.viewer.drawing import Drawer, Size, form_of
from gongkai.viewer.errors import NotHeldError, TooMuchError, ViewerError
from gongkai.viewer.gathering import Gather, Gathering, mark_of
from gongkai.viewer.kept_pages import KeptPages
from gongkai.viewer.pages import Around, prepare, told, written
from gongkai.viewer.protection import RETRY_AFTER, Guard, Protection, language_of, patience_of
from gongkai.viewer.publications import Publications
from gongkai.viewer.screens.choices import is_large
from gongkai.viewer.screens.registry import SCREENS
from gongkai.viewer.view import View
from gongkai.vocabulary.languages import LANGUAGES, Language, said, speaking

SECONDS = 20.0
"""A view that takes longer is ended."""
_STATIC = {"viewer.css": "text/css; charset=utf-8", "viewer.js": "text/javascript; charset=utf-8"}

SETTINGS = QuerySettings("1GB", 2, "4GB")

OriginalOf = Callable[[Mapping[str, Any]], bytes]
"""A document's bytes by its row of ``documents``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Served:
    """What the viewer shows."""

    archive: Archive
    original_of: OriginalOf
    settings: QuerySettings = SETTINGS
    judgements: Path | None = None
    gathered: Mapping[str, Gather] = dataclasses.field(default_factory=dict)
    """What screens show of the whole archive, by name: ``portals``, ``withdrawn``."""
    works_ahead: bool = False
    """Are pictures prepared, and the contradictions of a lake that is not large gathered, before anybody asks?"""


def application(served: Served, guard: Guard) -> Starlette:
    """The application.  Raises LakeUnusableError, StoreError where the lake cannot be read."""
    viewer = _Viewer(served)
    routes = [
        Route("/", viewer.start),
        Route("/static/{name}", viewer.static),
        Route("/picture/{publication}/{sha256}/{page:int}.webp", viewer.picture),
        Route("/picture/{publication}/{sha256}/{page:int}.svg", viewer.picture),
        Route("/original/{publication}/{sha256}", viewer.original),
        Route("/{language}", viewer.start),
        Route("/{language}/{publication}", viewer.start),
        Route("/{language}/{publication}/{screen}", viewer.page),
        Route("/{language}/{publication}/{screen}", viewer.submit, methods=["POST"]),
        Route("/{language}/{publication}/{screen}/{part}.{form}", viewer.data),
    ]

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        yield
        viewer.close()

    return Starlette(routes=routes, middleware=[Middleware(Protection, guard=guard)], lifespan=lifespan)


class _Viewer:
    """Every endpoint; each runs in a thread of its own."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._gathering = Gathering(served.archive, served.gathered)
        self._publications = Publications(served.archive.store, served.settings, then=self._gather_ahead)
        self._drawer, self._measurer = Drawer(), Drawer()  # a page that is slow to draw holds up pictures alone
        self._kept = KeptPages()
        prepare()
        for drawer in (self._drawer, self._measurer) if served.works_ahead else ():
            drawer.prepare()

    def close(self) -> None:
        self._publications.close()
        self._gathering.close()
        self._drawer.close()
        self._measurer.close()

    def _gather_ahead(self, manifest: Manifest) -> None:
        if self._served.works_ahead and not is_large(manifest):
            with contextlib.suppress(ViewerError, QueryError, ArchiveError):  # the page tells of it itself
                self._gathering.rows("contradictions", mark_of(self._served.archive.store), 0)

    def start(self, request: Request) -> Response:
        """To the first screen of the newest publication, in the language that the browser asks for."""
        addresses = ServedAddresses(language_of(request), self._publications.newest())
        return RedirectResponse(addresses.screen("start", {}), 302)

    def static(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _STATIC:
            return Response("no such file", 404, media_type="text/plain")
        data = (importlib.resources.files("gongkai.viewer") / "static" / name).read_bytes()
        return Response(data, headers={"Content-Type": _STATIC[name], "Cache-Control": "max-age=300"})

    def page(self, request: Request) -> Response:
        """A screen."""
        return self._answered(request, self._page)

    async def submit(self, request: Request) -> Response:
        """A form of a screen, which keeps what it says and shows itself again."""
        fields = urllib.parse.parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=20)
        form = {name: values[-1] for name, values in fields.items()}
        return await run_in_threadpool(self._answered, request, functools.partial(self._page, form=form))

    def data(self, request: Request) -> Response:
        """All rows of a part of a screen, as a file."""
        return self._answered(request, self._data)

    def picture(self, request: Request) -> Response:
        """A page of a document as it is printed."""
        sha256, page = request.path_params["sha256"], request.path_params["page"]
        try:
            picture = self._drawer.draw(sha256, lambda: self._original(request)[1], page)
        except (PictureError, ViewerError, QueryError, ArchiveError) as error:
            return _missing(error)
        headers = {"Content-Type": f"image/{form_of(picture)}", "Cache-Control": "private, max-age=86400"}
        return Response(picture, headers=headers)

    def original(self, request: Request) -> Response:
        """A document as it was published, to keep: never shown by the browser."""
        try:
            document, data = self._original(request)
        except (ViewerError, QueryError, ArchiveError) as error:
            return _missing(error)
        headers = {"Content-Type": "application/octet-stream", "Content-Disposition": attached(file_name(document))}
        return Response(data, headers=headers)

    def _original(self, request: Request) -> tuple[Mapping[str, Any], bytes]:
        sha256 = request.path_params["sha256"]
        if not re.fullmatch(r"[0-9a-f]{64}", sha256):
            raise NotHeldError(f"{sha256[:80]!r} is no SHA-256")
        with self._publications.reading(request.path_params["publication"], patience_of(request)) as lake:
            found = documents_of(lake, sha256)
        if not found:
            raise NotHeldError(f"no document {sha256[:12]!r} is held")
        return found[0], self._served.original_of(found[0])

    def _page_size(self, document: Mapping[str, Any], page: int) -> Size:
        return self._measurer.size(document["sha256"], lambda: self._served.original_of(document), page)

    def _answered(self, request: Request, answer: Callable[[Request, Language, str], Response]) -> Response:
        language = request.path_params["language"]
        if language not in LANGUAGES:
            return Response(f"no language {language[:20]!r}: take en or zh", 404, media_type="text/plain")
        newest = self._publications.newest()
        publication = request.path_params["publication"]
        if not self._publications.holds(publication):
            return self._moved_on(request, language, newest)
        with speaking(language):
            try:
                return answer(request, language, publication)
            except (ViewerError, QueryError, ArchiveError) as error:
                return self._told(error, ServedAddresses(language, publication), newest)

    def _moved_on(self, request: Request, language: Language, newest: str) -> Response:
        """To the same page of the newest publication, which says that the address named another one."""
        asked = request.path_params["publication"]
        if not re.fullmatch(r"[0-9a-f]{12}|empty", asked):
            return Response("no such page", 404, media_type="text/plain")
        addresses = ServedAddresses(language, newest)
        return RedirectResponse(
            addresses.screen(request.path_params["screen"], {**request.query_params, "read_from": asked}), 302
        )

    def _page(
        self, request: Request, language: Language, publication: str, form: Mapping[str, str] | None = None
    ) -> Response:
        newest = self._publications.newest()
        key = (str(request.url.path), str(request.url.query), newest)
        with self._kept.wanted(key, patience_of(request)) if form is None else contextlib.nullcontext() as kept:
            page = kept
            if page is None:
                with self._reading(request, language, publication) as view:
                    view.form, view.user = form, getattr(request.state, "user", "")
                    shown = SCREENS_BY_NAME[view.screen].show(view)
                    if shown.see_other:
                        return RedirectResponse(shown.see_other, 303)
                    around = Around(SCREENS, newest, request.query_params.get("read_from", "")[:12])
                    page = written(view, shown, around).encode()
                if not shown.changes and form is None:
                    self._kept.keep(key, page)
        return Response(
            page, headers={"Content-Type": "text/html; charset=utf-8", "Cache-Control": "private, no-cache"}
        )

    def _data(self, request: Request, language: Language, publication: str) -> Response:
        part, form = request.path_params["part"], request.path_params["form"]
        with self._reading(request, language, publication) as view:
            view.takes_data = True
            SCREENS_BY_NAME[view.screen].show(view)
            if part not in view.asked:
                raise NotHeldError(f"the page has no part {part!r}: it has {', '.join(view.asked) or 'none'}")
            file = download(view.lake, view.asked[part], publication, form)
        name = f"{view.screen}-{part}-{publication}.{form}"
        headers = {"Content-Type": file.media_type, "Content-Disposition": attached(name)}
        return StreamingResponse(file.pieces(), headers=headers)

    @contextlib.contextmanager
    def _reading(self, request: Request, language: Language, publication: str) -> Iterator[View]:
        """The view of a request; what takes too long is ended."""
        name = request.path_params["screen"]
        if name not in SCREENS_BY_NAME:
            raise NotHeldError(f"there is no page {name[:80]!r}")
        given = {key: value for key, value in request.query_params.items() if key != "read_from"}
        with self._publications.reading(publication, patience_of(request)) as lake, _limited(lake):
            addresses = ServedAddresses(language, publication)
            archive, judgements = self._served.archive, self._served.judgements
            yield View(
                name,
                language,
                publication,
                given,
                addresses,
                archive,
                lake,
                judgements,
                gathering=self._gathering,
                page_size=self._page_size,
                spare=functools.partial(self._publications.spare, publication),
            )

    def _told(self, error: Exception, addresses: ServedAddresses, newest: str) -> Response:
        status = _status(error)
        title = said("Not found") if status == 404 else said("This cannot be shown")
        around = Around(SCREENS, newest)
        page = told(addresses.language, addresses, around, title=title, sentence=said(str(error)))
        return Response(page, status, RETRY_AFTER if status == TooMuchError.status else None, media_type="text/html")


SCREENS_BY_NAME = {screen.name: screen for screen in SCREENS}


@contextlib.contextmanager
def _limited(lake: LakeConnection) -> Iterator[None]:
    ended = threading.Event()

    def end() -> None:
        ended.set()
        lake.interrupt()

    timer = threading.Timer(SECONDS, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    except QueryError as error:
        if not ended.is_set():
            raise
        raise TooMuchError(f"this takes longer than {SECONDS:.0f} seconds: choose a place or a year") from error
    finally:
        timer.cancel()


def _missing(error: Exception) -> Response:
    """In place of a picture or a document: it is not there, or there is no time for it."""
    is_busy = isinstance(error, TooMuchError)
    return Response(str(error), 503 if is_busy else 404, RETRY_AFTER if is_busy else None, media_type="text/plain")


def _status(error: Exception) -> int:
    if isinstance(error, ViewerError):
        return error.status
    if isinstance(error, ParameterError):
        return 400
    return 404 if isinstance(error, UnknownQueryError) else 500
