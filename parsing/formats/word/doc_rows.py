"""The cells of a table row from the changes that make its properties ([MS-DOC] 2.6.3)."""

from __future__ import annotations

import dataclasses
import struct
from collections.abc import Iterator

from gongkai.parsing.formats.word.declared_rows import CellEdge
from gongkai.parsing.formats.word.doc_changes import OLD_ROW, ROW

MAX_CELLS = 64
"""Cells of a row; Word allows 63."""

_VERTICAL, _MERGE, _SPLIT, _INSERT, _DELETE, _WIDTH = 0xD62B, 0x5624, 0x5625, 0x7621, 0x5622, 0x7623


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
        if sprm in (ROW, OLD_ROW):
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
