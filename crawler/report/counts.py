"""The run report: per portal, what was listed, fetched, new, changed and unchanged, and everything that went wrong."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
import enum
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from gongkai.archive import Capture, Outcome, Role

SUCCESSES = frozenset({Outcome.CAPTURED, Outcome.UNCHANGED, Outcome.NOT_MODIFIED})


class ExitCode(enum.IntEnum):
    """Exit codes of `gongkai crawl`."""

    FINE = 0
    """Every listed document was seen."""
    SOMETHING_FAILED = 1
    """The listings were read whole, but a document failed or the portal differs from what its file says."""
    LISTING_FAILED = 3
    """A portal's listing cannot be trusted: unreachable, refused, empty, repeated, too short, or another site's."""
    ARCHIVE_FAILED = 4
    """The archive could not be written; what was not recorded will be fetched again by the next run."""
    INTERRUPTED = 130
    """Stopped by SIGINT or SIGTERM; everything received until then is recorded."""


class Severity(enum.StrEnum):
    """A problem's weight: a fatal one makes the listing untrustworthy."""

    WARNING = "warning"
    ERROR = "error"
    FATAL = "fatal"


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing a person should look at: a short kind, a sentence, and where."""

    kind: str
    message: str
    severity: Severity
    url: str | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Planned:
    """One address that a dry run found on a listing and would have fetched."""

    url: str
    role: Role
    title: str
    published_on: dt.date | None


class ChangeKind(enum.StrEnum):
    """Changes that a crawl noticed in a document."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """One document that is new, has other bytes than last time, or is gone."""

    kind: ChangeKind
    url: str
    title: str
    sha256: str | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class HostState:
    """One host of a portal being crawled: its `state` in words, seconds to the next request, requests sent.

    `new` documents and `failed` requests are the portal's.
    """

    portal: str
    host: str
    state: str
    next_in: float | None
    requests: int
    new: int
    failed: int


class Watcher(Protocol):
    """Somebody who looks on while portals are crawled."""

    def begun(self, portal: str, hosts: Callable[[], list[HostState]]) -> None:
        """A portal's crawl begins; `hosts` may be called from any thread until it ended."""

    def ended(self, report: PortalReport) -> None:
        """A portal's crawl ended; problems of the comparison with its file may follow."""


CHANGES_LISTED = PROBLEMS_LISTED = 1000
"""Changes and problems a report lists one by one; its counts are of all."""
LISTED_IN_A_RUN, LISTED_AT_LEAST = 100_000, 20
"""Changes, and problems, that the reports of all portals of a run list together; and those of each in any case."""


@dataclasses.dataclass(slots=True, kw_only=True)
class HostReport:
    """Manners towards one host: requests sent, the shortest pause between two (seconds), what its robots.txt said."""

    host: str
    requests: int = 0
    shortest_pause: float | None = None
    robots: str = "not asked"
    last: float | None = dataclasses.field(default=None, repr=False)

    def sent(self, moment: float) -> None:
        """Count a request sent at a moment of a monotonic clock."""
        if self.last is not None:
            pause = round(moment - self.last, 3)
            self.shortest_pause = pause if self.shortest_pause is None else min(pause, self.shortest_pause)
        self.requests, self.last = self.requests + 1, moment


