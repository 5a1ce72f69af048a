"""Looks at the store: what is news, what is none, and a store that is away."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gongkai.archive import Archive, Capture, Outcome, Role, new_run_id
from gongkai.archive.archive import new_capture_id
from gongkai.archive.store import StoreError
from gongkai.archive.verifications import Asked, verify_recorded
from gongkai.running.arrivals import Arrivals

NOW = dt.datetime.now(dt.UTC)


def record(archive: Archive, run_id: str) -> None:
    sha256 = archive.keep_original(new_capture_id().encode()).sha256
    capture = Capture(
        capture_id=new_capture_id(),
        run_id=run_id,
        portal="test",
        role=Role.FILE,
        url="https://example.gov.cn/a",
        outcome=Outcome.CAPTURED,
        requested_at=NOW,
        payload_sha256=sha256,
    )
    archive.record([capture])


@pytest.mark.parametrize("age", [dt.timedelta(), dt.timedelta(days=9)])
def test_each_capture_file_is_news_once(any_root: str, age: dt.timedelta) -> None:
    """Also of a run that began days ago: seen under way, it is looked at until it ends."""
    archive, arrivals, run_id = Archive.open(any_root), Arrivals(any_root), new_run_id(NOW)
    assert arrivals.look(NOW) == (False, [])
    assert not arrivals.has_captures
    record(archive, run_id)
    assert arrivals.look(NOW) == (True, [])
    later = NOW + age
    assert arrivals.look(later) == (False, [])
    record(archive, run_id)
    assert arrivals.look(later) == (True, [])
    archive.write_run_report(run_id, {"command": "crawl"})
    has_news, [report] = arrivals.look(later)
    assert (has_news, report["command"], arrivals.has_captures) == (False, "crawl", True)
    assert arrivals.look(later) == (False, [])
    archive.write_run_report(new_run_id(later), {"command": "parse"})
    has_news, [report] = arrivals.look(later)
    assert (has_news, report["command"]) == (False, "parse")


def test_whoever_starts_takes_what_is_there_for_news(tmp_path: Path) -> None:
    record(Archive.open(str(tmp_path)), new_run_id(NOW - dt.timedelta(days=300)))
    arrivals = Arrivals(str(tmp_path))
    assert arrivals.look(NOW) == (True, [])
    assert arrivals.look(NOW) == (False, [])


def test_an_archive_that_vanished_is_away_and_no_news_is_lost_meanwhile(tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "root", tmp_path / "elsewhere"
    archive, arrivals, run_id = Archive.open(str(root)), Arrivals(str(root)), new_run_id(NOW)
    record(archive, run_id)
    arrivals.look(NOW)
    record(archive, run_id)
    root.rename(elsewhere)
    with pytest.raises(StoreError, match="is its disk mounted"):
        arrivals.look(NOW)
    elsewhere.rename(root)
    assert arrivals.look(NOW) == (True, [])


def test_a_verification_is_known_by_when_it_began(any_root: str) -> None:
    archive, arrivals = Archive.open(any_root), Arrivals(any_root)
    assert not arrivals.was_verified_since(NOW)
    list(verify_recorded(archive, Asked()))
    assert arrivals.was_verified_since(NOW - dt.timedelta(seconds=1))
    assert not arrivals.was_verified_since(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=1))
