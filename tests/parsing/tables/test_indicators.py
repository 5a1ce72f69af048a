"""Indicators below their heading: levels filled down, rows cut by a page made whole."""

from __future__ import annotations

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.indicators import heading_columns_of, indicator_columns, indicators_below
from gongkai.parsing.tables.project_cards import read_card
from gongkai.parsing.text.grid import Box, TextLine
from tests.parsing.tables.grids import grid, merged, table_of

HEADING = ["一级指标", "二级指标", "三级指标", "指标值"]


def test_levels_in_one_cell() -> None:
    rows = [
        ["整体绩效目标", "目标", "", "", ""],
        ["活动", "绩效指标", "指标性质", "指标值", "度量单位"],
        ["业务", "产出指标\n质量指标\n完成率", "＝", "100", "%"],
        ["业务", "满意度指标\n服务对象满意度指标\n满意度", "≥", "90", "%"],
    ]
    found = read_card(table_of(grid(rows, 1)), None, of_department=True)
    assert [(item.level1, item.level2, item.level3, item.sign) for item in found.indicators] == [
        ("产出指标", "质量指标", "完成率", "＝"),
        ("满意度指标", "服务对象满意度指标", "满意度", "≥"),
    ]


def test_headings_of_indicators() -> None:
    assert heading_columns_of({"一级指标", "指标名称"})
    assert heading_columns_of({"绩效指标", "目标值"})
    assert not heading_columns_of({"绩效指标", "权重"})
    assert not heading_columns_of({"一级指标", "权重"})


def test_columns_of_no_interest_hold_nothing() -> None:
    assert indicator_columns({0: "一级指标", 1: "三级指标", 2: "分值", 3: "预期指标值"}) == {
        0: "level1",
        1: "level3",
        2: "",
        3: "target",
    }


def test_levels_are_filled_down_but_not_into_a_level_they_cannot_stand_under() -> None:
    rows = [
        HEADING,
        ["产出指标", "数量指标", "次数", "4次"],
        ["", "质量指标", "合格率", "95%"],
        ["", "社会效益指标", "影响", "长期"],
    ]
    found = list(indicators_below(table_of(grid(rows, 1))))
    assert [(each.level1, each.level2) for each in found] == [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        (None, "社会效益指标"),
    ]


def test_the_rest_of_a_row_is_joined_to_it() -> None:
    rows = [HEADING, ["产出指标", "数量指标", "开展培训", "4次"], ["", "", "的次数", ""]]
    found = list(indicators_below(table_of(grid(rows, 1))))
    assert [each.level3 for each in found] == ["开展培训的次数"]


def test_a_page_whose_left_cells_are_cut_goes_on() -> None:
    card = [
        ["一级指标", "二级指标", "指标内容", "指标值"],
        ["产出指标", "数量指标", "保障人数", "9人"],
        ["", "", "培训完成情况", "良好"],
    ]
    above = merged(grid(card, 1), {(1, 0): 2, (1, 1): 2})
    cut = grid([["伤亡人数", "有一定幅度下降"], ["检查次数", "7次"]], 2, left=150)
    found = read_card(table_of(above, TextLine("指标", 2, Box(60, 90, 80, 98)), cut), None, of_department=True)
    assert [(item.level2, item.level3, item.target) for item in found.indicators] == [
        ("数量指标", "保障人数", "9人"),
        ("数量指标", "培训完成情况", "良好"),
        ("数量指标", "伤亡人数", "有一定幅度下降"),
        ("数量指标", "检查次数", "7次"),
    ]
    beside, title = TextLine("产出", 2, Box(60, 110, 80, 118)), TextLine("支出预算总表", 2, Box(60, 90, 120, 98))
    assert len(assemble([above, beside, cut]).tables) == 1
    assert len(assemble([above, title, cut]).tables) == 2, "a form's name begins another table"
    assert len(assemble([above, beside, grid([["伤亡人数", "下降"]], 2, left=140)]).tables) == 2, "other rules"
    assert len(assemble([above, TextLine("某局", 2, Box(160, 90, 180, 98)), cut]).tables) == 2, (
        "it stands over the rows"
    )


def test_a_level_whose_name_is_on_the_next_page_is_not_known() -> None:
    card = [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "人数", "9人"],
        ["", "", "次数", "7次"],
        ["", "", "合格率", "90%"],
    ]
    first = merged(grid(card, 1), {(1, 0): 3, (2, 1): 2})
    rest = [["", "", "及格率", "80%"], ["", "质量指标", "差错率", "1%"], ["", "", "工期", "9天"]]
    second = merged(grid(rest, 2), {(0, 0): 3})
    found = read_card(table_of(first, second), None, of_department=True)
    assert [(item.level1, item.level2) for item in found.indicators] == [
        ("产出指标", "数量指标"),
        ("产出指标", None),
        ("产出指标", None),
        ("产出指标", None),
        ("产出指标", "质量指标"),
        ("产出指标", None),
    ]
