"""``gongkai run`` from the front door: rows come while the crawl goes on; stopped or killed, the next one goes on."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

import pytest

from gongkai.archive import Archive, verify
from gongkai.archive.carrying import Carrier
from gongkai.exits import Exit
from gongkai.lake.copying import copy_archive
from gongkai.lake.fixity import lake_files
from gongkai.lake.manifest import read_manifest
from gongkai.lake.publication import read_table
from gongkai.lake.schema import TABLES
from gongkai.parsing.stage import parse
from tests.commands.conftest import Command
from tests.crawler.crawling import write_portal
from tests.crawler.site import COLUMN, Reply, Site, article, listing, pdf, row, running_site, until
from tests.places import DEMO_SITE

XLSX = DEMO_SITE / "202502" / "W020250210391746205001.xlsx"
OTHER_FILE = f"{COLUMN}b.pdf"


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        running.pages |= {
            f"{COLUMN}index.html": listing([row("a.html", "甲局2025年预算"), row("b.html", "乙局2025年预算")]),
            f"{COLUMN}a.html": article("甲局2025年预算", [("a.xlsx", "预算.xlsx")]),
            f"{COLUMN}b.html": article("乙局2025年预算", [("b.pdf", "预算.pdf")]),
            f"{COLUMN}a.xlsx": Reply(XLSX.read_bytes(), media_type="application/octet-stream"),
            OTHER_FILE: pdf("乙"),
        }
        yield running


class Running:
    """A ``gongkai run`` in a process of its own, with its log."""

    def __init__(self, folder: Path, portal: Path, *further: str, program: Sequence[str] = ("-m", "gongkai")) -> None:
        self.root, self._log = str(folder / "archive"), folder / "log"
        self._log.write_text("")
        options = ("--publish-every", "1s", "--port", "0", "--log-file", str(self._log), *further)
        command = [sys.executable, *program, "--root", self.root, "run", str(portal), *options]
        self._said = folder / "said"
        with self._said.open("wb") as said:
            self._process = subprocess.Popen(command, stdout=said, stderr=said)

    @property
    def log(self) -> str:
        return self._log.read_text()

    def wait_for(self, text: str) -> None:
        until(lambda: text in self.log or self._process.poll() is not None)
        assert text in self.log, self._said.read_text()

    def ask(self, path: str) -> str:
        self.wait_for("the status page is at")
        [address] = re.findall(r"status page is at (\S+)/$", self.log, re.MULTILINE)
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
        connection.request("GET", path)
        text = connection.getresponse().read().decode()
        connection.close()
        return text

    def children(self) -> list[int]:
        pid = self._process.pid
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self.kill()

    def terminate(self) -> None:
        self._process.terminate()

    def wait(self) -> int:
        return self._process.wait()

    def kill(self) -> None:
        """Kill it and whatever it started at once; each child leads a group of its own."""
        self._process.send_signal(signal.SIGSTOP)
        for child in self.children():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child, signal.SIGKILL)
        self._process.kill()
        self._process.wait()


def documents(root: str) -> list[str]:
    """The status of each document in the lake."""
    store = Archive.open(root).store
    manifest = read_manifest(store)
    rows = read_table(store, "documents", manifest).to_pylist() if manifest else []
    return [row["parse_status"] for row in rows]


@pytest.mark.slow
def test_rows_come_while_the_crawl_goes_on_and_a_stop_ends_it_in_order(
    tmp_path: Path, site: Site, process: Command
) -> None:
    portal = write_portal(tmp_path, site)
    with Running(tmp_path, portal) as running:
        with site.holding_back(OTHER_FILE):
            until(lambda: documents(running.root) == ["partial"])
            assert "portal_begun" in running.log
            assert "ended job=crawl" not in running.log, "the crawl goes on: a file of it is held back"
            assert "<td>crawl</td><td>running</td>" in running.ask("/")
            second = process("--root", running.root, "run", str(portal), "--port", "0")
            assert (second.code, second.is_one_sentence) == (Exit.WRONG_USAGE, True), second
            assert "is at work on" in second.errors
            running.terminate()
            running.wait_for("stopping: ")
        assert running.wait() == Exit.INTERRUPTED
    assert "ended job=crawl: gongkai crawl ended with exit code 130" in running.log
    reports = [report for report in Archive.open(running.root).run_reports() if report.get("portals")]
    assert [report["interrupted"] for report in reports] == [True], "the crawl was stopped in order"
    assert list(verify(Archive.open(running.root), further=(lake_files,))) == []


def lake(root: str) -> dict[str, Any]:
    """The lake but for when its originals were captured."""
    store = Archive.open(root).store
    manifest = read_manifest(store)
    tables = {name: read_table(store, name, manifest) for name in TABLES}
    return {
        name: rows.drop_columns([c for c in ("first_captured_at",) if c in rows.column_names]).to_pylist()
        for name, rows in tables.items()
    }


@pytest.mark.slow
def test_killed_anywhere_the_next_one_ends_as_if_nothing_had_happened(
    tmp_path: Path, site: Site, process: Command
) -> None:
    portal = write_portal(tmp_path, site)
    with site.holding_back(OTHER_FILE), Running(tmp_path, portal) as running:
        running.wait_for("started job=parse")  # and all of it is killed, the crawl under way too
    with Running(tmp_path, portal) as running:
        until(lambda: len(documents(running.root)) == 2)
        running.wait_for("ended job=search")
        assert "gongkai_portals 1.0" in running.ask("/metrics")
        running.terminate()
        assert running.wait() == Exit.INTERRUPTED
    whole = str(tmp_path / "whole")
    process("--root", whole, "crawl", str(portal))
    parse(Archive.open(whole), workers=1)
    assert lake(running.root) == lake(whole)
    assert list(verify(Archive.open(running.root), further=(lake_files,))) == []


NIGHT_AT_ONCE = """
import datetime as dt
from gongkai.__main__ import main
from gongkai.running import supervisor
supervisor._after = lambda moment, _at: moment + dt.timedelta(seconds=10)
main()
"""
"""The command, for which a night begins every ten seconds."""


@pytest.mark.slow
@pytest.mark.parametrize("any_root", ["directory", "seaweedfs"], indirect=True)
def test_every_night_the_second_copy_is_brought_up_to_date(tmp_path: Path, site: Site, any_root: str) -> None:
    portal = write_portal(tmp_path, site)
    with Running(tmp_path, portal, "--copy-to", any_root, program=("-c", NIGHT_AT_ONCE)) as running:
        with site.holding_back(OTHER_FILE):
            running.wait_for("ended job=copy: gongkai copy ended with exit code 0")
        until(lambda: len(documents(any_root)) == 2)
        running.terminate()
        assert running.wait() == Exit.INTERRUPTED
    assert "job=copy: gongkai copy ended with exit code 4" not in running.log
    assert "started job=verify: gongkai verify --oldest-first --seconds 3600" in running.log, "else no reading counts"
    # The end may have come amid another night's copy, which the next one finishes.
    copy_archive(Carrier(Archive.open(str(running.root)).store, Archive.open(any_root).store))
    assert lake(any_root) == lake(running.root)
    assert list(verify(Archive.open(any_root), further=(lake_files,))) == []
