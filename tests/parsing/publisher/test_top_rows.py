"""Workbooks that say in their first cells whose they are."""

from __future__ import annotations

import pytest

from gongkai.parsing.publisher import Context, identify
from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.text.grid import TextLine
from tests.parsing.tables.grids import grid

NAME = "大冶市水利和湖泊局"
BODY = [
    ["科目编码", "科目名称", "本年支出合计", "基本支出"],
    ["213", "农林水支出", "9.00", "9.00"],
]


def row(*cells: str) -> list[str]:
    return [*cells, *[""] * (4 - len(cells))]


TABLE = [row("支出决算表"), row("单位：万元"), *BODY]


@pytest.mark.parametrize(
    "sheets",
    [
        ([row(f"2024年度{NAME}部门决算公开表"), *TABLE],),
        ([row(NAME), row("2024年度支出决算表"), row("单位：万元"), *BODY],),
        ([["2024年度"], ["部门决算公开表"], [NAME]], TABLE),
        ([[NAME], ["2024年度部门决算"]], TABLE),
        ([["单位名称", NAME], ["单位代码", "323"], ["年度", "2024"]], TABLE),
        ([row(f"{NAME}2024年度部门决算批复表"), row("单位：万元"), *BODY],),
        ([row("部门决算批复表"), row(f"单位名称：{NAME}", "", "2024年度", "金额单位：万元"), *BODY],),
        (
            [
                row("支出决算批复表"),
                row("批复单位：大冶市财政局", "", "2024年度", "金额单位：万元"),
                row(f"被批复单位：{NAME}"),
                *BODY,
            ],
        ),
        ([row("支出决算表"), row("填报单位", NAME, "2024年度", "单位：万元"), *BODY],),
    ],
)
def test_the_first_rows_say_whose_and_of_which_year(sheets: tuple[list[list[str]], ...]) -> None:
    assembled = assemble([grid(sheet) for sheet in sheets])
    found, _ = identify(assembled.tables, assembled.lines, Context(), None)
    assert (found.entity, found.year, found.phase) == (NAME, 2024, "executed")


def test_columns_headed_by_years_are_no_caption() -> None:
    sheet = [row("支出决算表"), row("单位：万元"), ["科目编码", "科目名称", "2023年", "2024年"], *BODY[1:]]
    assembled = assemble([TextLine(f"编制单位：{NAME}"), grid(sheet)])
    found, _ = identify(assembled.tables, assembled.lines, Context(), None)
    assert (found.entity, found.year) == (NAME, None)


def test_a_cover_with_two_bodies_is_nobody_s() -> None:
    sheet = [["2024年度部门决算"], [NAME], ["大冶市教育局"]]
    assembled = assemble([grid(sheet), grid(TABLE)])
    assert identify(assembled.tables, assembled.lines, Context(), None)[0].entity is None
