"""Bodies that a server encodes although nobody asked for it are decoded while they arrive, or refused."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from scrapy.http import Headers

from gongkai.archive import Outcome
from gongkai.crawler.errors import AnswerRefusedError

ENCODINGS = {"gzip": 47, "x-gzip": 47, "deflate": 47}
"""Content encodings that can be undone, with zlib's window: gzip or zlib, as it comes."""
NO_ENCODING = {"", "identity"}


class Decoder:
    """Undoes a content encoding, a bounded piece at a time: a small body can stand for an immense one."""

    PIECE = 1 << 16

    def __init__(self, window: int) -> None:
        self._inflating = zlib.decompressobj(window)

    def undo(self, piece: bytes) -> Iterator[bytes]:
        while piece:
            yield self._inflating.decompress(piece, self.PIECE)
            piece = self._inflating.unconsumed_tail

    @property
    def is_whole(self) -> bool:
        return self._inflating.eof


def decoder_of(headers: Headers) -> Decoder | None:
    """The decoder of an answer's body, None for a body that is not encoded.

    Raises AnswerRefusedError for an encoding that was not asked for and cannot be undone.
    """
    encoding = (headers.get(b"Content-Encoding") or b"").decode("latin-1").strip().lower()
    if encoding in NO_ENCODING:
        return None
    if encoding not in ENCODINGS:
        raise AnswerRefusedError(f"it is encoded as {encoding!r}, which was not asked for", Outcome.WRONG_TYPE)
    return Decoder(ENCODINGS[encoding])
