"""`gongkai vocabulary`: what published documents could add to the code lists."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from gongkai.exits import Exit
from gongkai.vocabulary.classification import COLUMNS
from tests.commands.conftest import Command

BUDGET = """某县财政局2025年部门预算

一般公共预算财政拨款基本支出表

单位：万元

科目编码\t科目名称\t合计\t人员经费\t公用经费
302\t商品和服务支出\t20.00\t\t20.00
30201\t办公费\t10.00\t\t10.00
30208\t物业管理费\t5.00\t\t5.00
30298\t算力租用费\t5.00\t\t5.00
"""


@pytest.fixture
def parsed(gongkai: Command, tmp_path: Path) -> Path:
    """An archive with two budgets that print a code we do not know."""
    root = tmp_path / "two budgets"
    for number in (1, 2):
        file = tmp_path / f"{number}.txt"
        file.write_text(BUDGET.replace("某县", "某县" * number), encoding="utf-8")
        assert gongkai("--root", str(root), "add", str(file)).code == Exit.OK
    assert gongkai("--root", str(root), "parse", "--workers", "1").code == Exit.OK
    return root


def test_pairs_of_the_lake_are_proposed_as_rows_of_the_lists(gongkai: Command, parsed: Path) -> None:
    ended = gongkai("--root", str(parsed), "vocabulary", "propose", "--format", "csv")
    header, *rows = csv.reader(io.StringIO(ended.output))
    assert tuple(header[1 : 1 + len(COLUMNS)]) == COLUMNS
    first, second = (dict(zip(header, row, strict=True)) for row in rows)
    assert (first["kind"], first["code"], first["name"], first["relation"]) == (
        "economic",
        "30208",
        "物业管理费",
        "contradicts",
    )
    assert first["known_as"] == "取暖费; 物业管理费 is 30209"
    assert (second["code"], second["name"], second["parent"], second["level"]) == (
        "30298",
        "算力租用费",
        "302",
        "group",
    )
    assert (second["seen"], second["first_seen"], second["last_seen"]) == ("2", "2025", "2025")
    assert (second["relation"], second["known_as"], second["valid_from"]) == ("code_unknown", "", "")
    assert len(second["document_sha256"]) == 64


def test_a_lake_without_tables_has_nothing_to_propose(gongkai: Command) -> None:
    ended = gongkai("vocabulary", "propose", "--format", "json")
    assert (ended.code, ended.output.split()) == (Exit.OK, ["[]"])


def test_without_an_archive_it_says_so(gongkai: Command, tmp_path: Path) -> None:
    ended = gongkai("--root", str(tmp_path / "nothing"), "vocabulary", "propose")
    assert ended.code == Exit.ARCHIVE_UNUSABLE
    assert ended.is_one_sentence
