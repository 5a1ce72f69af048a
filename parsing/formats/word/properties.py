"""Properties of a Word 97-2003 file's text ([MS-DOC] 2.4.6): what is hidden, headings, table rows and their cells.

Properties are lists of changes (*Prl*), each a number (*sprm*) that tells its own size, and an operand.  They lie in
pages of 512 bytes of the main stream, each for a run of bytes of the text.
"""

from __future__ import annotations

import bisect
import dataclasses
import struct
from collections.abc import Callable, Iterable, Iterator

from gongkai.parsing.formats.layout.declared_rows import CellEdge
from gongkai.parsing.formats.word.text_streams import CHARACTER_PAGES, PARAGRAPH_PAGES, STYLES, WordText, plc

HIDDEN, DELETED = 1, 2
"""Marks of characters that are not printed: hidden, or deleted in a tracked change."""

MAX_DEPTH = 50
"""Tables within tables."""

MAX_CELLS = 64
"""Cells of a row; Word allows 63."""

CELL_MARK = 7

_PAGE = 512
_OF_TABLES = 5
"""Group of the changes of a row's properties, in bits 10-12 of a sprm."""

_BODY_TEXT = 9
"""Outline level of what is no heading."""

_IS_DELETED, _VANISHES, _SYMBOL = 0x0800, 0x083C, 0x6A09
_OUTLINE = 0x2640
_ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})
"""Operand: where in the data stream the paragraph's or the row's properties go on."""
_ROW, _OLD_ROW, _TABS = 0xD608, 0xD606, 0xC615
_VERTICAL, _MERGE, _SPLIT, _INSERT, _DELETE, _WIDTH = 0xD62B, 0x5624, 0x5625, 0x7621, 0x5622, 0x7623

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
    if sprm in (_ROW, _OLD_ROW):
        size = int.from_bytes(prls[at : at + 2], "little")
        return at + 2, max(size - 1, 0)
    size = prls[at]
    if sprm == _TABS and size == 255:
        deleted = prls[at + 1] if at + 1 < len(prls) else 0
        added_at = at + 2 + 4 * deleted
        added = prls[added_at] if added_at < len(prls) else 0
        return at + 1, 2 + 4 * deleted + 3 * added
    return at + 1, size


class _Runs:
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


def _page_runs(
    text: WordText, structure: int, entry: int, most: int, properties: Callable[[bytes, int], bytes]
) -> _Runs:
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
    return _Runs(found)


def _character_changes(page: bytes, offset: int) -> bytes:
    return page[offset + 1 : min(offset + 1 + page[offset], _PAGE - 1)]


def _paragraph_changes(page: bytes, offset: int) -> bytes:
    """The style's number in two bytes, then the changes."""
    words = page[offset]
    start, size = (offset + 1, 2 * words - 1) if words else (offset + 2, 2 * page[min(offset + 1, _PAGE - 1)])
    return page[start : min(start + size, _PAGE - 1)]


@dataclasses.dataclass(slots=True)
class Paragraph:
    """A paragraph: its characters from ``start``, and the mark at ``end`` that ends it."""

    start: int
    end: int
    depth: int = 0
    """Tables it stands in."""
    ends_cell: bool = False
    ends_row: bool = False
    heading: int | None = None
    row: list[tuple[int, bytes]] = dataclasses.field(default_factory=list)
    """Where it ends a row: the changes that make the row's properties."""


@dataclasses.dataclass(slots=True)
class _Values:
    """What a paragraph's changes leave."""

    level: int
    in_table: bool = False
    ends_row: bool = False
    ends_inner_cell: bool = False
    ends_inner_row: bool = False
    depth: int = 0

    def apply(self, sprm: int, operand: bytes) -> None:
        match sprm:
            case 0x2416:  # sprmPFInTable
                self.in_table = operand[0] == 1
            case 0x2417:  # sprmPFTtp
                self.ends_row = operand[0] == 1
            case 0x244B:  # sprmPFInnerTableCell
                self.ends_inner_cell = operand[0] == 1
            case 0x244C:  # sprmPFInnerTtp
                self.ends_inner_row = operand[0] == 1
            case 0x2640:  # sprmPOutLvl
                self.level = operand[0]
            case 0x6649:  # sprmPItap
                self.depth = struct.unpack("<i", operand)[0]
            case 0x664A:  # sprmPDtap
                self.depth += struct.unpack("<i", operand)[0]

    @property
    def tables(self) -> int:
        """How many tables the paragraph stands in; Word 97 only says whether it is in one."""
        return min(max(self.depth, int(self.in_table)), MAX_DEPTH)


