"""Lists of projects one below the other, and what page breaks do to them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.tables.project_cards import Project
from gongkai.parsing.tables.project_catalogues import is_catalogue, read_catalogue
from gongkai.parsing.text.grid import TextLine
from tests.parsing.tables.grids import grid, merged, said, table_of

BEIJING = [
    "项目名称",
    "项目总额",
    "绩效目标",
    "一级指标",
    "二级指标",
    "三级指标",
    "绩效指标性质",
    "本年绩效指标值",
    "绩效度量单位",
]


def test_a_catalogue_with_merged_cells_cut_by_the_page() -> None:
    first = [
        BEIJING,
        ["11000021Y000000390843-运维", "68.9", "一、", "产出指标", "时效指标", "响应", "≤", "5", "分钟"],
        ["", "", "", "", "", "巡检", "≥", "22", "次"],
        ["", "", "", "效益指标", "", "使用率", "定性", "优", ""],
        ["11000021Y000000390849-办公", "2.9", "二、", "产出指标", "数量指标", "采购", "＝", "8", "台"],
        ["", "", "", "产出指标", "数量指标", "无名", "≤", "1", "次"],
    ]
    second = [
        ["设备", "", "完。", "满意度指标", "", "使用者", "≥", "95", "%"],
        ["11000021Y000000390850-宣传", "1.5", "三、", "产出指标", "数量指标", "篇数", "≥", "40", "篇"],
    ]
    pages = merged(grid(first, 1), {(1, 0): 3, (1, 1): 3, (1, 2): 3}), grid(second, 2)
    table = table_of(pages[0], TextLine("- 2 -", 2), pages[1])
    assert is_catalogue(table)
    repair, office, nameless, news = read_catalogue(table, "万元")
    assert (repair.code, repair.name, repair.budget) == ("11000021Y000000390843", "运维", Decimal("689000.00"))
    assert [(item.level1, item.level2) for item in repair.indicators] == [
        ("产出指标", "时效指标"),
        ("产出指标", "时效指标"),
        ("效益指标", None),
    ]
    answer = repair.indicators[0]
    assert (answer.sign, answer.target, answer.unit) == ("≤", "5", "分钟")
    assert (office.name, office.goals) == ("办公", "二、")
    assert (nameless.name, nameless.goals) == ("设备", "完。")
    assert [item.level3 for item in nameless.indicators] == ["无名", "使用者"]
    assert (news.name, news.budget) == ("宣传", Decimal("15000.00"))


def test_a_catalogue_that_prints_its_project_again_and_lists_units_and_totals() -> None:
    heading = [
        "单位编码",
        "单位（项目）名称",
        "资金总额",
        "绩效目标",
        "一级指标",
        "二级指标",
        "三级指标",
        "指标值",
        "度量单位",
    ]
    first = [
        heading,
        ["合计", "", "46.00", "", "", "", "", "", ""],
        ["126001", "某市信访局", "46.00", "", "", "", "", "", ""],
        ["126001", "信访专项", "35.78", "目标", "成本指标", "经济成本指标", "总成本", "35.78", "万元"],
    ]
    second = [heading, ["126001", "信访专项", "35.78", "目标", "产出指标", "数量指标", "单位数", "10", "个"]]
    second.append(["126001", "接待专项", "10.22", "目标", "产出指标", "质量指标", "完好率", "95", "%"])
    projects = read_catalogue(table_of(grid(first, 1), grid(second, 2)), "万元")
    assert said(projects) == [("信访专项", [("总成本", "35.78"), ("单位数", "10")]), ("接待专项", [("完好率", "95")])]
    assert {(project.unit_code, project.unit_name) for project in projects} == {("126001", "某市信访局")}


def test_projects_with_goals_only() -> None:
    rows = [
        ["二级预算单位名称", "一级项目名称", "预算数（万元）", "绩效目标"],
        ["深圳市某局", "大厅运行", "603.84", "保障"],
        ["深圳市某局", "准备金", "4.90", "1.\n2."],
    ]
    table = table_of(grid(rows, 1))
    assert is_catalogue(table)
    found = [(item.unit_name, item.name, item.budget, item.goals) for item in read_catalogue(table, table.unit)]
    assert found == [
        ("深圳市某局", "大厅运行", Decimal("6038400.00"), "保障"),
        ("深圳市某局", "准备金", Decimal("49000.00"), "1.\n2."),
    ]


def catalogue(rows: list[list[str]], unit: str = "万元") -> list[Project]:
    table = table_of(grid(rows, 1))
    assert is_catalogue(table)
    return read_catalogue(table, unit)


def test_units_categories_and_sums_are_no_projects() -> None:
    rows = [
        ["项目名称", "预算数", "绩效目标"],
        ["合计", "90.00", ""],
        ["广州市气象局", "60.00", ""],
        ["其他运转类", "60.00", ""],
        ["信访专项", "40.00", "化解"],
        ["大厅运行", "20.00", "保障"],
        ["广州市气象台", "30.00", ""],
        ["其中：台站维护", "10.00", ""],
        ["会商平台", "30.00", "会商"],
        ["某局本级小计", "30.00", ""],
    ]
    found = [(item.name, item.unit_name) for item in catalogue(rows)]
    assert [name for name, _ in found] == ["信访专项", "大厅运行", "会商平台"]


def test_a_row_that_says_nothing_and_adds_up_sums_what_follows() -> None:
    rows = [
        ["项目名称", "预算数", "绩效目标"],
        ["综合管理", "60.00", ""],
        ["信访专项", "40.00", "化解"],
        ["大厅运行", "20.00", "保障"],
        ["信访平台", "7.00", ""],
        ["热线", "5.00", "接听"],
    ]
    assert [item.name for item in catalogue(rows)] == ["信访专项", "大厅运行", "信访平台", "热线"]


@pytest.mark.parametrize("heading", ["总投资", "项目总投资", "三年合计", "2024-2026年预算", "实施期总额", "累计安排"])
def test_money_of_several_years_stands_apart_from_the_years(heading: str) -> None:
    rows = [["项目名称", heading, "本年预算", "绩效目标"], ["通道改造", "900.00", "30.00", "通车"]]
    (project,) = catalogue(rows)
    assert (project.budget, project.amount("several_years")) == (Decimal("300000.00"), Decimal("9000000.00"))


def test_what_a_page_prints_again_is_no_part_of_a_name() -> None:
    rows = [
        ["项目名称", "预算数", "绩效目标"],
        ["项目名称\n信访专项", "40.00", "化解"],
        ["项目绩效目标表", "", ""],
        ["单位：万元", "", ""],
        ["项目名称", "预算数", "绩效目标"],
        ["热线\n项目绩效目标表", "5.00", "接听"],
    ]
    assert [(item.name, item.goals) for item in catalogue(rows)] == [("信访专项", "化解"), ("热线", "接听")]
