"""``gongkai crawl`` from the front door: what is due, one at a time, whole sweeps, and what status says afterwards."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.archive import locked, open_store
from gongkai.commands.crawl import LOCK
from gongkai.exits import Exit
from tests.commands.conftest import Command
from tests.crawler.crawling import write_portal
from tests.crawler.site import COLUMN, Site, article, listing, pdf, row, running_site


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        running.pages |= {
            f"{COLUMN}index.html": listing([row("a.html", "甲局2025年预算")]),
            f"{COLUMN}a.html": article("甲局2025年预算", [("a.pdf", "预算.pdf")]),
            f"{COLUMN}a.pdf": pdf("甲"),
        }
        yield running


def test_due_crawls_once_and_then_waits_and_full_asks_for_everything(
    tmp_path: Path, site: Site, process: Command
) -> None:
    root, portal = str(tmp_path / "fresh"), str(write_portal(tmp_path, site, look_back_days=30))
    first = process("--root", root, "crawl", portal, "--due")
    assert (first.code, first.errors, "new 2" in first.output) == (Exit.OK, "", True), first
    site.forget()
    second = process("--root", root, "crawl", portal, "--due")
    assert (second.code, second.errors, second.output, site.log) == (Exit.OK, "", "", []), "cron mails what is said"
    logged = process("--root", root, "crawl", portal, "--due", "--log-level", "info")
    assert "due: 0 of 1 portals are due" in logged.errors

    swept = process("--root", root, "crawl", portal, "--full")
    assert (swept.code, len(site.paths())) == (Exit.OK, 3)
    site.forget()
    usual = process("--root", root, "crawl", portal)
    assert "not asked 2" in usual.output
    assert site.paths() == [f"{COLUMN}index.html"]

    del site.pages[f"{COLUMN}a.pdf"]
    assert process("--root", root, "crawl", portal, "--full").code == Exit.SOMETHING_FAILED
    rows = json.loads(process("--root", root, "status", "--format", "json").output)
    told = {(row["topic"], row["name"]) for row in rows}
    assert ("freshness", "test, fresh") in told
    assert ("failures", "test, gone") in told


def test_a_second_crawl_of_what_is_due_leaves_it_to_the_first(tmp_path: Path, site: Site, process: Command) -> None:
    root, portal = str(tmp_path / "fresh"), str(write_portal(tmp_path, site))
    with locked(open_store(root), LOCK):
        second = process("--root", root, "crawl", portal, "--due", "--log-level", "info")
    assert (second.code, site.log) == (Exit.OK, [])
    assert "nothing to do: another process holds the lock" in second.errors


def test_a_crawl_is_logged_told_and_measured(tmp_path: Path, site: Site, process: Command) -> None:
    site.pages[f"{COLUMN}index.html"] = listing([row("a.html", "甲局\u202e2025年预算"), row("lost.pdf", "乙局")])
    told, log, metrics = tmp_path / "told", tmp_path / "log", tmp_path / "gongkai.prom"
    command = tmp_path / "tell.sh"
    command.write_text(f'#!/bin/sh\ncat > "{told}"\n', encoding="utf-8")
    command.chmod(0o755)
    options = ("--notify", str(command), "--metrics", str(metrics), "--log-format", "json", "--quiet")
    portal = str(write_portal(tmp_path, site))
    ended = process(
        "--root", str(tmp_path / "fresh"), "crawl", portal, *options, "--log-level", "debug", "--log-file", str(log)
    )
    assert (ended.code, ended.output) == (Exit.SOMETHING_FAILED, "")
    lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert [line["event"] for line in lines if line["event"] != "capture"] == [
        "portal_begun",
        "portal_ended",
        "http_error",
    ]
    captures = {line["url"].rpartition("/")[2]: line for line in lines if line["event"] == "capture"}
    assert {name: (line["level"], line["outcome"]) for name, line in captures.items()} == {
        "index.html": ("debug", "captured"),
        "a.html": ("debug", "captured"),
        "a.pdf": ("debug", "captured"),
        "lost.pdf": ("warning", "http_error"),
    }
    assert all(line["time"].endswith("Z") for line in lines)
    text = told.read_text(encoding="utf-8")
    assert text.startswith("gongkai crawl, exit code 1: 2 new, 1 error in 1 portals\n")
    assert "failed: 1 http_error" in text
    assert "\u202e" not in text
    assert json.loads(text.splitlines()[-1])["new"] == 2
    assert 'gongkai_last_crawl_failures{portal="test",outcome="http_error"} 1.0' in metrics.read_text(encoding="utf-8")
    assert metrics.stat().st_mode & 0o044 == 0o044, "node_exporter is another user"


def test_a_log_in_json_is_all_that_standard_error_holds(tmp_path: Path, site: Site, process: Command) -> None:
    site.pages[f"{COLUMN}index.html"] = listing([])
    portal = str(write_portal(tmp_path, site))
    ended = process("--root", str(tmp_path / "fresh"), "crawl", portal, "--log-format", "json")
    assert ended.code == Exit.LISTING_FAILED
    lines = [json.loads(line) for line in ended.errors.splitlines()]
    assert {("capture", "warning"), ("listing_empty", "error")} <= {(line["event"], line["level"]) for line in lines}


def test_what_cannot_be_told_or_measured_hides_no_result(tmp_path: Path, site: Site, process: Command) -> None:
    portal = str(write_portal(tmp_path, site))
    options = ("--notify", "/nowhere/at-all SECRET", "--metrics", str(tmp_path / "nowhere" / "x.prom"))
    ended = process("--root", str(tmp_path / "fresh"), "crawl", portal, *options)
    assert (ended.code, "new 2" in ended.output) == (Exit.OK, True)
    assert "'at-all' could not be told" in ended.errors
    assert "the metrics file is not written" in ended.errors
    assert "SECRET" not in ended.errors


@pytest.mark.parametrize("option", [("--full",), ("--limit", "3")])
def test_due_goes_by_the_schedules_alone(gongkai: Command, option: tuple[str, ...]) -> None:
    refused = gongkai("crawl", "--due", *option)
    assert refused.code == Exit.WRONG_USAGE
    assert "leave out --limit and --full" in refused.errors
