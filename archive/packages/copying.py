"""Originals on their way from an archive into a package: many small ones together, large ones as a stream."""

from __future__ import annotations

import concurrent.futures
import itertools
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from gongkai.archive.archive import Archive
from gongkai.archive.store import Store

SMALL = 1 << 20
"""Bytes up to which an original is held in memory."""
AT_ONCE = 8
"""Copies under way: most of the time is waiting for a disk or a server."""
BATCH = 64

T = TypeVar("T")


def batches(items: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """The items, so many at a time."""
    rest = iter(items)
    while batch := list(itertools.islice(rest, size)):
        yield batch


def copy_originals(archive: Archive, target: Store, originals: Iterable[tuple[str, str, int]]) -> None:
    """Put originals, given as key, SHA-256 and length, under their keys.

    Raises OriginalMissingError, OriginalAlteredError and what a store raises.
    """
    small: list[tuple[str, str]] = []
    for key, sha256, size in originals:
        if size <= SMALL:
            small.append((key, sha256))
        else:
            with archive.open_original(sha256) as stream:
                target.write(key, stream)
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads:
        for some in batches(small, 16):
            data = threads.map(archive.original, [sha256 for _, sha256 in some])
            target.write_all_once(zip([key for key, _ in some], data, strict=True))


def side_by_side(call: Callable[[T], None], items: Iterable[T]) -> None:
    """Call for each item in several threads.  Raises what the first failing call raises."""
    with concurrent.futures.ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in threads.map(call, items):
            pass
