"""From ruling lines to table cells: pure geometry, in page points from the top left, whatever drew the lines.

Printed tables are boxes of ruling lines.  Office programs draw them as strokes, as thin filled rectangles (one per
cell border, often doubled one or two points apart), as rectangles round each cell, or dashed; a table cut by the end
of a page has no closing rule.  ``tables_of`` joins such pieces into rules, rules that touch into tables, and walls
between neighbouring positions into cells with spans.
"""

from __future__ import annotations

import bisect
import dataclasses
import itertools
from collections.abc import Iterable, Sequence
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
    horizontals: Iterable[Rule], verticals: Iterable[Rule], points: Sequence[tuple[float, float]]
) -> list[Lattice]:
    """Every table of at least two cells, ruled by the given pieces.

    ``points`` are the centres of the page's characters: an open row or column counts only where some stand in it.
    Raises TooManyRulesError beyond ``MAX_RULES`` or ``MAX_POSITIONS``.
    """
    across, down = joined(horizontals), joined(verticals)
    if max(len(across), len(down)) > MAX_RULES:
        raise TooManyRulesError(f"the page has {len(across)} horizontal and {len(down)} vertical rules")
    found = (_lattice(hs, vs, points) for hs, vs in _touching(across, down))
    return [lattice for lattice in found if lattice is not None and len(lattice.spans) > 1]


def joined(pieces: Iterable[Rule]) -> list[Rule]:
    """Pieces of the same rule joined: heights within ``SNAP`` made one, gaps up to ``JOIN`` closed, dots dropped."""
    rules: list[Rule] = []
    for group in _clusters(sorted(pieces, key=lambda piece: piece.at)):
        at = (group[0].at + group[-1].at) / 2
        start = end = None
        for piece in sorted(group, key=lambda piece: piece.start):
            if end is None or start is None or piece.start > end + JOIN:
                if start is not None and end is not None:
                    rules.append(Rule(at, start, end))
                start, end = piece.start, piece.end
            else:
                end = max(end, piece.end)
        if start is not None and end is not None:
            rules.append(Rule(at, start, end))
    return [rule for rule in rules if rule.end - rule.start > TOUCH]


def _clusters(pieces: list[Rule]) -> list[list[Rule]]:
    """Runs of rules, each within ``SNAP`` of the one before and of twice that altogether."""
    clusters: list[list[Rule]] = []
    for piece in pieces:
        if clusters and piece.at - clusters[-1][-1].at <= SNAP and piece.at - clusters[-1][0].at <= 2 * SNAP:
            clusters[-1].append(piece)
        else:
            clusters.append([piece])
    return clusters


