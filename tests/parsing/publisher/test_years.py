"""Fiscal years in titles, by what they are bound to."""

from __future__ import annotations

import pytest

from gongkai.parsing.publisher.years import fiscal_years, with_digits


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("2023年度部门决算（2024年公开）", {2023}),
        ("2024年公开2023年度部门决算", {2023}),
        ("2025年预算 2024年执行情况", {2025}),
        ("2024年预算执行情况和2025年预算草案", {2025}),
        ("2024年度预算公开（含2023年决算数）", {2024}),
        ("2024年度部门预算执行情况", {2024}),
        ("2024-2025年度部门预算", {2024, 2025}),
        ("2022年、2023年部门决算", {2022, 2023}),
        ("2023年度决算和2024年预算", {2023, 2024}),
        ("二〇二四年度部门决算", {2024}),
        ("二○二五年某局部门预算", {2025}),
        ("某局2024年度部门决算二〇二五年七月", {2024}),
        ("某局2025部门预算", {2025}),
        ("2018度部门预算公开表", {2018}),
        ("财〔2024〕5号关于2023年部门决算", {2023}),
        ("2026-03-192026年度某局部门预算公开", {2026}),
        ("2025年7月部门预算公开", set()),
        ("005252362/2026-00233某局预算", set()),
        ("某局部门预算", set()),
    ],
)
def test_the_years_that_a_title_binds_to_its_figures(title: str, years: set[int]) -> None:
    assert fiscal_years(title) == years


def test_chinese_years_in_digits_and_other_numbers_as_they_are() -> None:
    assert with_digits("二〇二四年度第二部分") == "2024年度第二部分"
