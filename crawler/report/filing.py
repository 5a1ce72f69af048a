"""Files the report of a run in the archive: as JSON, and as a page for people."""

from __future__ import annotations

from gongkai.archive import Archive, ArchiveError
from gongkai.crawler.report.counts import CrawlReport, Severity
from gongkai.crawler.report.html_page import run_page
from gongkai.crawler.report.latest import Latest


def store(archive: Archive, report: CrawlReport) -> None:
    """Write `runs/<run>.json` and `runs/<run>.html`; where that fails, the report itself says so.

    Raises what the archive raises where the report has no portal that could say it.
    """
    document = report.as_dict()
    try:
        before = {name: known["last"] for name, known in Latest.of(archive).portals.items()}
        archive.write_run_page(report.run_id, run_page(document, before))
        archive.write_run_report(report.run_id, document)
    except ArchiveError as error:
        if not report.portals:
            raise
        report.portals[0].problem("archive_failed", f"The run report was not stored: {error}", severity=Severity.FATAL)
