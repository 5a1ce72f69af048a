"""From a page's rules and characters to its grids and lines, for formats that only say what is printed where."""

from __future__ import annotations

import bisect
import dataclasses
import functools
import itertools
from collections.abc import Callable, Iterable, Sequence

from gongkai.parsing.formats.layout.aligned import aligned_tables
from gongkai.parsing.formats.layout.between_rules import (
    heads_a_body,
    is_undivided,
    keeps_cells,
    middle_of,
    tables_between_rules,
)
from gongkai.parsing.formats.layout.figures import tables_of_figures
from gongkai.parsing.formats.layout.lattice import Lattice, TooManyRulesError, tables_of
from gongkai.parsing.formats.layout.overflow import doubts_of, put_back, struck
from gongkai.parsing.formats.layout.rules import SNAP, Rule, joined
from gongkai.parsing.formats.layout.typesetting import ADVANCE, LIFT, WORD, Run, lines_of, part, text_of
from gongkai.parsing.formats.layout.unruled import rows_told_apart
from gongkai.parsing.formats.layout.words import TableWords
from gongkai.parsing.text.grid import Block, Box, Cell, Doubt, Grid, TextLine

EDGE = 6.0
"""A text that begins within this of its cell's left edge is set from there; cells have 2-5 pt of padding."""

DRAWN = 40
"""Rows times columns from which rules may be a chart's; of fewer, a form with merged cells may part as few."""

PARTED = 0.34
"""Cells by positions of a drawing are fewer; the forms with the most merged cells seen have 0.41."""

BLANK = 0.15
"""Share of cells with text below which rules that part few positions are a chart's grid."""

MIN_RUNS = 3
"""Runs outside ruled tables below which there is no table among them."""


def page_blocks(
    horizontals: Sequence[Rule], verticals: Sequence[Rule], runs: Sequence[Run], page: int, words: TableWords
) -> tuple[list[Block], list[Doubt]]:
    """The blocks of a page from top to bottom, positions in points from its top left; a doubt ``too_many_rules``
    where the drawing is no table and everything is read as lines, and ``text_crosses_rule`` where text overflows."""
    if not horizontals or not verticals:
        between, _, rest = _with_tables_between([], horizontals, list(runs), words)
        return _in_order([*(_grid(*table, page=page) for table in between), *_free(rest, page, words)]), []
    points = ((x, run.y - LIFT * run.size) for run in runs if run.direction == 0 for x in run.ends())
    try:
        lattices = tables_of(horizontals, verticals, points)
    except TooManyRulesError as error:
        doubt = Doubt("too_many_rules", f"{error}; it was read as text, without tables", page)
        return _in_order(_lines(runs, page)), [doubt]
    lattices.sort(key=lambda lattice: lattice.area)
    standing = [_Table(lattice) for lattice in lattices]
    texts, rest = _shared_out(standing, runs)
    tables: list[_Cells] = []
    drawings: list[_Cells] = []
    crossing: list[Run] = []
    for lattice, text, table in zip(lattices, texts, standing, strict=True):
        if _is_drawing(lattice, text):
            drawings.append((lattice, text))
        else:
            crossing += [*table.crossing, *put_back(lattice, text), *struck(lattice, text)]
            tables.append(rows_told_apart(lattice, text, words))
    drawn = [run for _, text in drawings for each in text.values() for run in each]
    rules = _outside(horizontals, [lattice for lattice, _ in drawings])
    between, ruled, rest = _with_tables_between(tables, rules, rest, words)
    grids = [_grid(*each, page=page) for each in (*between, *ruled)]
    grids = [grid for grid in grids if any(cell.text for cell in grid.cells)]
    return _in_order([*grids, *_free(rest, page, words, drawn)]), doubts_of(crossing, page)


def _is_drawing(lattice: Lattice, texts: _Shares) -> bool:
    """True for a chart or a drawing: its rules meet so seldom that they part few of its positions, or few hold text."""
    positions = (len(lattice.xs) - 1) * (len(lattice.ys) - 1)
    parted = len(lattice.spans) / positions
    is_blank = len(texts) < BLANK * len(lattice.spans)
    return positions >= DRAWN and not is_undivided(texts) and (parted < PARTED or (parted < 2 * PARTED and is_blank))


