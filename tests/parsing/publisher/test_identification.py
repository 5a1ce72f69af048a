"""Whose disclosure it is, of which year, from what pages and covers print before the first table."""

from __future__ import annotations

import pytest

from gongkai.parsing.publisher import Context, Disclosure, Told, identify
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
        "一、2025年预算执行及财政运行情况",
    ],
)
def test_a_sentence_an_attachment_and_a_heading_are_no_title(line: str) -> None:
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


def kinds(context: Context, *lines: TextLine | str) -> tuple[Disclosure, list[str]]:
    found, doubts = identify((), [TextLine(line) if isinstance(line, str) else line for line in lines], context, None)
    return found, [doubt.kind for doubt in doubts]


def test_an_approval_is_the_disclosure_of_the_body_it_settles() -> None:
    found = told("大冶市财政局关于批复2024年度部门决算的通知", "大冶市教育局：", "编制单位：大冶市财政局")
    assert (found.entity, found.department, found.year) == ("大冶市教育局", "教育", 2024)


def test_an_approval_s_table_is_of_the_body_it_names_and_not_of_who_settles() -> None:
    found = told("大冶市财政局2024年度部门决算批复表", "单位名称：大冶市教育局")
    assert (found.entity, found.year) == ("大冶市教育局", 2024)


def test_a_line_that_only_links_elsewhere_names_no_publisher() -> None:
    found, _ = kinds(Context(), TextLine("大冶市教育局2025年部门预算", is_link=True))
    assert (found.entity, found.year, found.own_title) == (None, None, None)


def test_the_name_with_its_place_goes_before_the_short_one() -> None:
    assert told("编制单位：市民政局", "石家庄市民政局2026年部门预算").entity == "石家庄市民政局"


def test_what_a_person_told_fills_in_what_the_document_does_not_say() -> None:
    told_facts = Told(2025, "大冶市教育局", "420281", "approved")
    found, doubts = kinds(Context(told=told_facts), "收入支出情况")
    assert (found.entity, found.year, found.phase, found.department) == ("大冶市教育局", 2025, "approved", "教育")
    assert found.place is not None
    assert found.place.division_code == "420281"
    assert "told_otherwise" not in doubts


def test_the_document_s_own_word_goes_before_a_person_s_and_the_issue_names_both() -> None:
    context = Context(told=Told(2023, "大冶市财政局", "130100", "executed"))
    found, doubts = identify((), [TextLine("大冶市教育局2025年部门预算")], context, None)
    assert (found.entity, found.year, found.phase) == ("大冶市教育局", 2025, "approved")
    assert found.place is not None
    assert found.place.division_code == "420281"
    reasons = [doubt.reason for doubt in doubts if doubt.kind == "told_otherwise"]
    assert len(reasons) == 4
    assert any("2025" in reason and "2023" in reason for reason in reasons)


def test_a_person_s_word_goes_before_the_portal_s_and_completes_the_document_s() -> None:
    portal = Context(title="大冶市财政局2024年部门决算", told=Told(year=2025, entity="大冶市教育局"))
    found, doubts = kinds(portal, "收入支出情况")
    assert (found.entity, found.year) == ("大冶市教育局", 2025)
    assert "told_otherwise" not in doubts
    whole = Context(told=Told(entity="石家庄市民政局"))
    assert kinds(whole, "市民政局2026年部门预算")[0].entity == "石家庄市民政局"


def test_a_told_place_decides_between_candidates_and_narrows() -> None:
    ambiguous = Context(told=Told(division="350102"))
    found, doubts = kinds(ambiguous, "鼓楼区教育局2025年部门预算")
    assert found.place is not None
    assert (found.place.division_code, doubts) == ("350102", [])
    narrower, _ = kinds(Context(told=Told(division="420281")), "黄石市教育局2025年部门预算")
    assert narrower.place is not None
    assert narrower.place.division_code == "420281"


def test_the_portal_s_publisher_counts_last_and_not_where_it_publishes_for_others() -> None:
    assert kinds(Context(publisher="大冶市教育局"), "收入支出情况")[0].entity == "大冶市教育局"
    assert kinds(Context(publisher="大冶市财政局"), "收入支出情况")[0].entity is None
    titled_too = Context(publisher="大冶市教育局", link_text="大冶市水利局2025年部门预算")
    assert kinds(titled_too, "收入支出情况")[0].entity == "大冶市水利局"


