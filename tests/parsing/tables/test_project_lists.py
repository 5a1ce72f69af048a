"""Lists of projects side by side, and what page breaks do to them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.tables.project_lists import is_list, read_list
from tests.parsing.tables.grids import grid, said, table_of

HENAN = [
    ["单位编码（项目编码）", "项目单位（项目名称）", "项目金额（万元）", "", "绩效目标", "", "", "", "", ""],
    ["", "", "", "", "成本指标", "", "产出指标", "", "满意度指标", ""],
    ["", "", "资金总额", "政府预算资金", "三级指标", "指标值", "三级指标", "指标值", "三级指标", "指标值"],
]
ONE, TWO = "419001240000000000001", "419001240000000000002"


def project(code: str, name: str, amount: str, *texts: str) -> list[str]:
    return [code, name, amount, amount, *texts]


def more(*texts: str) -> list[str]:
    return ["", "", "", "", *texts]


def test_rows_on_top_of_a_page_belong_to_the_project_before() -> None:
    first = [*HENAN, project(ONE, "培训", "10.00", "成本", "≤1", "人数", "3人", "满意", "≥9")]
    second = [
        *HENAN,
        more("", "", "次数", "2次", "", ""),
        project(TWO, "招聘", "5.00", "成本", "≤2", "场次", "4", "", ""),
    ]
    table = table_of(grid(first, 1), grid(second, 2))
    assert is_list(table)
    one, two = read_list(table, "万元")
    assert [item.level3 for item in one.indicators] == ["成本", "人数", "满意", "次数"]
    assert [item.level1 for item in one.indicators] == ["成本指标", "产出指标", "满意度指标", "产出指标"]
    assert [item.level3 for item in two.indicators] == ["成本", "场次"]
    assert (two.code, two.budget) == (TWO, Decimal("50000.00"))


@pytest.mark.parametrize("page", [None, 1])
def test_rows_that_begin_anew_without_a_name_belong_to_the_project_named_next(page: int | None) -> None:
    """Merged cells cut by the end of a page have their text on one of both pages only."""
    first = [
        *HENAN,
        project(ONE, "培训", "10.00", "成本", "≤1", "人数", "3人", "满意", "≥9"),
        more("", "", "次数", "2次", "", ""),
        more("控制", "≤5", "宣传", "≥6次", "群众", "≥8"),
    ]
    second = [*HENAN, project(TWO, "招聘", "5.00", "", "", "场次", "4场", "", ""), more("", "", "及时", "是", "", "")]
    one, two = read_list(table_of(grid(first, page), grid(second, page and 2)), "万元")
    assert [item.level3 for item in one.indicators] == ["成本", "人数", "满意", "次数"]
    assert (two.code, two.name, two.budget) == (TWO, "招聘", Decimal("50000.00"))
    assert [item.level3 for item in two.indicators] == ["控制", "宣传", "群众", "场次", "及时"]


def test_rows_of_a_project_that_is_named_nowhere_are_nobodys() -> None:
    rows = [
        *HENAN,
        project(ONE, "培训", "10.00", "成本", "≤1", "人数", "3人", "", ""),
        more("", "", "次数", "2次", "", ""),
        more("控制", "≤5", "宣传", "≥6次", "", ""),
        more("", "", "报道", "≥6次", "", ""),
        project(TWO, "招聘", "5.00", "成本", "≤2", "场次", "4场", "", ""),
    ]
    assert [name for name, _ in said(read_list(table_of(grid(rows, 1)), "万元"))] == ["培训", None, "招聘"]


def test_a_project_s_own_row_cut_by_the_page_is_one_project() -> None:
    first = [*HENAN, project(ONE[:15], "豫财社2024年就业补助", "", "", "", "", "", "", "")]
    second = [*HENAN, project(ONE, "2024年就业补助资金", "10.00", "成本", "≤1", "人数", "3人", "", "")]
    (one,) = read_list(table_of(grid(first, 1), grid(second, 2)), "万元")
    assert (one.code, one.name, one.budget) == (ONE, "豫财社2024年就业补助资金", Decimal("100000.00"))
    assert len(one.indicators) == 2


def test_a_project_printed_again_on_the_next_page_and_a_name_that_goes_on() -> None:
    whole = project(ONE, "培训（2023", "10.00", "成本", "≤1", "人数", "3人", "", "")
    again = [whole[0], whole[1], "10.00", "10.00", "", "", "次数", "2次", "", ""]
    rest = ["", "年结转）", "", "", "", "", "及时", "是", "", ""]
    (one,) = read_list(table_of(grid([*HENAN, whole], 1), grid([*HENAN, again, rest], 2)), "万元")
    assert (one.name, len(one.indicators)) == ("培训（2023年结转）", 4)


def test_rows_with_a_cell_too_many_are_put_under_their_headings() -> None:
    """A page exported with a column more: all indicators one cell further right."""
    shifted = [
        ["", "", "", "", "", "成本", "≤2", "场次", "4场", "满意", "≥9"],
        ["", "", "", "", "", "", "", "及时", "是", "", ""],
    ]
    shifted[0][:4] = project(TWO, "招聘", "5.00")
    first = grid([*HENAN, project(ONE, "培训", "10.00", "成本", "≤1", "人数", "3人", "", "")], spans_known=False)
    one, two = read_list(table_of(first, grid(shifted, spans_known=False)), "万元")
    assert said([one, two]) == [
        ("培训", [("成本", "≤1"), ("人数", "3人")]),
        ("招聘", [("成本", "≤2"), ("场次", "4场"), ("满意", "≥9"), ("及时", "是")]),
    ]
    assert [item.level1 for item in two.indicators] == ["成本指标", "产出指标", "满意度指标", "产出指标"]
