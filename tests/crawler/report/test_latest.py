"""The last crawls of every portal, whatever the order in which the reports come."""

from __future__ import annotations

import datetime as dt
import itertools
from pathlib import Path
from typing import Any

from gongkai.archive import Archive, Capture, Outcome, Role, new_capture_id
from gongkai.crawler.report.latest import Latest, captures_counted


def report(run: str, finished: str, code: int = 0, **values: Any) -> dict[str, Any]:
    problems = [
        {"kind": "timeout", "message": "m" * 1000, "severity": "error", "url": None},
        {"kind": "listing_empty", "message": "worst", "severity": "fatal", "url": None},
    ]
    portal = {"portal": "a", "finished": finished, "exit_code": code, "problems": problems, "changes": ["much"]}
    return {"run_id": run, "finished": finished, "exit_code": code, "portals": [portal | values]}


REPORTS = (
    report("1", "2026-01-01", documents=9),
    report("2", "2026-01-09", documents=7, full=True),  # it began before the next one, and took longer
    report("3", "2026-01-03", documents=8),
    report("4", "2026-01-10", 3),
    {"run_id": "5", "command": "parse", "exit_code": 1, "finished": "2026-01-11"},
)


def test_reports_come_in_any_order() -> None:
    for order in itertools.permutations(REPORTS):
        latest = Latest.of_reports(order)
        known = latest.portals["a"]
        moments = {name: known[name] for name in ("ended", "tried", "trusted", "swept", "learnt", "run_id")}
        assert moments == {
            "ended": "2026-01-10",
            "tried": "2026-01-10",
            "trusted": "2026-01-09",
            "swept": "2026-01-09",
            "learnt": 7,
            "run_id": "4",
        }
        assert latest.runs["crawl, exit code 0"] == {"count": 3, "last": "2026-01-09"}
        assert latest.runs["parse, exit code 1"]["count"] == 1


def test_a_crawl_that_failed_at_the_archive_was_no_try() -> None:
    """The store was away: the portal need not wait for a day as one does that may defend itself."""
    known = Latest.of_reports((*REPORTS, report("6", "2026-01-12", 4))).portals["a"]
    assert (known["ended"], known["tried"], known["run_id"]) == ("2026-01-12", "2026-01-10", "6")


def test_a_portals_lists_are_counted_and_not_kept() -> None:
    last = Latest.of_reports(REPORTS).portals["a"]["last"]
    assert last["kinds"] == {"fatal listing_empty": 1, "error timeout": 1}
    assert [message[:5] for message in last["messages"]] == ["worst", "mmmmm"]
    assert len(str(last)) < 1000
    assert "changes" not in last


def test_captures_are_counted_once_and_those_of_a_killed_run_too(tmp_path: Path) -> None:
    archive = Archive.open(str(tmp_path))

    def counted() -> dict[str, int]:
        return {name: seen["count"] for name, seen in captures_counted(archive).items()}

    def record(run: str) -> None:
        now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
        what: dict[str, Any] = {
            "role": Role.ARTICLE,
            "url": "http://a/",
            "outcome": Outcome.CAPTURED,
            "requested_at": now,
        }
        archive.record([Capture(capture_id=new_capture_id(), run_id=run, portal="a-b", **what)])

    record("1")
    archive.write_run_report("1", {"exit_code": 0})
    assert counted() == {"a-b captured": 1}
    record("2")  # and the process is killed
    assert counted() == {"a-b captured": 2}
    assert counted() == {"a-b captured": 2}
    archive.store.delete("captures/a-b/1/000000.parquet")
    assert counted() == {"a-b captured": 2}, "what was counted is not read again"
