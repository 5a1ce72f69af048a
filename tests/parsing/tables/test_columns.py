"""Which column of a statement form is what."""

from __future__ import annotations

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.columns import Block, CodeColumns, blocks_of, read_code, with_joined_headings
from gongkai.parsing.tables.table import TableCell
from gongkai.parsing.text.grid import TextLine
from gongkai.vocabulary.forms import form
from tests.parsing.tables.grids import grid


def blocks(identifier: str, *rows: list[str], year: int | None = 2025) -> tuple[Block, ...]:
    (table,) = assemble([TextLine("某表"), grid(rows, 1, spans_known=False)]).tables
    body = table.body()
    return blocks_of(with_joined_headings(table, body), form(identifier), body, year, "budget")


def test_codes_names_and_kinds_of_spending() -> None:
    head = ["序号", "科目编码", "科目名称", "合计", "基本支出", "项目支出"]
    (block,) = blocks("expenditure", head, ["1", "205", "教育", "3.00", "1.00", "2.00"])
    assert block.codes == (CodeColumns("function", (1,)),)
    assert block.labels == (2,)
    assert [(each.column, each.spending) for each in block.amounts] == [(3, "total"), (4, "basic"), (5, "project")]


def test_a_code_in_three_columns() -> None:
    head = [["科目编码", "", "", "科目名称", "合计"], ["类", "款", "项", "", ""]]
    (block,) = blocks("expenditure", *head, ["208", "05", "05", "养老", "3.00"])
    assert block.codes == (CodeColumns("function", (0, 1, 2)),)


def test_two_sides_by_their_headings() -> None:
    rows = [["收入", "", "支出", ""], ["项目", "预算数", "项目", "预算数"], ["拨款", "1.00", "教育", "1.00"]]
    assert [block.direction for block in blocks("balance", *rows)] == ["revenue", "expenditure"]


def test_every_kind_of_figure_is_told_and_rates_are_left_out() -> None:
    head = ["项目", "2024年预算数", "2024年执行数", "2025年预算数", "增减额", "增减率", "2023年决算数"]
    (block,) = blocks("expenditure", head, ["教育", "1.00", "1.00", "2.00", "1.00", "2.00", "1.00"])
    bases = [(each.column, each.basis) for each in block.amounts]
    assert bases == [(1, "prior_budget"), (2, "prior_outcome"), (3, "budget"), (4, "change")]
    (block,) = blocks("expenditure", ["项目", "年初预算数", "决算数"], ["教育", "1.00", "2.00"])
    assert [each.basis for each in block.amounts] == ["budget", "prior_outcome"]  # of a budget


def test_units_of_a_list_of_projects() -> None:
    head = ["单位名称", "项目名称", "金额"]
    (block,) = blocks("project_expenditure", head, ["某局", "运维", "1.00"])
    assert (block.owners, block.labels) == (0, (1,))


def test_a_code_goes_on_from_the_one_above() -> None:
    def row(*texts: str) -> dict[int, TableCell]:
        return {column: TableCell(0, column, text) for column, text in enumerate(texts)}

    three = CodeColumns("function", (0, 1, 2))
    assert read_code(row("208", "05", "05"), three, "") == "2080505"
    assert read_code(row("", "", "06"), three, "2080505") == "2080506"
    assert read_code(row("208", "20805", "2080505"), three, "") == "2080505"
    assert read_code(row("2010301-行政运行", "", ""), CodeColumns("function", (0,)), "") == "2010301"


def test_a_heading_over_an_empty_column_is_that_of_the_headless_amounts_beside_it() -> None:
    head = ["科目编码", "科目名称", "本年支出合计", "基本支出", "", "项目支出", ""]
    (block,) = blocks("expenditure", head, ["205", "教育", "3.00", "", "1.00", "", "2.00"])
    assert [(each.column, each.spending) for each in block.amounts] == [(2, "total"), (4, "basic"), (6, "project")]


def test_a_column_without_a_heading_means_nothing_for_sure() -> None:
    head = ["科目编码", "科目名称", "本年支出合计", "基本支出", ""]
    (block,) = blocks("expenditure", head, ["205", "教育", "3.00", "1.00", "2.00"])
    headless = block.amounts[-1]
    assert (headless.meaning, headless.spending, headless.period) == ("doubtful", None, None)


def test_codes_without_a_heading_are_codes_and_small_amounts_are_not() -> None:
    rows = [[code, "某支出", "3.00"] for code in ("205", "20502", "2050201", "2050202")]
    (block,) = blocks("expenditure", ["", "", "本年支出合计"], *rows)
    assert block.codes == (CodeColumns("function", (0,)),)
    assert [each.column for each in block.amounts] == [2]
    rows = [["某支出", amount, "3.00"] for amount in ("205", "318", "7", "1204")]
    (block,) = blocks("expenditure", ["科目名称", "", "本年支出合计"], *rows)
    assert block.codes == ()


def test_a_column_keeps_its_role_when_most_of_its_texts_are_no_numbers() -> None:
    rows = [["教育", "3.00", text] for text in ("1.00*", "2.00*", "5.00*", "1.00")]
    (block,) = blocks("expenditure", ["科目名称", "本年支出合计", "基本支出"], *rows)
    assert [each.spending for each in block.amounts] == ["total", "basic"]


def test_a_title_names_the_fund_of_a_form_whose_columns_name_none() -> None:
    (table,) = assemble([TextLine("一般公共预算项目支出表"), grid([["项目名称", "金额"], ["运维", "1.00"]], 1)]).tables
    (block,) = blocks_of(table, form("project_expenditure"), table.body(), 2025, "budget")
    assert [each.fund for each in block.amounts] == ["general_public"]
