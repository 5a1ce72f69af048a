"""The front door: help, start-up, wrong usage, exit codes, pipes, interruption."""

from __future__ import annotations

import importlib
import os
import signal
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import click
import pytest

from gongkai.application import COMMANDS, application
from gongkai.exits import Exit
from tests.chinese.said_texts import commands
from tests.commands.conftest import Command, Ended


@pytest.mark.parametrize("name", list(COMMANDS))
def test_every_command_is_listed_with_its_own_short_help(name: str) -> None:
    command: click.Command = importlib.import_module(f"gongkai.commands.{name}").command
    assert command.name == name
    assert command.get_short_help_str(100) == COMMANDS[name]
    assert all(option.help for option in command.params if isinstance(option, click.Option))


def test_help_names_every_command_and_exit_code(gongkai: Command) -> None:
    ended = gongkai("--help")
    assert ended.code == Exit.OK
    for name in COMMANDS:
        assert f"\n  {name} " in ended.output
    for code in Exit:
        assert f" {code.value}  " in ended.output


def test_starting_up_loads_none_of_the_heavy_packages() -> None:
    code = (
        "import sys, gongkai.__main__ as m; m.run(['--help']);"
        "heavy = {'scrapy', 'twisted', 'pdfplumber', 'duckdb', 'pyarrow', 'minio', 'rich', 'lxml'};"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("query", "--bogus"),
        ("query", "SELECT 1", "more"),
        ("query", "SELECT 1", "--format", "xml"),
        ("query", "SELECT $a", "--set", "a"),
        ("add",),
        ("get",),
        ("get", "abcdef12", "--version", "0"),
        ("get", "abcdef12", "--version", "1", "--at", "2025-01-01"),
        ("get", "abcdef12", "--at", "yesterday"),
        ("verify", "--subset", "3/2"),
        ("verify", "--subset", "1"),
        ("verify", "--seconds", "-1"),
        ("documents", "--year", "今年"),
        ("documents", "--phase", "planned"),
        ("parse", "--workers", "0"),
        ("crawl", "--limit", "0"),
        ("crawl", "atlantis/poseidonis"),
        ("query", "SELECT 1", "--root", "x"),
    ],
)
def test_wrong_usage_is_one_sentence_and_exit_code_2(gongkai: Command, arguments: tuple[str, ...]) -> None:
    ended = gongkai(*arguments)
    assert ended.code == Exit.WRONG_USAGE
    assert ended.is_one_sentence, ended.errors
    assert ended.output == ""


@pytest.mark.parametrize("arguments", [("portals",), ("--root", "", "portals")])
def test_a_group_without_a_command_shows_its_help(gongkai: Command, arguments: tuple[str, ...]) -> None:
    ended = gongkai(*arguments)
    assert ended.code == Exit.WRONG_USAGE
    assert "Usage: gongkai" in ended.errors
    assert ended.output == ""


def test_a_global_option_behind_the_command_is_explained(gongkai: Command) -> None:
    assert "before the command" in gongkai("query", "SELECT 1", "--debug").errors


LEFT_BY_CTRL_C = {
    "go on": (
        "demo", "crawl", "add", "parse", "run", "copy", "lock", "sign", "export bagit", "export ocfl",
        "export release", "export site", "export wacz",
    ),
    "nothing was changed": (
        "documents", "evidence", "get", "mcp", "quality", "query", "tables", "versions", "withdrawn",
        "export croissant", "export datapackage", "export dcat", "export duckdb", "export ducklake",
        "export release-diff", "export sql", "export sqlite", "portals adopt", "portals check", "portals import",
        "portals list", "portals new", "portals record", "portals verify", "vocabulary propose",
    ),
    "archive and lake are as they were": ("search", "serve", "status"),
    "is recorded": ("verify",),
}  # fmt: skip
"""Names each command under words of the sentence that is true of it when Ctrl-C stops it."""


def _leaves() -> dict[str, click.Command]:
    named = {name.removeprefix("gongkai").strip(): each for name, each in commands(application)}
    return {name: each for name, each in named.items() if not isinstance(each, click.Group)}


def test_of_every_command_it_is_known_what_ctrl_c_leaves() -> None:
    assert sorted(_leaves()) == sorted(name for names in LEFT_BY_CTRL_C.values() for name in names)


@pytest.mark.parametrize("name", sorted(_leaves()))
def test_ctrl_c_says_what_is_true_of_the_command(gongkai: Command, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(_leaves()[name], "invoke", stopped)
    required = [parameter for parameter in _leaves()[name].params if parameter.required]
    for parameter in required:
        monkeypatch.setattr(parameter, "required", False)
    ended = gongkai(*name.split())

    (told,) = (words for words, names in LEFT_BY_CTRL_C.items() if name in names)
    assert ended.code == Exit.INTERRUPTED
    assert ended.errors.strip().startswith("gongkai: interrupted: ")
    assert told in ended.errors
    assert all(words not in ended.errors for words in LEFT_BY_CTRL_C if words != told)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export", "sqlite", "/nowhere/x.db"), "'/nowhere/x.db' cannot be written: No such file or directory"),
        (("export", "release", "file"), "is not a directory: give one, or a name that is not there yet"),
        (("portals", "check", "/nowhere.yaml"), "'/nowhere.yaml' cannot be read: No such file or directory."),
        (("portals", "new", "--from", "/nowhere"), "'/nowhere' cannot be read: No such file or directory"),
        (("crawl", "nowhere"), "`gongkai portals list` lists the known ones"),
        (("serve", "--host", "300.1.1.1"), "give another --host"),
    ],
)
def test_what_cannot_be_used_is_named_with_what_to_do(
    gongkai: Command, tmp_path: Path, root: Path, arguments: tuple[str, ...], told: str
) -> None:
    (tmp_path / "file").write_text("not a directory")
    ended = gongkai("--root", str(root), *arguments)

    assert ended.is_one_sentence, ended.errors
    assert told in ended.errors
    assert "Errno" not in ended.errors


