"""From ruling lines to table cells: pure geometry, in page points from the top left, whatever drew the lines.

Printed tables are boxes of ruling lines.  Office programs draw them as strokes, as thin filled rectangles (one per
cell border, often doubled one or two points apart), as rectangles round each cell, or dashed; a table cut by the end
of a page has no closing rule.  ``tables_of`` joins such pieces into rules, rules that touch into tables, and walls
between neighbouring positions into cells with spans.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
import itertools
import math
import operator
from collections.abc import Callable, Iterable
from typing import NamedTuple

SNAP = 2.0
"""Rules closer than this are one rule drawn twice: Word doubles its borders 1-2 pt apart."""

JOIN = 3.0
"""Pieces of one rule with a gap up to this are one piece: dashes, and borders drawn cell by cell."""

TOUCH = 3.0
"""How far a rule may end short of the rule it meets."""

SLIVER = 3.5
"""Rows and columns thinner than this are the inside of a double rule: no text fits."""

OVERHANG = 4.0
"""Rules that run further than this past the outermost crossing rule bound an open row or column."""

MAX_RULES = 2_000
"""Rules of one page and direction; more is a drawing (maps, hatching), and comparing all pairs would take seconds."""

MAX_POSITIONS = 60_000
"""Rows times columns of one table; the largest seen in practice is below 3,000."""


class Rule(NamedTuple):
    """A horizontal rule at height ``at`` from x ``start`` to ``end``; or a vertical one, axes exchanged."""

    at: float
    start: float
    end: float


new_rule: Callable[[tuple[float, float, float]], Rule] = functools.partial(tuple.__new__, Rule)
"""A rule of its three numbers.  Pages have hundreds, and a named tuple's own constructor takes twice as long."""


class Span(NamedTuple):
    """A cell of a lattice: its first row and column, and how many it covers."""

    row: int
    column: int
    rows: int = 1
    columns: int = 1


@dataclasses.dataclass(frozen=True, slots=True)
class Lattice:
    """A table's cells.  ``xs`` and ``ys`` are the edges of columns and rows, ascending; spans are row-major."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]

    @property
    def area(self) -> float:
        """Square points of the whole table."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def owners(self) -> dict[tuple[int, int], int]:
        """The index in ``spans`` of the cell over each (row, column)."""
        return {
            (row, column): index
            for index, span in enumerate(self.spans)
            for row in range(span.row, span.row + span.rows)
            for column in range(span.column, span.column + span.columns)
        }

    def locate(self, x: float, y: float) -> tuple[int, int] | None:
        """The (row, column) that a point lies in; None outside the table."""
        row, column = bisect.bisect_right(self.ys, y) - 1, bisect.bisect_right(self.xs, x) - 1
        if 0 <= row < len(self.ys) - 1 and 0 <= column < len(self.xs) - 1:
            return row, column
        return None


class TooManyRulesError(Exception):
    """Raised when a page has more rules than a printed table can have; its text is still readable."""


def tables_of(
    horizontals: Iterable[Rule], verticals: Iterable[Rule], points: Iterable[tuple[float, float]]
) -> list[Lattice]:
    """Every table of at least two cells, ruled by the given pieces.

    ``points`` are the centres of the page's characters: an open row or column counts only where some stand in it.
    They are gone through only if there is one.  Raises TooManyRulesError beyond ``MAX_RULES`` or ``MAX_POSITIONS``.
    """
    across, down = joined(horizontals), joined(verticals)
    if max(len(across), len(down)) > MAX_RULES:
        raise TooManyRulesError(f"the page has {len(across)} horizontal and {len(down)} vertical rules")
    standing = functools.cache(lambda: list(points))
    found = (_lattice(hs, vs, standing) for hs, vs in _touching(across, down))
    return [lattice for lattice in found if lattice is not None and len(lattice.spans) > 1]


