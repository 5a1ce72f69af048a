"""Rows whose amounts slid into a neighbouring column: put back, left with a doubt, or not touched."""

from __future__ import annotations

from gongkai.parsing.proof.slid_rows import settle_slid_rows
from gongkai.parsing.tables.statement import Statement
from tests.parsing.tables.test_line_items import statement

HEAD = "科目编码|科目名称|合计|基本支出|项目支出|经营支出\n"


def spent(*rows: str, title: str = "部门支出总表") -> Statement:
    return statement(title, HEAD + "\n".join(rows))


def amounts(made: Statement, name: str) -> list[str]:
    """The amounts of a row in 万元, blank ones as they are."""
    return ["" if item.amount is None else f"{item.amount / 10000:.0f}" for item in made.items if item.name == name]


def doubted(made: Statement, name: str) -> list[bool]:
    return [item.doubted for item in made.items if item.name == name]


NESTED = """
科目编码|科目名称|合计|基本支出|基本支出|基本支出|项目支出
||合计|小计|人员经费|公用经费|项目支出
"""


def nested(row: str, title: str = "部门支出总表") -> Statement:
    return statement(title, f"{NESTED}{row}\n")


def test_the_only_placement_that_satisfies_its_row() -> None:
    made = nested("2080101|行政运行||10.00|10.00|4.00|6.00")
    [finding] = settle_slid_rows([made])
    assert (finding.settled, finding.row) == (True, made.items[0].row)
    assert "the only placement that satisfies the sums of its row" in finding.reason
    assert amounts(made, "行政运行") == ["10", "10", "4", "6", ""]
    assert doubted(made, "行政运行") == [True, True, True, True, False]
    assert [item.column for item in made.items] == [2, 3, 4, 5, 6], "read in their columns,"
    assert [item.cell.column for item in made.items] == [3, 4, 5, 6, 2], "printed where they slid"


SLID = "2080101|行政运行||10.00|10.00|"
"""基本支出, 项目支出 or 经营支出: three columns may hold the part."""


def test_a_row_that_nothing_decides_is_left_and_doubted() -> None:
    made = spent(SLID)
    [finding] = settle_slid_rows([made])
    assert not finding.settled
    assert "it is left as printed" in finding.reason
    assert [item.cell.column for item in made.items] == [2, 3, 4, 5]
    assert any(doubted(made, "行政运行"))


def test_the_row_of_another_form_decides() -> None:
    slid = "2080101|行政运行|30.00|10.00|10.00|20.00|"
    sister = nested("2080101|行政运行|30.00|10.00||10.00|20.00", "一般公共预算支出表")
    [alone] = settle_slid_rows([nested(slid)])
    assert not alone.settled
    made = nested(slid)
    [finding] = settle_slid_rows([made, sister])
    assert "agrees with the same row of another form" in finding.reason
    assert amounts(made, "行政运行") == amounts(sister, "行政运行") == ["30", "10", "", "10", "20"]
    assert doubted(sister, "行政运行") == [False] * 5


def test_the_totals_of_the_columns_decide() -> None:
    made = spent("|合计|30.00|20.00|10.00|", "2080101|行政运行|20.00|20.00||", "2080102|机关服务||10.00|10.00|")
    [finding] = settle_slid_rows([made])
    assert finding.reason.endswith("the sums of its row and of its columns was taken")
    assert amounts(made, "机关服务") == ["10", "", "10", ""]


def test_a_sound_row_and_a_wrong_digit_are_not_touched() -> None:
    made = spent("|合计|30.00|20.00|10.00|", "2080101|行政运行|30.00|20.00|11.00|")
    assert settle_slid_rows([made]) == []
    assert not any(item.doubted for item in made.items)
