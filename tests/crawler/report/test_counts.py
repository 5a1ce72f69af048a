"""The worst portal decides how a run ended."""

from __future__ import annotations

import datetime as dt

from gongkai.crawler.report.counts import (
    LISTED_AT_LEAST,
    LISTED_IN_A_RUN,
    Change,
    ChangeKind,
    CrawlReport,
    ExitCode,
    HostReport,
    PortalReport,
    Severity,
)

NOW = dt.datetime(2026, 3, 1, 8, tzinfo=dt.UTC)


def test_the_shortest_of_all_pauses_is_told() -> None:
    host = HostReport(host="a.cn")
    for moment in (10.0, 11.5, 11.8, 14.0):
        host.sent(moment)
    assert (host.requests, host.shortest_pause) == (4, 0.3)


def test_the_worst_portal_decides_the_exit_code() -> None:
    fine, failed, fatal = (PortalReport(portal=name) for name in "abc")
    failed.failures["timeout"] += 1
    fatal.problem("listing_empty", "no rows", severity=Severity.FATAL)
    warned = PortalReport(portal="d")
    warned.problem("above_maximum", "many", severity=Severity.WARNING)

    def code(*portals: PortalReport) -> int:
        return CrawlReport(run_id="r", started=NOW, portals=list(portals)).exit_code

    assert code() == code(fine) == code(warned) == ExitCode.FINE
    assert code(fine, failed) == ExitCode.SOMETHING_FAILED
    assert code(failed, fatal, fine) == ExitCode.LISTING_FAILED
    fatal.problem("archive_failed", "disk full", severity=Severity.FATAL)
    assert code(failed, fatal) == ExitCode.ARCHIVE_FAILED


def test_of_many_portals_each_lists_less() -> None:
    report = PortalReport(portal="a")
    for number in range(LISTED_AT_LEAST + 5):
        report.changes.append(Change(ChangeKind.NEW, f"https://x/{number}", "", None))
        report.problem("timeout", str(number))
    report.problem("listing_empty", "no rows", severity=Severity.FATAL)
    report.shorten(1)
    assert (len(report.changes), len(report.problems)) == (LISTED_AT_LEAST + 5, LISTED_AT_LEAST + 6)
    report.shorten(LISTED_IN_A_RUN)
    assert (len(report.changes), len(report.problems)) == (LISTED_AT_LEAST, LISTED_AT_LEAST + 1)
    assert report.problems[0].severity is Severity.FATAL
    assert report.problems_left_out == 5
