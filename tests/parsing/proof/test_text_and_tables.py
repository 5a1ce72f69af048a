"""The narrative against itself and against the tables, on the seeds and on real documents of a corpus."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from gongkai.lake.rows import ParsedDocument
from gongkai.parsing.document import parse_document
from gongkai.parsing.publisher import Context
from tests.parsing.conftest import Seeds
from tests.places import SHARED

Row = Mapping[str, Any]
ALTERED = "上海普陀_24年普陀区财政局（测试问题版本）.pdf"
SIBLING = "上海普陀_上海市普陀区规划和自然资源局2024年度部门决算.pdf"
TEMPLATE = "上海普陀_附件2：部门决算模板.pdf"
SEPARATE = "北京_政府办公厅_附件1：首都绿化委员会办公室2026年度部门预算情况说明.pdf"


@functools.cache
def corpus(name: str) -> ParsedDocument:
    path = SHARED / "corpus" / "pdf" / name
    if not path.is_file():
        pytest.skip(f"{name} is not at ../shared/corpus/pdf; put the corpus there to run this test")
    data = path.read_bytes()
    return parse_document(hashlib.sha256(data).hexdigest(), data, Context())


def checks(document: ParsedDocument, *rules: str, outcome: str) -> list[Row]:
    return [row for row in document.rows["checks"] if row["rule"] in rules and row["outcome"] == outcome]


def stated(document: ParsedDocument, row: Row) -> Row:
    """The statement a check is about."""
    found = {each["claim_id"]: each for each in document.rows["claims"]}
    return found[row["total"][0]]


TEXT = ("text_table", "text_sum", "text_change", "text_direction", "text_percent")
BROKEN: dict[str, set[tuple[str, str, str | None, str | None]]] = {
    "000": set(),
    "001": {
        ("text_sum", "three_public", "25000.00", "22000.00"),
        ("text_sum", "vehicles", "14000.00", "11000.00"),
        ("text_table", "vehicle_running", "11000.00", "14000.00"),
    },
    "002": {
        ("text_table", "balance_total", "158819800.00", "159548900.00"),
        ("text_table", "vehicles", "0.00", "30000.00"),
        ("text_table", "vehicle_running", "0.00", "30000.00"),
    },
    "003": set(),
    "004": set(),
}
"""What each seed's narrative gets wrong, read off the published documents: rule, item, stated, found."""


@pytest.mark.parametrize("seed", BROKEN)
def test_contradictions_of_the_seeds_and_no_others(seeds: Seeds, seed: str) -> None:
    document = seeds.parsed(seed)
    found = {
        (row["rule"], stated(document, row)["item"], str(row["expected"]), str(row["found"]))
        for row in checks(document, *TEXT, outcome="broken")
    }
    assert found == BROKEN[seed]
    assert len(checks(document, "text_table", outcome="holds")) >= 10


def test_a_broken_text_makes_no_line_item_doubtful(seeds: Seeds) -> None:
    document = seeds.parsed("001")
    ids = {line for row in checks(document, "text_table", outcome="broken") for line in row["addends"]}
    statuses = {row["status"] for row in document.rows["line_items"] if row["line_item_id"] in ids}
    assert statuses == {"confirmed"}


def test_the_altered_final_accounts() -> None:
    document = corpus(ALTERED)
    assert [row["scope"] for row in checks(document, "promised_form_present", outcome="broken")] == [
        "contents, page 2: '支出决算表' (expenditure)"
    ]
    broken = checks(document, "text_table", outcome="broken")
    assert {(stated(document, row)["page"], row["expected"], row["found"]) for row in broken} == {
        (18, Decimal(0), Decimal("29953900.00"))
    }
    wrong_way = checks(document, "text_direction", outcome="broken")
    assert [(stated(document, row)["page"], row["expected"], row["found"]) for row in wrong_way] == [
        (19, Decimal("15600500.00"), Decimal("15118900.00")),
        (20, Decimal("808100.00"), Decimal("803800.00")),
        (21, Decimal("622900.00"), Decimal("609900.00")),
    ]
    empty = [row["reason"] for row in checks(document, "promised_form_present", outcome="holds")]
    assert sum(reason.startswith("declared empty on page") for reason in empty) == 2


@pytest.mark.parametrize("name", [SIBLING, TEMPLATE])
def test_honest_siblings_have_all_their_forms(name: str) -> None:
    document = corpus(name)
    assert checks(document, "promised_form_present", "text_direction", outcome="broken") == []
    assert len(checks(document, "promised_form_present", outcome="holds")) == 9


def test_forms_published_as_another_file_are_not_called_missing() -> None:
    document = corpus(SEPARATE)
    promised = [row for row in document.rows["checks"] if row["rule"] == "promised_form_present"]
    assert {row["outcome"] for row in promised} == {"not_assessable"}
    assert len(promised) == 13


def test_statements_lead_to_their_sentence_and_page() -> None:
    rows: list[Any] = [*corpus(SIBLING).rows["claims"]]
    [total] = [row for row in rows if row["item"] == "revenue_current"]
    assert (total["page"], total["amount"], total["printed"]) == (20, Decimal("97465000.00"), "9746.50 万元")
    assert total["heading"] == "二、收入决算情况说明"
    assert total["y0"] < total["y1"]
    reasons = {row["item"]: row["reason"] for row in rows if row["role"] == "change" and row["item"] == "reception"}
    assert "中央八项规定" in (reasons["reception"] or "")
