"""Everybody who hears of a crawl: the person at the terminal, the log, those to be notified, Prometheus."""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from gongkai.archive import ArchiveError, Capture
from gongkai.crawler.report.counts import SUCCESSES, CrawlReport, HostState, PortalReport
from gongkai.crawler.report.latest import Latest
from gongkai.crawler.report.metrics import metrics
from gongkai.crawler.report.notify import Notice, notice_of_crawl
from gongkai.live_view import Board, watched
from gongkai.log import Log, complain
from gongkai.notification import tell
from gongkai.progress import progress
from gongkai.queries.errors import OutputError
from gongkai.queries.output import new_file
from gongkai.session import Session, say


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The log, whether the terminal is to be quiet, and the targets to notify, ``always`` or where there is news."""

    log: Log
    quiet: bool = False
    targets: tuple[str, ...] = ()
    always: bool = False

    def remark(self, event: str, message: str) -> None:
        """Say what is no trouble: to a person at a terminal, and in the log; cron would send mail of it every night."""
        self.log.write("info", event, message)
        if sys.stderr.isatty() and not self.quiet:
            say(message)

    def complain(self, event: str, message: str) -> None:
        """Say what went wrong."""
        complain(self.log, event, message)

    @contextlib.contextmanager
    def watching(self, portals: int) -> Iterator[Onlooker]:
        """Show and log a crawl while it runs."""
        quiet = self.quiet or (self.log.on_stderr and sys.stderr.isatty()) or self.log.replaces_errors
        with watched(portals, quiet=quiet) as (board, show):
            yield Onlooker(self.log, board, show)

    @contextlib.contextmanager
    def counting(self, portals: int) -> Iterator[Callable[[PortalReport], None]]:
        """Show and log a crawl elsewhere, by the portals that are done."""
        onlooker = Onlooker(self.log, None, lambda _: None)
        with progress("crawling", portals, quiet=self.quiet or self.log.on_stderr) as advance:

            def done(report: PortalReport) -> None:
                onlooker.ended(report)
                advance(report.portal)

            yield done

    def problems(self, portal: PortalReport) -> None:
        """Say a portal's problems."""
        for problem in portal.problems:
            level = "warning" if problem.severity.value == "warning" else "error"
            message = f"{portal.portal}: {problem.severity.value}: {problem.message}"
            complain(self.log, problem.kind, message, level=level, portal=portal.portal, url=problem.url)
        if portal.problems_left_out:
            message = f"{portal.portal}: and {portal.problems_left_out} problems more"
            complain(self.log, "problems_left_out", message, portal=portal.portal)

    def told(self, report: CrawlReport) -> None:
        """Notify of a crawl."""
        if self.targets:
            tell(self.targets, notice_of_crawl(report.as_dict()), always=self.always)

    def nothing_done(self, why: str) -> None:
        """Notify those who want to hear of every run that there was nothing to do."""
        facts = {"command": "crawl", "exit_code": 0, "meaning": why}
        tell(self.targets, Notice("gongkai crawl: nothing to do", [why], facts, is_news=False), always=self.always)


class Onlooker:
    """Hands what happens in a crawl to the log and to the live view."""

    def __init__(self, log: Log, board: Board | None, show: Callable[[Capture], None]) -> None:
        self._log = log
        self._board = board
        self._show = show

    def begun(self, portal: str, hosts: Callable[[], list[HostState]]) -> None:
        self._log.write("info", "portal_begun", "the crawl begins", portal=portal)
        if self._board is not None:
            self._board.begun(portal, hosts)

    def ended(self, report: PortalReport) -> None:
        counted = f"{report.listed} listed, {report.new} new, {report.changed} changed, {report.gone} gone"
        failed = sum(report.failures.values())
        self._log.write("info", "portal_ended", f"{counted}, {failed} failed", portal=report.portal)
        if self._board is not None:
            self._board.ended(report)

    def captured(self, capture: Capture) -> None:
        level = "debug" if capture.outcome in SUCCESSES else "warning"
        if self._log.wants(level):
            status = "no answer" if capture.http_status is None else f"status {capture.http_status}"
            message = f"{capture.role.value}, {status}"
            outcome = capture.outcome.value
            self._log.write(level, "capture", message, portal=capture.portal, url=capture.url, outcome=outcome)
        self._show(capture)


def write_metrics(file: Path, session: Session) -> None:
    """Write the metrics of an archive; a file that cannot be written is said, and hides no result."""
    try:
        text = metrics(Latest.of(session.archive()), now=dt.datetime.now(dt.UTC))
        with new_file(file) as stream:
            stream.write(text.encode())
    except (OutputError, ArchiveError) as error:
        say(f"gongkai: the metrics file is not written: {error}")