def _touching(across: list[Rule], down: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together by crossing or meeting, as (horizontals, verticals) of each table."""
    parent = list(range(len(across) + len(down)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    places = sorted((v.at, j, v.start - TOUCH, v.end + TOUCH) for j, v in enumerate(down, start=len(across)))
    heights = [place[0] for place in places]
    for i, (at, start, end) in enumerate(across):
        first, last = bisect.bisect_left(heights, start - TOUCH), bisect.bisect_right(heights, end + TOUCH)
        own = root(i)
        for _, j, top, bottom in places[first:last]:
            if top <= at <= bottom and parent[j] != own:
                parent[root(j)] = own
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for node, rule in enumerate([*across, *down]):
        groups.setdefault(root(node), ([], []))[node >= len(across)].append(rule)
    return [(hs, vs) for hs, vs in groups.values() if hs and vs]


def _lattice(hs: list[Rule], vs: list[Rule], points: Sequence[tuple[float, float]]) -> Lattice | None:
    """The cells between rules that hang together; None where they enclose nothing."""
    ys, xs = _edges(hs), _edges(vs)
    left, right = min(xs[0], *(h.start for h in hs)), max(xs[-1], *(h.end for h in hs))
    top, bottom = min(ys[0], *(v.start for v in vs)), max(ys[-1], *(v.end for v in vs))
    inside = [(x, y) for x, y in points if left < x < right and top < y < bottom]
    ys, closing_h = _closed(ys, vs, [y for _, y in inside], (left, right))
    xs, closing_v = _closed(xs, hs, [x for x, _ in inside], (ys[0], ys[-1]))
    if len(xs) < 2 or len(ys) < 2:
        return None
    if (len(xs) - 1) * (len(ys) - 1) > MAX_POSITIONS:
        raise TooManyRulesError(f"a table has {len(ys) - 1} rows and {len(xs) - 1} columns")
    spans = _spans(
        _walls([*hs, *closing_h], edges=ys, across=xs), _walls([*vs, *closing_v], edges=xs, across=ys), len(ys), len(xs)
    )
    return _compact(xs, ys, spans)


def _edges(rules: list[Rule]) -> list[float]:
    """Where rules stand, ascending; the inside of a double rule is no row."""
    edges: list[float] = []
    for at in sorted({rule.at for rule in rules}):
        if not edges or at - edges[-1] > SLIVER:
            edges.append(at)
    return edges


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


def _walls(rules: list[Rule], *, edges: list[float], across: list[float]) -> set[tuple[int, int]]:
    """(edge index, interval index) of every piece of wall: a rule over the middle of an interval is its wall."""
    middles = [(a + b) / 2 for a, b in itertools.pairwise(across)]
    walls: set[tuple[int, int]] = set()
    halves = [(a + b) / 2 for a, b in itertools.pairwise(edges)]
    for rule in rules:
        edge = bisect.bisect_left(halves, rule.at)
        first, last = bisect.bisect_left(middles, rule.start), bisect.bisect_right(middles, rule.end)
        walls.update((edge, interval) for interval in range(first, last))
    return walls


def _spans(
    floors: set[tuple[int, int]], sides: set[tuple[int, int]], y_count: int, x_count: int
) -> list[tuple[int, int, int, int]]:
    """Cells as (row, column, rows, columns): positions without a wall between, where they make a rectangle.

    Rules that leave a gap make other shapes; those are cut into the runs of their rows, equal runs on following
    rows kept together, so that no text of different rows is joined more than the paper joins it.
    """
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    cells: list[tuple[int, int, int, int]] = []
    for row, column in itertools.product(range(y_count - 1), range(x_count - 1)):
        if (row, column) in owner:
            continue
        if {(row, column), (row + 1, column)} <= floors and {(column, row), (column + 1, row)} <= sides:
            cells.append((row, column, 1, 1))  # walls all round: the ordinary cell
            continue
        region = _region(row, column, floors, sides, (y_count - 1, x_count - 1))
        owner.update(dict.fromkeys(region, (row, column)))
        cells += _rectangles(region)
    return sorted(cells)


def _region(
    row: int, column: int, floors: set[tuple[int, int]], sides: set[tuple[int, int]], size: tuple[int, int]
) -> set[tuple[int, int]]:
    """Every position that can be reached without crossing a wall."""
    region, todo = {(row, column)}, [(row, column)]
    while todo:
        r, c = todo.pop()
        steps = (
            ((r - 1, c), (r, c) in floors),
            ((r + 1, c), (r + 1, c) in floors),
            ((r, c - 1), (c, r) in sides),
            ((r, c + 1), (c + 1, r) in sides),
        )
        for step, walled in steps:
            if not walled and step not in region and 0 <= step[0] < size[0] and 0 <= step[1] < size[1]:
                region.add(step)
                todo.append(step)
    return region


def _rectangles(region: set[tuple[int, int]]) -> list[tuple[int, int, int, int]]:
    """A region as rectangles (row, column, rows, columns)."""
    open_runs: dict[tuple[int, int], tuple[int, int]] = {}
    done: list[tuple[int, int, int, int]] = []
    rows: dict[int, list[int]] = {}
    for row, column in sorted(region):
        rows.setdefault(row, []).append(column)
    for row, columns in rows.items():
        runs = _runs(columns)
        for run, (first, last) in list(open_runs.items()):
            if run not in runs or last != row - 1:
                done.append((first, run[0], last - first + 1, run[1] - run[0] + 1))
                del open_runs[run]
        for run in runs:
            open_runs[run] = (open_runs[run][0] if run in open_runs else row, row)
    done += [(first, run[0], last - first + 1, run[1] - run[0] + 1) for run, (first, last) in open_runs.items()]
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


def _compact(xs: list[float], ys: list[float], cells: list[tuple[int, int, int, int]]) -> Lattice:
    """The lattice without edges that no cell ends at (stubs, underlines that touch a rule)."""
    used_y = sorted({edge for row, _, rows, _ in cells for edge in (row, row + rows)})
    used_x = sorted({edge for _, column, _, columns in cells for edge in (column, column + columns)})
    at_y, at_x = {edge: i for i, edge in enumerate(used_y)}, {edge: i for i, edge in enumerate(used_x)}
    spans = tuple(
        Span(at_y[row], at_x[column], at_y[row + rows] - at_y[row], at_x[column + columns] - at_x[column])
        for row, column, rows, columns in cells
    )
    return Lattice(tuple(xs[edge] for edge in used_x), tuple(ys[edge] for edge in used_y), spans)
