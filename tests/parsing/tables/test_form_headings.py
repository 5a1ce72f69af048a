"""Tables without a title, told by their headings."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.form_headings import form_by_heading
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.grid import Cell, Grid


def _table(*rows: Sequence[str]) -> Table:
    cells = tuple(Cell(row, column, text) for row, texts in enumerate(rows) for column, text in enumerate(texts))
    return assemble([Grid(len(rows), len(rows[0]), cells, spans_known=False)]).tables[0]


BALANCE = (("收入", "", "支出", ""), ("项目", "预算数", "项目", "预算数"))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            (*BALANCE, ("五、事业收入", "3.00", "一、教育支出", "3.00"), ("收入总计", "3.00", "支出总计", "3.00")),
            "balance",
        ),
        (
            (*BALANCE, ("一、一般公共预算", "3.00", "教育支出", "3.00"), ("收入总计", "3.00", "支出总计", "3.00")),
            "appropriation_balance",
        ),
        (
            (("合计", "因公出国（境）费", "公务用车购置及运行费", "公务接待费"), ("3.00", "0.00", "2.00", "1.00")),
            "three_public",
        ),
        (
            (
                ("科目名称", "合计", "基本支出", "项目支出", "上缴上级支出", "经营支出"),
                ("教育支出", "3", "1", "2", "", ""),
            ),
            "expenditure",
        ),
        (
            (("科目名称", "财政拨款收入", "上级补助收入", "事业收入", "经营收入"), ("教育支出", "3.00", "", "", "")),
            "revenue",
        ),
        ((("科目名称", "合计", "基本支出", "项目支出"), ("教育支出", "3.00", "1.00", "2.00")), None),
        ((*BALANCE, ("甲", "3.00", "乙", "3.00")), None),
    ],
)
def test_form_by_heading(rows: Sequence[Sequence[str]], expected: str | None) -> None:
    found = form_by_heading(_table(*rows))
    assert (found.id if found else None) == expected
