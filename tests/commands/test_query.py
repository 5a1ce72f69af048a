"""`gongkai query` and `documents`: SQL, named queries, formats, refusals."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from gongkai.exits import Exit
from gongkai.queries.named_queries import named_queries
from tests.commands.conftest import Command
from tests.queries.small_lake import FINAL, HEBEI, UNIT, UNKNOWN

SQL = "SELECT sum(amount) AS amount FROM amounts WHERE form = 'balance' AND label = '收入总计'"


def test_sql_gives_exact_amounts_in_every_format(gongkai: Command, tmp_path: Path) -> None:
    assert gongkai("query", SQL, "--format", "csv").output == "amount\n1500.10\n"
    assert json.loads(gongkai("query", SQL, "-f", "json").output) == [{"amount": "1500.10"}]
    assert gongkai("query", SQL).output.split()[-1] == "1,500.10"
    file = tmp_path / "answer.parquet"
    assert gongkai("query", SQL, "-f", "parquet", "-o", str(file)).output == ""
    assert pq.read_table(file).to_pylist() == [{"amount": Decimal("1500.10")}]


def test_parquet_goes_through_a_pipe(root: Path) -> None:
    command = [sys.executable, "-m", "gongkai", "--root", str(root), "query", SQL, "-f", "parquet"]
    done = subprocess.run(command, capture_output=True, check=True)
    assert pq.read_table(io.BytesIO(done.stdout)).num_rows == 1


def test_without_a_question_the_named_queries_are_listed(gongkai: Command) -> None:
    listing = gongkai("query").output
    for query in named_queries().values():
        assert f"{query.name}: " in listing
        for parameter in query.parameters:
            assert f"--set {parameter.name}=" in listing
    rows = json.loads(gongkai("query", "--format", "json").output)
    assert [row["name"] for row in rows] == list(named_queries())


@pytest.mark.parametrize("name", list(named_queries()))
def test_every_named_query_runs(gongkai: Command, name: str) -> None:
    ended = gongkai("query", name, "--format", "csv")
    assert ended.code == Exit.OK
    assert len(ended.output.splitlines()) > 1
    assert re.fullmatch(r"(asked of )?\d( of [35])? documents.*\n", ended.errors)


def test_documents_that_do_not_answer_are_listed(gongkai: Command) -> None:
    ended = gongkai("query", "three_public_by_department", "--missing", "-f", "json")
    assert {row["sha256"] for row in json.loads(ended.output)} == {UNIT, FINAL, UNKNOWN}
    assert gongkai("query", SQL, "--missing").code == Exit.WRONG_USAGE


def test_parameters_are_set_by_name(gongkai: Command) -> None:
    ended = gongkai("query", "three_public_by_department", "--set", "place=秦皇岛", "--set", "year=2025", "-f", "csv")
    assert [line.split(",")[8] for line in ended.output.splitlines()] == ["three_public", "63.00"]
    sql = "SELECT count(*) AS n FROM documents WHERE entity = $who"
    assert gongkai("query", sql, "--set", "who=秦皇岛市社会保险中心", "-f", "csv").output == "n\n1\n"
    assert gongkai("query", sql, "--set", "who=x' OR 'a'='a", "-f", "csv").output == "n\n0\n"


def test_sql_can_come_from_standard_input(gongkai: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(SQL))
    assert gongkai("query", "-", "-f", "csv").output == "amount\n1500.10\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("SELECT , FROM documents",), "line 1, column 8"),
        (("SELECT * FROM documnts",), "the lake has addable_amounts"),
        (("three_public",), "three_public_by_department"),
        (("largest_projects", "--set", "limit=many"), "'many'"),
        (("largest_projects", "--set", "rows=5"), "'rows'"),
        (("SELECT $year",), "--set year=VALUE"),
        (("DROP VIEW documents",), "only read"),
        (("COPY documents TO 'stolen.csv'",), "only read"),
        (("SELECT * FROM read_text('/etc/passwd')",), "read_text"),
        (("SELECT 1; SELECT 2",), "2 statements"),
        ((" ",), "no SQL"),
        (("SELECT 1", "-o", "no/such/folder/x.csv"), "no/such/folder"),
    ],
)
def test_what_cannot_run_is_one_sentence(
    gongkai: Command, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    ended = gongkai("query", *arguments)
    assert ended.code == Exit.WRONG_USAGE
    assert ended.is_one_sentence, ended.errors
    assert told in ended.errors
    assert not (tmp_path / "stolen.csv").exists()


def test_an_answer_that_fails_half_way_leaves_no_file(gongkai: Command, tmp_path: Path) -> None:
    file = tmp_path / "answer.csv"
    ended = gongkai("query", "SELECT CAST(entity AS INTEGER) FROM documents", "-f", "csv", "-o", str(file))
    assert ended.code == Exit.WRONG_USAGE
    assert not file.exists()


def test_a_lake_without_documents_says_what_to_do(gongkai: Command, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    gongkai("--root", str(tmp_path / "new"), "add", str(tmp_path / "x.txt"))
    ended = gongkai("--root", str(tmp_path / "new"), "query", "SELECT count(*) AS n FROM documents", "-f", "csv")
    assert ended.output == "n\n0\n"
    assert "parse" in ended.errors


def test_a_damaged_lake_is_named(gongkai: Command, root: Path) -> None:
    (root / "lake" / "manifest.json").write_text("{")
    for arguments in (("query", "SELECT 1"), ("documents",)):
        ended = gongkai(*arguments)
        assert ended.code == Exit.ARCHIVE_UNUSABLE
        assert ended.is_one_sentence


def test_documents_can_be_filtered(gongkai: Command) -> None:
    def found(*filters: str) -> list[str]:
        return [row["sha256"] for row in json.loads(gongkai("documents", *filters, "-f", "json").output)]

    assert len(found()) == 5
    assert found("--place", "秦皇岛", "--level", "department") == [HEBEI]
    assert found("--year", "2025", "--phase", "approved", "--department", "人力资源和社会保障")[0] == HEBEI
    assert found("--status", "unreadable") == []
