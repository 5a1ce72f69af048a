"""Statements one below the other in one grid are tables of their own; whatever else looks so stays one table."""

from __future__ import annotations

import pytest

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.grid import Cell, Grid
from tests.parsing.tables.grids import grid

REVENUE = [
    ["收入预算表", "", ""],
    ["", "", "单位：万元"],
    ["项目", "预算数", "上年预算数"],
    ["财政拨款收入", "30.00", "20.00"],
    ["收入合计", "30.00", "20.00"],
]
SPENDING = [
    ["附表2", "", ""],
    ["支出预算表", "", ""],
    ["单位：元", "", ""],
    ["科目名称", "合计", "基本支出"],
    ["行政运行", "300000.00", "300000.00"],
]


def tables(*rows: list[str], columns: int = 3) -> list[Table]:
    return list(assemble([grid([[*row, *[""] * (columns - len(row))] for row in rows])]).tables)


def body(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows().values() if not row[0].is_header]


def test_each_statement_has_its_own_title_captions_and_headings() -> None:
    first, second = tables(*REVENUE, *SPENDING)
    assert (first.title, first.captions, first.headers) == ("收入预算表", ["单位：万元"], REVENUE[2])
    assert (second.title, second.captions, second.headers) == ("支出预算表", ["附表2", "单位：元"], SPENDING[3])
    assert [row for row in body(first) if row[1]] == REVENUE[3:]
    assert [row for row in body(second) if row[1]] == SPENDING[4:]
    assert [table.index for table in (first, second)] == [0, 1]


def test_a_statement_without_rows_ends_where_the_next_begins() -> None:
    empty = [["政府性基金预算支出表", "", ""], SPENDING[3], ["", "", ""]]
    assert [table.title for table in tables(*REVENUE, *empty, *SPENDING)] == ["收入预算表", empty[0][0], "支出预算表"]


def test_a_table_of_no_known_form_is_not_read_as_the_statement_above() -> None:
    reserve = [["预备费安排明细表", "", ""], ["项目", "预算数", "备注"], ["预备费", "5.00", ""]]
    assert [table.title for table in tables(*REVENUE, *reserve)] == ["收入预算表", "预备费安排明细表"]


def test_a_caption_may_stand_beside_the_title() -> None:
    rows = [["支出预算表", "", "单位：元"], *SPENDING[3:]]
    assert [table.title for table in tables(*REVENUE, *rows)] == ["收入预算表", "支出预算表"]


def test_each_has_only_the_columns_that_it_tells_apart() -> None:
    """A Word table of several statements has the columns of all of them, over which the cells of each are merged."""
    upper = [
        Cell(row, 2 * column, text, 1, 2) for row, texts in enumerate(REVENUE) for column, text in enumerate(texts)
    ]
    lower = [
        Cell(row, column, text, 1, 3 if column else 1)
        for row, texts in enumerate(SPENDING, len(REVENUE))
        for column, text in zip((0, 1, 4), texts, strict=True)
    ]
    lower = [cell._replace(column_span=2) if cell.column == 4 else cell for cell in lower]
    first, second = assemble([Grid(len(REVENUE) + len(SPENDING), 6, (*upper, *lower))]).tables
    assert (first.headers, second.headers) == (REVENUE[2], SPENDING[3])


@pytest.mark.parametrize(
    "rows",
    [
        [["收入预算表（续）", "", ""], REVENUE[2], ["其他收入", "1.00", "2.00"]],
        [["收入预算表", "", ""], REVENUE[2], ["其他收入", "1.00", "2.00"]],
        [["支出预算表", "", ""], ["行政运行", "1.00", "2.00"]],
        [["支出预算表", "见附件", ""], REVENUE[2], ["行政运行", "1.00", "2.00"]],
        [REVENUE[2], ["其他收入", "1.00", "2.00"]],
        [["收入项目", "预算数", "上年预算数"], ["其他收入", "1.00", "2.00"]],
        [["支出项目", "预算数", "上年预算数"], ["行政运行", "1.00", "2.00"]],
        [["项目", "", "上年预算数"], ["其他收入", "1.00", "2.00"]],
        [["项目", "预算数", "合计"], ["其他收入", "1.00", "2.00"]],
        [["科目名称", "合计", ""], ["行政运行", "1.00", ""]],
        [["科目名称", "合计", "某处"], ["行政运行", "1.00", "2.00"]],
        [["序号", "一级指标", "指标值"], ["1", "产出指标", "2.00"]],
        [["一、某项目", "二、合计", "三、基本支出"], ["行政运行", "1.00", "2.00"]],
        [["收入合计", "其他收入", "上级补助收入"], ["其他收入", "1.00", "2.00"]],
        [SPENDING[3]],
    ],
    ids=[
        "goes on",
        "same name",
        "no heading below",
        "more in its row",
        "heading repeated",
        "of a side",
        "of the other",
        "less of it",
        "some of it",
        "a narrower row",
        "a word that heads nothing",
        "indicators",
        "numbered rows",
        "names of rows",
        "nothing below",
    ],
)
def test_other_rows_begin_no_statement(rows: list[list[str]]) -> None:
    assert len(tables(*REVENUE, *rows)) == 1


def test_a_heading_that_says_other_things_begins_a_statement_without_a_name() -> None:
    first, second, third = tables(*REVENUE, SPENDING[3], SPENDING[4], *SPENDING[1:])
    assert (first.title, first.headers, second.title, second.headers) == ("收入预算表", REVENUE[2], None, SPENDING[3])
    assert body(second) == [SPENDING[4]]
    assert (third.title, body(third)) == ("支出预算表", [SPENDING[4]])
    one, other = tables(*REVENUE, ["科目", "支出", "支出"], ["名称", "合计", "基本支出"], ["行政运行", "1.00", "2.00"])
    assert (len(body(one)), len(body(other))) == (2, 1)


def test_titles_above_one_heading_are_one_head() -> None:
    assert len(tables(["部门收支预算表", "", ""], *REVENUE)) == 1


def test_a_cell_that_reaches_down_keeps_its_rows_together() -> None:
    rows = [*REVENUE, *SPENDING[1:]]
    cells = [Cell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]
    tall = [cell._replace(row_span=2) if (cell.row, cell.column) == (4, 2) else cell for cell in cells]
    kept = [cell for cell in tall if (cell.row, cell.column) != (5, 2)]
    assert len(assemble([Grid(len(rows), 3, tuple(kept))]).tables) == 1


def test_a_list_of_contents_is_no_stack_of_titles() -> None:
    contents = [["收入预算表", "", "3"], ["支出预算表", "", "5"], ["项目", "科目名称", "合计"], ["行政运行", "", "7"]]
    (table,) = tables(*contents)
    assert (table.title, body(table)) == (None, contents)
