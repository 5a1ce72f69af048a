"""Golden pages: one invented page of each kind that portals show, and of each family, read as a person agreed.

`golden/<kind>.html` holds the page, `golden/expected.yaml` what is to be read in it, see `crawler.survey.golden`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.crawler.families.registry import NAMES
from gongkai.crawler.portal.shipped import find_portals
from gongkai.crawler.survey.golden import expectations, golden_differences, read_golden
from tests.places import RECORDED

GOLDEN = Path(__file__).with_name("golden")
EXPECTED = expectations(GOLDEN)


@pytest.mark.parametrize("kind", EXPECTED)
def test_a_golden_page_is_read_as_agreed(kind: str) -> None:
    assert read_golden((GOLDEN / f"{kind}.html").read_bytes(), EXPECTED[kind]) == EXPECTED[kind]


def test_every_golden_page_has_its_expectation() -> None:
    assert {path.stem for path in GOLDEN.glob("*.html")} == set(EXPECTED)
    assert golden_differences(GOLDEN) == []


def test_every_family_has_a_page() -> None:
    golden = {expected["family"] for expected in EXPECTED.values()}
    golden |= {expected["reader"]["family"] for expected in EXPECTED.values() if "reader" in expected}
    recorded = {portal.family for portal in find_portals() if (RECORDED / portal.id.replace("/", "_")).exists()}
    assert set(NAMES) - golden - recorded == set()
