"""``gongkai status`` of many portals: the unhealthy first, filters, a table that stays short."""

from __future__ import annotations

import datetime as dt
import itertools
import json
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import Archive, seal
from gongkai.archive.fixity import losses
from gongkai.exits import Exit
from gongkai.lake import counts
from tests.commands.conftest import Command


@pytest.fixture
def many(tmp_path: Path) -> str:
    """An archive that tells of 200 portals, every tenth of which failed last time."""
    root = str(tmp_path / "many")
    archive = Archive.open(root)
    now = dt.datetime.now(dt.UTC)
    for days_ago in (2, 1):
        moment = (now - dt.timedelta(days=days_ago)).isoformat()
        portals: list[dict[str, Any]] = []
        for number in range(200):
            is_bad = days_ago == 1 and number % 10 == 0
            portal = {"portal": f"p{number % 2}/{number:03d}", "finished": moment, "exit_code": 3 if is_bad else 0}
            problems = [{"kind": "below_minimum", "severity": "fatal", "message": "m", "url": None}] if is_bad else []
            portals.append(portal | {"failures": {"timeout": 1} if is_bad else {}, "problems": problems})
        report = {"started": moment, "finished": moment, "exit_code": 0, "portals": portals}
        archive.write_run_report(f"run-{2 - days_ago}", report)
    return root


def test_filters_tell_of_portals_alone(gongkai: Command, many: str) -> None:
    def told(*options: str) -> list[dict[str, Any]]:
        ended = gongkai("--root", many, "status", "-f", "json", *options)
        assert ended.code == Exit.OK
        rows: list[dict[str, Any]] = json.loads(ended.output)
        return rows

    failing = told("--state", "failing")
    assert [row["name"] for row in failing[:4]] == [
        "failing",
        "p0/000, failing",
        "p0/000, timeout",
        "p0/000, below_minimum",
    ]
    assert (failing[0]["count"], len(failing)) == (20, 61)
    assert {row["topic"] for row in failing} == {"portals", "freshness", "failures", "drift"}
    assert told("--problem", "timeout") == told("--problem", "below_minimum") == failing
    assert told("--portal", "p1/", "--state", "fresh")[0]["count"] == 100
    assert told("--portal", "p0/010", "--state", "fresh") == []


def test_a_table_names_the_unhealthy_and_counts_the_others(gongkai: Command, many: str) -> None:
    ended = gongkai("--root", many, "status")
    assert ended.output.index("p0/000, failing") < ended.output.index("crawl, exit code 0")
    assert "p1/001" not in ended.output
    assert "180 portals more" in ended.errors
    assert len(json.loads(gongkai("--root", many, "status", "-f", "json").output)) > 240


def test_an_unknown_state_is_refused(gongkai: Command, many: str) -> None:
    assert gongkai("--root", many, "status", "--state", "bad").code == Exit.WRONG_USAGE


def test_status_says_the_same_with_and_without_counts(
    gongkai: Command, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> list[dict[str, Any]]:
        said = json.loads(gongkai("status", "-f", "json").output)
        return [row for row in said if row["topic"] in {"documents", "amounts", "issues"}]

    by_lake = told()
    assert list((root / "indexes").glob("counts*")) == []
    monkeypatch.setattr(counts, "FROM", 1)
    assert told() == by_lake
    assert {row["topic"] for row in by_lake} == {"documents", "amounts", "issues"}
    assert {path.name for path in (root / "indexes").glob("counts*")} == {"counts", "counts.json"}
    monkeypatch.setattr("gongkai.commands.status._FILES_COUNTED", 0)
    assert told() == by_lake


def test_losses_are_looked_for_in_the_time_allowed_also_within_one_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.open(str(tmp_path))
    many = {"format": 1, "run_id": "r", "capture_files": {"captures/henan/r/": 10_000}}
    archive.store.write("runs/r.json", seal.sealed_json(many))
    clock = itertools.count()
    monkeypatch.setattr("gongkai.archive.fixity.time.monotonic", lambda: next(clock))
    found = losses(archive, seconds=100)
    assert not found.is_whole
    assert 0 < len(found.findings) < 100
