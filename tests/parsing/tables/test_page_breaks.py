"""Rows that the end of a page cuts are whole again, and no others are put together."""

from __future__ import annotations

import pytest

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.grid import Grid, TextLine
from tests.parsing.tables.grids import grid

NAME = "支出决算表"
COLUMNS = ["科目编码", "科目名称", "合计", "基本支出", "项目支出"]
ROWS = [["213", "农林水支出", "712.36", "412.16", "300.20"], ["2130306", "水利工程运行与维", "300.20", "", "300.20"]]
LAST = ["", "合计", "812.36", "512.16", "300.20"]


def body(table: Table) -> list[list[str]]:
    return [[row[column].text for column in sorted(row)] for row in table.body()]


def _over_a_page_break(*blocks: TextLine | Grid) -> list[Table]:
    return list(assemble([TextLine(NAME, 1), TextLine("单位：万元", 1), grid([COLUMNS, *ROWS], 1), *blocks]).tables)


@pytest.mark.parametrize(
    "first", ["其中：", "其中：河道治理", "注：本表反映本年支出情况。", "附表5 政府性基金预算支出表", "支出总计"]
)
def test_what_opens_a_page_is_not_the_rest_of_the_row_before(first: str) -> None:
    more = ["2130399", "其他水利支出", "1.00", "", "1.00"]
    (table,) = _over_a_page_break(grid([["", first, "", "", ""], more], 2))[:1]
    assert ROWS[-1] in body(table)


def test_the_rest_of_a_name_is() -> None:
    (table,) = _over_a_page_break(grid([["", "护", "", "", ""], LAST], 2))
    assert body(table)[1:] == [["2130306", "水利工程运行与维\n护", "300.20", "", "300.20"], LAST]


CUT = ["2130306", "水利工程运行与维", "", "", ""]


@pytest.mark.parametrize("rest", ["护", ""])
def test_amounts_on_the_other_page_are_their_row_s(rest: str) -> None:
    head: list[TextLine | Grid] = [TextLine(NAME, 1), grid([COLUMNS, ROWS[0], CUT], 1)]
    (table,) = assemble([*head, grid([["", rest, "300.20", "", "300.20"], LAST], 2)]).tables
    name = f"水利工程运行与维\n{rest}".strip()
    assert body(table)[1:] == [["2130306", name, "300.20", "", "300.20"], LAST]
    amount = table.body()[1][2]
    assert amount.page == 2
    assert amount.box is not None


@pytest.mark.parametrize(
    ("cut", "first"),
    [
        (CUT, LAST),
        (CUT, ["221", "住房保障支出", "100.00", "", "100.00"]),
        (CUT, ["", "其中：河道治理", "100.00", "", "100.00"]),
        (ROWS[1], ["", "护", "", "300.20", ""]),
        (["", "项目支出", "", "", ""], ["", "某项目", "300.20", "", "300.20"]),
    ],
    ids=["total", "another code", "of which", "has amounts", "no code"],
)
def test_amounts_of_another_row_are_not(cut: list[str], first: list[str]) -> None:
    (table,) = assemble([TextLine(NAME, 1), grid([COLUMNS, ROWS[0], cut], 1), grid([first], 2)]).tables
    assert body(table)[1:] == [cut, first]


def test_where_rows_need_no_code_none_is_cut() -> None:
    """A class with a code, its items without."""
    rows = [
        ["301", "工资福利支出", "", "", ""],
        ["", "基本工资", "5.00", "5.00", ""],
        ["302", "商品和服务支出", "", "", ""],
    ]
    more = ["", "办公费", "3.00", "3.00", ""]
    (table,) = assemble([TextLine(NAME, 1), grid([COLUMNS, *rows], 1), grid([more], 2)]).tables
    assert body(table) == [*rows, more]
