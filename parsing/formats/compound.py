"""OLE compound files ([MS-CFB]): the container of DOC, XLS, WPS and ET, looked at without unpacking it."""

from __future__ import annotations

import struct
from collections.abc import Iterator

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_CLASS_ID = slice(8, 24)
_LAST_SECTOR = 0xFFFFFFFA
"""The highest number of a sector; above it are marks (end of chain, free, ...)."""

_FREE = 0xFFFFFFFF
_IN_HEADER = 109
"""Allocation sectors that the header itself lists: enough for the first 7 MB."""


def stream_names(data: bytes) -> set[str]:
    """Names in the directory ([MS-CFB] 2.6); what cannot be reached is left out.

    Only the allocation sectors listed in the header are followed: as writers put the directory where they have room,
    they reach nearly every file's; the first directory sector is always read.
    """
    size = _sector_size(data)
    if size is None:
        return set()
    sector = struct.unpack_from("<I", data, 48)[0]
    allocation = struct.unpack_from(f"<{_IN_HEADER}I", data, 76)
    names: set[str] = set()
    seen: set[int] = set()
    while sector < _LAST_SECTOR and sector not in seen and (sector + 2) * size <= len(data) + size - 1:
        seen.add(sector)
        names.update(_entry_names(data[(sector + 1) * size : (sector + 2) * size]))
        table, index = divmod(sector, size // 4)
        offset = (allocation[table] + 1) * size + 4 * index if table < len(allocation) else len(data)
        if offset + 4 > len(data):
            break
        sector = struct.unpack_from("<I", data, offset)[0]
    return names


def is_truncated(data: bytes) -> bool:
    """Whether the file ends before a sector that is in use: writers may cut only the last sector short."""
    size = _sector_size(data)
    if size is None:
        return data.startswith(SIGNATURE) and len(data) < 512
    return any((sector + 1) * size >= len(data) for sector in _used_sectors(data, size))


def without_class_id(data: bytes) -> bytes:
    """The file with the class id in its header cleared.

    [MS-CFB] 2.2 reserves it, WPS writes Word's own there, and strict readers refuse such a file.
    """
    return data[: _CLASS_ID.start] + bytes(16) + data[_CLASS_ID.stop :]


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


def _entry_names(sector: bytes) -> list[str]:
    """Names of the 128-byte directory entries in one sector."""
    names = []
    for offset in range(0, len(sector) - 127, 128):
        length = struct.unpack_from("<H", sector, offset + 64)[0]
        if 2 <= length <= 64:
            names.append(sector[offset : offset + length - 2].decode("utf-16-le", "replace"))
    return names
