"""Cards: labelled cells and the indicators below them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.project_cards import cards, is_card, is_label, read_card
from gongkai.parsing.text.grid import TextLine
from tests.parsing.tables.grids import grid, table_of

CARD = [
    ["项目名称", "运维", "", "", "", ""],
    ["项目资金（万元）", "年度资金总额：", "60.00", "", "", ""],
    ["", "其中：财政拨款", "50.00", "", "", ""],
    ["", "其他资金", "10.00", "", "", ""],
    ["总体目标", "保障运行", "", "", "", ""],
    ["绩效指标", "一级指标", "二级指标", "三级指标", "指标值", "分值权重"],
    ["", "产出指标", "数量指标", "次数", "≥4次", "20"],
    ["", "", "质量指标", "合格率", "≥95%", "30"],
    ["", "", "社会效益指标", "影响", "长期", "40"],
]


def test_a_card_states_its_funds_and_keeps_scores_out_of_targets() -> None:
    table = table_of(grid(CARD, 1))
    assert is_card(table)
    found = read_card(table, table.unit, of_department=False)
    assert (found.name, found.budget, found.fiscal_funds, found.other_funds) == (
        "运维",
        Decimal("600000.00"),
        Decimal("500000.00"),
        Decimal("100000.00"),
    )
    assert [(item.level1, item.level2, item.target) for item in found.indicators] == [
        ("产出指标", "数量指标", "≥4次"),
        ("产出指标", "质量指标", "≥95%"),
        (None, "社会效益指标", "长期"),
    ]


def test_cards_one_below_the_other_are_a_project_each() -> None:
    other = [["项目名称", "公车", "", "", "", ""], *CARD[1:]]
    found = [read_card(card, "万元", of_department=False) for card in cards(table_of(grid([*CARD, *other], 1)))]
    assert [(card.name, len(card.indicators)) for card in found] == [("运维", 3), ("公车", 3)]


def test_an_empty_form_names_no_project() -> None:
    blank = [["项目名称", "", "", "", "", ""], *CARD[4:6], ["", "产出指标", "数量指标", "", "", ""]]
    found = read_card(table_of(grid(blank, 1)), "万元", of_department=False)
    assert (found.name, found.indicators) == (None, [])


def test_a_later_page_without_the_first_columns_goes_on_under_the_same_rules() -> None:
    rest = [["数量指标", "天数", "≥5天", "10"], ["满意度指标", "满意度", "≥9%", "10"]]
    table = table_of(grid(CARD, 1), TextLine("第 2 页，共 2 页", 2), grid(rest, 2, left=150))
    found = read_card(table, table.unit, of_department=False)
    assert [(item.level3, item.target) for item in found.indicators[3:]] == [("天数", "≥5天"), ("满意度", "≥9%")]
    elsewhere = assemble([grid(CARD, 1), TextLine("第 2 页，共 2 页", 2), grid(rest, 2, left=165)]).tables
    assert len(elsewhere) == 2


@pytest.mark.parametrize("beside", ["主管部门", "实施单位", "主管部门及代码", "项目编码", "项目属性："])
def test_a_label_beside_a_blank_name_is_no_name(beside: str) -> None:
    rows = [["项目名称", "", beside, "某局", "", ""], ["项目名称", beside, "某局", "", "", ""]]
    for row in rows:
        found = read_card(table_of(grid([row, *CARD[4:]], 1)), "万元", of_department=False)
        assert found.name is None


def test_a_name_beside_its_label_stays_though_a_label_follows() -> None:
    rows = [["项目名称", "", "运维专项资金", "主管部门", "某局", ""], *CARD[4:]]
    assert read_card(table_of(grid(rows, 1)), "万元", of_department=False).name == "运维专项资金"


def test_goals_end_at_the_next_label() -> None:
    rows = [CARD[0], ["年度目标", "保障运行", "", "", "", ""], ["年度主要任务", "巡检", "", "", "", ""], *CARD[5:]]
    assert read_card(table_of(grid(rows, 1)), "万元", of_department=False).goals == "保障运行"


def test_a_card_without_a_label_is_called_by_its_title() -> None:
    rows = [["项目编码", "13032125P00312010007K", "", "", "", ""], *CARD[4:]]
    (table,) = assemble([TextLine("3、[323]代发离休费绩效目标表"), grid(rows, 1)]).tables
    found = read_card(table, "万元", of_department=False)
    assert (found.code, found.name) == ("13032125P00312010007K", "代发离休费")


def test_labels() -> None:
    assert all(map(is_label, ("项目名称", "年度资金总额:", "项目资金(万元)", "资金支出计划(%)", "一级指标")))
    assert not any(map(is_label, ("某局", "运维专项资金", "60.00", "保障运行")))
