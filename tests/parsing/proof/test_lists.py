"""Lists of purchases, assets and projects: what confirms their amounts, and what contradicts them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.lake.rows import Rows
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context

HEAD = """某县财政局2025年部门预算

部门支出总表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t100.00\t60.00\t40.00
201\t一般公共服务支出\t100.00\t60.00\t40.00
"""
PURCHASES = """
政府采购预算表

单位：万元

采购类别\t采购物品名称\t合计\t一般公共预算资金\t其他资金
合计\t\t{total}\t60.00\t30.00
货物\t\t{goods}\t60.00\t
\t台式计算机\t20.00\t20.00\t
\t复印纸\t40.00\t40.00\t
服务\t\t30.00\t\t30.00
\t保安服务\t30.00\t\t30.00
"""
PROJECTS = """
项目支出预算表

单位：万元

项目名称\t合计\t一般公共预算
合计\t40.00\t40.00
信访专项\t25.00\t25.00
大厅运行\t15.00\t15.00

项目支出绩效表

单位：万元

项目名称\t预算数\t绩效目标
{rows}
"""
ASSETS = """
部门固定资产占用情况表

单位：万元

项目\t数量\t价值
资产总额\t——\t{total}
1、房屋（平方米）\t105.68\t49.94
其中：办公用房（平方米）\t105.68\t49.94
2、车辆（台、辆）\t3\t0.00
3、其他固定资产\t——\t44.50
"""


def rows(text: str) -> Rows:
    return parse_document("a" * 64, (HEAD + text).encode(), Context()).rows


def outcomes(found: Rows, rule: str) -> list[str]:
    return [check["outcome"] for check in found["checks"] if check["rule"] == rule]


def test_a_procurement_list_that_adds_up_is_confirmed_in_every_column() -> None:
    found = rows(PURCHASES.format(total="90.00", goods="60.00"))
    assert {row["status"] for row in found["procurement"]} == {"confirmed"}
    assert set(outcomes(found, "procurement")) == {"holds"}
    scopes = {check["scope"] for check in found["checks"] if check["rule"] == "procurement"}
    assert any("其他资金" in scope for scope in scopes)
    assert any("'服务'" in scope for scope in scopes)


def test_a_wrong_total_is_broken_and_its_lines_stay_confirmed_by_their_funds() -> None:
    found = rows(PURCHASES.format(total="91.00", goods="60.00"))
    assert "broken" in outcomes(found, "procurement")
    status = {row["project_name"]: row["status"] for row in found["procurement"]}
    assert (status["合计"], status["货物"]) == ("doubtful", "confirmed")


def test_a_subtotal_that_no_lines_add_up_to_is_not_assessable() -> None:
    found = rows(PURCHASES.format(total="90.00", goods="61.00"))
    assert "not_assessable" in outcomes(found, "procurement")
    assert [row["status"] for row in found["procurement"] if row["project_name"] == "货物"] == ["doubtful"]


@pytest.mark.parametrize(("total", "status"), [("94.44", "confirmed"), ("95.44", "doubtful")])
def test_assets_against_their_sum(total: str, status: str) -> None:
    found = rows(ASSETS.format(total=total))
    assert [row["status"] for row in found["assets"] if row["item"] == "资产总额"] == [status]
    assert [row["status"] for row in found["assets"] if row["item"].startswith("其中")] == ["unchecked"]


def test_a_project_is_confirmed_by_the_row_of_its_name() -> None:
    found = rows(PROJECTS.format(rows="信访专项\t25.00\t化解\n热线\t9.00\t接听"))
    described = [row for row in found["projects"] if row["in_tables"] != "expenditure"]
    assert {row["project_name"]: row["status"] for row in described} == {
        "信访专项": "confirmed",
        "热线": "unchecked",
    }
    assert outcomes(found, "project_budgets") == ["not_assessable"]


def test_projects_that_are_all_of_project_spending_are_confirmed_together() -> None:
    found = rows(PROJECTS.format(rows="甲项目\t25.00\t化解\n乙项目\t15.00\t接听"))
    assert outcomes(found, "project_budgets") == ["holds"]
    assert {row["status"] for row in found["projects"]} == {"confirmed"}


def test_projects_above_project_spending_contradict_it() -> None:
    found = rows(PROJECTS.format(rows="甲项目\t35.00\t化解\n乙项目\t15.00\t接听"))
    assert outcomes(found, "project_budgets") == ["broken"]
    assert {row["status"] for row in found["projects"] if row["in_tables"] == "performance"} == {"doubtful"}


def test_amounts_of_lists_count_in_the_documents_coverage() -> None:
    found = rows(PURCHASES.format(total="90.00", goods="60.00") + ASSETS.format(total="94.44"))
    printed = sum(item["amount"] is not None for item in found["line_items"])
    (document,), (quality,) = found["documents"], found["quality"]
    assert document["amounts"] == quality["amounts"] == printed + 6 + 5
    assert document["confirmed"] == quality["confirmed"] == quality["amounts"] - 1
    assert quality["amounts"] == quality["confirmed"] + quality["doubtful"] + quality["unchecked"]
    assert sum(row["amount"] or Decimal(0) for row in found["procurement"] if not row["is_subtotal"]) == 900000


def test_a_text_among_the_amounts_of_a_list_is_refused_not_dropped() -> None:
    found = rows(PURCHASES.format(total="90.00", goods="六十"))
    reasons = [row["reason"] for row in found["issues"] if row["kind"] == "amount_unreadable"]
    assert len(reasons) == 1
    assert "六十" in reasons[0]
