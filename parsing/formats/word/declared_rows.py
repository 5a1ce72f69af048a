"""Tables whose rows each declare the edges of their own cells (Word's DOC and RTF): from there to a grid."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Iterator, Sequence

from gongkai.parsing.text.grid import Block, Cell, Doubt, Grid, TextLine

MAX_POSITIONS = 500_000
"""Rows times columns of one table."""

SNAP = 40
"""Twips (1/20 point) by which the edges of one column may differ between rows."""


@dataclasses.dataclass(frozen=True, slots=True)
class CellEdge:
    """A cell as a row declares it: its right edge in twips, and whether it goes on the one to the left or above."""

    right: int
    from_left: bool
    from_above: bool


@dataclasses.dataclass(frozen=True, slots=True)
class DeclaredRow:
    """A row: its left edge in twips, and as many edges as texts (more edges than texts: cells that are missing)."""

    left: int
    edges: Sequence[CellEdge]
    texts: Sequence[str]

    @property
    def is_ragged(self) -> bool:
        """True where the row holds more cells than it declares."""
        return len(self.edges) < len(self.texts)


def declared_blocks(rows: Sequence[DeclaredRow], doubts: dict[str, Doubt]) -> list[Block]:
    """A table's grid, or its rows as lines where they hold more cells than they declare; ``doubts`` say so, by kind."""
    if any(row.is_ragged for row in rows):
        reason = "a table's rows hold more cells than they declare; they were read as lines"
        doubts["ragged_table"] = Doubt("ragged_table", reason)
        return [TextLine("\t".join(row.texts)) for row in rows if any(row.texts)]
    grid = declared_grid(rows) if rows else None
    if grid is None and rows:
        reason = f"a table has more than {MAX_POSITIONS} positions; it was not read"
        doubts["too_large"] = Doubt("too_large", reason)
    return [] if grid is None else [grid]


def declared_grid(rows: Sequence[DeclaredRow]) -> Grid | None:
    """The rows' cells on the columns that all their edges make; None beyond ``MAX_POSITIONS``.  No row is ragged."""
    edges = _columns(rows)
    width = max(len(edges) - 1, 1)
    if len(rows) * width > MAX_POSITIONS:
        return None
    cells: list[Cell] = []
    above: dict[tuple[int, int], int] = {}
    for index, row in enumerate(rows):
        below: dict[tuple[int, int], int] = {}
        at = 0
        for start, end, text, from_above in _placed(row, edges):
            cells.extend(Cell(index, column, "") for column in range(at, start))
            at = end
            over = above.get((start, end)) if from_above else None
            if over is None:
                cells.append(Cell(index, start, text, column_span=end - start))
                below[start, end] = len(cells) - 1
            else:
                cells[over] = cells[over]._replace(row_span=cells[over].row_span + 1)
                below[start, end] = over
        cells.extend(Cell(index, column, "") for column in range(at, width))
        above = below
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Grid(len(rows), width, tuple(cells))


def _columns(rows: Sequence[DeclaredRow]) -> list[int]:
    """The edges of the columns, ascending, those closer than ``SNAP`` made one."""
    edges: list[int] = []
    for at in sorted({row.left for row in rows} | {edge.right for row in rows for edge in row.edges}):
        if not edges or at - edges[-1] > SNAP:
            edges.append(at)
    return edges


def _placed(row: DeclaredRow, edges: list[int]) -> Iterator[tuple[int, int, str, bool]]:
    """(first column, column after the last, text, whether it goes on the cell above) of each cell of a row."""
    place = _index(edges, row.left)
    pending: tuple[int, int, str, bool] | None = None
    for edge, text in zip(row.edges, row.texts, strict=False):
        end = max(_index(edges, edge.right), place)
        if pending is not None and (edge.from_left or end == place):
            pending = (pending[0], end, _joined(pending[2], text), pending[3])
        elif pending is not None and pending[1] == pending[0]:  # a first cell without width
            pending = (pending[0], end, _joined(pending[2], text), edge.from_above)
        else:
            if pending is not None:
                yield pending
            pending = (place, end, text, edge.from_above)
        place = end
    if pending is not None:
        start = min(pending[0], max(len(edges) - 2, 0))
        yield (start, max(pending[1], start + 1), pending[2], pending[3])


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text)


def _index(edges: list[int], at: int) -> int:
    return max(bisect.bisect_right(edges, at) - 1, 0)
