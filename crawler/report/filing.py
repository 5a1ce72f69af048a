"""Files the report of a run in the archive: as JSON, and as a page for people."""

from __future__ import annotations

from collections.abc import Mapping

from gongkai.archive import Archive, ArchiveError
from gongkai.crawler.report.counts import CrawlReport, Severity
from gongkai.crawler.report.html_page import run_page
from gongkai.crawler.report.latest import Latest

Before = Mapping[str, Mapping[str, object]]


def store(archive: Archive, report: CrawlReport, before: Before | None = None) -> None:
    """Write `runs/<run>.json` and `runs/<run>.html`; where that fails, the report itself says so.  `before` is what
    `crawled_before` said when the run began, if it was asked then.

    Raises what the archive raises where the report has no portal that could say it.
    """
    head = report.head()
    try:
        before = crawled_before(archive) if before is None else before
        archive.write_run_page(report.run_id, run_page(head, report.portal_records, before))
        archive.write_run_report(report.run_id, head, report.portal_records)
    except ArchiveError as error:
        if not report.portals:
            raise
        report.portals[0].problem("archive_failed", f"The run report was not stored: {error}", severity=Severity.FATAL)


def crawled_before(archive: Archive) -> Before:
    """What a page says of the last crawl of each portal; reports that nobody gathered yet are read for it."""
    last = {name: known["last"] for name, known in Latest.of(archive).portals.items()}
    return {name: {"listed": known.get("listed", 0), "finished": known.get("finished")} for name, known in last.items()}
