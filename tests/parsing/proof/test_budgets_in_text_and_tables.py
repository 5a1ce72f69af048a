"""Budgets, outcomes and last year's figures of the narrative against the columns of the same kind."""

from __future__ import annotations

import pytest

from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context

PAGE = """<html><body><h1>2024年度甲市水利局部门决算</h1>
<p>一、财政拨款“三公”经费支出决算情况说明</p><p>“三公”经费{text}。</p>
<p>财政拨款“三公”经费支出决算表</p><p>单位：万元</p>
<table><tr><td>项目</td><td>{budget}</td><td>决算数</td></tr>
<tr><td>“三公”经费合计</td><td>20.00</td><td>15.00</td></tr>
<tr><td>因公出国（境）费</td><td>0.00</td><td>0.00</td></tr>
<tr><td>公务用车购置及运行费</td><td>15.00</td><td>10.00</td></tr>
<tr><td>公务接待费</td><td>5.00</td><td>5.00</td></tr></table></body></html>"""


@pytest.mark.parametrize(
    ("text", "budget", "outcome"),
    [
        ("支出决算为15.00万元", "预算数", "holds"),
        ("支出决算为16.00万元", "预算数", "broken"),
        ("年初预算为20.00万元", "预算数", "holds"),
        ("年初预算为18.00万元", "预算数", "not_assessable"),
        ("年初预算为18.00万元", "年初预算数", "broken"),
        ("年初预算为18.00万元", "全年预算数", "not_assessable"),
        ("全年预算为20.00万元", "全年预算数", "holds"),
        ("全年预算为18.00万元", "全年预算数", "broken"),
        ("全年预算为18.00万元", "年初预算数", "not_assessable"),
        ("调整预算为20.00万元", "预算数", "holds"),
    ],
)
def test_a_claim_is_compared_with_a_column_of_its_kind(text: str, budget: str, outcome: str) -> None:
    page = PAGE.format(text=text, budget=budget).encode()
    rows = parse_document("e" * 64, page, Context()).rows
    found = [row["outcome"] for row in rows["checks"] if row["rule"] == "text_table"]
    assert found == [outcome]
