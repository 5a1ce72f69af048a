"""Procurement tables: single purchases and what sums them up."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from gongkai.parsing.tables.assembly import assemble
from gongkai.parsing.tables.inventories import procurement
from gongkai.parsing.tables.table import Table
from gongkai.parsing.text.grid import Cell, Grid, TextLine


def table_of(rows: Sequence[Sequence[str]], *merged: tuple[int, int]) -> Table:
    """A table; ``merged`` are the places of cells that reach down over the next row."""
    hidden = {(row + 1, column) for row, column in merged}
    cells = tuple(
        Cell(row, column, text, row_span=2 if (row, column) in merged else 1, page=1)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if (row, column) not in hidden
    )
    grid = Grid(len(rows), len(rows[0]), cells, 1)
    (table,) = assemble([TextLine("政府采购预算表"), TextLine("单位：万元"), grid]).tables
    return table


JIANGSU = [
    ["采购品目大类", "专项名称", "经济科目", "采购物品名称", "采购组织形式", "总计"],
    ["合计", "", "", "", "", "90.00"],
    ["一、货物 A", "", "", "", "", "60.00"],
    ["", "设备购置费", "办公设备购置", "", "", "60.00"],
    ["", "", "", "台式计算机", "集中采购", "20.00"],
    ["", "", "", "", "分散采购", "40.00"],
    ["三、服务 C", "", "", "", "", "30.00"],
    ["", "物业管理费", "物业管理费", "", "", "30.00"],
    ["", "", "", "保安服务", "分散采购", "30.00"],
]
XIAN = [
    ["科目编码", "单位编码", "采购项目", "采购目录", "数量", "预算金额"],
    ["合计", "", "", "", "2", "78.00"],
    ["20140", "121001", "某市信访局", "", "2", "78.00"],
    ["20140", "", "安保", "C05040300保安服务", "1", "50.00"],
    ["20140", "", "运维", "C16990000其他信息技术服务", "1", "28.00"],
]
BEIJING = [["采购类别", "金额"], ["A-货物", "18.69"], ["C-服务", "35.65"], ["合计", "54.34"]]


@pytest.mark.parametrize(
    ("table", "purchases"),
    [
        (
            table_of(JIANGSU, (4, 3)),
            [("台式计算机", None, "200000"), ("台式计算机", None, "400000"), ("保安服务", None, "300000")],
        ),
        (table_of(XIAN), [("保安服务", "C05040300", "500000"), ("其他信息技术服务", "C16990000", "280000")]),
        (table_of(BEIJING), [(None, None, "186900"), (None, None, "356500")]),
    ],
)
def test_single_purchases_add_up_to_the_total(
    table: Table, purchases: list[tuple[str | None, str | None, str]]
) -> None:
    rows = [purchase.row for purchase in procurement(table, table.unit).rows]
    single = [row for row in rows if not row["is_subtotal"]]
    assert [(row["item"], row["catalogue_code"], row["amount"]) for row in single] == [
        (item, code, Decimal(amount)) for item, code, amount in purchases
    ]
    (total,) = [row["amount"] for row in rows if row["project_name"] == "合计"]
    assert sum(row["amount"] or 0 for row in single) == total


def test_a_table_by_function_sums_up_by_its_codes() -> None:
    rows = [
        ["科目编码/类", "科目编码/款", "科目编码/项", "科目名称", "合计"],
        ["", "", "", "合计", "11.50"],
        ["215", "", "", "资源勘探工业信息等支出", "11.50"],
        ["", "05", "", "工业和信息产业", "11.50"],
        ["", "", "01", "行政运行", "11.33"],
        ["", "", "50", "事业运行", "0.17"],
    ]
    table = table_of(rows)
    found = [
        (row["project_name"], row["is_subtotal"])
        for row in (purchase.row for purchase in procurement(table, table.unit).rows)
    ]
    assert [name for name, subtotal in found if not subtotal] == ["行政运行", "事业运行"]
