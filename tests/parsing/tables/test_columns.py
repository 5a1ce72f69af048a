"""Which column of a statement form is what."""

from __future__ import annotations

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.column_dimensions import stated_basis
from gongkai.parsing.tables.columns import Block, CodeColumns, blocks_of, read_code, with_joined_headings
from gongkai.parsing.tables.table import TableCell
from gongkai.parsing.text.grid import TextLine
from gongkai.vocabulary.forms import FormId, form
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


def test_a_heading_that_is_not_understood_is_doubt_and_no_total() -> None:
    (block,) = blocks("revenue", ["单位名称", "合计", "财政拨款收入", "债务收入"], ["某局", "3.00", "1.00", "2.00"])
    assert [(each.fund, each.meaning == "doubtful") for each in block.amounts] == [
        ("total", False),
        ("fiscal_appropriation", False),
        (None, True),
    ]
    head = ["科目名称", "合计", "基本支出", "其中：专项资金列入部门预算的项目", "一次性安排"]
    (block,) = blocks("expenditure", head, ["教育", "3.00", "1.00", "1.00", "1.00"])
    assert [(each.spending, each.meaning) for each in block.amounts[2:]] == [(None, "doubtful"), (None, "doubtful")]


def test_a_part_of_an_understood_heading_is_understood() -> None:
    head = [
        "单位名称",
        "财政专户拨款收入/教育收费",
        "财政专户拨款收入/其他专户收入拨款",
        "2025年部门预算数合计（万元）",
    ]
    (block,) = blocks("revenue", head, ["某局", "1.00", "2.00", "3.00"])
    assert [each.fund for each in block.amounts] == ["fiscal_account", "fiscal_account", "total"]
    assert "doubtful" not in {each.meaning for each in block.amounts}


def test_a_column_of_an_economic_class_has_its_code_and_is_no_total() -> None:
    head = ["科目名称", "合计", "工资福利支出", "商品和服务支出", "项目支出"]
    (block,) = blocks("expenditure", head, ["教育", "6.00", "3.00", "2.00", "1.00"])
    told = [(each.spending, each.economic) for each in block.amounts]
    assert told == [("total", None), ("wages", None), (None, "302"), ("project", None)]
    assert "doubtful" not in {each.meaning for each in block.amounts}


def test_what_no_word_prints_is_implied() -> None:
    def meanings(form_id: FormId, title: str | None, head: list[str], *rows: list[str]) -> list[str]:
        title_line = [TextLine(title)] if title else []
        (table,) = assemble([*title_line, grid([head, *rows], 1)]).tables
        found = blocks_of(table, form(form_id), table.body(), 2025, "budget")
        return [each.meaning for block in found for each in block.amounts]

    row = ["某局", "1.00"]
    assert meanings("three_public", "“三公”经费支出表", ["单位名称", "公务接待费"], row) == ["stated"]
    assert meanings("three_public", "“三公”经费预算表", ["单位名称", "公务接待费"], row) == ["implied"]
    assert meanings("expenditure", "支出总表", ["单位名称", "合计"], row) == ["stated"]
    assert meanings("expenditure", None, ["单位名称", "合计"], row) == ["implied"], "no title names the form"
    head = ["单位名称", "本年支出合计", "项目支出"]
    assert meanings("expenditure", "支出决算表", head, ["某局", "1.00", "1.00"]) == ["stated", "implied"], "this year's"
    head = ["单位名称", "上年数", "2025年预算数"]
    assert meanings("expenditure", "支出总表", head, ["某局", "1.00", "1.00"]) == ["implied", "stated"], (
        "last year's kind"
    )


def test_a_column_that_no_dimension_tells_from_another_is_doubtful() -> None:
    def doubtful(form_id: FormId, *head: list[str]) -> list[str]:
        found = blocks(form_id, *head, ["某局", *["1.00"] * (len(head[0]) - 1)])
        return ["/".join(each.path) for block in found for each in block.amounts if each.meaning == "doubtful"]

    above = ["单位名称", "合计", "财政拨款", "", "一般公共预算", "", "财政专户", ""]
    below = ["", "", "金额", "其中：经费拨款", "小计", "其中：专项资金", "教育收费", "其他收入"]
    assert doubtful("revenue", above, below) == ["财政拨款/其中：经费拨款", "一般公共预算/其中：专项资金"], (
        "two parts of one fund count no money twice"
    )
    assert doubtful("revenue", ["单位名称", "合计", "部门预算", ""], ["", "", "小计", "事业收入"]) == ["部门预算/小计"]
    assert doubtful("expenditure", ["单位名称", "合计", "其中：", ""], ["", "", "基本支出", "项目支出"]) == []
    assert doubtful("expenditure", ["项目", "上年预算数", "预算数"]) == []
    head = ["单位名称", "当年预算", "", ""], ["", "出国费", "", "接待费"], ["", "小计", "出国费", ""]
    assert doubtful("three_public", *head) == ["当年预算/出国费"]
    assert doubtful("three_public", ["单位名称", "公务用车费", "其中：公务用车购置费"]) == [], "items tell them apart"


