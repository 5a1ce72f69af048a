"""Rules to cells: the ways in which programs draw and break the borders of tables."""

from __future__ import annotations

import itertools

import pytest

from gongkai.parsing.formats.layout.lattice import Lattice, TooManyRulesError, tables_of
from gongkai.parsing.formats.layout.rules import Rule
from gongkai.parsing.formats.layout.spans import Span

Segments = tuple[list[Rule], list[Rule]]


def _ruled(xs: list[float], ys: list[float]) -> Segments:
    """A full grid of rules."""
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def _one(rules: Segments, points: list[tuple[float, float]] | None = None) -> Lattice:
    (lattice,) = tables_of(*rules, points or [])
    return lattice


def _shape(lattice: Lattice) -> list[tuple[int, int, int, int]]:
    return [(span.row, span.column, span.rows, span.columns) for span in lattice.spans]


def test_plain_grid() -> None:
    lattice = _one(_ruled([0, 50, 100], [0, 20, 40]))
    assert list(lattice.xs) == [0, 50, 100]
    assert _shape(lattice) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_merged_cells_span() -> None:
    """A heading over two columns, beside one over two rows."""
    h = [Rule(0, 0, 150), Rule(20, 50, 150), Rule(40, 0, 150), Rule(60, 0, 150)]
    v = [Rule(0, 0, 60), Rule(50, 0, 60), Rule(100, 20, 60), Rule(150, 0, 60)]
    assert _shape(_one((h, v)))[:4] == [(0, 0, 2, 1), (0, 1, 1, 2), (1, 1, 1, 1), (1, 2, 1, 1)]


def test_doubled_borders_are_one() -> None:
    h, v = _ruled([0, 50, 100], [0, 20, 40])
    h += [Rule(rule.at + 1.5, rule.start, rule.end) for rule in h]
    v += [Rule(rule.at + 1.2, rule.start, rule.end) for rule in v]
    assert len(_one((h, v)).spans) == 4


def test_dashes_make_a_rule() -> None:
    h, v = _ruled([0, 50, 100], [0, 20, 40])
    dashes = [Rule(50, y, y + 3) for y in range(0, 40, 6)]
    assert len(_one((h, [v[0], v[2], *dashes])).spans) == 4


@pytest.mark.parametrize(("y", "rows"), [(50, 3), (200, 2)])
def test_open_bottom_row_counts_where_text_stands(y: float, rows: int) -> None:
    """A page break leaves the last row without a rule below it."""
    h, _ = _ruled([0, 50, 100], [0, 20, 40])
    v = [Rule(x, 0, 60) for x in (0.0, 50.0, 100.0)]
    lattice = _one((h, v), [(25, y)])
    assert len(lattice.ys) - 1 == rows


def test_open_top_row() -> None:
    h, _ = _ruled([0, 50, 100], [20, 40])
    v = [Rule(x, 0, 40) for x in (0.0, 50.0, 100.0)]
    assert _one((h, v), [(25, 10)]).ys == (0, 20, 40)


def test_missing_outer_sides() -> None:
    h = [Rule(y, 0, 150) for y in (0.0, 20.0, 40.0)]
    v = [Rule(x, 0, 40) for x in (50.0, 100.0)]
    assert _one((h, v), [(25, 10), (125, 10)]).xs == (0, 50, 100, 150)


def test_tables_that_do_not_touch_stay_apart() -> None:
    first, second = _ruled([0, 50, 100], [0, 20, 40]), _ruled([0, 50, 100], [60, 80, 100])
    assert len(tables_of(first[0] + second[0], first[1] + second[1], [])) == 2


def test_frames_and_underlines_are_no_tables() -> None:
    frame = _ruled([0, 500], [0, 700])
    assert tables_of([*frame[0], Rule(300, 100, 200)], frame[1], []) == []


def test_stub_makes_no_column() -> None:
    h, v = _ruled([0, 50, 100], [0, 20, 40])
    lattice = _one((h, [*v, Rule(70, -5, 6)]))
    assert len(lattice.xs) == 3


def test_shapes_that_are_no_rectangle_are_cut_by_rows() -> None:
    """The rule between two cells of the first row is missing below the heading: no cell may overlap another."""
    h, v = _ruled([0, 50, 100], [0, 20, 40])
    h[1] = Rule(20, 0, 50)
    v[1] = Rule(50, 20, 40)
    assert _shape(_one((h, v))) == [(0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1)]


@pytest.mark.parametrize("missing", range(12))
def test_every_position_is_covered_once(missing: int) -> None:
    """Whatever piece of the rules is missing."""
    pieces = [(True, y, x) for y in (0, 20, 40, 60) for x in (0, 50)] + [
        (False, x, y) for x in (0, 50, 100) for y in (0, 20, 40)
    ]
    kept = [piece for index, piece in enumerate(pieces) if index not in (missing, missing + 5)]
    h = [Rule(at, start, start + 50) for across, at, start in kept if across]
    v = [Rule(at, start, start + 20) for across, at, start in kept if not across]
    lattices = tables_of(h, v, [(25, 10)])
    assert lattices
    for lattice in lattices:
        positions = set(itertools.product(range(len(lattice.ys) - 1), range(len(lattice.xs) - 1)))
        assert set(lattice.owners()) == positions
        assert sum(span.rows * span.columns for span in lattice.spans) == len(positions)


def test_points_of_a_closed_table_are_not_gone_through() -> None:
    points = iter([(25.0, 10.0)])
    assert len(tables_of(*_ruled([0, 50, 100], [0, 20, 40]), points)) == 1
    assert next(points) == (25.0, 10.0)


def test_points_are_there_for_every_open_table() -> None:
    """Two tables side by side that both run on past their last rule."""
    h = [Rule(y, x, x + 100) for x in (0.0, 200.0) for y in (0.0, 20.0, 40.0)]
    v = [Rule(x, 0, 60) for x in (0.0, 50.0, 100.0, 200.0, 250.0, 300.0)]
    lattices = tables_of(h, v, iter([(25.0, 50.0), (225.0, 50.0)]))
    assert [len(lattice.ys) - 1 for lattice in lattices] == [3, 3]


@pytest.mark.parametrize("stub", [Rule(20, 0, 50), Rule(20, 100, 150)])
def test_rule_that_ends_inside_a_cell_does_not_cut_it(stub: Rule) -> None:
    """A cell over three columns and two rows, with a rule under one column alone."""
    h = [Rule(0, 0, 150), stub, Rule(40, 0, 150), Rule(60, 0, 150)]
    v = [Rule(0, 0, 60), Rule(50, 40, 60), Rule(100, 40, 60), Rule(150, 0, 60)]
    assert _shape(_one((h, v))) == [(0, 0, 1, 3), (1, 0, 1, 1), (1, 1, 1, 1), (1, 2, 1, 1)]


def test_locates_points() -> None:
    lattice = _one(_ruled([0, 50, 100], [0, 20, 40]))
    assert lattice.locate(75, 30) == (1, 1)
    assert lattice.locate(101, 30) is None
    assert lattice.spans[lattice.owners()[1, 1]] == Span(1, 1)


def test_drawings_are_refused() -> None:
    with pytest.raises(TooManyRulesError, match="2500 horizontal"):
        tables_of([Rule(5.0 * y, 0, 100) for y in range(2500)], [Rule(0, 0, 9000)], [])
