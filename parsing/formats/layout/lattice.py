"""From ruling lines to the cells of tables: pure geometry, in page points from the top left, whatever drew the lines.

``tables_of`` joins rules that touch into tables, and walls between neighbouring positions into cells with spans
(``spans``); a table cut by the end of a page has no closing rule.
"""

from __future__ import annotations

import bisect
import dataclasses
import functools
import itertools
import math
from collections.abc import Callable, Iterable

from gongkai.parsing.formats.layout.rules import TOUCH, Rule, joined
from gongkai.parsing.formats.layout.spans import Span, Walls, spans_of

SLIVER = 3.5
"""Rows and columns thinner than this are the inside of a double rule: no text fits."""

OVERHANG = 4.0
"""Rules that run further than this past the outermost crossing rule bound an open row or column."""

MAX_RULES = 2_000
"""Rules of one page and direction; more is a drawing (maps, hatching), and comparing all pairs would take seconds."""

MAX_POSITIONS = 60_000
"""Rows times columns of one table; the largest seen in practice is below 3,000."""


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
    """The rules of the other direction, parted into those that a rule meets and the rest."""
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
    return _compact(xs, ys, spans_of(floors, sides))


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
    """True where two rules run on past the first edge, or two past the last."""
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


def _walls(rules: list[Rule], *, edges: list[float], across: list[float]) -> Walls:
    """Every piece of wall: a rule over the middle of an interval is its wall."""
    middles = [(a + b) / 2 for a, b in itertools.pairwise(across)]
    walls = [bytearray(len(middles)) for _ in edges]
    halves = [(a + b) / 2 for a, b in itertools.pairwise(edges)]
    for at, start, end in rules:
        first, last = bisect.bisect_left(middles, start), bisect.bisect_right(middles, end)
        walls[bisect.bisect_left(halves, at)][first:last] = b"\1" * (last - first)
    return walls


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
