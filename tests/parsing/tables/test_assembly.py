from __future__ import annotations

import pytest

from gongkai.parsing.formats.text import read_text
from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.captions import could_be_title, declares_empty, is_caption, is_note, is_page_number
from gongkai.parsing.text.grid import Cell, Grid, TextLine
from gongkai.vocabulary.forms import form_of_title
from tests.parsing.tables.grids import grid

HEAD = "序号\t科目编码\t科目名称\t合计\n"
TITLE = "部门支出总表\n\n单位：万元\n\n"


def tables(text: str) -> list[Table]:
    return list(assemble(read_text(text).blocks).tables)


def body(table: Table) -> list[list[str]]:
    return [[row[column].text for column in sorted(row)] for row in table.body()]


def test_pieces_with_a_repeated_heading_are_one_table() -> None:
    first = "1\t208\t社会保障\t5.00\n"
    second = "2\t210\t卫生健康\t3.00\n"
    found = tables(f"{TITLE}{HEAD}{first}\n323某市某某局\n\n单位：万元\n\n{HEAD}{second}")
    assert len(found) == 1
    assert body(found[0]) == [["1", "208", "社会保障", "5.00"], ["2", "210", "卫生健康", "3.00"]]
    assert sum(cell.is_header for cell in found[0].cells) == 8


def test_a_title_between_pieces_begins_a_new_table() -> None:
    row = "1\t208\t社会保障\t5.00\n"
    found = tables(f"{TITLE}{HEAD}{row}\n政府性基金预算支出表\n\n{HEAD}{row}")
    assert [table.title for table in found] == ["部门支出总表", "政府性基金预算支出表"]


def test_a_row_cut_by_the_page_is_whole_again() -> None:
    first = "1\t2080505\t机关事业单位基本\t5.00\n"
    rest = "\t\t养老保险缴费支出\t\n2\t210\t卫生健康\t3.00\n"
    found = tables(f"{TITLE}{HEAD}{first}\n{HEAD}{rest}")
    assert body(found[0])[0] == ["1", "2080505", "机关事业单位基本\n养老保险缴费支出", "5.00"]
    assert len(body(found[0])) == 2


def test_a_piece_without_heading_goes_on() -> None:
    found = tables(f"{TITLE}{HEAD}1\t208\t社会保障\t5.00\n\n2\t210\t卫生健康\t3.00\n")
    assert len(found) == 1
    assert len(body(found[0])) == 2


def test_a_heading_that_lost_a_column_is_told() -> None:
    head = "序号\t科目\t\t合计\t本年收入\t\t上年结转\n\t编码\t名称\t\t小计\t财政拨款\t\n"
    shifted = "序号\t科目\t\t合计\t本年收入\t上年结转\t\n\t编码\t名称\t\t小计\t财政拨款\t\n"
    row = "1\t208\t社会保障\t5.00\t4.00\t4.00\t1.00\n"
    found = tables(f"部门收入总表\n\n单位：万元\n\n{head}{row}\n{shifted}{row}")
    assert len(found) == 1
    assert found[0].header_mismatch_pages == [None]
    assert found[0].headers == [
        "序号",
        "科目/编码",
        "科目/名称",
        "合计",
        "本年收入/小计",
        "本年收入/财政拨款",
        "上年结转",
    ]


def test_notes_follow_their_table() -> None:
    found = tables(f"{TITLE}{HEAD}\n注：本部门无此项支出，空表列示。\n\n一、说明\n")
    assert found[0].notes == ["注：本部门无此项支出，空表列示。"]


def test_merged_headings_of_a_format_with_spans() -> None:
    cells = (
        Cell(0, 0, "科目", column_span=2),
        Cell(0, 2, "合 计", row_span=2),
        Cell(1, 0, "编码"),
        Cell(1, 1, "名称"),
        Cell(2, 0, "208"),
        Cell(2, 1, "社会保障"),
        Cell(2, 2, "1.00"),
    )
    found = assemble([TextLine("支出预算表"), TextLine("单位：元"), Grid(3, 3, cells)]).tables[0]
    assert found.headers == ["科目/编码", "科目/名称", "合计"]
    assert (found.title, found.unit, found.heading_rows) == ("支出预算表", "元", 2)