def joined(pieces: Iterable[Rule]) -> list[Rule]:
    """Pieces of the same rule joined: heights within ``SNAP`` made one, gaps up to ``JOIN`` closed, dots dropped.

    Ascending by their heights.
    """
    rules: list[Rule] = []
    for group in _clusters(sorted(pieces, key=_HEIGHT)):
        if len(group) > 1:
            rules += _one_by_one(group)
        else:
            rules += group
    return [rule for rule in rules if rule[2] - rule[1] > TOUCH]


def _clusters(pieces: list[Rule]) -> list[list[Rule]]:
    """Runs of rules, each within ``SNAP`` of the one before and of twice that altogether."""
    clusters: list[list[Rule]] = []
    first = before = -math.inf
    for piece in pieces:
        at = piece.at
        if at - before > SNAP or at - first > 2 * SNAP:
            clusters.append([piece])
            first = at
        else:
            clusters[-1].append(piece)
        before = at
    return clusters


def _one_by_one(group: list[Rule]) -> list[Rule]:
    """The rules that pieces on (almost) one height make."""
    rules: list[Rule] = []
    at = (group[0].at + group[-1].at) / 2
    group.sort(key=_BEGINNING)
    _, start, end = group[0]
    for _, begin, stop in group:
        if begin > end + JOIN:
            rules.append(new_rule((at, start, end)))
            start, end = begin, stop
        elif stop > end:
            end = stop
    rules.append(new_rule((at, start, end)))
    return rules


_HEIGHT, _BEGINNING = operator.itemgetter(0), operator.itemgetter(1)


