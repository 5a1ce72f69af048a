"""Whole governments are told from their departments: by titles of tables, of reports, and never by a body's own."""

from __future__ import annotations

import pytest

from gongkai.parsing.publisher import Context, Disclosure, identify
from gongkai.parsing.publisher.governments import government, titled_government
from gongkai.parsing.text.grid import TextLine


def told(*lines: str) -> Disclosure:
    found, _ = identify((), [TextLine(line) for line in lines], Context(), None)
    return found


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("2021年海南省省级政府预算表", "海南省"),
        ("2026年丽江市一般公共预算收入情况表", "丽江市"),
        ("2026年丽江市市本级政府性基金预算支出情况表", "丽江市"),
        ("2024年末昌都市地方政府债务限额及余额决算情况表", "昌都市"),
        ("2024年海南省省本级“三公”经费汇总情况", "海南省"),
        ("2025年全市国有资本经营预算支出完成情况表", None),
        ("2026年市本级社会保险基金预算收入情况表", None),
    ],
)
def test_a_place_or_scope_before_what_only_governments_keep(title: str, place: str | None) -> None:
    found = titled_government(title)
    assert found is not None
    assert found.place == place


@pytest.mark.parametrize(
    "title",
    [
        "丽江市财政局2026年部门预算",
        "2026年丽江市财政局一般公共预算支出表",
        "一般公共预算财政拨款支出表",
        "部门收入预算表",
        "2026年政府预算经济分类支出表",
        "大冶市金山店镇人民政府2024年度部门决算",
        "2026年丽江市人民政府办公室部门预算",
        "市级部门2026年一般公共预算支出表",
        "2026年，全市一般公共预算收入完成144亿元。",
    ],
)
def test_no_title_of_a_department_or_a_sentence(title: str) -> None:
    assert titled_government(title) is None


@pytest.mark.parametrize(
    "lines",
    [
        ("关于丽江市2025年预算执行情况和2026年预算草案的报告",),
        ("关于丽江市2025年地方财政预算执行情况", "和2026年地方财政预算（草案）的报告（书面）"),
    ],
)
def test_a_report_is_of_the_year_whose_budget_it_asks_for(lines: tuple[str, ...]) -> None:
    found = told(*lines)
    assert (found.level, found.department, found.entity) == ("government", "本级政府", "丽江市")
    assert (found.year, found.phase) == (2026, "approved")


def test_a_finance_bureau_that_speaks_of_the_report_is_a_department() -> None:
    found = told("丽江市财政局2026年部门预算", "关于丽江市2025年预算执行情况和2026年预算草案的报告")
    assert (found.level, found.department, found.entity) == ("department", "财政", "丽江市财政局")


def test_one_table_of_a_department_or_a_unit_is_enough_to_be_none() -> None:
    titles = ["2026年市本级一般公共预算支出表", "2026年市本级政府性基金支出表"]
    assert government(titles, (), ()) is not None
    assert government([*titles, "部门收支预算总表"], (), ()) is None
