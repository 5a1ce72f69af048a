"""What a person at a terminal meets: the pager, completion, `tables`, `export`, empty answers."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest
from rich.cells import cell_len

from gongkai.application import COMMANDS
from gongkai.exits import Exit
from gongkai.pager import pager
from tests.commands.conftest import Command

LONG = "SELECT range AS number FROM range(200)"


def on_a_terminal(*arguments: str, columns: int = 80, **environment: str) -> str:
    """What a command prints on a terminal of its own, 24 lines high."""
    code = f"import os, pty, sys; os.environ['COLUMNS'] = '{columns}'; os.environ['LINES'] = '24'; "
    code += "sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))"
    done = subprocess.run(
        [sys.executable, "-c", code, sys.executable, "-m", "gongkai", *arguments],
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=120,
        check=False,
    )
    return done.stdout.decode().replace("\r\n", "\n")


@pytest.fixture
def own_pager(tmp_path: Path) -> str:
    """A pager that says that it ran."""
    file = tmp_path / "own-pager"
    file.write_text("#!/bin/sh\necho paged $#\ncat\n")
    file.chmod(0o755)
    return str(file)


def test_long_answers_go_through_the_pager(root: Path, own_pager: str) -> None:
    query = ("--root", str(root), "query", LONG)
    shown = on_a_terminal(*query, PAGER=f"{own_pager} -x")
    assert shown.startswith("paged 1")
    assert shown.rstrip().endswith("199")
    assert "paged" not in on_a_terminal(*query, "--no-pager", PAGER=own_pager)
    assert "paged" not in on_a_terminal("--root", str(root), "query", "SELECT 1 AS n", PAGER=own_pager)


def test_a_pager_that_is_left_early_is_no_error(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "impatient"
    file.write_text("#!/bin/sh\nexit 0\n")
    file.chmod(0o755)
    shown = on_a_terminal("--root", str(root), "query", LONG.replace("200", "900"), PAGER=str(file))
    assert "gongkai:" not in shown


def test_what_is_left_out_is_said_below_the_answer(root: Path) -> None:
    shown = on_a_terminal("--root", str(root), "query", "SELECT 1 AS one, NULL AS other")
    assert shown.splitlines() == ["one", "───", "  1", "left out, without a value in any row shown: other"]


def test_a_pipe_has_no_pager(root: Path, own_pager: str, monkeypatch: pytest.MonkeyPatch, process: Command) -> None:
    monkeypatch.setenv("PAGER", own_pager)
    assert "paged" not in process("--root", str(root), "query", LONG).output


def test_the_pager_is_the_person_s() -> None:
    assert pager({"PAGER": "cat"}) is None
    assert pager({"PAGER": ""}) is None
    assert pager({"PAGER": "no-such-program-here"}) is None
    assert pager({"PAGER": "sh -c 'cat; true'"}) == ["sh", "-c", "cat; true"]
    assert pager({}) == (["less", "-S"] if shutil.which("less") else None)


@pytest.mark.parametrize("columns", [80, 120])
def test_documents_are_a_table_of_the_terminal_s_width(root: Path, columns: int) -> None:
    lines = on_a_terminal("--root", str(root), "documents", columns=columns).splitlines()
    assert lines[0].split()[:4] == ["document", "year", "phase", "entity"]
    assert max(map(cell_len, lines)) <= columns
    assert sum(bool(re.match("[a-e]{12}  ", line)) for line in lines) == 5


def test_an_empty_answer_names_the_places_held(gongkai: Command) -> None:
    for arguments in (("documents", "--place", "广州"), ("query", "SELECT * FROM documents WHERE false")):
        ended = gongkai(*arguments)
        assert ended.code == Exit.OK
        assert ended.errors.startswith("0 rows; places held: 河北省")
        assert "河南省/济源市" in ended.errors


def test_the_hints_of_duckdb_are_kept(gongkai: Command) -> None:
    wrong_column = gongkai("query", "SELECT entty FROM documents")
    assert 'Candidate bindings: "entity"' in wrong_column.errors
    assert "line 1, column 8" in wrong_column.errors
    assert 'Did you mean "sum"' in gongkai("query", "SELECT sumx(amount) FROM amounts").errors
    assert "Candidate functions: substr" in gongkai("query", "SELECT substr(1)").errors
    assert "Did you mean" not in gongkai("query", "SELECT * FROM document").errors, "it guesses in its own catalogue"


def test_tables_and_columns_are_explained(gongkai: Command) -> None:
    rows = {row["name"]: row for row in json.loads(gongkai("tables", "-f", "json").output)}
    assert rows["documents"]["kind"] == "table"
    assert rows["amounts"]["kind"] == "view"
    assert all(row["comment"] for row in rows.values())
    columns = {row["column"]: row for row in json.loads(gongkai("tables", "amounts", "-f", "json").output)}
    assert columns["amount"]["type"] == "DECIMAL(20,2)"
    assert columns["amount"]["comment"].startswith("yuan")
    ended = gongkai("tables", "documnts")
    assert ended.code == Exit.WRONG_USAGE
    assert ended.is_one_sentence
    assert "documents" in ended.errors


def test_tables_need_no_archive(gongkai: Command, tmp_path: Path) -> None:
    assert "document_totals" in gongkai("--root", str(tmp_path / "nothing"), "tables").output


def test_markdown_escapes_what_it_would_read(gongkai: Command) -> None:
    sql = "SELECT 'a|b' AS \"x|y\", '<b>*_\n' AS text, 'three_public' AS item, 1234.50::DECIMAL(20, 2) AS amount"
    heading, rule, line = gongkai("query", sql, "-f", "md").output.splitlines()
    assert heading == "| x\\|y | text | item | amount |"
    assert rule == "| --- | --- | --- | ---: |"
    assert line == "| a\\|b | \\<b\\>\\*\\_<br> | three_public | 1,234.50 |"


def test_a_workbook_goes_to_a_file_or_a_pipe_and_not_to_a_terminal(
    gongkai: Command, root: Path, tmp_path: Path
) -> None:
    assert gongkai("query", "SELECT 1.50::DECIMAL(20, 2) AS amount", "-f", "xlsx", "-o", "a.xlsx").code == Exit.OK
    assert openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0]["A2"].value == 1.5
    assert "binary" in on_a_terminal("--root", str(root), "query", "SELECT 1", "-f", "xlsx")


def test_the_lake_is_exported(gongkai: Command, tmp_path: Path) -> None:
    assert gongkai("export", "duckdb", "lake.duckdb").code == Exit.OK
    with duckdb.connect(tmp_path / "lake.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM documents").fetchone() == (5,)
    assert gongkai("export", "sql", "views.sql").code == Exit.OK
    assert "CREATE VIEW document_totals" in (tmp_path / "views.sql").read_text(encoding="utf-8")


def completed(shell: str, words: str) -> list[str]:
    """What a shell is offered for a line that ends in the last word."""
    begun = words.split(" ")
    environment = {"_GONGKAI_COMPLETE": f"{shell}_complete", "COMP_WORDS": words, "COMP_CWORD": str(len(begun) - 1)}
    if shell == "fish":
        environment["COMP_CWORD"] = begun[-1]
    done = subprocess.run(
        [sys.executable, "-m", "gongkai"], env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("gongkai docu", "documents"),
        ("gongkai query three_p", "three_public_by_department"),
        ("gongkai tables document_t", "document_totals"),
        ("gongkai documents --pla", "--place"),
        ("gongkai documents --format csv-", "csv-spreadsheet"),
        ("gongkai export duc", "duckdb"),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_complete(shell: str, words: str, offered: str) -> None:
    assert offered in re.split(r"[,\n\t]", "\n".join(completed(shell, words)))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shells_are_given_their_script(shell: str) -> None:
    if shell == "bash" and shutil.which("bash") is None:
        pytest.skip("click asks bash for its version, and there is none here")
    done = subprocess.run(
        [sys.executable, "-m", "gongkai"],
        env={**os.environ, "_GONGKAI_COMPLETE": f"{shell}_source"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "_GONGKAI_COMPLETE" in done.stdout
    assert "gongkai" in done.stdout


def test_completing_a_command_imports_none() -> None:
    code = "import sys; from gongkai.application import application; import click; "
    code += "print([each.value for each in application.shell_complete(click.Context(application), '')]); "
    code += "print([name for name in sys.modules if name.startswith('gongkai.commands.')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    offered, imported = done.stdout.splitlines()
    assert all(repr(name) in offered for name in COMMANDS)
    assert imported == "[]"
