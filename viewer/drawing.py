"""Pages of documents as pictures, drawn in a process of its own that is limited in memory and time.

A PDF is made by strangers; what goes wrong with one ends that process and nothing else.  Answers are kept while
there is room, also the reason why a page cannot be drawn: many people who ask for one page at once have it drawn once.
"""

from __future__ import annotations

import collections
import contextlib
import io
import math
import multiprocessing
import resource
import signal
import threading
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from PIL import Image, UnidentifiedImageError

from gongkai.archive import children
from gongkai.lake.picture_pages import dots_per_point
from gongkai.queries.page_picture import Part, PdfPages, PictureError
from gongkai.viewer.albums import BEGINNING, Album, opened
from gongkai.viewer.errors import TooMuchError
from gongkai.viewer.ofd.pages import ROOT, OfdPages

SCALE = 1.5
"""Pixels to the point: 108 to the inch."""
SECONDS = 10.0
"""Longest time for a page."""
WAITING_SECONDS = 20.0
"""Longest time to wait for the process while other pages are drawn."""
_ADDRESS_SPACE = 2 * 2**30
_KEPT_BYTES = 64 * 2**20
_QUALITY = 80
_EFFORT = 2
"""Half the time of the default, files 2 percent larger."""
_LONGEST_SIDE = 8000
"""Pixels; WEBP ends at 16383."""
_MOST_PIXELS = 16_000_000
"""A page that has more at ``SCALE``, such as a plan of a town, is drawn smaller."""
_OF_NOTHING = 64
"""Bytes counted for an answer that is no picture."""

Original = Callable[[], bytes]
"""Reads a document, where the process does not have it yet."""
Size = tuple[float, float]
"""Width and height of a page as shown, in the points that boxes of the lake are told in."""


