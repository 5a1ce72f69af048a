"""Cells with spans: what walls between the positions of a table enclose."""

from __future__ import annotations

import functools
import itertools
from typing import NamedTuple


class Span(NamedTuple):
    """A cell of a lattice: its first row and column, and how many it covers."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


Walls = list[bytearray]
"""By edge, for each interval along it: whether there is a piece of wall."""


def spans_of(floors: Walls, sides: Walls) -> list[Span]:
    """Cells in row-major order: positions without a wall between, where they make a rectangle.

    Rules that leave a gap make other shapes; those are cut into the runs of their rows, equal runs on following
    rows kept together, so that no text of different rows is joined more than the paper joins it.
    """
    columns = len(floors[0])
    seen: _Positions = set()
    cells: list[Span] = []
    for row, beside in enumerate(zip(*sides, strict=True)):
        plain = _plain_row(row, columns)
        above, below = floors[row], floors[row + 1]
        if 0 not in above and 0 not in below and 0 not in beside:
            cells += plain
            continue
        for column in range(columns):
            if above[column] and below[column] and beside[column] and beside[column + 1]:
                cells.append(plain[column])
            elif (row, column) not in seen:
                region, found = _merged(row, column, floors, sides)
                seen |= region
                cells += found
    return sorted(cells) if seen else cells


@functools.lru_cache(maxsize=1024)
def _plain_row(row: int, columns: int) -> tuple[Span, ...]:
    """A row of cells with walls all round, as any table may have it."""
    return tuple(Span(row, column) for column in range(columns))


_Positions = set[tuple[int, int]]


def _merged(row: int, column: int, floors: Walls, sides: Walls) -> tuple[_Positions, list[Span]]:
    """Every position that can be reached from one without crossing a wall, and the cells they make."""
    right, bottom = column + 1, row + 1
    while right < len(sides) - 1 and not sides[right][row]:
        right += 1
    while bottom < len(floors) - 1 and not floors[bottom][column]:
        bottom += 1
    inside = any(1 in floors[edge][column:right] for edge in range(row + 1, bottom))
    borders = (
        floors[row][column:right],
        floors[bottom][column:right],
        sides[column][row:bottom],
        sides[right][row:bottom],
    )
    if not inside and not any(0 in border for border in borders):
        region = set(itertools.product(range(row, bottom), range(column, right)))
        return region, [Span(row, column, bottom - row, right - column)]
    region = _region(row, column, floors, sides)
    return region, _rectangles(region)


def _region(row: int, column: int, floors: Walls, sides: Walls) -> _Positions:
    """Every position that can be reached without crossing a wall."""
    last_row, last_column = len(floors) - 2, len(sides) - 2
    region, todo = {(row, column)}, [(row, column)]
    while todo:
        r, c = todo.pop()
        steps = []
        if r > 0 and not floors[r][c]:
            steps.append((r - 1, c))
        if r < last_row and not floors[r + 1][c]:
            steps.append((r + 1, c))
        if c > 0 and not sides[c][r]:
            steps.append((r, c - 1))
        if c < last_column and not sides[c + 1][r]:
            steps.append((r, c + 1))
        for step in steps:
            if step not in region:
                region.add(step)
                todo.append(step)
    return region


def _rectangles(region: _Positions) -> list[Span]:
    """A region as rectangles."""
    open_runs: dict[tuple[int, int], tuple[int, int]] = {}
    done: list[Span] = []
    rows: dict[int, list[int]] = {}
    for row, column in sorted(region):
        rows.setdefault(row, []).append(column)
    for row, columns in rows.items():
        runs = _runs(columns)
        for run, (first, last) in list(open_runs.items()):
            if run not in runs or last != row - 1:
                done.append(Span(first, run[0], last - first + 1, run[1] - run[0] + 1))
                del open_runs[run]
        for run in runs:
            open_runs[run] = (open_runs[run][0] if run in open_runs else row, row)
    done += [Span(first, run[0], last - first + 1, run[1] - run[0] + 1) for run, (first, last) in open_runs.items()]
    return done


def _runs(columns: list[int]) -> list[tuple[int, int]]:
    """(first, last) of each run of following numbers in an ascending list."""
    runs: list[tuple[int, int]] = []
    for column in columns:
        if runs and runs[-1][1] == column - 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    return runs