def test_the_columns_above_and_the_files_beside_tell_what_they_agree_on() -> None:
    beside = Context(siblings=("附件1：大冶市教育局2025年部门预算说明.docx",), breadcrumb=("政务公开", "部门预算"))
    found, _ = kinds(beside, "收入支出情况")
    assert (found.entity, found.year, found.phase) == ("大冶市教育局", 2025, "approved")
    others = Context(siblings=("大冶市教育局2025年部门预算", "大冶市水利局2024年部门预算"))
    several, _ = kinds(others, "收入支出情况")
    assert (several.entity, several.year) == (None, None)


def test_the_number_of_a_disclosure_is_no_part_of_its_title() -> None:
    context = Context(title="MB1821951/2026-00012大冶市教育局2026年部门预算", index_number="MB1821951/2026-00012")
    assert kinds(context, "收入支出情况")[0].title == "大冶市教育局2026年部门预算"


def test_a_body_that_calls_itself_by_its_kind_of_place_is_of_its_own_portal_s() -> None:
    found, _ = kinds(Context(portal_divisions=("130100",)), "市民政局2026年部门预算")
    assert found.place is not None
    assert found.place.division_code == "130100"
    assert kinds(Context(portal_divisions=("130100",)), "县民政局2026年部门预算")[0].place is None


@pytest.mark.parametrize(
    ("line", "entity", "place"),
    [
        ("湖北省黄石监狱2024年度单位决算", "湖北省黄石监狱", "420200"),
        ("平潭综合实验区教育局2025年部门预算", "平潭综合实验区教育局", "350128"),
        ("大冶经济技术开发区管理委员会2024年度部门决算", "大冶经济技术开发区管理委员会", "420281"),
        ("大冶市2024年水利和湖泊局部门决算", "大冶市水利和湖泊局", "420281"),
        ("大冶市教育局关于公开2024年度部门决算的公告", "大冶市教育局", "420281"),
        ("大冶市教育局2025年部门预算 发布日期：2025-02-11 来源：大冶市财政局", "大冶市教育局", "420281"),
        ("2024年决算批复（大冶市教育局）", "大冶市教育局", "420281"),
        ("大冶市妇联2025年部门预算", "大冶市妇联", "420281"),
        ("大冶市委党史研究室2025年部门预算", "大冶市委党史研究室", "420281"),
        ("大冶市教育局2025年度部门预算及2024年度部门预算执行情况", "大冶市教育局", "420281"),
        ("大冶市教育局等3个部门2025年部门预算", None, "420281"),
        ("大冶市各部门2025年部门预算", None, "420281"),
        ("2024年度大冶市本级部门决算公开", None, "420281"),
    ],
)
def test_bodies_in_titles_as_portals_print_them(line: str, entity: str | None, place: str) -> None:
    found = told(line)
    assert found.place is not None
    assert (found.entity, found.place.division_code) == (entity, place)


def test_the_heading_that_introduces_a_body_names_it() -> None:
    found = told("目录", "第一部分 大冶市教育局概况", "第二部分 2024年度部门决算情况说明")
    assert (found.entity, found.year) == ("大冶市教育局", 2024)


def test_a_file_name_that_names_the_same_body_gives_the_year_with_an_issue() -> None:
    context = Context(file_name="附件2：大冶市教育局2025年部门预算报表.pdf")
    found, doubts = kinds(context, "编制单位：大冶市教育局")
    assert (found.year, "year_from_file_name" in doubts) == (2025, True)
    other, _ = kinds(context, "编制单位：大冶市水利局")
    assert other.year is None


@pytest.mark.parametrize(
    ("link_text", "entity"),
    [
        ("大冶市水利局.pdf", "大冶市水利局"),
        ("339-大冶市水利局", "大冶市水利局"),
        ("13.大冶市水利局（汇总）.zip", "大冶市水利局"),
        ("大冶市水利局2025年部门预算", "大冶市水利局"),
        ("附件2.xls", "大冶市教育局"),
    ],
)
def test_the_link_s_text_is_this_file_s_and_goes_before_its_article_s_title(link_text: str, entity: str) -> None:
    context = Context(title="大冶市教育局2025年部门预算公开", link_text=link_text)
    assert kinds(context, "收入支出情况")[0].entity == entity
