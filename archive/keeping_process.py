"""A process that keeps originals for the crawl that started it.

    python -m gongkai.archive.keeping_process ROOT

Its standard input is one end of a pair of sockets.  There it says once that it is ready, reads originals, keeps one
after the other, and answers each with what the archive said.  It ends when the other end is closed, after the originals
that it has received whole.
"""

from __future__ import annotations

import pickle
import signal
import socket
import struct
import sys
from typing import Any, BinaryIO, cast

from gongkai.archive.archive import Archive
from gongkai.archive.arrival import Arrived
from gongkai.archive.store import ArchiveError

_READY = "ready"
_LENGTH = struct.Struct("<Q")


def framed(message: object) -> bytes:
    """A message as it travels: its length, then itself; only between a process and its own child."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return _LENGTH.pack(len(data)) + data


def taken(received: bytearray) -> list[Any]:
    """The messages received whole, which are taken from the bytes."""
    messages: list[Any] = []
    while len(received) >= _LENGTH.size:
        end = _LENGTH.size + _LENGTH.unpack_from(received)[0]
        if len(received) < end:
            break
        messages.append(pickle.loads(memoryview(received)[_LENGTH.size : end]))  # noqa: S301 - from our own process
        del received[:end]
    return messages


def _read(stream: BinaryIO) -> Any:
    """The next message; None at the end, also amid a message."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    data = stream.read(length)
    return pickle.loads(data) if len(data) == length else None  # noqa: S301 - from our own process


def main(root: str) -> None:
    # What ends the crawl is the crawl's to know: it closes its end when everything is answered.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    archive = Archive.open(root)
    with socket.socket(fileno=0) as ours, cast("BinaryIO", ours.makefile("rb", buffering=1 << 20)) as stream:
        ours.sendall(framed(_READY))
        while (message := _read(stream)) is not None:
            sha256, data = message
            try:
                answer: object = archive.keep_original(Arrived(sha256, len(data), data))
            except ArchiveError as error:
                answer = error
            ours.sendall(framed(answer))


if __name__ == "__main__":
    main(sys.argv[1])