class Drawer:
    """Measures and draws pages, one at a time; safe to call from several threads."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._turn = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._held = ""
        self._kept: collections.OrderedDict[tuple[str, int, bool], bytes | Size | str] = collections.OrderedDict()
        self._bytes = 0

    def prepare(self) -> None:
        """Start the process before anybody asks: that takes longer than a page."""
        with self._turn:
            if self._process is None:
                self._start()

    def size(self, sha256: str, original: Original, page: int) -> Size:
        """How large a page, from 1, is.  Raises PictureError, TooMuchError, and what ``original`` does."""
        answer = self._answer(sha256, original, page, is_drawn=False)
        if not isinstance(answer, tuple):
            raise TypeError("a size was asked for")
        return answer

    def draw(self, sha256: str, original: Original, page: int) -> bytes:
        """A page, from 1, of a PDF, a picture or an album as WEBP, of an OFD as SVG.

        Raises PictureError, TooMuchError when no turn comes, and what ``original`` does.
        """
        answer = self._answer(sha256, original, page, is_drawn=True)
        if not isinstance(answer, bytes):
            raise TypeError("a picture was asked for")
        return answer

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None
        self._held = ""

    def _answer(self, sha256: str, original: Original, page: int, *, is_drawn: bool) -> bytes | Size:
        key = (sha256, page, is_drawn)
        if not self._turn.acquire(timeout=WAITING_SECONDS):
            raise TooMuchError("too many pages are being drawn at once: load the page again in a minute")
        try:
            if key not in self._kept:
                self._keep(key, self._asked(sha256, original, page, is_drawn=is_drawn))
            self._kept.move_to_end(key)
            answer = self._kept[key]
        finally:
            self._turn.release()
        if isinstance(answer, str):
            raise PictureError(answer)
        return answer

    def _keep(self, key: tuple[str, int, bool], answer: bytes | Size | str) -> None:
        self._kept[key] = answer
        self._bytes += _weight(answer)
        while self._bytes > _KEPT_BYTES and len(self._kept) > 1:
            self._bytes -= _weight(self._kept.popitem(last=False)[1])

    def _asked(self, sha256: str, original: Original, page: int, *, is_drawn: bool) -> bytes | Size | str:
        """What the process answers, a text where it cannot."""
        pipe = self._pipe
        if pipe is None or self._process is None or not self._process.is_alive():
            self.close()
            pipe = self._start()
        data = None if self._held == sha256 else original()
        try:
            pipe.send((data, page, is_drawn))
            self._held = sha256
            answer: bytes | Size | str = pipe.recv()
        except (EOFError, OSError):
            self.close()
            limits = f"within {self._seconds:.0f} seconds and the memory of a picture"
            return f"page {page} of the original cannot be drawn {limits}"
        return answer

    def _start(self) -> Connection:
        self._pipe, there = multiprocessing.Pipe()
        self._process = children.spawned(draw_pages, there, self._seconds)
        there.close()
        return self._pipe


def form_of(picture: bytes) -> str:
    """What a drawn page is, as media types name it."""
    return "svg+xml" if picture.startswith(b"<svg") else "webp"


def _weight(answer: bytes | Size | str) -> int:
    return len(answer) if isinstance(answer, bytes) else _OF_NOTHING


def draw_pages(pipe: Connection, seconds: float) -> None:
    """Answer what comes through the pipe until it is closed.

    A question is a document's bytes (None: those of the question before), a page's number, and whether it is drawn; the
    answer its picture as WEBP or SVG, its size, or the reason why there is none.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server's to handle; it closes the pipe
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sheets = _Sheets()
    with contextlib.suppress(EOFError, OSError):
        while True:
            data, page, is_drawn = pipe.recv()
            signal.setitimer(signal.ITIMER_REAL, seconds)
            try:
                answer = sheets.answer(data, page, is_drawn=is_drawn)
            except (PictureError, MemoryError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
                answer = str(error) or "the page needs too much memory to be drawn"
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(answer)


class _Sheets:
    """The document of the last question, opened when a page of it is asked for."""

    def __init__(self) -> None:
        self._data = b""
        self._opened: _Opened | None = None

    def answer(self, data: bytes | None, page: int, *, is_drawn: bool) -> bytes | Size | str:
        if data is not None:
            self._data, self._opened = data, None
        if self._opened is None:
            self._opened = _opened(self._data)
        if not is_drawn:
            return self._opened.size(page)
        drawn = self._opened.draw(page)
        return drawn if isinstance(drawn, bytes) else _webp(drawn)


def _opened(data: bytes) -> _Opened:
    if data.startswith(BEGINNING):
        archive = opened(data)
        return OfdPages(archive) if ROOT in archive.NameToInfo else _AlbumSheets(archive)
    return _PdfSheets(data) if b"%PDF-" in data[:1024] else _Picture(data)


class _AlbumSheets:
    """An album; the picture of the page asked for is opened."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._album = Album(archive)

    def size(self, page: int) -> Size:
        data, frame = self._album.picture(page)
        return _Picture(data).size(frame)

    def draw(self, page: int) -> Image.Image:
        data, frame = self._album.picture(page)
        return _Picture(data).draw(frame)


class _PdfSheets:
    def __init__(self, data: bytes) -> None:
        self._pages = PdfPages(data)

    def size(self, page: int) -> Size:
        return self._pages.size(page)

    def draw(self, page: int) -> Image.Image:
        return self._pages.draw(Part(page, None), _scale(*self.size(page)))


class _Picture:
    """A picture that is a document; one with several frames has a page for each."""

    def __init__(self, data: bytes) -> None:
        try:
            self._picture = Image.open(io.BytesIO(data))
        except UnidentifiedImageError:
            raise PictureError("the original is neither a PDF nor a picture, whatever its name says") from None

    def size(self, page: int) -> Size:
        try:
            self._picture.seek(page - 1)
        except EOFError:
            raise PictureError(f"the original has no page {page}") from None
        width, height = self._picture.size
        dots = dots_per_point(width, height)
        return width / dots, height / dots

    def draw(self, page: int) -> Image.Image:
        width, height = self.size(page)
        scale = _scale(width, height)
        smaller = max(round(width * scale), 1), max(round(height * scale), 1)
        drawn = self._picture.convert("RGB")
        return drawn if drawn.width <= smaller[0] else drawn.resize(smaller)


_Opened = _PdfSheets | _Picture | _AlbumSheets | OfdPages


def _scale(width: float, height: float) -> float:
    """Pixels to the point at which a page of a size is drawn."""
    longest, area = max(width, height, 1.0), max(width * height, 1.0)
    return min(SCALE, _LONGEST_SIDE / longest, math.sqrt(_MOST_PIXELS / area))


def _webp(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=_QUALITY, method=_EFFORT)
    return stream.getvalue()
