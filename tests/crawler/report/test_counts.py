"""The worst portal decides how a run ended."""

from __future__ import annotations

import datetime as dt

from gongkai.crawler.report.counts import CrawlReport, ExitCode, HostReport, PortalReport, Severity

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
