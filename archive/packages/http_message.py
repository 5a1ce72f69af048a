"""HTTP messages as WARC records hold them: head, and body with its encodings undone, within bounds."""

from __future__ import annotations

import dataclasses
import io
import re
import zlib
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa

from gongkai.archive.packages.warc_reader import LONGEST_LINE, Block, WarcDamagedError, header_lines

_PIECE = 1 << 16
_STATUS = re.compile(rb"HTTP/[0-9.]+ +([1-9][0-9]{2})(?:\s|$)", re.IGNORECASE)
_REQUEST = re.compile(rb"([A-Za-z]{1,20}) \S+")
_BY_ARROW = frozenset({"br", "zstd"})
_BY_ZLIB = frozenset({"gzip", "x-gzip", "deflate"})
_LONGEST_CHUNK_LINE = 256
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,12})[ \t]*(?:;[^\n]*)?\r?\n")


class BodyCutError(Exception):
    """Raised when a body ends before it says it does, from ``body_of``."""


@dataclasses.dataclass(frozen=True, slots=True)
class Head:
    """The head of a message: status of an answer or method of a request, and fields in order."""

    status: int | None
    method: str | None
    fields: tuple[tuple[str, str], ...]

    def get(self, name: str) -> str:
        """The first field of that name, empty where there is none."""
        return next((value for field, value in self.fields if field.lower() == name), "")


def read_head(block: Block) -> Head:
    """The head of the message in a block.  Bytes are kept one to one, as Latin-1 characters.

    Raises WarcDamagedError.
    """
    first = block.readline(LONGEST_LINE)
    answer, request = _STATUS.match(first), _REQUEST.match(first)
    if answer is None and request is None:
        raise WarcDamagedError(f"{first[:40]!r} begins no HTTP message")
    fields = []
    for line in header_lines(lambda: block.readline(LONGEST_LINE) if block.left else b""):
        name, _, value = line.decode("latin-1").partition(":")
        fields.append((name.strip(), value.strip()))
    method = request[1].decode().upper() if request and not answer else None
    return Head(int(answer[1]) if answer else None, method, tuple(fields))


def body_of(block: Block, head: Head, tap: Callable[[bytes], object]) -> Iterator[bytes]:
    """The body with transfer and content encodings undone; ``tap`` is told the bytes as they lie in the record.

    Raises BodyCutError, and WarcDamagedError, also for an encoding that cannot be undone.
    """
    codings = [each.strip().lower() for each in head.get("content-encoding").split(",") if each.strip()]
    codings = [each for each in codings if each != "identity"]
    source: Any = _Tapped(block, tap)
    if "chunked" in head.get("transfer-encoding").lower():
        source = _Unchunked(source)
    elif not codings and _is_short(head.get("content-length"), block.left):
        raise BodyCutError
    try:
        source = _Ahead(source.read(_PIECE), source)
        for coding in reversed(codings):
            source = _decoded(source, coding)
        while piece := source.read(_PIECE):
            yield piece
    except (zlib.error, OSError, pa.ArrowException) as error:
        raise WarcDamagedError(f"its body cannot be decoded as {', '.join(codings)!r}: {error}") from error


def _is_short(declared: str, length: int) -> bool:
    """True where less is there than declared; more is what a tool decoded."""
    return declared.isascii() and declared.isdigit() and length < int(declared[:18])


def _decoded(source: _Ahead, coding: str) -> Any:
    if coding in _BY_ZLIB:
        begins = source.peek(2)
        # many tools keep the field beside a body they decoded
        is_coded = begins[:2] == b"\x1f\x8b" if coding != "deflate" else bool(begins) and begins[0] & 0x0F == 8
        return _Inflating(source) if is_coded else source
    if coding in _BY_ARROW:
        wrapped = pa.PythonFile(_Readable(source), mode="r")
        return pa.CompressedInputStream(wrapped, "brotli" if coding == "br" else "zstd")
    raise WarcDamagedError(f"its body is encoded as {coding[:40]!r}, which cannot be undone")


class _Tapped:
    """A block that tells what is read of it."""

    def __init__(self, block: Block, tap: Any) -> None:
        self._block, self._tap = block, tap

    def read(self, size: int = -1) -> bytes:
        data = self._block.read(size)
        self._tap(data)
        return data

    def readline(self, size: int = LONGEST_LINE) -> bytes:
        data = self._block.readline(size)
        self._tap(data)
        return data


class _Unchunked:
    """Undoes the chunks of a body; one that begins with no chunk was undone already, as many tools do."""

    def __init__(self, source: _Tapped) -> None:
        self._source = source
        self._left = 0
        self._is_first, self._is_over, self._is_plain = True, False, False

    def read(self, size: int = _PIECE) -> bytes:
        if self._is_plain:
            return self._source.read(size)
        if not self._left and not self._is_over and (plain := self._begin()):
            return plain
        if self._is_over:
            return b""
        data = self._source.read(min(size, self._left))
        if not data:
            raise BodyCutError
        self._left -= len(data)
        return data

    def _begin(self) -> bytes:
        """Go to the next chunk; the first bytes of a body that has none."""
        if not self._is_first:
            self._source.readline(2)
        line = self._source.readline(_LONGEST_CHUNK_LINE)
        head = _CHUNK.fullmatch(line)
        if head is None and self._is_first:
            self._is_plain = True
            return line
        if head is None and not line.endswith(b"\n") and len(line) < _LONGEST_CHUNK_LINE:
            raise BodyCutError
        if head is None:
            raise WarcDamagedError(f"{line[:20]!r} begins no chunk of its body")
        self._is_first, self._left = False, int(head[1], 16)
        self._is_over = not self._left
        return b""


class _Ahead:
    """A source of which the first bytes were read already."""

    def __init__(self, first: bytes, source: Any) -> None:
        self._first, self._source = first, source

    def peek(self, size: int) -> bytes:
        while len(self._first) < size and (more := self._source.read(_PIECE)):
            self._first += more
        return self._first[:size]

    def read(self, size: int = _PIECE) -> bytes:
        if self._first:
            data, self._first = self._first[:size], self._first[size:]
            return data
        data = self._source.read(size)
        return bytes(data)


class _Inflating(_Ahead):
    """Undoes gzip or zlib, a bounded piece at a time."""

    def __init__(self, source: _Ahead) -> None:
        super().__init__(b"", self)
        self._packed = source
        self._inflate = zlib.decompressobj(47)
        self._rest = b""

    def read(self, size: int = _PIECE) -> bytes:
        while not self._inflate.eof:
            self._rest = self._rest or self._packed.read(_PIECE)
            if not self._rest:
                raise BodyCutError
            data = self._inflate.decompress(self._rest, size)
            self._rest = self._inflate.unconsumed_tail
            if data:
                return data
        return b""


class _Readable(io.RawIOBase):
    """A source as Arrow wants one."""

    def __init__(self, source: _Ahead) -> None:
        self._source = source

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._source.read(_PIECE if size < 0 else size)
