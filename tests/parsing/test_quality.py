"""The counts of a document are those of its rows, and its reading changes with what is read."""

from __future__ import annotations

import copy
from decimal import Decimal

from gongkai.lake.packing import pack
from gongkai.parsing.document import parse_document, parse_original, refuse
from gongkai.parsing.publisher import Context
from gongkai.parsing.quality import quality_row

BUDGET = """某县财政局2025年部门预算

部门收支总表

单位：万元

收入项目\t金额\t支出项目\t金额
一般公共预算拨款收入\t70.00\t一般公共服务支出\t60.00
事业收入\t30.00\t住房保障支出\t41.00
收入总计\t100.00\t支出总计\t101.00

某类资金备查明细

单位：万元

类别\t金额\t余额
甲\t5.00\t1.50
乙\t六\t2.50
"""


def test_the_counts_are_those_of_the_rows() -> None:
    document = parse_document("a" * 64, BUDGET.encode(), Context())
    rows = document.rows
    (row,) = rows["quality"]
    assert (row["tables"], row["tables_recognised"], row["tables_unrecognised"]) == (2, 1, 1)
    assert row["amounts"] == len([item for item in rows["line_items"] if item["amount"] is not None]) == 6
    assert row["confirmed"] + row["doubtful"] + row["unchecked"] == 6
    assert row["amounts_unrecognised"] == 3
    assert sum(row["broken_by_rule"].values()) == row["checks_broken"] > 0
    assert row["checks_broken"] == rows["documents"][0]["checks_broken"]
    assert row["issues_by_kind"]["form_unknown"] == 1
    assert sum(row["issues_by_kind"].values()) == row["issues"] == len(rows["issues"])
    assert row["rows_by_table"] == {"sections": len(rows["sections"])}
    assert row["filled_cells"] == 25
    (packed,) = pack(document).table("quality").to_pylist()
    assert (packed["document_sha256"], packed["year"]) == ("a" * 64, 2025)


def test_a_file_that_cannot_be_read_has_its_issue_and_nothing_else() -> None:
    for document in (refuse("b" * 64, "too_slow", "it took too long"), *parse_original("b" * 64, b"", Context())):
        (row,) = document.rows["quality"]
        assert (row["tables"], row["amounts"], row["issues"]) == (0, 0, 1)
        assert sum(row["issues_by_kind"].values()) == 1
        assert pack(document).table("quality").column("document_sha256").to_pylist() == ["b" * 64]


def test_the_reading_changes_with_an_amount_not_with_its_place() -> None:
    rows = parse_document("a" * 64, BUDGET.encode(), Context()).rows
    reading = quality_row(rows)["reading"]
    moved, other = copy.deepcopy(rows), copy.deepcopy(rows)
    for item in moved["line_items"]:
        item["row_index"] += 1
    amount = next(item for item in other["line_items"] if item["amount"])
    amount["amount"] = Decimal("0.01") + (amount["amount"] or 0)
    assert quality_row(moved)["reading"] == reading
    assert quality_row(other)["reading"] != reading