def test_captions_inside_the_ruling() -> None:
    cells = (
        Cell(0, 0, "公开03表", column_span=3),
        Cell(1, 0, "支出预算总表", column_span=3),
        Cell(2, 0, "部门：某省某厅", column_span=2),
        Cell(2, 2, "单位：万元"),
        Cell(3, 0, "编码"),
        Cell(3, 1, "名称"),
        Cell(3, 2, "金额"),
        Cell(4, 0, "208"),
        Cell(4, 1, "社会保障"),
        Cell(4, 2, "1.00"),
    )
    found = assemble([Grid(5, 3, cells)]).tables[0]
    assert (found.title, found.unit, found.headers) == ("支出预算总表", "万元", ["编码", "名称", "金额"])


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("部门预算收支总表", "balance"),
        ("2024年部门收支预算表", "balance"),
        ("收入支出决算总表", "balance"),
        ("单位预算收入总表", "revenue"),
        ("收入决算表", "revenue"),
        ("部门支出预算表", "expenditure"),
        ("财政拨款收支总体情况表", "appropriation_balance"),
        ("财政拨款收入支出决算总表", "appropriation_balance"),
        ("财政拨款支出预算表（功能科目）", "appropriation_expenditure"),
        ("一般公共预算财政拨款支出表", "general_public"),
        ("一般公共预算财政拨款支出决算表", "general_public"),
        ("一般公共预算基本支出预算表（经济科目）", "general_public_basic"),
        ("财政拨款基本支出预算表（经济科目）", "appropriation_basic"),
        ("一般公共预算财政拨款基本支出决算表", "general_public_basic"),
        ("基本支出总表", "basic_expenditure"),
        ("部门预算基本支出预算表", "basic_expenditure"),
        ("政府性基金预算财政拨款收入支出决算表", "government_fund"),
        ("2026年省级政府性基金预算收入表", "government_fund_revenue"),
        ("2026年省级社会保险基金预算收入表", "social_insurance_fund"),
        ("2026年省级社会保险基金预算支出表", "social_insurance_fund"),
        ("国有资本经营预算收入表", "state_capital_revenue"),
        ("一般公共预算收入完成情况表", "general_public_revenue"),
        ("财政专户管理资金支出表", "fiscal_account"),
        ("人员经费支出表", None),
        ("项目支出绩效自评表", "performance_project"),
        ("某市国有资产监督管理委员会2026年部门收支预算总表", "balance"),
        ("某市政府采购中心2026年部门支出总表", "expenditure"),
        ("国有资产占有使用情况表", "assets"),
        ("某市社会保险基金管理中心2026年部门支出总表", "expenditure"),
        ("某市政府债务管理中心2026年部门收支总体情况表", "balance"),
        ("国有资本经营预算财政拨款支出表", "state_capital"),
        ("“三公”经费、会议费、培训费支出预算表", "three_public"),
        ("部门“三公”经费和机关运行经费预算表", "three_public"),
        ("2024年支出经济分类汇总表", "economic_summary"),
        ("项目支出预算表", "project_expenditure"),
        ("部门（单位）整体绩效目标表", "performance_department"),
        ("2025年招聘经费绩效目标表", "performance_project"),
        ("部门政府采购预算", "procurement"),
        ("固定资产占用情况表", "assets"),
        ("部门机构设置情况", "units"),
        ("一般公共预算机关运行经费支出预算表", "operating_expenses"),
        ("会议安排表", None),
    ],
)
def test_forms_by_their_printed_names(title: str, form: str | None) -> None:
    found = form_of_title(title)
    assert (found.id if found else None) == form


def test_kinds_of_lines() -> None:
    assert is_page_number("- 12 -")
    assert is_caption("323 曹妃甸区人力资源和社会保障局")
    assert is_caption("预算年度：2025")
    assert not is_caption("2024年部门收支预算表")
    assert could_be_title("2024年部门收支预算表")
    assert not could_be_title("支出说明。本年支出如下表")
    assert is_note("注：无政府性基金预算财政拨款预算，空表列示。")
    assert declares_empty("注：无政府性基金预算财政拨款预算，空表列示。")
    assert not declares_empty("注：报表金额单位转换时可能存在四舍五入尾数误差。")


COLUMNS = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
ROWS = [["213", "农林水支出", "712.36", "412.16", "300.20"], ["2130306", "水利工程运行与维", "300.20", "", "300.20"]]
LAST = ["", "合计", "812.36", "512.16", "300.20"]
NAME = "支出决算表"


