"""OLE compound files ([MS-CFB]): the container of DOC, XLS, WPS and ET, opened without trusting any number in it."""

from __future__ import annotations

import dataclasses
import itertools
import struct
from collections.abc import Iterator

from gongkai.parsing.text.grid import UnreadableDocumentError

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

MAX_ENTRIES = 20_000
"""Entries of a directory; a document with a hundred embedded objects has about 1,000."""

MAX_DEPTH = 20
"""Storages within storages."""

_LAST_SECTOR = 0xFFFFFFFA
"""The highest number of a sector; above it are marks (end of chain, free, ...)."""

_FREE = 0xFFFFFFFF
_SMALL = 4096
"""Bytes below which a stream lies in 64-byte sectors."""

_IN_HEADER = 109
"""Allocation sectors that the header itself lists: enough for the first 7 MB."""

_ENTRY = struct.Struct("<64sHBBIII16s4s16sIQ")
_STORAGE, _STREAM, _ROOT = 1, 2, 5


@dataclasses.dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the directory ([MS-CFB] 2.6.1)."""

    name: str
    kind: int
    siblings: tuple[int, int]
    child: int
    start: int
    size: int


class CompoundFile:
    """The streams of a compound file by path (``ObjectPool/_1/Workbook``); what cannot be reached is left out.

    The class id in the header, which [MS-CFB] 2.2 reserves and WPS fills, is not looked at.
    """

    def __init__(self, data: bytes) -> None:
        """Raises UnreadableDocumentError: ``corrupt`` where the header is not one."""
        size = _sector_size(data)
        if size is None:
            raise UnreadableDocumentError("corrupt", "the Office 97-2003 file has no readable header; fetch it again")
        self._data, self._size = data, size
        self._sectors = max(-(-len(data) // size) - 1, 0)
        self._allocation = list(self._allocation_sectors())
        first, mini, count = struct.unpack_from("<I8xII", data, 48)
        entries = [
            _entry(raw)
            for raw in _cut(self._chain(first, MAX_ENTRIES * _ENTRY.size), _ENTRY.size)
            if len(raw) == _ENTRY.size
        ]
        self._root = next((entry for entry in entries if entry.kind == _ROOT), None)
        self._streams = dict(_paths(entries))
        self._all_names = {entry.name for entry in entries if entry.kind in (_STORAGE, _STREAM)}
        self._mini_table = self._chain(mini, min(count, self._sectors) * size)
        self._mini: bytes | None = None

    @property
    def paths(self) -> list[str]:
        """The paths of all streams, in the directory's order."""
        return list(self._streams)

    def root_names(self) -> set[str]:
        """Names of the streams that stand in no storage; all names where the directory's tree is broken."""
        return {path for path in self._streams if "/" not in path} or self._all_names

    def read(self, path: str) -> bytes | None:
        """A stream's bytes; None where there is no such stream.

        Raises UnreadableDocumentError: ``corrupt`` where its sectors end before it does.
        """
        entry = self._streams.get(path)
        if entry is None:
            return None
        size = entry.size & 0xFFFFFFFF if self._size == 512 else entry.size
        content = self._mini_chain(entry.start, size) if size < _SMALL else self._chain(entry.start, size)
        if len(content) < size:
            reason = f"stream {path!r} of the Office 97-2003 file has {len(content)} of its {size} bytes"
            raise UnreadableDocumentError("corrupt", reason)
        return content

    def _allocation_sectors(self) -> Iterator[int]:
        """The sectors of the allocation table: those in the header, then those in a chain of lists."""
        count = min(struct.unpack_from("<I", self._data, 44)[0], self._sectors)
        yield from struct.unpack_from(f"<{min(count, _IN_HEADER)}I", self._data, 76)
        left, sector = count - _IN_HEADER, struct.unpack_from("<I", self._data, 68)[0]
        per_list = self._size // 4 - 1
        while left > 0 and (raw := self._sector(sector)) and len(raw) == self._size:
            *listed, sector = struct.unpack(f"<{per_list + 1}I", raw)
            yield from listed[:left]
            left -= per_list

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size] if number < self._sectors else b""

    def _next(self, sector: int) -> int:
        table, index = divmod(sector, self._size // 4)
        if table >= len(self._allocation) or self._allocation[table] >= self._sectors:
            return _FREE
        offset = (self._allocation[table] + 1) * self._size + 4 * index
        return int(struct.unpack_from("<I", self._data, offset)[0]) if offset + 4 <= len(self._data) else _FREE

    def _chain(self, sector: int, size: int) -> bytes:
        """Up to ``size`` bytes of the sectors from the given one on; a ring ends after as many as the file has."""
        parts: list[bytes] = []
        for _ in range(min(-(-size // self._size), self._sectors)):
            if not (part := self._sector(sector)):
                break
            parts.append(part)
            sector = self._next(sector)
        return b"".join(parts)[:size]

    def _mini_chain(self, sector: int, size: int) -> bytes:
        """The bytes of a small stream, whose 64-byte sectors lie in the root's stream ([MS-CFB] 2.4)."""
        if self._mini is None:
            self._mini = b"" if self._root is None else self._chain(self._root.start, self._root.size)
        parts: list[bytes] = []
        for _ in range(-(-size // 64)):
            if not (part := self._mini[sector * 64 : sector * 64 + 64]):
                break
            parts.append(part)
            if sector * 4 + 4 > len(self._mini_table):
                break
            sector = struct.unpack_from("<I", self._mini_table, sector * 4)[0]
        return b"".join(parts)[:size]


def stream_names(data: bytes) -> set[str]:
    """Names of the streams at the root of a compound file: they tell what it is.  Empty where it has no header."""
    return set() if _sector_size(data) is None else CompoundFile(data).root_names()


def is_truncated(data: bytes) -> bool:
    """True where the file ends before a sector that is in use: writers may cut only the last sector short."""
    size = _sector_size(data)
    if size is None:
        return data.startswith(SIGNATURE) and len(data) < 512
    return any((sector + 1) * size >= len(data) for sector in _used_sectors(data, size))


def _sector_size(data: bytes) -> int | None:
    if len(data) < 512 or not data.startswith(SIGNATURE):
        return None
    shift = struct.unpack_from("<H", data, 30)[0]
    return 1 << shift if shift in (9, 12) else None


def _used_sectors(data: bytes, size: int) -> Iterator[int]:
    """Sectors that the header's own allocation sectors mark as used, and those sectors themselves."""
    count = min(struct.unpack_from("<I", data, 44)[0], _IN_HEADER)
    for table, sector in enumerate(struct.unpack_from(f"<{count}I", data, 76)):
        if sector >= _LAST_SECTOR:
            continue
        yield sector
        entries = data[(sector + 1) * size : (sector + 2) * size]
        for index, (entry,) in enumerate(struct.iter_unpack("<I", entries[: len(entries) // 4 * 4])):
            if entry != _FREE:
                yield table * (size // 4) + index


def _cut(data: bytes, size: int) -> Iterator[bytes]:
    return (data[start : start + size] for start in range(0, len(data), size))


def _entry(raw: bytes) -> _Entry:
    name, length, kind, _, left, right, child, _, _, _, start, size = _ENTRY.unpack(raw)
    label = name[: max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return _Entry(label, kind, (left, right), child, start, size)


def _paths(entries: list[_Entry]) -> Iterator[tuple[str, _Entry]]:
    """(path, stream) over the trees of the directory, no entry twice."""
    roots = [entry.child for entry in itertools.islice(entries, 1) if entry.kind == _ROOT]
    todo = [(child, "", 0) for child in roots]
    seen: set[int] = set()
    found: list[tuple[int, str, _Entry]] = []
    while todo:
        index, folder, depth = todo.pop()
        if index in seen or index >= len(entries) or depth > MAX_DEPTH:
            continue
        seen.add(index)
        entry = entries[index]
        todo += [(sibling, folder, depth) for sibling in entry.siblings]
        if entry.kind == _STORAGE:
            todo.append((entry.child, f"{folder}{entry.name}/", depth + 1))
        elif entry.kind == _STREAM:
            found.append((index, folder + entry.name, entry))
    for _, path, entry in sorted(found, key=lambda item: item[0]):
        yield path, entry
