"""Drawings: areas and lengths are to each other as the amounts, nothing overlaps, nothing unknown is zero."""

from __future__ import annotations

import itertools
import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongkai.viewer.charts.bars import Bar, bars
from gongkai.viewer.charts.drawing_parts import WIDE, fitting, width_of
from gongkai.viewer.charts.flow import Stream, lay
from gongkai.viewer.charts.treemap import HEIGHT, Tile, place, treemap

AMOUNTS = st.lists(st.integers(1, 10**13).map(lambda fen: Decimal(fen) / 100), min_size=1, max_size=40)


@given(AMOUNTS)
def test_areas_are_as_the_amounts(amounts: list[Decimal]) -> None:
    placed = place([Tile(str(number), amount, "") for number, amount in enumerate(amounts)], WIDE, HEIGHT)

    whole = float(sum(amounts))
    assert len(placed) == len(amounts)
    for each in placed:
        share = each.width * each.height / (WIDE * HEIGHT)
        assert abs(share - float(each.tile.amount) / whole) < 1e-5
        assert each.x > -1e-6
        assert each.y > -1e-6
        assert each.x + each.width < WIDE + 1e-3
        assert each.y + each.height < HEIGHT + 1e-3


@given(AMOUNTS)
def test_tiles_do_not_overlap(amounts: list[Decimal]) -> None:
    placed = place([Tile(str(number), amount, "") for number, amount in enumerate(amounts)], WIDE, HEIGHT)

    for one, other in itertools.combinations(placed, 2):
        across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
        down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
        assert across < 1e-3 or down < 1e-3


def test_a_tile_names_its_amount_and_leads_somewhere() -> None:
    drawn = treemap([Tile("教育<支出>", Decimal("1.50"), "1.50 (60 %)", "/x?a=1&b=2")], "题", "说明")

    assert "教育&lt;支出&gt;: 1.50 (60 %)" in drawn
    assert 'href="/x?a=1&amp;b=2"' in drawn
    assert "<支出>" not in drawn


def test_nothing_negative_has_an_area() -> None:
    drawn = treemap([Tile("a", Decimal(-1), ""), Tile("b", Decimal(0), "")], "t", "d")

    assert "<rect" not in drawn


def test_what_is_not_known_is_not_drawn_as_zero() -> None:
    drawn = bars([Bar("a", Decimal(10), "10"), Bar("b", None, "not known"), Bar("c", Decimal(0), "0")], "t", "d")

    assert drawn.count('class="bar') == 2 * 2  # wide and narrow
    assert "b: not known" in drawn


def test_lengths_are_as_the_amounts() -> None:
    drawn = bars([Bar("a", Decimal(10), ""), Bar("b", Decimal(-5), ""), Bar("c", Decimal(20), "")], "t", "d")

    widths = [float(width) for width in re.findall(r'width="([\d.]+)" height="16.00" class="bar', drawn)]
    assert abs(widths[2] / widths[0] - 2) < 0.01
    assert abs(widths[0] / widths[1] - 2) < 0.01


@given(st.text(max_size=30), st.floats(0, 400))
def test_what_fits_is_no_wider_than_the_room(words: str, room: float) -> None:
    assert width_of(fitting(words, room)) <= max(room, 0)


@given(AMOUNTS, AMOUNTS)
def test_streams_leave_no_gap_on_the_whole(sources: list[Decimal], uses: list[Decimal]) -> None:
    for amounts in (sources, uses):
        laid = lay([Stream(str(number), amount, "") for number, amount in enumerate(amounts)])

        assert abs(sum(each.thick for each in laid) - 320) < 1e-6
        for one, other in itertools.pairwise(laid):
            assert abs(one.inner + one.thick - other.inner) < 1e-6
            assert other.outer + other.thick / 2 - one.outer - one.thick / 2 > 15


def test_an_amount_is_whole_or_left_out() -> None:
    amounts = [Decimal(10**number) for number in range(4, 12)]

    drawn = treemap([Tile("支出", amount, f"{amount:,} (1 %)") for amount in amounts], "t", "d")

    labels = re.findall(r'class="label quiet"[^>]*>([^<]*)<', drawn)
    assert labels
    assert {label.partition(" (")[0] for label in labels} <= {f"{amount:,}" for amount in amounts}
