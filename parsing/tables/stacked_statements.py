"""Several statements drawn in one grid, one below the other: a sheet, a Word table or a page's only table holds all."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Sequence

from gongkai.parsing.tables.heads import names_form
from gongkai.parsing.tables.pieces import heads_a_column, stands_beside_title
from gongkai.parsing.text.amounts import compact, read_number
from gongkai.parsing.text.captions import could_be_title, is_caption, without_continuation
from gongkai.parsing.text.grid import Cell, Grid
from gongkai.vocabulary.word_lists import any_of

_TABLE = re.compile(f".*{any_of('captions.csv', 'table_end')}")
_MOST_CAPTIONS = 4
"""Rows between the title of a statement and its heading: unit, entity, form number."""


def apart(grid: Grid) -> Iterator[Grid]:
    """The statements of a grid, each a grid of its own; the grid itself where it holds one.

    A statement begins with a row in which the name of a form, or of any table, stands alone, but for captions, above a
    heading.  The
    captions right above it are its own.  The name of the statement before begins none: that is its next page.
    """
    begins = [0, *_begins(grid)]
    if len(begins) == 1:
        yield grid
        return
    for first, end in itertools.pairwise([*begins, grid.row_count]):
        yield _part(grid, first, end)


def _begins(grid: Grid) -> Iterator[int]:
    rows = [[compact(cell.text) for cell in cells if cell.text.strip()] for cells in grid.rows()]
    whole = _uncut(grid)
    name, is_headed = None, False
    for number, texts in enumerate(rows):
        title = _name(texts)
        if title is None or not _is_headed(rows[number + 1 :]):
            is_headed = is_headed or _is_heading(texts)
            continue
        first = number
        while first and all(map(is_caption, rows[first - 1])):
            first -= 1
        if is_headed and title != name and first in whole:
            yield first
        name, is_headed = title, False


def _name(texts: Sequence[str]) -> str | None:
    """The name that a row says and nothing beside it but captions; that of a table whose form is not known is one too:
    its rows are not to be read as those of the statement above."""
    said = {text for text in texts if not stands_beside_title(text)}
    return without_continuation(min(said)) if len(said) == 1 and all(map(_names_table, said)) else None


def _names_table(text: str) -> bool:
    return names_form(text) or (could_be_title(text) and _TABLE.fullmatch(text) is not None)


def _is_headed(rows: Sequence[Sequence[str]]) -> bool:
    """True where a heading follows, after captions at most."""
    below = itertools.dropwhile(lambda texts: all(map(is_caption, texts)), rows[: _MOST_CAPTIONS + 1])
    return _is_heading(next(below, []))


def _is_heading(texts: Sequence[str]) -> bool:
    has_numbers = any(read_number(text) is not None for text in texts)
    return len(texts) > 1 and not has_numbers and sum(map(heads_a_column, texts)) * 2 > len(texts)


def _uncut(grid: Grid) -> set[int]:
    """The rows that no cell above reaches into."""
    reached = (range(cell.row + 1, cell.row + cell.row_span) for cell in grid.cells)
    return {*range(grid.row_count)} - {*itertools.chain.from_iterable(reached)}


def _part(grid: Grid, first: int, end: int) -> Grid:
    """Some rows of a grid, with no more columns than they tell apart."""
    cells = [cell for cell in grid.cells if first <= cell.row < end]
    columns = sorted({cell.column for cell in cells})

    def moved(cell: Cell) -> Cell:
        covered = [at for at, column in enumerate(columns) if cell.column <= column < cell.column + cell.column_span]
        return cell._replace(row=cell.row - first, column=covered[0], column_span=len(covered))

    return dataclasses.replace(
        grid, row_count=end - first, column_count=len(columns), cells=tuple(map(moved, cells)), box=None
    )
