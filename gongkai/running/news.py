"""Whoever is to be notified hears of what no child can tell: what many small parse runs did together, a store that is
away, a process that was killed.  Crawls and verifications tell of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongkai.commands.parse import notice_of_parse
from gongkai.crawler.report.notify import Notice
from gongkai.notification import tell
from gongkai.parsing.stage import ParseReport
from gongkai.running.jobs import Job

_PATIENCE = dt.timedelta(minutes=10)
"""A store that was away for less is nobody's news."""
_SUMMED = ("parsed", "partial", "unrelated", "unreadable", "passed_over", "container", "issues", "amounts", "confirmed")


class News:
    """What happened and was not told yet."""

    def __init__(self, targets: Sequence[str], *, always: bool) -> None:
        self._targets = targets
        self._always = always
        self._parsed: ParseReport | None = None
        self._failed: dict[str, str] = {}
        self._away_told = False

    def ended_runs(self, reports: Iterable[Mapping[str, Any]]) -> None:
        """Add up what parse runs did."""
        for report in reports:
            if report.get("command") != "parse":
                continue
            total = self._parsed = self._parsed or ParseReport()
            for name in _SUMMED:
                setattr(total, name, getattr(total, name) + int(report.get(name) or 0))
            total.skipped, total.unsettled = int(report.get("skipped") or 0), int(report.get("unsettled") or 0)

    def all_is_parsed(self) -> None:
        """Tell of it, now that no crawl runs and nothing waits."""
        if self._parsed is not None:
            self._tell(notice_of_parse(self._parsed, []))
            self._parsed = None

    def ended(self, job: Job, lines: Sequence[str]) -> None:
        """Tell of a process that failed or could not begin, once until it ends otherwise."""
        if not job.has_failed:
            self._failed.pop(job.name, None)
            return
        code = job.code
        if code is None:
            end = "could not be started"
        else:
            end = f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"
        was, self._failed[job.name] = self._failed.get(job.name), end
        if end == was or (job.tells and code is not None and code > 0):
            return
        sentence = f"gongkai {job.name} {end}; it is tried again"
        self._tell(_notice(sentence, lines[-20:], command=job.name, exit_code=code))

    def away(self, since: dt.datetime, why: str, now: dt.datetime) -> None:
        """Tell once that the store does not answer, when it has not for a while."""
        if not self._away_told and now - since >= _PATIENCE:
            self._away_told = True
            sentence = f"gongkai run: the store does not answer since {since:%Y-%m-%d %H:%M:%S} UTC"
            self._tell(_notice(sentence, [why], since=since.isoformat(), why=why))

    def back(self, since: dt.datetime) -> None:
        """Tell that it answers again, where it was told that it did not."""
        if self._away_told:
            self._away_told = False
            self._tell(_notice("gongkai run: the store answers again", [], since=since.isoformat()))

    def _tell(self, notice: Notice) -> None:
        tell(self._targets, notice, always=self._always)


def _notice(sentence: str, lines: Sequence[str], **facts: Any) -> Notice:
    return Notice(sentence, lines, {"command": "run", **facts}, is_news=True)
