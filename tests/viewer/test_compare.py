"""Bodies and places side by side, and what is not compared, and a flow of one sum."""

from __future__ import annotations

import html
import re
import urllib.parse
from decimal import Decimal
from pathlib import Path

import pytest

import gongkai
from gongkai.viewer.charts.flow import Stream, flow
from gongkai.viewer.screens.compare import Side, told_apart
from tests.viewer.test_application import fetched, opened

QINGLONG = "河北省/秦皇岛市/青龙满族自治县/青龙满族自治县人力资源和社会保障局"
CAOFEIDIAN = "河北省/唐山市/曹妃甸区/曹妃甸区人力资源和社会保障局"


def compared(viewer: str, **parameters: str) -> tuple[int, str]:
    status, page, _ = fetched(f"{opened(viewer)}/compare?{urllib.parse.urlencode(parameters)}")
    return status, html.unescape(page)


def test_two_bodies_stand_side_by_side(viewer: str, demo_root: Path) -> None:
    _, page = compared(viewer, side1=QINGLONG, side2=CAOFEIDIAN)
    with gongkai.open(str(demo_root)) as lake:
        asked = "SELECT expenditure FROM document_totals WHERE entity = $entity"
        amounts = [lake.sql(asked, entity=side.rpartition("/")[2]).fetchall()[0][0] for side in (QINGLONG, CAOFEIDIAN)]

    row = re.search(r'<th scope="row">expenditure</th>(.*?)</tr>', page, re.DOTALL)
    assert row
    assert re.findall(r">([\d,.]+)<", row[1]) == [f"{amount:,.2f}" for amount in amounts]


def test_sides_are_suggested(viewer: str) -> None:
    _, page = compared(viewer)
    _, places = compared(viewer, kind="places")

    assert f'<option value="{QINGLONG}">' in page
    assert f'<option value="{QINGLONG.rpartition("/")[0]}">' in places


def test_sides_of_one_name_are_told_apart() -> None:
    sides = [Side("甲省/乙县/财政局", 2024), Side("甲省/丙县/财政局", 2024), Side("甲省/丙县/财政局", 2023)]

    assert [side.name for side in told_apart(sides)] == [
        "财政局 2024 (甲省/乙县)",
        "财政局 2024 (甲省/丙县)",
        "财政局 2023",
    ]


def test_levels_are_not_mixed(viewer: str) -> None:
    status, page = compared(viewer, side1=QINGLONG, level="unit")

    assert status == 400
    assert "which is not compared with 'unit'" in page


def test_a_side_that_is_not_held_is_told(viewer: str) -> None:
    status, page = compared(viewer, side1="海南省/无此局")

    assert status == 400
    assert "nothing of '海南省/无此局' is held" in page


def test_places_are_compared_by_shares(viewer: str) -> None:
    _, page = compared(viewer, kind="places", side1="河北省/唐山市/曹妃甸区", side2="河北省/秦皇岛市/青龙满族自治县")

    assert len(re.findall(r"\d+\.\d+ % \([\d,.]+\)</a>", page)) >= 4


def test_a_flow_has_one_sum_on_both_sides() -> None:
    sources = [Stream("a", Decimal(70), "70"), Stream("b", Decimal(30), "30")]
    drawn = flow(sources, [Stream("c", Decimal(100), "100")], "t", "d")

    heights = [float(height) for height in re.findall(r'<rect [^>]*height="([\d.]+)"', drawn)]
    assert abs(heights[0] / heights[1] - 7 / 3) < 0.01
    assert drawn.count("<path") == 2 * 3  # wide and narrow


@pytest.mark.parametrize("purposes", [[Decimal(99)], [Decimal(110), Decimal(-10)], [Decimal(100), Decimal(0)], []])
def test_a_flow_of_other_sums_is_refused(purposes: list[Decimal]) -> None:
    with pytest.raises(ValueError, match="flow"):
        flow([Stream("a", Decimal(100), "")], [Stream("b", each, "") for each in purposes], "t", "d")
