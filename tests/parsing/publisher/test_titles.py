"""What titles say of a disclosure."""

from __future__ import annotations

import pytest

from gongkai.parsing.publisher.titles import (
    addressed,
    broken_titles,
    cover_titles,
    file_title,
    is_approval,
    level_of,
    own_title,
    phase_of,
    titled,
    year_of,
)
from gongkai.parsing.text.grid import TextLine


@pytest.mark.parametrize(
    "title",
    [
        "某市教育局2025年部门预算",
        "2025年某市教育局部门预算公开",
        "2025年度某市教育局本级单位决算",
        "第二部分 某市教育局2024年度部门决算表",
        "某市教育局 2025年收支预算",
    ],
)
def test_the_body_before_or_behind_the_year(title: str) -> None:
    named = titled(title)
    assert named is not None
    assert named.entity.startswith("某市教育局")


def test_titles_that_name_nobody() -> None:
    assert titled("2025年部门预算") is None
    assert titled("某市教育局部门预算") is None


def test_the_first_title_that_is_no_sentence_heading_or_attachment() -> None:
    head = ["一、2025年部门预算", "2025年预算执行情况", "附件：1.2025年预算收支表", "2025年部门预算", "2024年部门预算"]
    assert own_title(head) == "2025年部门预算"
    assert own_title(["2025年预算说明。"]) is None


def test_a_cover_s_lines_are_one_title_up_to_the_contents() -> None:
    cover = [TextLine(text) for text in ("2025年度", "2026-03-19", "某市教育局", "部门预算", "目录", "概况")]
    assert "2025年度某市教育局部门预算" in cover_titles(cover)
    assert cover_titles(cover[:1]) == []


def test_a_file_s_name_counts_where_it_names_a_place() -> None:
    assert file_title("北京_附件2：北京市信访办公室2026年度部门预算报表.pdf") == "北京市信访办公室2026年度部门预算报表"
    assert file_title("附件2：信访办公室部门预算.pdf") is None
    assert file_title(None) is None


def test_a_caption_s_year_goes_before_titles_and_a_tie_says_nothing() -> None:
    assert year_of(["预算年度：2025"], ["2024年部门预算"]) == 2025
    assert year_of([], ["2024年部门预算"], ["2023年部门预算"]) == 2024
    assert year_of([], ["2024年部门预算", "2023年部门预算"], ["2022年部门预算"]) is None


def test_budget_or_final_accounts() -> None:
    assert phase_of(["一般公共预算财政拨款支出决算表"], [], []) == "executed"
    assert phase_of(["支出决算表"], ["2025年部门预算"], []) == "approved"
    assert phase_of([], [], ["某局公开"]) is None


def test_a_note_below_a_form_says_no_phase() -> None:
    forms = ["财政拨款“三公”经费支出决算表"]
    assert phase_of(forms, ["注：2023年度预算数为“三公”经费全年预算数"], []) == "executed"
    assert phase_of(forms, ["2.2023年度预算数为“三公”经费全年预算数。"], []) == "executed"


def test_department_or_unit_by_titles_then_by_code() -> None:
    assert level_of(None, ["部门预算收支总表"]) == "department"
    assert level_of("323", [], ["2025年单位预算"]) == "unit"
    assert level_of(None, ["2025年单位预算"], ["部门预算收支总表"] * 3) == "unit"
    assert level_of("323") == "department"
    assert level_of("323003") == "unit"
    assert level_of(None, ["部门预算和单位预算"]) is None


def test_a_title_that_breaks_within_its_name_is_one() -> None:
    lines = [TextLine(text) for text in ("关于2024年海南省省级国有资本经营", "预算的说明", "一、基本情况说明")]
    assert "关于2024年海南省省级国有资本经营预算的说明" in broken_titles(lines)
    assert broken_titles([TextLine("2024年度某市部门预算"), TextLine("预算的说明")]) == []
    assert broken_titles([TextLine("2024年度"), TextLine("一、预算单位")]) == []


@pytest.mark.parametrize(
    ("title", "entity"),
    [
        ("大冶市财政局关于批复大冶市教育局2024年度部门决算的通知", "大冶市教育局"),
        ("大冶市财政局关于大冶市教育局2025年部门预算的批复", "大冶市教育局"),
        ("关于批复大冶市第一中学2025年单位预算的通知", "大冶市第一中学"),
        ("大冶市财政局关于批复2024年度部门决算的通知", None),
        ("大冶市财政局关于2024年度部门决算公开的说明", "大冶市财政局"),
        ("2024年公开大冶市教育局2023年度部门决算", "大冶市教育局"),
        ("大冶市教育局二〇二四年度部门决算", "大冶市教育局"),
        ("全文下载：大冶市教育局2025年部门预算", "大冶市教育局"),
        ("005252362/2026-00233大冶市教育局预算", None),
    ],
)
def test_the_body_of_approvals_links_and_other_years(title: str, entity: str | None) -> None:
    named = titled(title)
    assert (named.entity if named else None) == entity


def test_an_approval_speaks_to_the_body_whose_figures_it_settles() -> None:
    head = ["大冶市财政局", "关于批复2025年部门预算的通知", "大冶市水利局：", "大冶市教育局："]
    named = addressed(head)
    assert named is not None
    assert named.entity == "大冶市水利局"
    assert addressed(["2025年部门预算", "大冶市水利局："]) is None


def test_a_sentence_about_an_approval_is_none() -> None:
    assert not is_approval("大冶市财政局批复我局2025年部门预算收入合计120万元")
    assert titled("大冶市财政局批复我局2025年部门预算") is None
    assert is_approval("2024年度部门决算批复表")
    assert is_approval("关于下达2025年部门预算的通知")


def test_a_title_of_two_years_and_both_phases_says_neither() -> None:
    assert year_of([], ["2024-2025年部门预算"], ["2024年部门预算"]) is None
    assert phase_of([], [], ["2025年预决算公开"]) is None
    assert phase_of(["[政府部门财政预决算]2026年度部门预算"], [], []) == "approved"


def test_a_bare_year_is_a_caption_too() -> None:
    assert year_of(["公开07表", "2024年度", "单位：万元"]) == 2024
    assert year_of(["2024年度完成情况"]) is None


def test_a_heading_below_a_title_on_several_lines_is_no_part_of_it() -> None:
    lines = [TextLine(text) for text in ("2024年度大冶市水利和湖泊局", "部门决算公开说明", "一、收入支出决算情况说明")]
    assert cover_titles(lines)[0] == "2024年度大冶市水利和湖泊局部门决算公开说明"