@dataclasses.dataclass(slots=True, kw_only=True)
class PortalReport:
    """Counts of one portal; times are UTC.

    `listed` rows on listing pages, each address once; `listing_pages` listing pages read; `fetched` responses whose
    body was received; of articles and attachments: `new` never seen before, `changed` other bytes than last time,
    `unchanged` equal bytes received again, `not_modified` answered 304 without a body, `gone` no longer there,
    `not_asked` known and older than the portal's look-back, so that nothing was sent.  `failures` counts every other
    outcome, of whatever role.  `full` says whether the crawl was a full sweep.
    """

    portal: str
    started: dt.datetime | None = None
    finished: dt.datetime | None = None
    listed: int = 0
    listing_pages: int = 0
    fetched: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    not_modified: int = 0
    gone: int = 0
    not_asked: int = 0
    full: bool = False
    documents: int = 0
    limit_reached: bool = False
    failures: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    problems: list[Problem] = dataclasses.field(default_factory=list)
    problems_left_out: int = 0
    planned: list[Planned] = dataclasses.field(default_factory=list)
    changes: list[Change] = dataclasses.field(default_factory=list)
    hosts: dict[str, HostReport] = dataclasses.field(default_factory=dict)

    def host(self, name: str) -> HostReport:
        """The notes on a host, begun when it is first named."""
        return self.hosts.setdefault(name, HostReport(host=name))

    def problem(self, kind: str, message: str, url: str | None = None, severity: Severity = Severity.ERROR) -> None:
        """Note a problem; once `PROBLEMS_LISTED` are listed, further ones that are not fatal are only counted."""
        if severity is not Severity.FATAL and len(self.problems) >= PROBLEMS_LISTED:
            self.problems_left_out += 1
        else:
            self.problems.append(Problem(kind, message, severity, url))

    def problem_once(self, kind: str, message: str, url: str, severity: Severity) -> None:
        """Note a problem unless one of its kind was noted before."""
        if not any(problem.kind == kind for problem in self.problems):
            self.problem(kind, message, url, severity)

    def shorten(self, portals: int) -> None:
        """Keep the share of one of so many portals in what a run lists: three thousand full lists fit no memory."""
        share = max(LISTED_AT_LEAST, LISTED_IN_A_RUN // max(1, portals))
        del self.changes[share:]
        fatal = [problem for problem in self.problems if problem.severity is Severity.FATAL]
        others = [problem for problem in self.problems if problem.severity is not Severity.FATAL]
        if len(others) > share:
            self.problems_left_out += len(others) - share
            self.problems = fatal + others[:share]

    def count(self, capture: Capture, *, received: bool) -> None:
        """Add one observation; `received` says whether a body came with it."""
        self.fetched += received
        if capture.outcome is Outcome.GONE:
            self.gone += 1
            self._changed(ChangeKind.GONE, capture)
            if capture.http_status is not None:  # it was listed, and yet is not there
                self.failures[capture.outcome.value] += 1
        elif capture.outcome not in SUCCESSES:
            self.failures[capture.outcome.value] += 1
        elif capture.role is Role.LISTING:
            self.listing_pages += 1
        else:
            self._count_document(capture)

    def _count_document(self, capture: Capture) -> None:
        if capture.outcome is Outcome.NOT_MODIFIED:
            self.not_modified += 1
        elif capture.outcome is Outcome.UNCHANGED:
            self.unchanged += 1
        elif capture.previous_sha256 is None:
            self.new += 1
            self._changed(ChangeKind.NEW, capture)
        else:
            self.changed += 1
            self._changed(ChangeKind.CHANGED, capture)

    def _changed(self, kind: ChangeKind, capture: Capture) -> None:
        if len(self.changes) < CHANGES_LISTED:
            title = capture.title or capture.link_text or capture.file_name or ""
            self.changes.append(Change(kind, capture.url, title, capture.payload_sha256))

    @property
    def exit_code(self) -> ExitCode:
        severities = {problem.severity for problem in self.problems}
        if any(problem.kind == "archive_failed" for problem in self.problems):
            return ExitCode.ARCHIVE_FAILED
        if Severity.FATAL in severities:
            return ExitCode.LISTING_FAILED
        return ExitCode.SOMETHING_FAILED if self.failures or Severity.ERROR in severities else ExitCode.FINE


@dataclasses.dataclass(slots=True, kw_only=True)
class CrawlReport:
    """One run over some portals; stored as `runs/<run_id>.json` unless it was a dry run."""

    run_id: str
    started: dt.datetime
    portals: list[PortalReport]
    finished: dt.datetime | None = None
    interrupted: bool = False
    dry_run: bool = False

    @property
    def exit_code(self) -> int:
        """The worst of the portals' codes, see `ExitCode`; an interrupted run always says so."""
        if self.interrupted:
            return int(ExitCode.INTERRUPTED)
        return max((int(portal.exit_code) for portal in self.portals), default=0)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it: times in ISO 8601, enumerations as their values."""
        return {**self.head(), "portals": list(self.portal_records())}

    def head(self) -> dict[str, Any]:
        """It without its portals."""
        whole = {"run_id": self.run_id, "started": self.started, "finished": self.finished}
        flags = {"interrupted": self.interrupted, "dry_run": self.dry_run, "exit_code": self.exit_code}
        return {**{key: _json(value) for key, value in whole.items()}, **flags}

    def portal_records(self) -> Iterator[dict[str, Any]]:
        """Its portals, one after the other: those of a country are ten times their size as JSON can hold them."""
        return ({**_plain(portal), "exit_code": int(portal.exit_code)} for portal in self.portals)


def _plain(record: PortalReport | HostReport | Problem | Planned | Change) -> dict[str, Any]:
    return {field.name: _json(getattr(record, field.name)) for field in dataclasses.fields(record) if field.repr}


def _json(value: object) -> object:
    match value:
        case dt.date():  # dt.datetime is a subclass
            return value.isoformat()
        case collections.Counter():
            return dict(sorted(value.items()))
        case list() | dict():  # a dict holds hosts, each of which says its name
            return [_json(item) for item in (value.values() if isinstance(value, dict) else value)]
        case Problem() | Planned() | HostReport() | Change():
            return _plain(value)
        case _:
            return value.value if isinstance(value, enum.Enum) else value
