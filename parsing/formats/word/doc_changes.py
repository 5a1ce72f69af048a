"""Lists of property changes in a Word 97-2003 file ([MS-DOC] 2.2.5), and the bytes of text they hold for.

Each change (*Prl*) is a number (*sprm*) that tells its own size, and an operand.  They lie in pages of 512 bytes of the
main stream, each for a run of bytes of the text.
"""

from __future__ import annotations

import bisect
import struct
from collections.abc import Callable, Iterable, Iterator

from gongkai.parsing.formats.word.doc_text import WordText, plc

_PAGE = 512
ROW, OLD_ROW, _TABS = 0xD608, 0xD606, 0xC615

_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of an operand by the sprm's highest three bits; 0 stands for one that tells its size itself."""


def changes(prls: bytes) -> Iterator[tuple[int, bytes]]:
    """(sprm, operand) of each change; what is cut off is left out."""
    at = 0
    while at + 2 < len(prls):
        sprm = struct.unpack_from("<H", prls, at)[0]
        at += 2
        size = _SIZES[sprm >> 13]
        if size == 0:
            at, size = _own_size(sprm, prls, at)
        if at + size > len(prls):
            return
        yield sprm, prls[at : at + size]
        at += size


def _own_size(sprm: int, prls: bytes, at: int) -> tuple[int, int]:
    """(where the operand begins, its bytes) for a sprm that tells the size ([MS-DOC] 2.2.5.1)."""
    if sprm in (ROW, OLD_ROW):
        size = int.from_bytes(prls[at : at + 2], "little")
        return at + 2, max(size - 1, 0)
    size = prls[at]
    if sprm == _TABS and size == 255:
        deleted = prls[at + 1] if at + 1 < len(prls) else 0
        added_at = at + 2 + 4 * deleted
        added = prls[added_at] if added_at < len(prls) else 0
        return at + 1, 2 + 4 * deleted + 3 * added
    return at + 1, size


class Runs:
    """Property changes by the bytes of text they hold for."""

    def __init__(self, found: Iterable[tuple[int, int, bytes]]) -> None:
        self._runs = sorted({run[0]: run for run in found if run[0] < run[1]}.values())
        self._starts = [run[0] for run in self._runs]

    def at(self, fc: int) -> tuple[int, bytes]:
        """(end, changes) of the run a byte is in; the byte itself as the end where it is in none."""
        index = bisect.bisect_right(self._starts, fc) - 1
        if index < 0 or self._runs[index][1] <= fc:
            return fc, b""
        return self._runs[index][1], self._runs[index][2]

    def between(self, start: int, end: int) -> Iterator[tuple[int, int, bytes]]:
        """The runs in a range of bytes, cut to it; none over another."""
        index = max(bisect.bisect_right(self._starts, start) - 1, 0)
        for first, last, prls in self._runs[index:]:
            if first >= end:
                return
            if last > start:
                begin = max(first, start)
                yield begin, min(last, end), prls
                start = max(start, min(last, end))


def page_runs(text: WordText, structure: int, entry: int, most: int, properties: Callable[[bytes, int], bytes]) -> Runs:
    """The runs of all property pages that a structure of the table stream lists ([MS-DOC] 2.9.33, 2.9.175)."""
    found: list[tuple[int, int, bytes]] = []
    for number in {int.from_bytes(raw, "little") & 0x3FFFFF for raw in plc(text.structure(structure), 4)[1]}:
        page = text.main[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            continue
        count = min(page[-1], most)
        bounds = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            offset = 2 * page[4 * (count + 1) + entry * index]
            found.append((bounds[index], bounds[index + 1], properties(page, offset) if offset else b""))
    return Runs(found)


def character_changes(page: bytes, offset: int) -> bytes:
    return page[offset + 1 : min(offset + 1 + page[offset], _PAGE - 1)]


def paragraph_changes(page: bytes, offset: int) -> bytes:
    """The style's number in two bytes, then the changes."""
    words = page[offset]
    start, size = (offset + 1, 2 * words - 1) if words else (offset + 2, 2 * page[min(offset + 1, _PAGE - 1)])
    return page[start : min(start + size, _PAGE - 1)]
