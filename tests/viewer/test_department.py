"""A department over its years: each bar is a figure of the views, and leads to where it is printed."""

from __future__ import annotations

import html
import re
import urllib.parse
from pathlib import Path

import gongkai
from tests.viewer.test_application import fetched, opened

ENTITY = "青龙满族自治县人力资源和社会保障局"
PLACE = "河北省/秦皇岛市/青龙满族自治县"


def page_of(viewer: str, language: str = "en", **parameters: str) -> tuple[int, str]:
    """The page without its drawings for phones, which say the same."""
    status, page, _ = fetched(f"{opened(viewer, language)}/department?{urllib.parse.urlencode(parameters)}")
    return status, html.unescape(re.sub(r'<svg class="chart narrow-chart".*?</svg>', "", page, flags=re.DOTALL))


def test_bars_are_the_totals_of_the_view(viewer: str, demo_root: Path) -> None:
    _, page = page_of(viewer, entity=ENTITY, place=PLACE)
    with gongkai.open(str(demo_root)) as lake:
        asked = "SELECT expenditure, basic, project, three_public FROM document_totals WHERE entity = $entity"
        ((expenditure, basic, project, three_public),) = lake.sql(asked, entity=ENTITY).fetchall()

    drawn = re.findall(r'aria-label="([^"]+): ([\d,.]+)"', page)
    assert [amount for name, amount in drawn if name == "2025 approved"] == [
        f"{amount:,.2f}" for amount in (expenditure, basic, project) if amount is not None
    ]
    assert ("2025 “三公” in all", f"{three_public:,.2f}") in drawn


def test_a_year_without_an_outcome_is_not_zero(viewer: str) -> None:
    _, page = page_of(viewer, entity=ENTITY, place=PLACE)

    assert "2025 executed: not held" in page


def test_a_bar_leads_to_its_cell(viewer: str) -> None:
    _, page = page_of(viewer, entity=ENTITY, place=PLACE)
    (leads_to, amount) = re.findall(
        r'<a href="([^"]*/document\?item=[^"]*)" aria-label="2025 approved: ([\d,.]+)"', page
    )[0]

    _, document, _ = fetched(viewer + leads_to)

    assert f"{amount} yuan" in document


def test_bodies_are_listed_to_choose_from(viewer: str) -> None:
    _, page = page_of(viewer, words="人力资源", place="河北省")

    assert page.count("/department?entity=") >= 2


def test_a_name_of_nobody_is_told(viewer: str) -> None:
    status, page = page_of(viewer, entity="无此局")

    assert status == 404
    assert "no document of '无此局' is held" in page


def test_it_speaks_chinese(viewer: str) -> None:
    _, page = page_of(viewer, "zh", entity=ENTITY, place=PLACE)

    assert "2025 决算: 无馆藏" in page
