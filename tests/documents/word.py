"""Word 97-2003 files ([MS-DOC]) for tests: paragraphs, rows of cells, and properties as they are written."""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Sequence

from tests.documents.compound import compound_file

FIRST_CHARACTER = 2048
"""Where the text begins in the main stream."""

DELETED, VANISHED = struct.pack("<HB", 0x0800, 1), struct.pack("<HB", 0x083C, 1)
IN_TABLE = struct.pack("<HB", 0x2416, 1)
ROW_END = struct.pack("<HB", 0x2417, 1)
INNER_CELL = struct.pack("<HB", 0x244B, 1)
INNER_ROW = struct.pack("<HB", 0x244C, 1)


def depth(tables: int) -> bytes:
    """The property that says how many tables a paragraph stands in."""
    return IN_TABLE + struct.pack("<Hi", 0x6649, tables)


def struck_through(*, twice: bool = False) -> bytes:
    """The property that draws a line through characters, or two."""
    return struct.pack("<HB", 0x2A53 if twice else 0x0837, 1)


def symbol(code: int) -> bytes:
    """The property that puts a character of a symbol font in the place of a parenthesis."""
    return struct.pack("<HHH", 0x6A09, 0, code)


def row_definition(left: int, cells: Sequence[tuple[int, int]]) -> bytes:
    """sprmTDefTable for cells given as (right edge, flags); flags as in [MS-DOC] 2.9.317."""
    operand = bytes((len(cells),)) + struct.pack(f"<{len(cells) + 1}h", left, *(right for right, _ in cells))
    operand += b"".join(struct.pack("<H18x", flags) for _, flags in cells)
    return struct.pack("<HH", 0xD608, len(operand) + 1) + operand


@dataclasses.dataclass(slots=True)
class WordFile:
    """A file in the making.  Text goes to the part that was opened last; ``parts`` are in the file's order."""

    parts: list[int] = dataclasses.field(default_factory=lambda: [0] * 8)
    """Characters of the body, footnotes, headers, macros, comments, endnotes, text boxes, boxes of headers."""
    structures: dict[int, bytes] = dataclasses.field(default_factory=dict)
    """Other structures of the table stream by their place in the header."""
    others: dict[str, bytes] = dataclasses.field(default_factory=dict)
    """Other streams."""
    data: bytes = b""
    narrow: bool = False
    """Whether the text is written in Windows-1252, a byte a character."""
    changes: bytes = b""
    """Property changes of the piece, as a fast save leaves them."""
    version: int = 0xC1
    flags: int = 0x0200
    part: int = 0
    _text: str = ""
    _paragraphs: list[tuple[int, bytes]] = dataclasses.field(default_factory=list)
    _characters: list[tuple[int, bytes]] = dataclasses.field(default_factory=list)

    def text(self, text: str, properties: bytes = b"") -> WordFile:
        """Characters with one set of properties."""
        self._text += text
        self.parts[self.part] += _length(text)
        self._characters.append((_length(self._text), properties))
        return self

    def paragraph(self, text: str = "", properties: bytes = b"", mark: str = "\r", style: int = 0) -> WordFile:
        """Characters, and the mark that ends the paragraph they and those before them make."""
        self.text(text + mark)
        self._paragraphs.append((_length(self._text), struct.pack("<H", style) + properties))
        return self

    def row(self, texts: Sequence[str], definition: bytes, tables: int = 1, properties: bytes = b"") -> WordFile:
        """A row of cells; ``properties`` are those of the mark that ends the row."""
        inner = tables > 1
        for text in texts:
            *lines, last = text.split("\n")
            for line in lines:
                self.paragraph(line, depth(tables))
            self.paragraph(last, depth(tables) + (INNER_CELL if inner else b""), "\r" if inner else "\x07")
        end = (INNER_ROW if inner else ROW_END) + definition
        self.text("\r" if inner else "\x07", properties)
        self._paragraphs.append((_length(self._text), struct.pack("<H", 0) + depth(tables) + end))
        return self

    def build(self) -> bytes:
        """The whole file."""
        raw = self._text.encode("cp1252" if self.narrow else "utf-16-le")
        width = 1 if self.narrow else 2
        main = bytearray(FIRST_CHARACTER) + raw
        main += bytes(-len(main) % 512)
        table = bytearray()
        places: dict[int, tuple[int, int]] = {}

        def put(index: int, structure: bytes) -> None:
            places[index] = (len(table), len(structure))
            table.extend(structure)

        put(12, _pages(main, self._characters, width, with_height=False))
        put(13, _pages(main, self._paragraphs, width, with_height=True))
        for index, structure in self.structures.items():
            put(index, structure)
        fc = FIRST_CHARACTER * 2 | 0x40000000 if self.narrow else FIRST_CHARACTER
        changes = struct.pack("<BH", 1, len(self.changes)) + self.changes if self.changes else b""
        pieces = struct.pack("<IIHIH", 0, _length(self._text), 0, fc, 1 if self.changes else 0)
        put(33, changes + struct.pack("<BI", 2, len(pieces)) + pieces)
        struct.pack_into("<HH6xH", main, 0, 0xA5EC, self.version, self.flags)
        struct.pack_into("<HHHHII", main, 10, self.flags, 0xBF, 0, 0, 0, 0)
        struct.pack_into("<II", main, 24, FIRST_CHARACTER, FIRST_CHARACTER + len(raw))
        struct.pack_into("<H28xHI", main, 32, 14, 22, len(main))
        struct.pack_into("<8i", main, 76, *self.parts)
        struct.pack_into("<H", main, 152, 93)
        for index, place in places.items():
            struct.pack_into("<II", main, 154 + 8 * index, *place)
        streams = {"WordDocument": bytes(main), "1Table": bytes(table), "Data": self.data, **self.others}
        return compound_file(streams)


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _pages(main: bytearray, runs: Sequence[tuple[int, bytes]], width: int, *, with_height: bool) -> bytes:
    """Append property pages for runs given as (end, properties); the structure that lists them."""
    entry = 13 if with_height else 1
    firsts: list[int] = []
    numbers: list[int] = []
    start, rest = 0, list(runs)
    while rest:
        count, free = 0, 511 - 4
        while count < len(rest) and (free := free - 4 - entry - len(rest[count][1]) - 4) >= 0:
            count += 1
        firsts.append(FIRST_CHARACTER + start * width)
        numbers.append(len(main) // 512)
        main += _page(start, rest[:count], width, with_height=with_height)
        start, rest = rest[count - 1][0], rest[count:]
    bounds = [*firsts, FIRST_CHARACTER + start * width]
    return struct.pack(f"<{len(bounds)}I", *bounds) + struct.pack(f"<{len(numbers)}I", *numbers)


def _page(start: int, runs: Sequence[tuple[int, bytes]], width: int, *, with_height: bool) -> bytes:
    page = bytearray(512)
    page[511] = len(runs)
    bounds = [FIRST_CHARACTER + at * width for at in (start, *(end for end, _ in runs))]
    struct.pack_into(f"<{len(bounds)}I", page, 0, *bounds)
    at = 510
    for index, (_, properties) in enumerate(runs):
        if not properties:
            continue
        size = len(properties)
        head = bytes((0, size // 2)) if with_height and size % 2 == 0 else bytes(((size + 1) // 2,))
        record = (head if with_height else bytes((size,))) + properties
        at = (at - len(record)) // 2 * 2
        page[at : at + len(record)] = record
        page[len(bounds) * 4 + index * (13 if with_height else 1)] = at // 2
    return bytes(page)
