"""Several statements drawn in one grid, one below the other: a sheet, a Word table or a page's only table holds all."""

from __future__ import annotations

import dataclasses
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from gongkai.parsing.tables.heads import names_form
from gongkai.parsing.tables.pieces import heads_a_column, stands_beside_title
from gongkai.parsing.text.amounts import compact, read_number
from gongkai.parsing.text.captions import could_be_title, is_caption, without_continuation
from gongkai.parsing.text.grid import Cell, Grid
from gongkai.parsing.text.numbering import is_entry
from gongkai.parsing.text.totals import SIDE
from gongkai.vocabulary.word_lists import any_of

_TABLE = re.compile(f".*{any_of('captions.csv', 'table_end')}")
_ROW_NAMES = re.compile(f".*{any_of('columns.csv', 'row_names')}")
_SIDE = re.compile(SIDE)
_INDICATORS = re.compile(f".*{any_of('indicators.csv', 'level1', 'level2', 'level3', 'target')}")
_FEWEST_HEADINGS = 3
"""Headings that another statement's heading has at least: two are also the names of a balance's sides."""
_MOST_CAPTIONS = 4
"""Rows between the title of a statement and its heading: unit, entity, form number."""


def apart(grid: Grid) -> Iterator[Grid]:
    """The statements of a grid, each a grid of its own; the grid itself where it holds one.

    A statement begins with a row in which the name of a form, or of any table, stands alone, but for captions, above a
    heading.  The
    captions right above it are its own.  The name of the statement before begins none: that is its next page.

    One without a name begins with its heading, where that is another than the heading above: it fills every column
    that the other does, and most of what it says is not said there.  A heading repeated, whole or in part, begins none.
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
    widths = [sum(cell.column_span for cell in cells if cell.text.strip()) for cells in grid.rows()]
    name, is_headed, has_amounts = None, False, False
    above: dict[int, list[str]] = {}
    """The heading rows of the statement, by their number."""
    for number, texts in enumerate(rows):
        title = _name(texts)
        if title is None or not _is_headed(rows[number + 1 :]):
            begins = has_amounts and number in whole and _heads_another(texts, widths[number], above, widths)
            if begins and any(map(_has_numbers, rows[number + 1 :])):
                yield number
                name, has_amounts, above = None, False, {}
            has_amounts = has_amounts or (is_headed and _has_numbers(texts))
            if not has_amounts and _is_heading(texts):
                is_headed, above[number] = True, list(texts)
            continue
        has_amounts, above = False, {}
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
    return len(texts) > 1 and not _has_numbers(texts) and sum(map(heads_a_column, texts)) * 2 > len(texts)


def _heads_another(texts: Sequence[str], width: int, above: Mapping[int, Sequence[str]], widths: Sequence[int]) -> bool:
    """True for a whole heading that says other things than the heading rows ``above``, sides of a budget aside."""
    if len(texts) < _FEWEST_HEADINGS or not above or width < max(widths[row] for row in above):
        return False
    named = _ROW_NAMES.fullmatch(texts[0]) and all(map(heads_a_column, texts)) and not any(map(is_entry, texts))
    if not named or any(map(_INDICATORS.fullmatch, texts)):
        return False
    said = {_SIDE.sub("", text) for row in above.values() for text in row}
    other = {_SIDE.sub("", text) for text in texts} - said
    return len(other) * 2 > len(texts)


def _has_numbers(texts: Sequence[str]) -> bool:
    return any(read_number(text) is not None for text in texts)


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