class Properties:
    """The properties of a text.  Making one marks what is hidden and puts symbols in the place of their marks."""

    def __init__(self, text: WordText) -> None:
        self._text = text
        self._paragraphs = _page_runs(text, PARAGRAPH_PAGES, 13, 29, _paragraph_changes)
        self._outline = _outline_levels(text.structure(STYLES))
        self._known: dict[tuple[bytes, bytes], tuple[_Values, list[tuple[int, bytes]]]] = {}
        self.marks = bytearray(len(text.units))
        characters = _page_runs(text, CHARACTER_PAGES, 1, 101, _character_changes)
        for piece in text.pieces:
            last = piece.fc + (piece.end - piece.start) * piece.width
            if piece.changes:
                self._mark(piece.start, piece.end, piece.changes)
            for first, end, prls in characters.between(piece.fc, last):
                if prls:
                    start = piece.start + (first - piece.fc) // piece.width
                    self._mark(start, piece.start + -(-(end - piece.fc) // piece.width), prls + piece.changes)

    def _mark(self, start: int, end: int, prls: bytes) -> None:
        set_to: dict[int, bool] = {}
        symbol = 0
        for sprm, operand in changes(prls):
            if sprm in (_IS_DELETED, _VANISHES):
                set_to[sprm] = operand[0] in (1, 0x81)
            elif sprm == _SYMBOL:
                symbol = struct.unpack_from("<H", operand, 2)[0]
        mark = DELETED if set_to.get(_IS_DELETED) else HIDDEN if set_to.get(_VANISHES) else 0
        if mark:
            self.marks[start:end] = bytes((mark,)) * (end - start)
        if symbol:
            for cp in range(start, end):
                if self._text.units[cp] == 0x28:
                    self._text.units[cp] = symbol

    def ends_paragraph(self, cp: int) -> bool:
        """Whether the properties of a paragraph end with this character: a page mark may be inside one."""
        fc = self._text.fc(cp)
        end, _ = self._paragraphs.at(fc)
        return end <= fc + self._text.piece(cp).width

    def paragraph(self, start: int, end: int) -> Paragraph:
        """The paragraph of a range of characters whose mark is at ``end``."""
        _, raw = self._paragraphs.at(self._text.fc(end))
        key = raw, self._text.piece(end).changes
        if (known := self._known.get(key)) is None:
            known = self._known[key] = self._values(*key)
        values, row = known
        depth = values.tables
        cell_mark = depth == 1 and self._text.units[end] == CELL_MARK
        return Paragraph(
            start,
            end,
            depth,
            ends_cell=(cell_mark and not values.ends_row) or (depth > 1 and values.ends_inner_cell),
            ends_row=(depth == 1 and values.ends_row) or (depth > 1 and values.ends_inner_row),
            heading=values.level + 1 if values.level < _BODY_TEXT else None,
            row=row,
        )

    def _values(self, raw: bytes, more: bytes) -> tuple[_Values, list[tuple[int, bytes]]]:
        """What a paragraph's changes leave, and those of a row; first stands the number of its style."""
        values = _Values(level=self._outline.get(int.from_bytes(raw[:2], "little"), _BODY_TEXT))
        row: list[tuple[int, bytes]] = []
        for sprm, operand in self._all_changes(raw[2:] + more):
            values.apply(sprm, operand)
            if sprm >> 10 & 7 == _OF_TABLES:
                row.append((sprm, operand))
        return values, row

    def _all_changes(self, prls: bytes) -> Iterator[tuple[int, bytes]]:
        """The changes, those in the data stream in the place of the one that leads there."""
        for sprm, operand in changes(prls):
            if sprm not in _ELSEWHERE:
                yield sprm, operand
                continue
            at = int.from_bytes(operand, "little")
            size = int.from_bytes(self._text.data[at : at + 2], "little")
            yield from changes(self._text.data[at + 2 : at + 2 + size])


def _outline_levels(sheet: bytes) -> dict[int, int]:
    """Style number to outline level (0 = highest, 9 = none), that of the style it is based on where it has none
    ([MS-DOC] 2.9.271)."""
    own: dict[int, int] = {}
    parents: dict[int, int] = {}
    size = int.from_bytes(sheet[:2], "little")
    base_size = int.from_bytes(sheet[4:6], "little")
    at = 2 + size
    for number in range(min(int.from_bytes(sheet[2:4], "little"), 0x0FFE)):
        length = int.from_bytes(sheet[at : at + 2], "little")
        style = sheet[at + 2 : at + 2 + length]
        at += 2 + length
        if len(style) >= 10 and style[2] & 0xF == 1:
            parents[number] = int.from_bytes(style[2:4], "little") >> 4
            level = _own_outline(style, base_size)
            if level is not None:
                own[number] = level
    levels: dict[int, int] = {}
    for number in parents:
        base, seen = number, {number}
        while base not in own and base in parents and parents[base] not in seen:
            base = parents[base]
            seen.add(base)
        levels[number] = own.get(base, _BODY_TEXT)
    return levels


def _own_outline(style: bytes, base_size: int) -> int | None:
    """The outline level a paragraph style sets; the built-in headings (sti 1-9) have theirs without saying so."""
    name_size = int.from_bytes(style[base_size : base_size + 2], "little")
    at = base_size + 2 + 2 * name_size + 2
    size = int.from_bytes(style[at : at + 2], "little")
    for sprm, operand in changes(style[at + 4 : at + 2 + size]):
        if sprm == _OUTLINE:
            return operand[0]
    identifier = int.from_bytes(style[:2], "little") & 0x0FFF
    return identifier - 1 if 1 <= identifier <= 9 else None


@dataclasses.dataclass(slots=True)
class _CellDefinition:
    right: int
    horizontal: int = 0
    """Nonzero in a set of merged cells; what the first of them has begins another set."""
    from_above: bool = False


def row_edges(row: list[tuple[int, bytes]]) -> tuple[int, list[CellEdge]]:
    """(left edge, cells) of a row from the changes that make its properties ([MS-DOC] 2.6.3); no cells without any."""
    left = 0
    cells: list[_CellDefinition] = []
    for sprm, operand in row:
        if sprm in (_ROW, _OLD_ROW):
            left, cells = _defined(operand)
        elif sprm == _VERTICAL and len(operand) >= 2 and operand[0] < len(cells):
            cells[operand[0]].from_above = operand[1] == 1
        else:
            cells = _edited(left, cells, sprm, operand)
    return left, list(_merged(cells))


def _defined(operand: bytes) -> tuple[int, list[_CellDefinition]]:
    """A TDefTableOperand ([MS-DOC] 2.9.314): the number of cells, their edges, 20 bytes for each of the first cells."""
    count = min(operand[0], MAX_CELLS) if operand else 0
    if len(operand) < 1 + 2 * (count + 1):
        return 0, []
    left, *edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    cells = [_CellDefinition(edge) for edge in edges]
    at = 1 + 2 * (count + 1)
    for cell, start in zip(cells, range(at, len(operand) - 1, 20), strict=False):
        flags = struct.unpack_from("<H", operand, start)[0]
        cell.horizontal = flags & 3
        cell.from_above = flags >> 5 & 3 == 1
    return left, cells


def _edited(left: int, cells: list[_CellDefinition], sprm: int, operand: bytes) -> list[_CellDefinition]:
    """The cells of a row after a change that a user made to some of them."""
    if sprm not in (_MERGE, _SPLIT, _INSERT, _DELETE, _WIDTH):
        return cells
    first, last = operand[0], min(operand[1], len(cells))
    widths = [cell.right - edge for cell, edge in zip(cells, [left, *(cell.right for cell in cells)], strict=False)]
    if sprm in (_MERGE, _SPLIT):
        for index in range(first, last):
            cells[index].horizontal = 0 if sprm == _SPLIT else 2 if index == first else 1
        return cells
    if sprm == _DELETE:
        del cells[first:last], widths[first:last]
    elif sprm == _WIDTH:
        widths[first:last] = [struct.unpack_from("<h", operand, 2)[0]] * max(last - first, 0)
    else:
        added = min(operand[1], MAX_CELLS - len(cells))
        cells[first:first] = [_CellDefinition(0) for _ in range(added)]
        widths[first:first] = [struct.unpack_from("<h", operand, 2)[0]] * added
    edge = left
    for cell, width in zip(cells, widths, strict=True):
        edge += width
        cell.right = edge
    return cells


def _merged(cells: list[_CellDefinition]) -> Iterator[CellEdge]:
    """The cells with what the merge flags mean.

    [MS-DOC] 2.9.317 and the description of Word 97 contradict each other on which flag begins a set of merged cells;
    in either reading the first cell of the set carries it.
    """
    begins = 0
    for cell in cells:
        if begins == 0 or cell.horizontal in (0, 3, begins):
            begins = 2 if cell.horizontal == 3 else cell.horizontal
            yield CellEdge(cell.right, from_left=False, from_above=cell.from_above)
        else:
            yield CellEdge(cell.right, from_left=True, from_above=cell.from_above)