def _with_tables_between(
    ruled: list[_Cells], rules: Sequence[Rule], rest: list[Run], words: TableWords
) -> tuple[list[_Cells], list[_Cells], list[Run]]:
    """(tables between rules, ruled tables, runs left over): those told between the rules of no ruled table.

    A ruled table whose cells hold several figures each is given up for such a table where all of it is in one.
    """
    undivided = [table for table in ruled if is_undivided(table[1]) or heads_a_body(*table)]
    while True:
        opened = set(map(id, undivided))
        whole = [table for table in ruled if id(table) not in opened]
        free = _outside(rules, [lattice for lattice, _ in whole])
        runs = [*rest, *(run for _, texts in undivided for each in texts.values() for run in each)]
        if not free or len(runs) < MIN_RUNS:
            return [], ruled, rest
        tables, left = tables_between_rules(joined(free), runs, words)
        kept = [table for table in undivided if _is_told(table[0], tables, left)]
        if len(kept) == len(undivided):
            return tables, whole, left
        undivided = kept


def _is_told(lattice: Lattice, tables: list[_Cells], left: list[Run]) -> bool:
    """True where all of a ruled table is in one that has more cells and joins none of its own."""
    if any(lattice.locate(*middle_of(run)) for run in left) or not keeps_cells(tables, lattice):
        return False
    middle = (lattice.xs[0] + lattice.xs[-1]) / 2, (lattice.ys[0] + lattice.ys[-1]) / 2
    return any(table.locate(*middle) and len(table.spans) > len(lattice.spans) for table, _ in tables)


class _Table:
    """A lattice asked again and again for the cell over a point."""

    def __init__(self, lattice: Lattice) -> None:
        self.xs, self.ys = lattice.xs, lattice.ys
        self.crossing: list[Run] = []
        """Words across a rule between two columns."""
        self._owners: list[_Owners] = [[None] * (len(self.xs) + 1) for _ in self.ys]
        for index, (row, column, rows, columns) in enumerate(lattice.spans):
            if rows == columns == 1:
                self._owners[row + 1][column + 1] = index
                continue
            for at in range(row + 1, row + rows + 1):
                self._owners[at][column + 1 : column + columns + 1] = [index] * columns

    def cells_at(self, y: float) -> _Owners:
        """The cell at each place ``bisect_right(xs, x)`` gives, on one height; None beside the table."""
        return self._owners[bisect.bisect_right(self.ys, y) % len(self.ys)]


_Owners = list[int | None]
_Shares = dict[int, list[Run]]
_Cells = tuple[Lattice, _Shares]


def _shared_out(tables: list[_Table], runs: Iterable[Run]) -> tuple[list[_Shares], list[Run]]:
    """The runs of each table by cell, and those outside; the first table round a character has it."""
    texts: list[_Shares] = []
    rest = list(runs)
    for table in tables:
        text: _Shares = {}
        left: list[Run] = []
        for run in rest:
            _into_cells(table, text, run, left)
        texts.append(text)
        rest = left
    return texts, rest


def _into_cells(table: _Table, text: _Shares, run: Run, left: list[Run]) -> None:
    """Give a run's characters to the cells they stand in; what stands beside the table is ``left``."""
    if run.direction:
        _sideways_into_cells(table, text, run, left)
        return
    xs, size = table.xs, run.size
    cells = table.cells_at(run.y - LIFT * size)
    start, end = run.ends()
    margin = 0.1 * size
    first, last = bisect.bisect_right(xs, start + margin), bisect.bisect_right(xs, end - margin)
    owner = cells[first]
    if owner is not None and owner == cells[last]:
        text.setdefault(owner, []).append(run)
    elif first == last or not any(cell is not None for cell in cells[first : last + 1]):
        left.append(run)
    else:
        for each, begin, stop in _pieces(run, table, cells):
            piece = Run(run.text[begin:stop], run.x, run.y, run.offsets[begin:stop], run.size)
            (left if each is None else text.setdefault(each, [])).append(piece)


