"""HTTP messages as WARC records hold them: head, and body with its encodings undone, within bounds."""

from __future__ import annotations

import dataclasses
import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

from gongkai.archive.packages.warc_reader import LONGEST_LINE, Block, WarcDamagedError, header_lines

_PIECE = 1 << 16
_STATUS = re.compile(rb"HTTP/[0-9.]+ +([1-9][0-9]{2})(?:\s|$)", re.IGNORECASE)
_REQUEST = re.compile(rb"([A-Za-z]{1,20}) \S+")
_BY_ARROW = frozenset({"br", "zstd"})
_BY_ZLIB = frozenset({"gzip", "x-gzip", "deflate"})


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


def body_of(block: Block, head: Head, tap: Any) -> Iterator[bytes]:
    """The body with transfer and content encodings undone; ``tap`` is told the bytes as they lie in the record.

    Raises WarcDamagedError, also for an encoding that cannot be undone.
    """
    source: Any = _Tapped(block, tap)
    if "chunked" in head.get("transfer-encoding").lower():
        source = ChunkedDataReader(source, decomp_type=None)
    codings = [each.strip().lower() for each in head.get("content-encoding").split(",") if each.strip()]
    try:
        first = source.read(_PIECE)
        source = _Ahead(first, source)
        for coding in reversed([each for each in codings if each != "identity"]):
            source = _decoded(source, coding)
        while piece := source.read(_PIECE):
            yield piece
    except (zlib.error, OSError, pa.ArrowException, ChunkedDataException) as error:
        raise WarcDamagedError(f"its body cannot be decoded as {', '.join(codings) or 'chunked'!r}: {error}") from error


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
                raise WarcDamagedError("its compressed body is cut")
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
