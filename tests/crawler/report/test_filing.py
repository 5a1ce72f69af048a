"""A run's report is filed as JSON and as a page; where that fails, the report says so."""

from __future__ import annotations

import datetime as dt
import tracemalloc
from pathlib import Path

import pytest

from gongkai.archive import Archive, ArchiveError, new_run_id, streams
from gongkai.crawler.report.counts import Change, ChangeKind, CrawlReport, ExitCode, PortalReport
from gongkai.crawler.report.filing import store

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def report_of(*portals: str) -> CrawlReport:
    reports = [PortalReport(portal=name) for name in portals]
    return CrawlReport(run_id=new_run_id(NOW), started=NOW, portals=reports, finished=NOW)


def test_both_forms_are_filed(tmp_path: Path) -> None:
    report = report_of("hunan/changsha")
    store(Archive.open(str(tmp_path)), report)
    assert {path.name for path in (tmp_path / "runs").iterdir()} == {
        f"{report.run_id}.{end}" for end in ("json", "html")
    }


def test_a_report_that_could_not_be_filed_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ArchiveError("the disk is full")

    monkeypatch.setattr(Archive, "write_run_report", refuse)
    report = report_of("hunan/changsha")
    store(Archive.open(str(tmp_path)), report)
    assert report.exit_code == ExitCode.ARCHIVE_FAILED
    with pytest.raises(ArchiveError, match="full"):
        store(Archive.open(str(tmp_path)), report_of())


def test_what_filing_takes_does_not_grow_with_the_portals(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "IN_MEMORY", 1 << 14)
    monkeypatch.setattr(streams, "CHUNK", 1 << 14)

    def most(count: int) -> int:
        report = report_of(*(f"hunan/{number}" for number in range(count)))
        for portal in report.portals:
            portal.changes = [Change(ChangeKind.NEW, f"https://a.cn/{number}", "预算" * 9, None) for number in range(9)]
        archive = Archive.open(str(tmp_path / f"{count}"))
        tracemalloc.start()
        try:
            store(archive, report)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = most(30), most(250)
    assert many < few + 200_000
