"""Portals are crawled again by the season of budgets, and by the runs the archive tells of.

Departments publish within twenty days of the approval of their budget or final accounts (预算法, article 14).  People's
congresses approve budgets from January to April; their standing committees approve final accounts from June on, and
departments publish them from August to October.  Seasons are months of China Standard Time.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping

from gongkai.crawler.pages.page import CHINA
from gongkai.crawler.report.latest import Latest

BUDGET_MONTHS = range(1, 5)
FINAL_MONTHS = range(8, 11)
RETRY_AFTER = dt.timedelta(days=1)
"""After a crawl whose listing could not be trusted; not sooner, as the portal may be down or defend itself."""
TOLERANCE = dt.timedelta(hours=2)
"""A timer that fires at the same hour every day finds the last crawl a little less than whole days old."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """Days between two crawls of a portal: in the season of budgets, in that of final accounts, and otherwise.

    `full` are the days between two full sweeps, which ask again for everything that is known.
    """

    budgets: int = 7
    finals: int = 7
    otherwise: int = 30
    full: int = 180

    def days(self, moment: dt.datetime) -> int:
        """Days to wait for the next crawl, at a moment."""
        month = moment.astimezone(CHINA).month
        if month in BUDGET_MONTHS:
            return self.budgets
        return self.finals if month in FINAL_MONTHS else self.otherwise


@dataclasses.dataclass(frozen=True, slots=True)
class LastCrawls:
    """When a portal was last crawled (None: never): at all, with a listing to be trusted, and by a full sweep.

    `ended` is the end of its last crawl of any kind, also of one that was cut short: who waited longest is first.
    """

    tried: dt.datetime | None = None
    trusted: dt.datetime | None = None
    swept: dt.datetime | None = None
    ended: dt.datetime | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Due:
    """The demands of a schedule at a moment: a crawl at all, and a full sweep."""

    crawl: bool
    full: bool


def due(schedule: Schedule, last: LastCrawls, now: dt.datetime) -> Due:
    """The demands of a schedule now.  A portal's first crawl sees everything and counts as a full sweep."""
    tried_lately = last.tried is not None and not _is_over(last.tried, RETRY_AFTER, now)
    if tried_lately and last.tried != last.trusted:
        return Due(crawl=False, full=False)
    full = last.swept is None or _is_over(last.swept, dt.timedelta(days=schedule.full), now)
    crawl = last.trusted is None or _is_over(last.trusted, dt.timedelta(days=schedule.days(now)), now)
    return Due(crawl=crawl or full, full=full)


def _is_over(since: dt.datetime, span: dt.timedelta, now: dt.datetime) -> bool:
    return now - since >= span - TOLERANCE


def last_crawls(latest: Latest) -> dict[str, LastCrawls]:
    """By portal.  A crawl that was cut short by a limit or interrupted counts as none, but for its end."""
    return {
        name: LastCrawls(
            tried=_moment(known.get("tried")),
            trusted=_moment(known.get("trusted")),
            swept=_moment(known.get("swept")),
            ended=_moment(known.get("ended")),
        )
        for name, known in latest.portals.items()
        if known.get("ended")
    }


def _moment(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None


def longest_waiting_first(names: Iterable[str], last: Mapping[str, LastCrawls]) -> list[str]:
    """Portals never crawled, then those whose last crawl of any kind ended first: none is starved by one that hangs."""
    never = dt.datetime.min.replace(tzinfo=dt.UTC)
    return sorted(names, key=lambda name: last.get(name, LastCrawls()).ended or never)
