"""The log: levels, text and JSON lines, a file that cannot be written, what libraries log."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from gongkai.log import opened_log
from gongkai.session import CommandError


def test_lines_of_text_stay_lines_and_steer_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with opened_log("warning", None, None) as log:
        log.write("info", "capture", "not wanted")
        log.write("warning", "capture", "a\nb\x1b[2J", portal="a/b", url=None, outcome="timeout")
    [line] = capsys.readouterr().err.splitlines()
    assert line.endswith("Z warning capture portal=a/b outcome=timeout: a\\nb\\x1b[2J")


def test_lines_of_json_have_time_level_and_what_is_known(tmp_path: Path) -> None:
    file = tmp_path / "log"
    for _ in range(2):
        with opened_log(None, "json", file) as log:
            log.write("debug", "capture", "not wanted")
            log.write("info", "capture", "\u202e甲\n", portal="a/b", url="http://a")
            logging.getLogger("scrapy").error("a mistake")
    text = file.read_text(encoding="utf-8")
    assert "\u202e" not in text
    first, second = map(json.loads, text.splitlines()[:2])
    assert len(text.splitlines()) == 4, "a log is appended to"
    assert {name: first[name] for name in first if name != "time"} == {
        "level": "info",
        "event": "capture",
        "portal": "a/b",
        "url": "http://a",
        "message": "\u202e甲\n",
    }
    assert (second["level"], second["event"], second["message"]) == ("error", "library", "a mistake")


def test_without_the_options_there_is_no_log(capsys: pytest.CaptureFixture[str]) -> None:
    with opened_log(None, None, None) as log:
        log.write("error", "capture", "x")
    assert capsys.readouterr().err == ""


def test_a_log_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be written"), opened_log(None, None, tmp_path / "no" / "log"):
        pass


def test_a_log_that_was_renamed_goes_on_under_its_name(tmp_path: Path) -> None:
    file, turned = tmp_path / "log", tmp_path / "log.1"
    with opened_log("info", None, file) as log:
        log.write("info", "first", "before")
        file.rename(turned)
        log.write("info", "second", "behind")
        log.write("info", "third", "behind")
    assert "first" in turned.read_text()
    assert [line.split()[2] for line in file.read_text().splitlines()] == ["second:", "third:"]