def _pieces(run: Run, table: _Table, cells: _Owners) -> list[tuple[int | None, int, int]]:
    """Where a run is cut because the cell under it changes: (cell, start, end) of each piece.

    Most words lie in one cell, so that only their ends are looked up.
    """
    xs, margin = table.xs, 0.1 * run.size
    text, x, offsets = run.text, run.x, run.offsets
    pieces: list[tuple[int | None, int, int]] = []
    for word in WORD.finditer(text):
        start, end = word.span()
        first = cells[bisect.bisect_right(xs, x + offsets[start] + margin)]
        stop = x + offsets[end - 1] + ADVANCE[text[end - 1]] * run.size
        if first == cells[bisect.bisect_right(xs, stop - margin)]:
            found = [(first, start, end)]
        else:
            owners = [cells[bisect.bisect_right(xs, centre)] for centre in run.centres(start, end)]
            found = _stretches(_by_word(run, start, owners, table), start)
        if pieces and pieces[-1][0] == found[0][0]:
            owner, begin, _ = pieces.pop()
            found[0] = (owner, begin, found[0][2])
        pieces += found
    return pieces


def _stretches(owners: _Owners, start: int) -> list[tuple[int | None, int, int]]:
    """(owner, start, end) of each stretch of equal owners, the first of which is the character's at ``start``."""
    cuts = [at for at in range(1, len(owners)) if owners[at] != owners[at - 1]]
    return [(owners[a], start + a, start + b) for a, b in itertools.pairwise([0, *cuts, len(owners)])]


def _by_word(run: Run, first: int, owners: _Owners, table: _Table) -> _Owners:
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
        if word := part(run, first + start, first + end):
            table.crossing.append(word)
        x = run.x + run.offsets[first + start]
        edge = table.xs[max(bisect.bisect_right(table.xs, x + EDGE) - 1, 0)]
        at_edge = not run.text[first + start].isascii() and x - edge <= EDGE and held[0] is not None
        owners[start:end] = [held[0] if at_edge else max(held, key=held.count)] * (end - start)
    return owners


def _sideways_into_cells(table: _Table, text: _Shares, run: Run, left: list[Run]) -> None:
    """A run set sideways or upside down belongs to the cell it begins in."""
    step_x, step_y = ((1, 0), (0, -1), (-1, 0), (0, 1))[run.direction]
    middle = run.offsets[0] + 0.25 * run.size
    cells = table.cells_at(run.y + step_y * middle)
    owner = cells[bisect.bisect_right(table.xs, run.x + step_x * middle + step_y * LIFT * run.size)]
    if owner is None:
        left.append(run)
    else:
        text.setdefault(owner, []).append(run)


_new_box: Callable[[tuple[float, ...]], Box] = functools.partial(tuple.__new__, Box)
_new_cell: Callable[[tuple[object, ...]], Cell] = functools.partial(tuple.__new__, Cell)
"""Named tuples made without the names of their fields, as a page has hundreds of cells."""


def _grid(lattice: Lattice, texts: _Shares, page: int) -> Grid:
    xs, ys = lattice.xs, lattice.ys
    cells: list[Cell] = []
    for index, (row, column, rows, columns) in enumerate(lattice.spans):
        runs = texts.get(index)
        text = "" if runs is None else text_of(runs)
        box = _new_box((xs[column], ys[row], xs[column + columns], ys[row + rows]))
        cells.append(_new_cell((row, column, text, rows, columns, page, box, None)))
    return Grid(len(ys) - 1, len(xs) - 1, tuple(cells), page=page, box=Box(xs[0], ys[0], xs[-1], ys[-1]))


def _outside(rules: Sequence[Rule], lattices: Sequence[Lattice]) -> list[Rule]:
    """The rules across that are not of any ruled table."""
    free = list(rules)
    for lattice in lattices:
        top, bottom = lattice.ys[0] - SNAP, lattice.ys[-1] + SNAP
        free = [rule for rule in free if not top <= rule.at <= bottom]
    return free


def _free(runs: Sequence[Run], page: int, words: TableWords, drawn: Sequence[Run] = ()) -> list[Block]:
    """The blocks outside all rules: tables without rules as grids, the rest and what is ``drawn`` as lines."""
    tables, rest = aligned_tables(runs, words)
    grids = [dataclasses.replace(_grid(*table, page=page), spans_known=False) for table in tables]
    others, rest = tables_of_figures(rest, words)
    return [*grids, *(_grid(*table, page=page) for table in others), *_lines([*rest, *drawn], page)]


def _lines(runs: Iterable[Run], page: int) -> list[Block]:
    return [TextLine(line.text, page, line.box) for line in lines_of(runs)]


def _in_order(blocks: list[Block]) -> list[Block]:
    """Blocks from top to bottom, those on one height from left to right."""
    return sorted(blocks, key=lambda block: (block.box.y0, block.box.x0) if block.box else (0.0, 0.0))
