"""The demonstration documents: the seeds' figures as PDF, DOCX, HTML, rotated PDF and XLSX give the same answers."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from gongkai.lake.rows import ParsedDocument
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from tests.places import DEMO_SITE

FILES = {
    "000": "202502/P020250218365478120001.pdf",
    "001": "202502/P020250214402150633002.docx",
    "002": "202302/t20230221_100011.html",
    "003": "202405/P020240526403217891002.pdf",
    "004": "202502/W020250210391746205001.xlsx",
}
FORMATS = {"000": "pdf", "001": "docx", "002": "html", "003": "pdf", "004": "xlsx"}
REVENUE = {"000": "166548400", "001": "527299100", "002": "159548900", "003": "118441000", "004": "24880900"}
ITEMS = {**REVENUE, "000": "166548500", "001": "527299300"}
THREE_PUBLIC = {"000": "63000", "001": "25000", "002": "30000", "003": "80000", "004": "1500"}
BROKEN = {"001": 4}
"""The narrative of 001 contradicts its “三公” table, and its projects 项目支出, as in the published one."""
PROJECTS = {"000": 20, "001": 41, "002": 19, "003": 50, "004": 8}


@functools.cache
def parsed(seed: str) -> ParsedDocument:
    return parse_document(seed * 20, (DEMO_SITE / FILES[seed]).read_bytes(), Context())


@pytest.mark.parametrize("seed", FILES)
def test_the_same_answers_from_every_format(seed: str) -> None:
    rows: Mapping[str, Any] = parsed(seed).rows
    assert rows["documents"][0]["format"] == FORMATS[seed]
    balance = [row for row in rows["line_items"] if row["form"] == "balance" and row["label"] == "收入总计"]
    assert [row["amount"] for row in balance] == [Decimal(REVENUE[seed])]
    items = [
        row["amount"]
        for row in rows["line_items"]
        if row["form"] == "expenditure" and row["function_level"] == "item" and row["spending"] == "total"
    ]
    assert sum(items) == Decimal(ITEMS[seed])
    fund = "general_public" if seed == "003" else "total"  # its title names the fund
    totals = [
        row["amount"]
        for row in rows["line_items"]
        if row["form"] == "three_public" and row["fund"] == fund and row["label"].endswith(("合计", "小计"))
    ]
    assert set(totals) == {Decimal(THREE_PUBLIC[seed])}
    assert len(rows["projects"]) == PROJECTS[seed]


@pytest.mark.parametrize("seed", FILES)
def test_amounts_are_confirmed(seed: str) -> None:
    row = parsed(seed).rows["documents"][0]
    assert row["checks_broken"] == BROKEN.get(seed, 0)
    assert row["confirmed"] / row["amounts"] > (0.85 if seed == "003" else 0.996)


@pytest.mark.parametrize("seed", ["000", "003"])
def test_amounts_of_a_pdf_stand_on_a_page_in_a_box(seed: str) -> None:
    rows: Mapping[str, Any] = parsed(seed).rows
    for row in rows["line_items"]:
        assert row["page"] >= 1
        assert 0 <= row["x0"] < row["x1"] <= 1300
        assert 0 <= row["y0"] < row["y1"] <= 1300


def test_slid_rows_of_the_rotated_pdf_are_put_back() -> None:
    rows = parsed("003").rows["line_items"]
    found = {
        row["spending"]: row["amount"]
        for row in rows
        if row["form"] == "expenditure" and row["function_code"] == "2080799"
    }
    assert (found["basic"], found["project"]) == (Decimal("2339000.00"), Decimal("20000.00"))
