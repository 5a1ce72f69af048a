"""A heading that the page's end cuts between what spans columns and what they are called is one heading."""

from __future__ import annotations

import dataclasses

import pytest

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.grid import Block, Box, Cell, Grid, TextLine
from tests.parsing.tables.grids import grid

NAME = "财政拨款收支总表"
NAMES = ["项目名称", "金额", "项目名称", "金额"]
ROWS = [["一般公共预算", "33.15", "基本支出", "18.82"], ["收入合计", "33.15", "支出合计", "33.15"]]


def sides(page: int = 1, *, left: float = 50, texts: tuple[str, str] = ("收入", "支出")) -> Grid:
    """The upper row of a heading: each of its two cells stands over two columns."""
    cells = [
        Cell(0, number, text, page=page, box=Box(left + 100 * number, 700, left + 100 * number + 100, 720))
        for number, text in enumerate(texts)
    ]
    return Grid(1, 2, tuple(cells), page)


def tables(*blocks: Block) -> list[Table]:
    return list(assemble([TextLine(NAME, 1), TextLine("单位：万元", 1), *blocks]).tables)


@pytest.mark.parametrize("between", [[], [TextLine("- 10 -", 1)]])
def test_what_stands_over_columns_goes_on_with_their_names(between: list[TextLine]) -> None:
    (table,) = tables(sides(), *between, grid([NAMES, *ROWS], 2))
    assert (table.title, table.heading_rows) == (NAME, 2)
    assert table.headers == ["收入/项目名称", "收入/金额", "支出/项目名称", "支出/金额"]
    assert [[cell.text for cell in row] for row in list(table.rows().values())[2:]] == ROWS
    assert {cell.page for cell in table.cells if not cell.is_header} == {2}


def test_the_table_goes_on_after_it() -> None:
    (table,) = tables(sides(), grid([NAMES, ROWS[0]], 2), grid([ROWS[1]], 3))
    assert [[cell.text for cell in row] for row in table.rows().values() if not row[0].is_header] == ROWS


def test_columns_of_codes_are_told_apart_on_the_next_page() -> None:
    upper = Grid(
        1,
        3,
        (
            Cell(0, 0, "科目编码", page=1, box=Box(50, 700, 200, 720)),
            Cell(0, 1, "科目名称", page=1, box=Box(200, 700, 250, 720)),
            Cell(0, 2, "合计", page=1, box=Box(250, 700, 300, 720)),
        ),
        1,
    )
    (table,) = tables(upper, grid([["类", "款", "项", "", ""], ["213", "03", "06", "水利", "300.20"]], 2))
    assert table.headers == ["科目编码/类", "科目编码/款", "科目编码/项", "科目名称", "合计"]


@pytest.mark.parametrize(
    "blocks",
    [
        [sides(), TextLine("收入决算表", 2), grid([NAMES, *ROWS], 2)],
        [sides(), grid([NAMES, *ROWS], 3)],
        [sides(left=60), grid([NAMES, *ROWS], 2)],
        [grid([NAMES], 1), grid([["科目编码", "科目名称", "合计", "基本支出"], *ROWS], 2)],
        [sides(texts=("收入合计", "33.15")), grid([NAMES, *ROWS], 2)],
        [dataclasses.replace(sides(), page=None), grid([NAMES, *ROWS], 2)],
    ],
    ids=["a name between", "a page between", "other rules", "no cell spans columns", "a row above", "without pages"],
)
def test_another_table_begins_anew(blocks: list[Block]) -> None:
    assert len(tables(*blocks)) == 2
