"""From a page's rules and characters to its grids and lines, for formats that only say what is printed where."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Iterable, Sequence

from parsing.formats.aligned import aligned_tables
from parsing.formats.lattice import Lattice, Rule, TooManyRulesError, tables_of
from parsing.formats.typesetting import ADVANCE, LIFT, WORD, Run, lines_of, split, text_of
from parsing.formats.unruled import rows_told_apart
from parsing.grid import Block, Box, Cell, Doubt, Grid, TextLine

EDGE = 6.0
"""A text that begins within this of its cell's left edge is set from there; cells have 2-5 pt of padding."""


def page_blocks(
    horizontals: Sequence[Rule], verticals: Sequence[Rule], runs: Sequence[Run], page: int
) -> tuple[list[Block], list[Doubt]]:
    """The blocks of a page from top to bottom, positions in points from its top left; a doubt ``too_many_rules``
    where the drawing is no table and everything is read as lines."""
    if not horizontals or not verticals:
        return _in_order(_unruled(runs, page)), []
    points = ((x, run.y - LIFT * run.size) for run in runs if run.direction == 0 for x in run.ends())
    try:
        lattices = tables_of(horizontals, verticals, points)
    except TooManyRulesError as error:
        doubt = Doubt("too_many_rules", f"{error}; it was read as text, without tables", page)
        return _in_order(_lines(runs, page)), [doubt]
    lattices.sort(key=lambda lattice: lattice.area)
    texts, rest = _shared_out([_Table(lattice) for lattice in lattices], runs)
    grids = [_grid(*rows_told_apart(lattice, text), page=page) for lattice, text in zip(lattices, texts, strict=True)]
    return _in_order([*(grid for grid in grids if any(cell.text for cell in grid.cells)), *_unruled(rest, page)]), []


class _Table:
    """A lattice asked again and again for the cell over a point."""

    def __init__(self, lattice: Lattice) -> None:
        self.xs, self.ys = lattice.xs, lattice.ys
        self._owners: list[list[int | None]] = [[None] * (len(self.xs) + 1) for _ in range(len(self.ys) + 1)]
        for index, (row, column, rows, columns) in enumerate(lattice.spans):
            for at in range(row + 1, row + rows + 1):
                self._owners[at][column + 1 : column + columns + 1] = [index] * columns

    def cells_at(self, y: float) -> list[int | None]:
        """The cell at each place ``bisect_right(xs, x)`` gives, on one height; None beside the table."""
        place = bisect.bisect_right(self.ys, y)
        return self._owners[place if place < len(self.ys) else 0]


def _shared_out(tables: list[_Table], runs: Iterable[Run]) -> tuple[list[dict[int, list[Run]]], list[Run]]:
    """The runs of each table by cell, and those outside; the smallest table round a character has it."""
    texts: list[dict[int, list[Run]]] = [{} for _ in tables]
    rest: list[Run] = []
    for whole in runs:
        todo = [whole]
        for table, text in zip(tables, texts, strict=True):
            left: list[Run] = []
            for run in todo:
                _into_cells(table, text, run, left)
            todo = left
            if not todo:
                break
        rest.extend(todo)
    return texts, rest


def _into_cells(table: _Table, text: dict[int, list[Run]], run: Run, left: list[Run]) -> None:
    """Give a run's characters to the cells they stand in; what stands beside the table is ``left``."""
    if run.direction:
        _sideways_into_cells(table, text, run, left)
        return
    xs, cells = table.xs, table.cells_at(run.y - LIFT * run.size)
    start, end = run.ends()
    margin = 0.1 * run.size
    first, last = bisect.bisect_right(xs, start + margin), bisect.bisect_right(xs, end - margin)
    owner = cells[first]
    if owner is not None and owner == cells[last]:
        text.setdefault(owner, []).append(run)
    elif first == last or not any(cell is not None for cell in cells[first : last + 1]):
        left.append(run)
    else:
        for each, piece in _pieces(run, xs, cells):
            if each is None:
                left.append(piece)
            else:
                text.setdefault(each, []).append(piece)


