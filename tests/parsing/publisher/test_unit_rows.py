"""The body that a file of tables alone belongs to."""

from __future__ import annotations

import pytest

from gongkai.parsing.publisher.names import Named
from gongkai.parsing.publisher.unit_rows import unit_of_rows
from gongkai.parsing.tables.assembly import assemble
from tests.parsing.tables.grids import grid


def named(*rows: list[str]) -> Named | None:
    return unit_of_rows(assemble([grid([list(row) for row in rows])]).tables)


def test_the_code_that_all_others_begin_with_is_the_department_s() -> None:
    rows = (
        ["单位编码", "单位名称", "合计"],
        ["", "合计", "9.00"],
        ["323", "某市教育局", "9.00"],
        ["323001", "某市教育局本级", "5.00"],
        ["323002", "某市第一中学", "4.00"],
    )
    assert named(*rows) == Named("某市教育局", "323")


def test_codes_in_the_cell_of_the_name() -> None:
    rows = (["预算单位", "合计"], ["[323]某市教育局", "9.00"], ["[323001]某市第一中学", "4.00"])
    assert named(*rows) == Named("某市教育局", "323")


def test_one_body_beside_its_label() -> None:
    rows = (["部门名称", "某市信访局"], ["预算支出总额", "9.00"], ["合计", "9.00"])
    assert named(*rows) == Named("某市信访局")


def test_the_authority_and_its_own_figures_are_one_body() -> None:
    assert named(["单位名称", "合计"], ["某市教育局", "9.00"], ["某市教育局本级", "5.00"]) == Named("某市教育局")


@pytest.mark.parametrize(
    "rows",
    [
        (["单位名称", "合计"], ["某市第一中学", "9.00"], ["某市第二中学", "5.00"]),
        (["单位编码", "单位名称", "合计"], ["323001", "某市第一中学", "9.00"], ["323002", "某市第二中学", "5.00"]),
        (["项目", "合计"], ["某市教育局", "9.00"]),
    ],
)
def test_several_bodies_without_an_order_say_nothing(rows: tuple[list[str], ...]) -> None:
    assert named(*rows) is None
