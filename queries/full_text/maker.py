"""The process that makes one segment, see ``making``: its order comes in on standard input, on standard output it tells
of each partition it read and then of the segment.

Its input stays open as long as it is wanted: where that ends, whoever started it was killed, and it ends too.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import threading
from pathlib import Path

from gongkai.archive.roots import open_store
from gongkai.queries.full_text.folder import IndexFolder
from gongkai.queries.full_text.making import Order, make
from gongkai.queries.full_text.statement import Segment


def _end_with_the_input() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def _tell(what: str | Segment) -> None:
    pickle.dump(what, sys.stdout.buffer)
    sys.stdout.buffer.flush()


def main() -> None:
    """Make the segment that is ordered."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it handles it, and ends this process
    folder: str
    order: Order
    folder, url, order = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
    threading.Thread(target=_end_with_the_input, daemon=True).start()
    _tell(make(IndexFolder(Path(folder)), open_store(url), order, _tell))


if __name__ == "__main__":
    main()
