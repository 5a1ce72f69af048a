"""Pages of documents as pictures, drawn in a process of its own that is limited in memory and time.

A PDF is made by strangers; what goes wrong with one ends that process and nothing else.  Drawn pages are kept while
there is room, so that a page that was looked at comes at once the next time.
"""

from __future__ import annotations

import collections
import contextlib
import dataclasses
import io
import multiprocessing
import resource
import signal
import threading
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from PIL import Image

from gongkai.queries.page_picture import Part, PdfPages, PictureError

SCALE = 1.5
"""Pixels to the point: 108 to the inch."""
_SECONDS = 20.0
_ADDRESS_SPACE = 2 * 2**30
_KEPT_BYTES = 64 * 2**20
_QUALITY = 80


@dataclasses.dataclass(frozen=True, slots=True)
class Picture:
    """A page as WEBP, and its width and height in the points that boxes of the lake are told in."""

    webp: bytes
    width: float
    height: float


class Drawer:
    """Draws pages, one at a time and each once; safe to call from several threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._kept: collections.OrderedDict[tuple[str, int], Picture] = collections.OrderedDict()

    def draw(self, sha256: str, page: int, data_of: Callable[[], bytes]) -> Picture:
        """A page, from 1, of a PDF or a picture; ``data_of`` gives its bytes where it was not drawn before.

        Raises PictureError, and what ``data_of`` raises.
        """
        with self._turn:
            picture = self._kept.pop((sha256, page), None) or self._drawn(data_of(), page)
            self._kept[sha256, page] = picture
            while sum(len(each.webp) for each in self._kept.values()) > _KEPT_BYTES:
                self._kept.popitem(last=False)
            return picture

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None

    def _drawn(self, data: bytes, page: int) -> Picture:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self._start()
        pipe = self._pipe
        if pipe is None:
            raise AssertionError("a process was started")
        try:
            pipe.send((data, page))
            answer: Picture | str = pipe.recv()
        except (EOFError, OSError):
            self.close()
            raise PictureError(
                f"page {page} of the original cannot be drawn within {_SECONDS:.0f} seconds and the memory of a picture"
            ) from None
        if isinstance(answer, str):
            raise PictureError(answer)
        return answer

    def _start(self) -> None:
        method = multiprocessing.get_context("spawn")  # a fork would copy the locks of the server's threads
        self._pipe, there = method.Pipe()
        self._process = method.Process(target=draw_pages, args=(there,), daemon=True)
        self._process.start()
        there.close()


def draw_pages(pipe: Connection) -> None:
    """Draw pages until the pipe is closed: bytes and a page's number come, a picture or a reason goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server's to handle; it closes the pipe
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        with contextlib.suppress(EOFError, OSError):
            data, page = pipe.recv()
            signal.setitimer(signal.ITIMER_REAL, _SECONDS)
            try:
                answer: Picture | str = _picture(data, page)
            except (PictureError, MemoryError, OSError, ValueError, Image.DecompressionBombError) as error:
                answer = str(error) or "the page needs too much memory to be drawn"
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(answer)
            continue
        return


def _picture(data: bytes, page: int) -> Picture:
    if data[:1024].lstrip()[:5] != b"%PDF-":
        with Image.open(io.BytesIO(data)) as picture:
            picture.seek(page - 1)
            return Picture(_webp(picture.convert("RGB")), picture.width, picture.height)
    pages = PdfPages(data)
    try:
        return Picture(_webp(pages.draw(Part(page, None), SCALE)), *pages.size(page))
    finally:
        pages.close()


def _webp(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=_QUALITY)
    return stream.getvalue()
