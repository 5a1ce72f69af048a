"""Titles that break across lines; the places and years are made up for it."""

from __future__ import annotations

import pytest

from gongkai.parsing.publisher import Context, Disclosure, identify
from gongkai.parsing.publisher.broken_lines import with_whole_titles
from gongkai.parsing.text.grid import TextLine


def told(*lines: str) -> Disclosure:
    found, _ = identify((), [TextLine(line) for line in lines], Context(), None)
    return found


@pytest.mark.parametrize(
    "lines",
    [
        ("关于2024年大冶市政府预算公开", "部分事项的说明"),
        ("大冶市2024年一般公共预算", "“三公”经费汇总情况"),
        ("关于大冶市2023年预算执行情况", "和2024年预算草案的报告（书面）"),
        ("关于大冶市2023年市本级预算和", "全市预算执行情况与2024年市本级预算和", "全市预算草案的报告"),
        ("大冶市水利和湖泊局2024年部门预算", "编制说明"),
    ],
)
def test_a_broken_title_is_put_together(lines: tuple[str, ...]) -> None:
    assert with_whole_titles([TextLine(line) for line in ("公开时间", *lines, "一、预算安排")])[1] == "".join(lines)


@pytest.mark.parametrize(
    "lines",
    [
        ("大冶市水利和湖泊局2024年部门预算", "部门概况"),
        ("大冶市水利和湖泊局2024年部门预算", "一、情况说明"),
        ("大冶市水利和湖泊局2024年部门预算说明", "2024年支出情况说明"),
        ("大冶市水利和湖泊局2024年部门预算公开情况。", "有关说明"),
        ("大冶市2024年政府预算", "和平镇2024年预算"),
        ("某说明", "情况说明"),
    ],
)
def test_lines_that_are_no_part_of_a_title_stand_alone(lines: tuple[str, ...]) -> None:
    assert with_whole_titles([TextLine(line) for line in lines]) == list(lines)


def test_a_broken_report_has_the_title_and_year_of_the_whole() -> None:
    found = told("大冶市人民代表大会文件", "关于大冶市2023年预算执行情况", "和2024年预算草案的报告", "各位代表：")
    assert (found.title, found.year) == ("关于大冶市2023年预算执行情况和2024年预算草案的报告", 2024)


def test_what_introduces_a_list_is_no_title() -> None:
    found = told("关于大冶市2023年预算执行情况和2024年预算草案的报告", "各位代表", "2024年预算编制原则：")
    assert found.own_title == "关于大冶市2023年预算执行情况和2024年预算草案的报告"


def test_a_broken_title_of_a_body_is_whole() -> None:
    assert told("大冶市水利和湖泊局2024年部门预算", "编制说明").title == "大冶市水利和湖泊局2024年部门预算编制说明"
