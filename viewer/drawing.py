"""Pages of documents as pictures, drawn in a process of its own that is limited in memory and time.

A PDF is made by strangers; what goes wrong with one ends that process and nothing else.  Drawn pages are kept while
there is room, so that a page that was looked at comes at once the next time.
"""

from __future__ import annotations

import collections
import contextlib
import io
import multiprocessing
import resource
import signal
import threading
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


class Drawer:
    """Draws pages, one at a time; safe to call from several threads."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._kept: collections.OrderedDict[tuple[str, int], bytes] = collections.OrderedDict()

    def kept(self, sha256: str, page: int) -> bytes | None:
        """A page that was drawn before, as WEBP."""
        with self._turn:
            picture = self._kept.get((sha256, page))
            if picture is not None:
                self._kept.move_to_end((sha256, page))
            return picture

    def draw(self, sha256: str, data: bytes, page: int) -> bytes:
        """A page, from 1, of a PDF or a picture as WEBP.  Raises PictureError."""
        with self._turn:
            picture = self._drawn(data, page)
            self._kept[sha256, page] = picture
            while sum(map(len, self._kept.values())) > _KEPT_BYTES:
                self._kept.popitem(last=False)
            return picture

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._pipe is not None:
            self._pipe.close()
            self._process.kill()
            self._process.join()
        self._process = self._pipe = None

    def _drawn(self, data: bytes, page: int) -> bytes:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self._start()
        pipe = self._pipe
        if pipe is None:
            raise AssertionError("a process was started")
        try:
            pipe.send((data, page))
            answer: bytes | str = pipe.recv()
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
    """Draw what comes through the pipe until it is closed: bytes and a page's number, answered by WEBP or a reason."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server's to handle; it closes the pipe
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESS_SPACE, _ADDRESS_SPACE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    while True:
        with contextlib.suppress(EOFError, OSError):
            data, page = pipe.recv()
            signal.setitimer(signal.ITIMER_REAL, _SECONDS)
            try:
                answer: bytes | str = _webp(_picture(data, page))
            except (PictureError, MemoryError, OSError, ValueError, Image.DecompressionBombError) as error:
                answer = str(error) or "the page needs too much memory to be drawn"
            signal.setitimer(signal.ITIMER_REAL, 0)
            pipe.send(answer)
            continue
        return


def _picture(data: bytes, page: int) -> Image.Image:
    if data[:1024].lstrip()[:5] != b"%PDF-":
        with Image.open(io.BytesIO(data)) as picture:
            picture.seek(page - 1)
            return picture.convert("RGB")
    pages = PdfPages(data)
    try:
        return pages.draw(Part(page, None), SCALE)
    finally:
        pages.close()


def _webp(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "WEBP", quality=_QUALITY)
    return stream.getvalue()
