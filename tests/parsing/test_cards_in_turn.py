"""Cards of several projects under one title are one table, and no heading of it is out of place."""

from __future__ import annotations

from decimal import Decimal

from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context

BODY = "某市数据局"


def _card(name: str, money: str) -> list[list[str]]:
    return [
        ["项目名称", name, "", ""],
        ["主管部门及代码", f"340_{BODY}", "实施单位", BODY],
        ["项目资金（万元）", "年度预算资金总额：", money, ""],
        ["总体目标", "保障运行", "", ""],
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "次数", "≥60次"],
    ]


def _drawn(rows: list[list[str]]) -> str:
    lines = ["<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in rows]
    return f"<table border=1>{''.join(lines)}</table>"


def test_the_next_card_is_no_heading_that_differs() -> None:
    title = "<p>政策和项目预算绩效目标表</p>"
    cards = [_card("运行维护资金", "6000.00"), _card("公车统管费用", "5.00")]
    page = f"<html><body><h1>{BODY}2026年部门预算</h1>{''.join(title + _drawn(card) for card in cards)}</body></html>"
    rows = parse_document("e" * 64, page.encode(), Context()).rows
    assert [(row["project_name"], row["budget"]) for row in rows["projects"]] == [
        ("运行维护资金", Decimal(60_000_000)),
        ("公车统管费用", Decimal(50_000)),
    ]
    assert not [row for row in rows["issues"] if row["kind"] == "heading_differs"]
