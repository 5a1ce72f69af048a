"""Bytes and streams on their way into a store."""

from __future__ import annotations

import contextlib
import hashlib
import io
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, cast

from gongkai.archive.store import StoreUnavailableError

CHUNK = 1 << 20
"""Bytes moved at a time."""

IN_MEMORY = 8 << 20
"""Bytes up to which a stream is held in memory; a longer one goes to a temporary file."""


def chunks(data: bytes | BinaryIO) -> Iterator[bytes]:
    """The bytes in pieces of at most CHUNK."""
    if isinstance(data, bytes) and len(data) <= CHUNK:
        yield data
        return
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    while chunk := source.read(CHUNK):
        yield chunk


class PieceStream:
    """A stream over pieces made as they are read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        while not self._rest or size < 0:
            piece = next(self._pieces, None)
            if piece is None:
                break
            self._rest += piece
        data, self._rest = (self._rest, b"") if size < 0 else (self._rest[:size], self._rest[size:])
        return data


def new_spool() -> BinaryIO:
    """An empty temporary stream, in memory while it is short; gone when closed."""
    return cast("BinaryIO", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))


@contextlib.contextmanager
def spooled(data: bytes | BinaryIO) -> Iterator[tuple[BinaryIO, int]]:
    """A private copy that can be read again and that nobody can change meanwhile, and its length in bytes.

    What the source raises while it is read is passed on.  Raises StoreUnavailableError when the temporary
    directory is full.
    """
    if isinstance(data, bytes):
        yield io.BytesIO(data), len(data)
        return
    if isinstance(data, tempfile.SpooledTemporaryFile) and not data.tell():  # private already
        size = data.seek(0, io.SEEK_END)
        data.seek(0)
        yield data, size
        return
    with new_spool() as spool:
        for chunk in chunks(data):
            write_to_spool(spool, chunk)
        size = spool.tell()
        spool.seek(0)
        yield spool, size


def write_to_spool(spool: BinaryIO, chunk: bytes) -> None:
    """Append to a temporary stream.  Raises StoreUnavailableError when it cannot grow."""
    try:
        spool.write(chunk)
    except OSError as error:
        raise StoreUnavailableError(
            f"the temporary directory {tempfile.gettempdir()!r} takes no more bytes ({error.strerror}):"
            " free space there or set TMPDIR"
        ) from error


def digest_of(stream: BinaryIO) -> str:
    """The SHA-256 of a stream from its beginning, to which it returns."""
    stream.seek(0)
    digest = hashlib.sha256()
    for chunk in chunks(stream):
        digest.update(chunk)
    stream.seek(0)
    return digest.hexdigest()


def closed_afterwards(data: bytes | BinaryIO) -> contextlib.AbstractContextManager[object]:
    """A context at the end of which a stream is closed."""
    return contextlib.nullcontext() if isinstance(data, bytes) else contextlib.closing(data)


def is_in(stored: BinaryIO, data: bytes | BinaryIO) -> bool:
    """True where a stored object, which is closed, holds these bytes; a stream of them returns to its beginning."""
    with stored:
        return digest_of(stored) == (hashlib.sha256(data).hexdigest() if isinstance(data, bytes) else digest_of(data))
