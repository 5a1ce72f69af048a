"""OLE compound files ([MS-CFB]) for tests: streams by path, small ones in the mini stream."""

from __future__ import annotations

import struct
from collections.abc import Mapping

_SECTOR, _MINI, _CUTOFF = 512, 64, 4096
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_NONE = 0xFFFFFFFF


def compound_file(streams: Mapping[str, bytes], class_id: bytes = bytes(16)) -> bytes:
    """A compound file; ``a/b`` is stream b in storage a."""
    sectors: list[bytes] = []
    table: list[int] = []

    def store(content: bytes) -> int:
        """Append a chain; its first sector."""
        first = len(sectors)
        parts = [content[at : at + _SECTOR].ljust(_SECTOR, b"\0") for at in range(0, len(content), _SECTOR)]
        sectors.extend(parts)
        table.extend([*range(first + 1, first + len(parts)), _END] if parts else [])
        return first if parts else _END

    mini, mini_table, starts = b"", [], {}
    for path, content in streams.items():
        if len(content) >= _CUTOFF:
            starts[path] = store(content)
        elif content:
            starts[path] = len(mini) // _MINI
            count = -(-len(content) // _MINI)
            mini_table += [*range(starts[path] + 1, starts[path] + count), _END]
            mini += content.ljust(count * _MINI, b"\0")
    mini_start = store(mini)
    mini_table_start = store(struct.pack(f"<{len(mini_table)}I", *mini_table))
    directory_start = store(_directory(streams, starts, mini_start, len(mini)))
    table_sectors = 1
    while table_sectors * (_SECTOR // 4) < len(table) + table_sectors:
        table_sectors += 1
    assert table_sectors <= 109, "the header lists no more allocation sectors"
    listed = range(len(sectors), len(sectors) + table_sectors)
    table += [_TABLE] * table_sectors
    table += [_FREE] * (table_sectors * (_SECTOR // 4) - len(table))
    mini_sectors = -(-4 * len(mini_table) // _SECTOR)
    header = struct.pack(
        "<8s16sHHHHH6xIIIIIIIIII",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", class_id, 0x3E, 3, 0xFFFE, 9, 6,
        0, table_sectors, directory_start, 0, _CUTOFF, mini_table_start, mini_sectors, _END, 0, *listed[:1],
    )  # fmt: skip
    header += struct.pack(f"<{108}I", *[*listed[1:], *[_FREE] * (109 - table_sectors)])
    return header + b"".join(sectors) + struct.pack(f"<{len(table)}I", *table)


def _directory(streams: Mapping[str, bytes], starts: Mapping[str, int], mini_start: int, mini_size: int) -> bytes:
    """The entries: the root, then every storage and stream; siblings are a chain to the right."""
    nodes = sorted({"/".join(path.split("/")[: depth + 1]) for path in streams for depth in range(path.count("/") + 1)})
    index = {path: number + 1 for number, path in enumerate(nodes)}

    def chain(folder: str) -> list[str]:
        inside = [path for path in nodes if path.rpartition("/")[0] == folder]
        return sorted(inside, key=lambda path: (len(path.rpartition("/")[2]), path.upper()))

    entries = [_entry("Root Entry", 5, _NONE, index[chain("")[0]], mini_start, mini_size)]
    for path in nodes:
        siblings = chain(path.rpartition("/")[0])
        at = siblings.index(path) + 1
        right = index[siblings[at]] if at < len(siblings) else _NONE
        name = path.rpartition("/")[2]
        if path in streams:
            entries.append(_entry(name, 2, right, _NONE, starts.get(path, _END), len(streams[path])))
        else:
            entries.append(_entry(name, 1, right, index[chain(path)[0]], 0, 0))
    return b"".join(entries)


def _entry(  # noqa: PLR0917  the fields in the file's order
    name: str, kind: int, right: int, child: int, start: int, size: int
) -> bytes:
    label = name.encode("utf-16-le")
    fields = (label, len(label) + 2, kind, 1, _NONE, right, child, start, size)
    return struct.pack("<64sHBBIII36xIQ", *fields)