def test_the_sides_of_a_form_of_one_fund_are_those_of_its_headings() -> None:
    (table,) = assemble(
        [
            TextLine("政府性基金收支总表"),
            grid(
                [
                    ["收入", "", "支出", ""],
                    ["项目", "预算数", "项目", "预算数"],
                    ["政府性基金", "1.00", "教育", "1.00"],
                ],
                2,
            ),
        ]
    ).tables
    found = blocks_of(table, form("government_fund"), table.body(), 2025, "budget")
    assert [(block.direction, block.amounts[0].fund, block.amounts[0].spending) for block in found] == [
        ("revenue", "government_fund", None),
        ("expenditure", "government_fund", "total"),
    ]


def test_a_report_on_a_year_s_execution_tells_its_year() -> None:
    assert stated_basis(("完成数",), "budget", 2025, "2025年全市一般公共预算收入完成情况表") == "outcome"
    assert stated_basis(("预算数",), "budget", 2026, "2025年全市一般公共预算收入完成情况表") == "prior_budget"
    assert stated_basis(("预算数",), "budget", 2026, "2025年全市一般公共预算收入表") == "budget"
    assert stated_basis(("2025年执行数",), "budget", 2026) == "prior_outcome"


def test_the_sides_of_a_form_whose_title_names_both_are_those_of_its_rows() -> None:
    rows = [["预算科目", "预计数", "预算科目", "预计数"], ["一、利润收入", "1.00", "一、转移性支出", "1.00"]]
    (table,) = assemble([TextLine("2025年市级国有资本经营预算收支总表"), grid(rows, 1)]).tables
    found = blocks_of(table, form("state_capital"), table.body(), 2025, "budget")
    assert [(block.direction, block.amounts[0].meaning) for block in found] == [
        ("revenue", "implied"),
        ("expenditure", "implied"),
    ]
    (table,) = assemble([TextLine("国有资本经营预算支出表"), grid(rows, 1)]).tables
    found = blocks_of(table, form("state_capital"), table.body(), 2025, "budget")
    assert {block.direction for block in found} == {"expenditure"}


def test_columns_that_their_headings_do_not_tell_apart_are_doubt_and_so_is_a_heading_of_names() -> None:
    head = ["科目名称", "合计", "基本支出", "基本支出"]
    (block,) = blocks("expenditure", head, ["教育", "3.00", "1.00", "2.00"])
    assert [each.meaning == "doubtful" for each in block.amounts] == [False, False, True]
    head = ["科目名称", "预算科目", "合计"]
    (block,) = blocks("expenditure", head, ["教育", "3.00", "1.00"])
    assert [each.meaning == "doubtful" for each in block.amounts] == [True, False]


def test_a_unit_by_department_or_unit_is_one() -> None:
    (block,) = blocks("revenue", ["部门（单位）代码", "部门（单位）名称", "合计"], ["105001", "某局", "1.00"])
    assert (block.names_units, block.codes) == (True, (CodeColumns("unit", (0,)),))


def test_columns_of_economic_classes_below_basic_spending() -> None:
    head = ["单位名称", "总计", "工资福利支出/小计", "工资福利支出/津贴补贴", "商品和服务支出/办公费"]
    (block,) = blocks("general_public_basic", head, ["某局", "6.00", "3.00", "3.00", "3.00"])
    assert [(each.spending, each.economic) for each in block.amounts] == [
        ("basic", None),
        ("wages", None),
        ("wages", "30102"),
        ("basic", "30201"),
    ]
    assert "doubtful" not in {each.meaning for each in block.amounts}


def test_expenses_have_a_fund_only_where_title_or_columns_name_one() -> None:
    def funds(*head: str) -> list[str | None]:
        (block,) = blocks("three_public", list(head), [str(each) + ".00" for each in range(len(head))])
        return [each.fund for each in block.amounts]

    assert funds("合计", "公务接待费") == [None, None]
    assert funds("合计", "一般公共预算", "政府性基金") == ["total", "general_public", "government_fund"]
