"""Whose disclosure it is, of which year, from what pages and covers print before the first table."""

from __future__ import annotations

import pytest

from gongkai.parsing.publisher import Context, Disclosure, identify
from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.text.grid import Cell, Grid, TextLine
from tests.parsing.tables.grids import grid


def told(*lines: str) -> Disclosure:
    found, _ = identify((), [TextLine(line) for line in lines], Context(), None)
    return found


@pytest.mark.parametrize(
    "lines",
    [
        ("部门财政预算", "2026-03-19", "2026-03-19", "2026年度郑州市信访局部门预算公开", "附件"),
        ("发布时间：2026-03-19", "2026年度郑州市信访局部门预算公开"),
        ("2026年度", "郑州市信访局", "部门预算", "2026年3月19日"),
        ("2026-03-192026年度郑州市信访局部门预算公开",),
    ],
)
def test_a_day_beside_a_title_is_no_part_of_a_name(lines: tuple[str, ...]) -> None:
    found = told(*lines)
    assert (found.entity, found.year, found.phase) == ("郑州市信访局", 2026, "approved")


def test_a_title_on_one_line_is_not_joined_with_those_around_it() -> None:
    found = told("政务公开", "郑州市信访局2026年部门预算", "附件一")
    assert found.own_title == "郑州市信访局2026年部门预算"


def test_a_name_that_begins_on_the_line_above_is_whole() -> None:
    assert told("郑州市", "信访局2026年部门预算").entity == "郑州市信访局"


def test_a_list_of_other_years_below_the_title_does_not_outvote_it() -> None:
    found = told("2026年郑州市信访局部门预算", *[f"{year}年郑州市信访局部门预算" for year in (2017, 2017, 2018)])
    assert found.year == 2026


@pytest.mark.parametrize(
    "line",
    [
        "上述收入包括2025年结转并编制到2026年预算的资金。",
        "2.2026年预算公开情况说明.docx",
        "关于某市2025年预算执行情况与2026年预算草案的报告",
        "一、2025年预算执行及财政运行情况",
    ],
)
def test_a_sentence_an_attachment_and_a_report_to_congress_are_no_title(line: str) -> None:
    assert told(line).own_title is None


@pytest.mark.parametrize(
    ("line", "department"),
    [
        ("上海市域外农场管理办公室设在上海市发展和改革委员会。", "发展和改革"),
        ("本单位是上海市教育局所属的公益一类事业单位。", "教育"),
        ("上海市域外农场管理办公室与上海市财政局共同管理有关事项。", None),
        ("苏北农场办事处设在上海市发展和改革委员会。", None),
    ],
)
def test_a_body_that_is_in_no_departments_name_is_where_its_text_puts_it(line: str, department: str | None) -> None:
    assert told("上海市域外农场管理办公室2026年单位预算", line).department == department


def test_what_a_finder_put_before_the_name_of_a_file_is_left_out() -> None:
    cells = tuple(
        Cell(row, column, text)
        for row, line in enumerate(("收入 预算", "合计 1.00"))
        for column, text in enumerate(line.split())
    )
    tables = assemble([TextLine("收支预算总表"), TextLine("单位：万元"), Grid(2, 2, cells)]).tables
    name = "北京_政府办公厅_附件2：北京市信访办公室2026年度部门预算报表.pdf"
    found, doubts = identify(tables, [], Context(file_name=name), None)
    assert (found.entity, found.department, found.year) == ("北京市信访办公室", "信访", 2026)
    assert "entity_from_file_name" in {doubt.kind for doubt in doubts}


def test_the_top_row_of_a_sheet_says_whose_and_of_which_year() -> None:
    rows = [
        ["2024年度大冶市水利和湖泊局部门决算公开表", "", ""],
        ["支出决算表", "", ""],
        ["单位：万元", "", ""],
        ["科目编码", "科目名称", "本年支出合计"],
        ["213", "农林水支出", "1.00"],
    ]
    assembled = assemble([grid(rows)])
    found, doubts = identify(assembled.tables, assembled.lines, Context(), None)
    assert (found.entity, found.year, found.level, found.phase) == (
        "大冶市水利和湖泊局",
        2024,
        "department",
        "executed",
    )
    assert doubts == []
