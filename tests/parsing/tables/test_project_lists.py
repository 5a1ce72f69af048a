"""Projects and their indicators out of generated tables: lists, cards, and what page breaks do to both."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.project_cards import Project, cards, is_card, read_card
from gongkai.parsing.tables.project_catalogues import is_catalogue, read_catalogue
from gongkai.parsing.tables.project_lists import is_list, read_list
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.grid import Block, Box, Cell, Grid, TextLine

Span = tuple[int, int]

HENAN = [
    ["单位编码（项目编码）", "项目单位（项目名称）", "项目金额（万元）", "", "绩效目标", "", "", "", "", ""],
    ["", "", "", "", "成本指标", "", "产出指标", "", "满意度指标", ""],
    ["", "", "资金总额", "政府预算资金", "三级指标", "指标值", "三级指标", "指标值", "三级指标", "指标值"],
]
ONE, TWO = "419001240000000000001", "419001240000000000002"


def grid(rows: Sequence[Sequence[str]], page: int | None = None, *, left: float = 50, spans_known: bool = True) -> Grid:
    """Rows of equal length, 50 points wide each column."""
    cells = tuple(
        Cell(row, column, text, page=page, box=_box(row, column, left) if page else None)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    )
    return Grid(len(rows), max(map(len, rows)), cells, page, spans_known=spans_known)


def _box(row: int, column: int, left: float) -> Box:
    return Box(left + 50 * column, 100 + 20 * row, left + 50 * column + 50, 120 + 20 * row)


def merged(first: Grid, spans: dict[Span, int]) -> Grid:
    """The grid with cells, by place, that reach down over so many rows."""
    hidden = {(row + lower, column) for (row, column), count in spans.items() for lower in range(1, count)}
    cells = tuple(
        cell._replace(row_span=spans.get((cell.row, cell.column), 1))
        for cell in first.cells
        if (cell.row, cell.column) not in hidden
    )
    return Grid(first.row_count, first.column_count, cells, first.page)


def table_of(*blocks: Block) -> Table:
    (table,) = assemble([TextLine("项目绩效目标表"), *blocks]).tables
    return table


def said(projects: Sequence[Project]) -> list[tuple[str | None, list[tuple[str | None, str | None]]]]:
    return [(project.name, [(item.level3, item.target) for item in project.indicators]) for project in projects]


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
