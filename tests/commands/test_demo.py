"""`gongkai demo`, twice: the whole chain, then nothing downloaded twice."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.exits import Exit
from tests.commands.conftest import in_a_process

# Published figures, in yuan: 收入总计 of the balance and “三公”经费, by where each was published.
REVENUE = {"曹妃甸区": "166548400.00", "青龙满族自治县": "527299100.00", "双桥区": "159548900.00"}
REVENUE |= {"济源市": "118441000.00", "海港区": "24880900.00"}
THREE_PUBLIC = {"曹妃甸区": "63000.00", "青龙满族自治县": "25000.00", "双桥区": "30000.00"}
THREE_PUBLIC |= {"济源市": "80000.00", "海港区": "1500.00"}


@pytest.mark.slow
def test_the_demonstration_ends_in_true_answers_and_downloads_nothing_twice(tmp_path: Path) -> None:
    root = str(tmp_path / "archive")
    first = in_a_process("--root", root, "demo")
    assert first.code == Exit.OK, first.errors
    assert "new 16" in first.output
    assert "Traceback" not in first.errors
    for amount in REVENUE.values():
        assert f"{Decimal(amount):,}" in first.output
    assert f"gongkai --root {root} query" in first.output

    sql = "SELECT coalesce(county, city) AS place, revenue, three_public FROM document_totals"
    rows = json.loads(in_a_process("--root", root, "query", sql, "-f", "json").output)
    assert {row["place"]: row["revenue"] for row in rows} == REVENUE
    assert {row["place"]: row["three_public"] for row in rows} == THREE_PUBLIC

    before = sorted(path for path in Path(root, "raw").rglob("*"))
    second = in_a_process("--root", root, "demo")
    assert second.code == Exit.OK, second.errors
    assert "Nothing was downloaded twice" in second.output
    assert "new 0 · changed 0 · unchanged 0 · not modified 16" in second.output
    assert sorted(path for path in Path(root, "raw").rglob("*")) == before