def _pieces(run: Run, xs: Sequence[float], cells: list[int | None]) -> list[tuple[int | None, Run]]:
    """A run cut where the cell under it changes; most words lie in one cell, so that only their ends are looked up."""
    margin = 0.1 * run.size
    owners: list[int | None] = []
    for word in WORD.finditer(run.text):
        start, end = word.span()
        first = cells[bisect.bisect_right(xs, run.x + run.offsets[start] + margin)]
        stop = run.offsets[end - 1] + ADVANCE[run.text[end - 1]] * run.size
        last = cells[bisect.bisect_right(xs, run.x + stop - margin)]
        owners += [owners[-1] if owners else first] * (start - len(owners))
        if first == last:
            owners += [first] * (end - start)
        else:
            owners += _by_word(run, start, [cells[bisect.bisect_right(xs, x)] for x in run.centres(start, end)], xs)
    return split(run, owners)


def _by_word(run: Run, first: int, owners: list[int | None], xs: Sequence[float]) -> list[int | None]:
    """The cell over each character from ``first``, what runs under the next cell kept whole.

    A text too long for its cell is printed on into the next one.  Where it begins at a cell's left edge it is that
    cell's; centred texts and amounts are the cell's that has most of them.  Between the texts of two cells the setting
    always leaves a gap, so that only what follows without one is the same word.
    """
    for index in range(1, len(owners)):
        if owners[index] == owners[index - 1] or not run.is_close(first + index):
            continue
        start, end = (at - first for at in run.word_round(first + index))
        held = owners[start:end]
        x = run.x + run.offsets[first + start]
        edge = xs[max(bisect.bisect_right(xs, x + EDGE) - 1, 0)]
        at_edge = not run.text[first + start].isascii() and x - edge <= EDGE and held[0] is not None
        owners[start:end] = [held[0] if at_edge else max(held, key=held.count)] * (end - start)
    return owners


def _sideways_into_cells(table: _Table, text: dict[int, list[Run]], run: Run, left: list[Run]) -> None:
    """A run set sideways or upside down belongs to the cell it begins in."""
    step_x, step_y = ((1, 0), (0, -1), (-1, 0), (0, 1))[run.direction]
    middle = run.offsets[0] + 0.25 * run.size
    cells = table.cells_at(run.y + step_y * middle)
    owner = cells[bisect.bisect_right(table.xs, run.x + step_x * middle + step_y * LIFT * run.size)]
    if owner is None:
        left.append(run)
    else:
        text.setdefault(owner, []).append(run)


def _grid(lattice: Lattice, texts: dict[int, list[Run]], page: int) -> Grid:
    xs, ys = lattice.xs, lattice.ys
    cells = tuple(
        Cell(
            span.row,
            span.column,
            text_of(texts[index]) if index in texts else "",
            span.rows,
            span.columns,
            page,
            Box(xs[span.column], ys[span.row], xs[span.column + span.columns], ys[span.row + span.rows]),
        )
        for index, span in enumerate(lattice.spans)
    )
    return Grid(len(ys) - 1, len(xs) - 1, cells, page=page, box=Box(xs[0], ys[0], xs[-1], ys[-1]))


def _unruled(runs: Sequence[Run], page: int) -> list[Block]:
    """What stands outside all rules: aligned tables as grids, the rest as lines."""
    tables, rest = aligned_tables(runs)
    grids = [dataclasses.replace(_grid(*table, page=page), spans_known=False) for table in tables]
    return [*grids, *_lines(rest, page)]


def _lines(runs: Iterable[Run], page: int) -> list[Block]:
    return [TextLine(line.text, page, line.box) for line in lines_of(runs)]


def _in_order(blocks: list[Block]) -> list[Block]:
    """Blocks from top to bottom, those on one height from left to right."""
    return sorted(blocks, key=lambda block: (block.box.y0, block.box.x0) if block.box else (0.0, 0.0))
