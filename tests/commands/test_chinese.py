"""gongkai in Chinese: what chooses it, help, answers in each format, messages."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from rich.cells import cell_len

from gongkai.__main__ import run
from gongkai.exits import Exit
from tests.chinese.said_texts import commands
from tests.commands.conftest import Command, Ended

_PROSE = re.compile(r"\b[a-z]{3,} [a-z]{2,} [a-z]{2,} [a-z]{2,}\b")
"""Four English words in a row, which no command, path or name is."""

THREE_PUBLIC = ("query", "three_public_by_department")


@pytest.mark.parametrize(
    ("environment", "arguments", "is_chinese"),
    [
        ({}, (), False),
        ({"LANG": "zh_CN.UTF-8"}, (), True),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, (), False),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, (), True),
        ({"LANG": "zh_CN.UTF-8", "GONGKAI_LANG": "en"}, (), False),
        ({"GONGKAI_LANG": "zh"}, (), True),
        ({"GONGKAI_LANG": "zh"}, ("--lang", "en"), False),
        ({}, ("--lang", "zh"), True),
        ({}, ("--lang=zh",), True),
        ({}, ("--root", "somewhere", "--lang", "zh"), True),
    ],
)
def test_what_chooses_the_language(
    environment: dict[str, str],
    arguments: tuple[str, ...],
    is_chinese: bool,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert run([*arguments, "--help"]) == Exit.OK
    assert capsys.readouterr().out.startswith("用法：gongkai" if is_chinese else "Usage: gongkai")


def test_help_of_every_command_is_chinese_and_fits(capsys: pytest.CaptureFixture[str]) -> None:
    from gongkai.application import application  # noqa: PLC0415 - as run() leaves it

    for name, _ in commands(application):
        assert run(["--lang", "zh", *name.split()[1:], "--help"]) == Exit.OK
        shown = capsys.readouterr().out
        assert shown.startswith("用法：")
        english = [line for line in shown.splitlines() if _PROSE.search(line) and not line.startswith("  gongkai ")]
        assert english == [], name
        typed = ("gongkai ", "duckdb ", "--", "-o", "-s", "-f")  # commands and names of options, which are never folded
        wide = [line for line in shown.splitlines() if cell_len(line) > 80 and not line.strip().startswith(typed)]
        assert wide == [], name
        assert [line for line in shown.splitlines() if re.match(r"\s*[，。；：、！？）］”]", line)] == [], name
    run(["--lang", "en", "portals", "list", "--help"])
    assert capsys.readouterr().out.startswith("Usage:")


def test_a_table_in_chinese(gongkai: Command) -> None:
    shown = gongkai("--lang", "zh", *THREE_PUBLIC)
    heading, _, row = shown.output.splitlines()[:3]
    assert {"公开单位", "级次", "阶段", "“三公”经费"} <= set(heading.split())
    assert "预算" in row.split() or "决算" in row.split()
    assert "份文件中有" in shown.errors


def rows_of(ended: Ended, form: str) -> list[dict[str, object]]:
    if form == "json":
        rows: list[dict[str, object]] = json.loads(ended.output)
        return rows
    return list(csv.DictReader(io.StringIO(ended.output)))


@pytest.mark.parametrize(
    ("form", "by_option", "by_locale"),
    [("csv", True, False), ("json", False, False), ("csv-spreadsheet", True, True)],
)
def test_formats_for_programs_keep_the_names(
    form: str,
    by_option: bool,
    by_locale: bool,
    gongkai: Command,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    question = ("query", "SELECT phase FROM documents WHERE phase = 'approved' LIMIT 1", "--format", form)
    chosen = gongkai("--lang", "zh", *question)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    found = gongkai(*question)
    for ended, is_chinese in ((chosen, by_option), (found, by_locale)):
        ((name, value),) = rows_of(ended, form)[0].items()
        assert (name.removeprefix("\ufeff"), value) == (("阶段", "预算") if is_chinese else ("phase", "approved"))


def test_workbooks_and_parquet(gongkai: Command, tmp_path: Path) -> None:
    question = ("--lang", "zh", "query", "SELECT form, amount FROM amounts ORDER BY ALL LIMIT 1")
    assert gongkai(*question, "--format", "xlsx", "--output", str(tmp_path / "a.xlsx")).code == Exit.OK
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert [cell.value for cell in sheet[1]] == ["表式", "金额"]
    assert gongkai(*question, "--format", "parquet", "--output", str(tmp_path / "a.parquet")).code == Exit.OK
    assert pq.read_schema(tmp_path / "a.parquet").names == ["form", "amount"]


def test_lists_maps_and_markdown(gongkai: Command) -> None:
    sql = (
        "SELECT ['approved', 'x'] AS phase, MAP {'form_unknown': 2} AS issues_by_kind, NULL::VARCHAR AS form, 'a' AS a"
    )
    shown = gongkai("--lang", "zh", "query", sql, "--format", "md").output
    assert "| 阶段 | 问题（按种类） | 表式 | a |" in shown
    assert r'\["预算", "x"\]' in shown
    assert '"表式未知": 2' in shown


def test_two_columns_of_one_name_keep_their_own(gongkai: Command) -> None:
    shown = gongkai("--lang", "zh", "query", "SELECT 1 AS year, 2 AS 年度", "--format", "csv").output
    assert shown.splitlines()[0] == "year,年度"


def test_tables_and_queries_explain_themselves(gongkai: Command) -> None:
    for command in (("tables",), ("tables", "line_items"), ("query",)):
        shown = gongkai("--lang", "zh", *command).output
        assert [line for line in shown.splitlines() if _PROSE.search(line)] == []
    assert "documents" in gongkai("--lang", "zh", "tables").output
    assert "没有名为 'document' 的表或视图" in gongkai("--lang", "zh", "tables", "document").errors


def test_status_names_states_in_chinese(gongkai: Command) -> None:
    shown = gongkai("--lang", "zh", "status").output
    assert re.search(r"文件 +待解析|文件 +已解析", shown)
    assert re.search(r"数据湖 +line_items", shown)
    assert {row["topic"] for row in rows_of(gongkai("--lang", "zh", "status", "--format", "json"), "json")} > {"lake"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("query", "no_such_query"), "gongkai: 没有名为 'no_such_query' 的查询：gongkai query 会列出它们"),
        (("query", "--form", "table"), "gongkai: 没有选项 '--form'"),
        (("documents", "--year", "x"), "gongkai: '--year' 的值无效：'x' 不是有效的整数。"),
        (("nothing",), "gongkai: 没有命令 'nothing'"),
        (("get", "aaaaaaaa", "--version", "1", "--at", "2025-01-01"), "gongkai: --version 和 --at 只能给一个"),
        (("documents", "--lang", "zh"), "gongkai: 请把 --lang 写在命令之前"),
        (("query", "SELECT 1 WHERE false"), "0 行；已存的地方："),
    ],
)
def test_messages(arguments: tuple[str, ...], message: str, gongkai: Command) -> None:
    assert gongkai("--lang", "zh", *arguments).errors.startswith(message)


def test_evidence_in_words(gongkai: Command) -> None:
    listed = gongkai("query", "SELECT line_item_id FROM amounts ORDER BY ALL LIMIT 1", "--format", "csv").output
    shown = gongkai("--lang", "zh", "evidence", "--line-item", listed.split()[1])
    named = shown.output or shown.errors
    assert not _PROSE.search(named)
