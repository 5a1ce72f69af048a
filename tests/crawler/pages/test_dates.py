"""Dates as listings print them."""

from __future__ import annotations

import datetime as dt

import pytest

from gongkai.crawler.pages.dates import Dating, dating, in_address, is_date_only
from gongkai.crawler.pages.page import find_date

DAY = dt.date(2026, 3, 2)


@pytest.mark.parametrize(
    "text",
    ["2026-03-02", "2026—03—02", "2026–3–2", "2026－03－02", "2026- 03- 02", "2026年3月2日", "2026/03/02/ 10:12"],
)
def test_a_date_is_found_whatever_its_dashes(text: str) -> None:
    assert find_date(text) == DAY


@pytest.mark.parametrize(
    "pieces", [["02", "2026-03"], ["2026-03", "02"], ["2026/03", "02"], ["03-02", "2026"], ["[2026-03-02]"]]
)
def test_a_date_may_stand_in_pieces(pieces: list[str]) -> None:
    assert dating(pieces) == Dating(DAY, 3, 2)


@pytest.mark.parametrize("text", ["03-02", "[03-02]", "03/02", "3月2日", "03.02"])
def test_a_month_and_a_day_tell_no_year(text: str) -> None:
    assert dating([text]) == Dating(None, 3, 2)


@pytest.mark.parametrize("text", ["3.15晚会在京举行", "13-41", "第2-3季度", "10:12", "2026", ""])
def test_what_is_no_date(text: str) -> None:
    assert dating([text]) is None


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://a.cn/202603/t20260302_1.html", DAY),
        ("http://a.cn/art/2026/3/2/art_1_2.html", DAY),
        ("http://a.cn/202603/t20260303_1.html", None),
        ("http://a.cn/20250302/20260302.html", None),
        ("http://a.cn/content_23.html", None),
    ],
)
def test_an_address_gives_the_year_of_the_day_it_names(url: str, day: dt.date | None) -> None:
    assert in_address(url, Dating(None, 3, 2)) == day


def test_a_title_with_a_date_is_not_a_date() -> None:
    assert is_date_only("2026-03-02 10:12")
    assert not is_date_only("2026年3月2日市政府常务会议")
