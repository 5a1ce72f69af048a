"""Properties of a Word 97-2003 file's text ([MS-DOC] 2.4.6): what is not read, a heading, or in which tables."""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Iterator

from gongkai.parsing.formats.word.doc_changes import changes, character_changes, page_runs, paragraph_changes
from gongkai.parsing.formats.word.doc_text import CHARACTER_PAGES, PARAGRAPH_PAGES, STYLES, WordText

HIDDEN, DELETED, STRUCK = 1, 2, 3
"""Marks of characters that are not read: hidden, deleted in a tracked change, or struck out."""

MAX_DEPTH = 50
"""Tables within tables."""

CELL_MARK = 7
_OF_TABLES = 5
"""Group of the changes of a row's properties, in bits 10-12 of a sprm."""

_BODY_TEXT = 9
"""Outline level of what is no heading."""

_IS_DELETED, _VANISHES, _SYMBOL = 0x0800, 0x083C, 0x6A09
_STRUCK = (0x0837, 0x2A53)
"""A line through the text, and two (sprmCFStrike, sprmCFDStrike)."""
_OUTLINE = 0x2640
_ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})
"""Operand: where in the data stream the paragraph's or the row's properties go on."""


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
    """The state that a paragraph's changes leave."""

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
    """The properties of a text.  Making one marks what is not read and puts symbols in the place of their marks."""

    def __init__(self, text: WordText) -> None:
        self._text = text
        self._paragraphs = page_runs(text, PARAGRAPH_PAGES, 13, 29, paragraph_changes)
        self._outline = _outline_levels(text.structure(STYLES))
        self._known: dict[tuple[bytes, bytes], tuple[_Values, list[tuple[int, bytes]]]] = {}
        self.marks = bytearray(len(text.units))
        characters = page_runs(text, CHARACTER_PAGES, 1, 101, character_changes)
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
            if sprm in (_IS_DELETED, _VANISHES, *_STRUCK):
                set_to[sprm] = operand[0] in (1, 0x81)
            elif sprm == _SYMBOL:
                symbol = struct.unpack_from("<H", operand, 2)[0]
        is_struck = any(set_to.get(sprm) for sprm in _STRUCK)
        mark = DELETED if set_to.get(_IS_DELETED) else HIDDEN if set_to.get(_VANISHES) else STRUCK if is_struck else 0
        if mark:
            self.marks[start:end] = bytes((mark,)) * (end - start)
        if symbol:
            for cp in range(start, end):
                if self._text.units[cp] == 0x28:
                    self._text.units[cp] = symbol

    def ends_paragraph(self, cp: int) -> bool:
        """True where the properties of a paragraph end with this character: a page mark may be inside one."""
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
        """The state that changes leave, and the changes of a row; ``raw`` begins with the number of the style."""
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