def _touching(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together by crossing or meeting, as (horizontals, verticals) of each table."""
    free_h = [(at, start - TOUCH, end + TOUCH, i) for i, (at, start, end) in enumerate(across)]
    free_v = [(at, start - TOUCH, end + TOUCH, j) for j, (at, start, end) in enumerate(down)]
    tables: list[tuple[list[Rule], list[Rule]]] = []
    while free_h and free_v:
        todo_h, free_h = free_h[:1], free_h[1:]
        own_h, own_v = [todo_h[0][3]], []
        while todo_h:
            todo_v: list[_Reach] = []
            for rule in todo_h:
                met, free_v = _met(rule, free_v)
                todo_v += met
            own_v += [reach[3] for reach in todo_v]
            todo_h = []
            for rule in todo_v:
                met, free_h = _met(rule, free_h)
                todo_h += met
            own_h += [reach[3] for reach in todo_h]
        if own_v:
            tables.append(([across[i] for i in sorted(own_h)], [down[j] for j in sorted(own_v)]))
    return tables


_Reach = tuple[float, float, float, int]
"""A rule's height, how far others that it meets may stand apart along it, and its number."""


def _met(rule: _Reach, others: list[_Reach]) -> tuple[list[_Reach], list[_Reach]]:
    """Those of the rules of the other direction that a rule meets, and the others."""
    met: list[_Reach] = []
    free: list[_Reach] = []
    at, first, last, _ = rule
    for other in others:
        height, start, end, _ = other
        (met if start <= at <= end and first <= height <= last else free).append(other)
    return met, free


def _lattice(hs: list[Rule], vs: list[Rule], standing: Callable[[], list[tuple[float, float]]]) -> Lattice | None:
    """The cells between rules that hang together; None where they enclose nothing."""
    ys, xs = _edges(hs), _edges(vs)
    closing_h: list[Rule] = []
    closing_v: list[Rule] = []
    if _is_open(ys, vs) or _is_open(xs, hs):
        left, right = min(xs[0], *(h.start for h in hs)), max(xs[-1], *(h.end for h in hs))
        top, bottom = min(ys[0], *(v.start for v in vs)), max(ys[-1], *(v.end for v in vs))
        inside = [(x, y) for x, y in standing() if left < x < right and top < y < bottom]
        ys, closing_h = _closed(ys, vs, [y for _, y in inside], (left, right))
        xs, closing_v = _closed(xs, hs, [x for x, _ in inside], (ys[0], ys[-1]))
    if len(xs) < 2 or len(ys) < 2:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > MAX_POSITIONS:
        raise TooManyRulesError(f"a table has {len(ys) - 1} rows and {len(xs) - 1} columns")
    floors = _walls([*hs, *closing_h], edges=ys, across=xs)
    sides = _walls([*vs, *closing_v], edges=xs, across=ys)
    return _compact(xs, ys, _spans(floors, sides))


def _edges(rules: list[Rule]) -> list[float]:
    """Where rules stand, ascending as they do; the inside of a double rule is no row."""
    edges: list[float] = []
    last = -math.inf
    for rule in rules:
        if rule.at - last > SLIVER:
            last = rule.at
            edges.append(last)
    return edges


def _is_open(edges: list[float], crossing: list[Rule]) -> bool:
    """Whether two rules run on past the first edge, or two past the last."""
    first, last = edges[0] - OVERHANG, edges[-1] + OVERHANG
    return sum(rule.start < first for rule in crossing) > 1 or sum(rule.end > last for rule in crossing) > 1


def _closed(
    edges: list[float], crossing: list[Rule], points: list[float], extent: tuple[float, float]
) -> tuple[list[float], list[Rule]]:
    """The edges with those added that a page break or a plain style left out, and the rules that close them.

    At least two crossing rules must run on past the outermost edge, and characters must stand between.
    """
    before = [rule.start for rule in crossing if rule.start < edges[0] - OVERHANG]
    after = [rule.end for rule in crossing if rule.end > edges[-1] + OVERHANG]
    closing: list[Rule] = []
    if len(before) > 1 and any(min(before) < point < edges[0] for point in points):
        closing.append(Rule(min(before), *extent))
        edges = [min(before), *edges]
    if len(after) > 1 and any(edges[-1] < point < max(after) for point in points):
        closing.append(Rule(max(after), *extent))
        edges = [*edges, max(after)]
    return edges, closing


_Walls = list[bytearray]
"""By edge, for each interval along it: whether there is a piece of wall."""


def _walls(rules: list[Rule], *, edges: list[float], across: list[float]) -> _Walls:
    """Every piece of wall: a rule over the middle of an interval is its wall."""
    middles = [(a + b) / 2 for a, b in itertools.pairwise(across)]
    walls = [bytearray(len(middles)) for _ in edges]
    halves = [(a + b) / 2 for a, b in itertools.pairwise(edges)]
    for at, start, end in rules:
        first, last = bisect.bisect_left(middles, start), bisect.bisect_right(middles, end)
        walls[bisect.bisect_left(halves, at)][first:last] = b"\1" * (last - first)
    return walls


def _spans(floors: _Walls, sides: _Walls) -> list[Span]:
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
    """A row of cells with walls all round; the same in every table."""
    return tuple(Span(row, column) for column in range(columns))


_Positions = set[tuple[int, int]]


def _merged(row: int, column: int, floors: _Walls, sides: _Walls) -> tuple[_Positions, list[Span]]:
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


def _region(row: int, column: int, floors: _Walls, sides: _Walls) -> _Positions:
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


def _compact(xs: list[float], ys: list[float], cells: list[Span]) -> Lattice:
    """The lattice without edges that no cell ends at (stubs, underlines that touch a rule)."""
    if (
        len({row for row, _, _, _ in cells}) == len(ys) - 1
        and len({column for _, column, _, _ in cells}) == len(xs) - 1
    ):
        return Lattice(tuple(xs), tuple(ys), tuple(cells))
    used_y = sorted({edge for row, _, rows, _ in cells for edge in (row, row + rows)})
    used_x = sorted({edge for _, column, _, columns in cells for edge in (column, column + columns)})
    if len(used_y) == len(ys) and len(used_x) == len(xs):
        return Lattice(tuple(xs), tuple(ys), tuple(cells))
    at_y, at_x = {edge: i for i, edge in enumerate(used_y)}, {edge: i for i, edge in enumerate(used_x)}
    spans = tuple(
        Span(at_y[row], at_x[column], at_y[row + rows] - at_y[row], at_x[column + columns] - at_x[column])
        for row, column, rows, columns in cells
    )
    return Lattice(tuple(xs[edge] for edge in used_x), tuple(ys[edge] for edge in used_y), spans)
