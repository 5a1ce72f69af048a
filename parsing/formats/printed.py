"""From a page's rules and characters to its grids and lines, for formats that only say what is printed where."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Iterable, Sequence

from parsing.formats.aligned import aligned_tables
from parsing.formats.lattice import Lattice, Rule, TooManyRulesError, tables_of
from parsing.formats.typesetting import LIFT, Run, lines_of, split, text_of
from parsing.formats.unruled import rows_told_apart
from parsing.grid import Block, Box, Cell, Doubt, Grid, TextLine


def page_blocks(
    horizontals: Sequence[Rule], verticals: Sequence[Rule], runs: Sequence[Run], page: int
) -> tuple[list[Block], list[Doubt]]:
    """The blocks of a page from top to bottom, positions in points from its top left; a doubt ``too_many_rules``
    where the drawing is no table and everything is read as lines."""
    if not horizontals or not verticals:
        return _in_order(_unruled(runs, page)), []
    upright = [run for run in runs if run.direction == 0]
    points = [(x, run.y - LIFT * run.size) for run in upright for x in run.ends()]
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
        self.columns, self.rows = len(lattice.xs) - 1, len(lattice.ys) - 1
        self.owners = lattice.owners()

    def cells(self, xs: Sequence[float], y: float) -> list[int | None] | None:
        """The cell over each of the points on a height, None beside the table; None when all are beside it."""
        row = bisect.bisect_right(self.ys, y) - 1
        if not 0 <= row < self.rows or xs[-1] < self.xs[0] or xs[0] > self.xs[-1]:
            return None
        columns = (bisect.bisect_right(self.xs, x) - 1 for x in xs)
        cells = [self.owners[row, column] if 0 <= column < self.columns else None for column in columns]
        return cells if any(cell is not None for cell in cells) else None


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
    y = run.y - LIFT * run.size
    start, end = run.ends()
    ends = table.cells((start + 0.1 * run.size, end - 0.1 * run.size), y)
    if ends is None:
        left.append(run)
    elif ends[0] is not None and ends[0] == ends[-1]:
        text.setdefault(ends[0], []).append(run)
    else:
        for owner, piece in split(run, _by_word(run, table.cells(run.centres(), y) or [None] * len(run.text))):
            if isinstance(owner, int):
                text.setdefault(owner, []).append(piece)
            else:
                left.append(piece)


def _by_word(run: Run, owners: list[int | None]) -> list[int | None]:
    """The cell over each character, words that run under the next cell kept whole.

    A label too long for its cell is printed on into the next one; it belongs to the cell it begins in, a number to the
    cell that has most of it.  Between the texts of two cells the setting always leaves a gap, so that only what
    follows without one is the same word.
    """
    for index in range(1, len(owners)):
        if owners[index] == owners[index - 1] or not run.is_close(index):
            continue
        start, end = run.word_round(index)
        held = owners[start:end]
        number = run.text[start].isascii()
        owners[start:end] = [max(held, key=held.count) if number else _first_cell(held)] * (end - start)
    return owners


def _first_cell(held: list[int | None]) -> int | None:
    return next((owner for owner in held if owner is not None), None)


def _sideways_into_cells(table: _Table, text: dict[int, list[Run]], run: Run, left: list[Run]) -> None:
    """A run set sideways or upside down belongs to the cell it begins in."""
    step_x, step_y = ((1, 0), (0, -1), (-1, 0), (0, 1))[run.direction]
    middle = run.offsets[0] + 0.25 * run.size
    cells = table.cells((run.x + step_x * middle + step_y * LIFT * run.size,), run.y + step_y * middle)
    if cells is None or cells[0] is None:
        left.append(run)
    else:
        text.setdefault(cells[0], []).append(run)


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