READING = (("query", "SELECT 1"), ("documents",), ("status",), ("verify",), ("get", "abcdef12"), ("parse",))


@pytest.mark.parametrize("arguments", READING)
def test_a_root_where_nothing_is_kept_yet_is_named(
    gongkai: Command, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    ended = gongkai("--root", str(tmp_path / "nowhere"), *arguments)
    assert ended.code == Exit.ARCHIVE_UNUSABLE
    assert ended.is_one_sentence
    assert "nowhere" in ended.errors
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("arguments", [*READING, ("add", "archive")])
@pytest.mark.parametrize("root", ["file", "ftp://x/y", "s3://", ""])
def test_a_root_that_cannot_be_one_is_named(
    gongkai: Command, tmp_path: Path, root: str, arguments: tuple[str, ...]
) -> None:
    (tmp_path / "file").write_text("not a directory")
    ended = gongkai("--root", root, *arguments)
    assert ended.code == Exit.ARCHIVE_UNUSABLE
    assert ended.is_one_sentence, ended.errors


def test_a_root_that_cannot_be_read_is_named(gongkai: Command, root: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    root.chmod(0)
    try:
        ended = gongkai("status")
    finally:
        root.chmod(stat.S_IRWXU)
    assert ended.code == Exit.ARCHIVE_UNUSABLE
    assert ended.is_one_sentence


def test_the_root_comes_from_the_environment_too(
    gongkai: Command, root: Path, process: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_ROOT", str(root))
    assert process("query", "SELECT count(*) AS n FROM documents", "--format", "csv").output == "n\n5\n"


def test_an_error_of_our_own_is_told_without_a_traceback(gongkai: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr("gongkai.commands.query.run", broken)
    ended = gongkai("query", "SELECT 1")
    assert ended.code == Exit.UNEXPECTED
    assert "a fault of ours" in ended.errors
    assert "Traceback" not in ended.errors
    assert "Traceback" in gongkai("--debug", "query", "SELECT 1").errors


def test_a_reader_that_goes_away_is_no_error(root: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "gongkai", "--root", str(root), "query", "-f", "csv", "SELECT * FROM range(5000000)"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == b"range\n"
        running.stdout.close()
        errors = running.stderr.read()
    assert errors == b""
    assert running.returncode == Exit.PIPE_CLOSED


def test_sigterm_ends_a_command_as_ctrl_c_does(root: Path) -> None:
    sql = "SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE hash(a.range) % 7 = b.range"
    code = _ANNOUNCED.replace("sys.exit(run())", "from gongkai.__main__ import main\nmain()")
    with subprocess.Popen(
        [sys.executable, "-u", "-c", code, "--root", str(root), "query", sql],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "running\n"
        running.send_signal(signal.SIGTERM)
        try:
            _, errors = running.communicate(timeout=300)
        finally:
            running.kill()
    ended = Ended(running.returncode, "", errors.strip())
    assert ended.code == Exit.INTERRUPTED
    assert ended.is_one_sentence, errors


@pytest.mark.parametrize("seconds", [0, 0.03, 0.3])
def test_ctrl_c_ends_a_long_query_with_one_line(root: Path, seconds: float) -> None:
    """At once, while DuckDB prepares, and while it fetches, as a quick machine gets on; the query itself never ends."""
    sql = "SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE hash(a.range) % 7 = b.range"
    with subprocess.Popen(
        [sys.executable, "-u", "-c", _ANNOUNCED, "--root", str(root), "query", sql],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline() == "running\n"
        time.sleep(seconds)
        running.send_signal(signal.SIGINT)
        try:
            _, errors = running.communicate(timeout=300)
        finally:
            running.kill()
    ended = Ended(running.returncode, "", errors.strip())
    assert ended.code == Exit.INTERRUPTED
    assert ended.is_one_sentence, errors
    assert "nothing was changed" in errors


@pytest.mark.parametrize("stopping", [signal.SIGINT, signal.SIGTERM])
def test_a_viewer_that_is_stopped_says_that_its_address_is_closed(root: Path, stopping: signal.Signals) -> None:
    serving = [sys.executable, "-c", _SERVING, "--root", str(root), "serve", "--port", "0"]
    with subprocess.Popen(serving, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        try:
            told = running.stderr.readline()
            address = told.partition("open ")[2].partition(" in a")[0]
            with urllib.request.urlopen(f"{address}static/viewer.css", timeout=300) as answer:  # noqa: S310 - the address it told
                assert answer.status == 200
            running.send_signal(stopping)
            _, errors = running.communicate(timeout=300)
        finally:
            running.kill()
    assert told.startswith("open http://127.0.0.1:")
    assert running.returncode == Exit.INTERRUPTED
    assert errors.strip() == "gongkai: stopped: the address is closed; archive and lake are as they were"


_SERVING = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is started with it ignored
from gongkai.__main__ import main
main()
"""
# Says when the query starts, so that the signal neither comes too early nor has to wait for a guess.
_ANNOUNCED = """
import signal
import sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job is started with it ignored
import gongkai.commands.query as query
from gongkai.__main__ import run

def announced(*given, **named):
    print("running", flush=True)
    return original(*given, **named)

original, query.run = query.run, announced
sys.exit(run())
"""
