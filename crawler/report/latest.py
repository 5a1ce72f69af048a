"""The last crawls of every portal and the number of runs, gathered from the run reports of an archive.

Reports come in any order: a crawl that took all night may be written after one that began later and was short.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa

from gongkai.archive import Archive
from gongkai.archive.run_index import captures_of, gathered
from gongkai.crawler.report.counts import ExitCode

Record = Mapping[str, Any]

_VERSION = "1"
_BULKY = ("problems", "planned", "changes", "hosts")
_MESSAGES = 3
_MESSAGE = 300


class Latest:
    """What is known of all runs: `portals` by id, and `runs` by command and exit code, with number and last end.

    A portal's record is its last report (without its lists; `kinds` counts its problems by severity and kind, and
    `messages` holds the first of them, worst first) and the moments of its crawls in ISO 8601: `ended` of any,
    `tried` of one that neither was cut short nor failed at the archive, `trusted` of one whose listing can be
    trusted, `swept` of a full sweep, `learnt` the documents of the last trusted one.
    """

    def __init__(self, index: Record) -> None:
        self.portals: Mapping[str, Record] = index.get("portals", {})
        self.runs: Mapping[str, Record] = index.get("runs", {})

    @classmethod
    def of(cls, archive: Archive) -> Latest:
        """The latest of an archive, of which only those reports are read that its index does not know yet."""
        return cls(gathered(archive.store, "portals", gather, _VERSION).index)

    @classmethod
    def of_reports(cls, reports: Iterable[Record]) -> Latest:
        """The latest of given reports."""
        index: dict[str, Any] = {}
        for report in reports:
            gather(index, report)
        return cls(index)


def captures_counted(archive: Archive) -> dict[str, Record]:
    """The number of captures and the time of the last, by portal and outcome; each capture file is read once.

    Those of runs under way or killed are read each time.
    """

    def gather_captures(index: dict[str, Any], _report: Record, captures: Iterable[pa.Table]) -> None:
        _count_captures(index, captures)

    found = gathered(archive.store, "captures", gather_captures, _VERSION)
    for report in found.under_way:
        _count_captures(found.index, captures_of(archive.store, report))
    return found.index


def gather(index: dict[str, Any], report: Record, _captures: Iterable[pa.Table] = ()) -> None:
    """Add one run report to an index."""
    if moment := report.get("finished") or report.get("started"):
        name = f"{report.get('command', 'crawl')}, exit code {report.get('exit_code')}"
        run = index.setdefault("runs", {}).setdefault(name, {"count": 0, "last": moment})
        run["count"], run["last"] = run["count"] + 1, max(run["last"], moment)
    portals = index.setdefault("portals", {})
    for portal in report.get("portals", ()):
        known = portals.setdefault(str(portal.get("portal")), {})
        _add_moments(known, portal, cut_short=bool(report.get("interrupted") or portal.get("limit_reached")))
        run_id = str(report.get("run_id", ""))
        if run_id >= known.get("run_id", ""):
            known |= {"run_id": run_id, "last": _summary(portal)}


def _count_captures(counted: dict[str, Any], captures: Iterable[pa.Table]) -> None:
    for table in captures:
        for capture in table.to_pylist():
            moment = capture["requested_at"].isoformat(timespec="seconds")
            seen = counted.setdefault(f"{capture['portal']} {capture['outcome']}", {"count": 0, "last": moment})
            seen["count"], seen["last"] = seen["count"] + 1, max(seen["last"], moment)


def _add_moments(known: dict[str, Any], portal: Record, *, cut_short: bool) -> None:
    finished = portal.get("finished")
    if not finished:
        return
    known["ended"] = max(finished, known.get("ended", ""))
    if cut_short or portal.get("exit_code") == ExitCode.ARCHIVE_FAILED:  # the portal is not to blame, nor to be spared
        return
    known["tried"] = max(finished, known.get("tried", ""))
    if portal.get("exit_code") not in {0, 1}:
        return
    if finished >= known.get("trusted", ""):
        known["trusted"], known["learnt"] = finished, int(portal.get("documents") or 0)
    known["first"] = min(finished, known.get("first", finished))  # a first crawl sees everything
    if portal.get("full"):
        known["full"] = max(finished, known.get("full", ""))
    known["swept"] = max(known["first"], known.get("full", ""))


def _summary(portal: Record) -> dict[str, Any]:
    """A portal's report without its lists, which fill megabytes where three thousand portals are crawled."""
    problems = sorted(portal.get("problems", ()), key=lambda problem: _RANK.get(str(problem.get("severity")), 0))
    kinds = collections.Counter(f"{problem.get('severity')} {problem.get('kind')}" for problem in problems)
    messages = [str(problem.get("message"))[:_MESSAGE] for problem in problems[:_MESSAGES]]
    kept = {name: value for name, value in portal.items() if name not in _BULKY}
    return {**kept, "kinds": dict(kinds), "messages": messages}


_RANK = {"fatal": 0, "error": 1, "warning": 2}
