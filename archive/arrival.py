"""Bytes that arrive piece by piece: hashed as they come, in memory while they are few, on disk beyond."""

from __future__ import annotations

import dataclasses
import hashlib
import io
from typing import BinaryIO

from gongkai.archive.streams import IN_MEMORY, new_spool, write_to_spool

HEAD = 1 << 16
"""Bytes of a long arrival that stay at hand in memory."""


@dataclasses.dataclass(frozen=True, slots=True)
class Arrived:
    """Bytes that arrived whole: SHA-256, length, and the first bytes, which are all of them where ``is_whole``."""

    sha256: str
    size: int
    head: bytes
    spool: BinaryIO | None = dataclasses.field(default=None, repr=False)

    @property
    def is_whole(self) -> bool:
        return self.spool is None

    def open(self) -> BinaryIO:
        """The bytes from their beginning; of a long arrival its one stream, rewound, for one reader at a time."""
        if self.spool is None:
            return io.BytesIO(self.head)
        self.spool.seek(0)
        return self.spool

    def close(self) -> None:
        """Give up the temporary file, where there is one."""
        if self.spool is not None:
            self.spool.close()


class Arrival:
    """Bytes arriving; of more than ``in_memory`` only the first ones are kept in memory, all in a temporary file."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self.size = 0
        self._in_memory = in_memory
        self._digest = hashlib.sha256()
        self._pieces: list[bytes] = []
        self._spool: BinaryIO | None = None

    @property
    def head(self) -> bytes:
        """The first ``HEAD`` bytes, or all received so far while they are fewer."""
        return b"".join(self._pieces)[:HEAD]

    def write(self, piece: bytes) -> None:
        """Take a piece.  Raises StoreUnavailableError when the temporary directory is full."""
        self._digest.update(piece)
        self.size += len(piece)
        if self._spool is not None:
            write_to_spool(self._spool, piece)
            return
        self._pieces.append(piece)
        if self.size > self._in_memory:
            self._spool = new_spool()
            for held in self._pieces:
                write_to_spool(self._spool, held)
            self._pieces = [self.head]

    def close(self) -> None:
        """Give up what arrived."""
        if self._spool is not None:
            self._spool.close()

    def finish(self) -> Arrived:
        """Everything written, closed to further pieces."""
        return Arrived(self._digest.hexdigest(), self.size, b"".join(self._pieces), self._spool)