def _over_a_page_break(*blocks: TextLine | Grid) -> list[Table]:
    return list(assemble([TextLine(NAME, 1), TextLine("单位：万元", 1), grid([COLUMNS, *ROWS], 1), *blocks]).tables)


@pytest.mark.parametrize("page_number", [[], [TextLine("- 1 -", 1)]])
@pytest.mark.parametrize("between", [[], [NAME], [NAME, "单位：万元"], [f"{NAME}（续）"], ["续表1"], ["单位：万元"]])
@pytest.mark.parametrize("heading", [[], [COLUMNS]])
def test_a_last_row_alone_on_the_next_page_is_the_table_s(
    page_number: list[TextLine], between: list[str], heading: list[list[str]]
) -> None:
    lines = [TextLine(text, 2) for text in between]
    (table,) = _over_a_page_break(*page_number, *lines, grid([*heading, LAST], 2))
    assert (table.title, table.headers) == (NAME, COLUMNS)
    assert body(table) == [*ROWS, LAST]


def test_a_name_without_amounts_is_no_heading_of_a_new_table() -> None:
    (table,) = _over_a_page_break(grid([["", "支出总计", "", "", ""]], 2))
    assert body(table) == [*ROWS, ["", "支出总计", "", "", ""]]


def test_of_which_beside_a_table_is_no_title() -> None:
    (table,) = _over_a_page_break(TextLine("其中：", 2), grid([LAST], 2))
    assert body(table) == [*ROWS, LAST]


def test_a_table_of_another_name_or_other_columns_begins_anew() -> None:
    assert len(_over_a_page_break(TextLine("收入决算表", 2), grid([LAST], 2))) == 2
    moved = grid([["合计", "812.36", "512.16", "300.20", "1.00"]], 2, left=70)
    assert len(_over_a_page_break(TextLine(NAME, 2), moved)) == 2


@pytest.mark.parametrize(
    "between",
    [
        [["类", "款", "项", "合计", "812.36", "5.00"]],
        [["类", "款", "项", "栏次", "1", "2"], ["", "", "", "合计", "812.36", "5.00"]],
        [["类", "款", "项", "", "", ""], ["", "", "", "合计", "812.36", "5.00"]],
        [["类", "款", "项", "", "", ""], ["", "", "", "栏次", "1", "2"], ["", "", "", "合计", "812.36", "5.00"]],
    ],
    ids=["with the total", "with the numbers of columns", "alone", "before the numbers"],
)
def test_headings_of_codes_in_a_row_that_holds_more(between: list[list[str]]) -> None:
    rows = [*between, ["213", "03", "01", "行政运行", "812.36", "5.00"]]
    heads = ["科目名称", "合计", "基本支出"]
    cells = [Cell(0, 0, "科目编码", 1, 3), *(Cell(0, column, text) for column, text in enumerate(heads, 3))]
    cells += [Cell(at, column, text) for at, row in enumerate(rows, 1) for column, text in enumerate(row)]
    (table,) = assemble([TextLine(NAME), Grid(len(rows) + 1, 6, tuple(cells))]).tables
    assert table.headers == ["科目编码/类", "科目编码/款", "科目编码/项", *heads]
    assert [[text for text in row if text] for row in body(table)] == [["合计", "812.36", "5.00"], rows[-1]]


@pytest.mark.parametrize(
    ("caption", "heading", "unit", "last"),
    [
        ("单位：万", "元\n预算金额", "万元", "预算金额"),
        ("单位：万元", "元\n预算金额", "万元", "元预算金额"),
        ("编制：某局", "元\n预算金额", None, "元预算金额"),
        ("单位：万", "预算\n金额", None, "预算金额"),
    ],
    ids=["cut", "whole", "no caption of a unit", "no end"],
)
def test_a_caption_that_ends_in_a_cell_of_the_heading(caption: str, heading: str, unit: str | None, last: str) -> None:
    lines = [TextLine(line, 1) for line in ("政府采购预算表", caption)]
    (table,) = assemble([*lines, grid([["采购项目", "数量", heading], ["应急平台", "1", "10.00"]], 1)]).tables
    assert (table.unit, table.headers[-1]) == (unit, last)
    assert table.cells[2].text == heading, "cells stay as printed"
