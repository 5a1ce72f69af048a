"""How portals are: each with its state, its failures and what differs, those that need a look first."""

from __future__ import annotations

import collections
import dataclasses
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from gongkai.archive import Outcome
from gongkai.crawler.portal.schedule import LastCrawls, Schedule, due, last_crawls
from gongkai.crawler.portal.shipped import schedules
from gongkai.crawler.report.latest import Latest

FAILING, NEVER, DUE, FRESH = "failing", "never-read-whole", "due", "fresh"
STATES = (FAILING, NEVER, DUE, FRESH)
"""The last crawl could not trust the listing, none ever could, a crawl is due, all is well; the worst first."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class PortalState:
    """A portal that was crawled; `failures` are its last crawl's by outcome, `drift` its other problems by kind."""

    id: str
    state: str
    trusted: dt.datetime | None
    finished: dt.datetime | None
    failures: Mapping[str, int]
    drift: Mapping[str, int]

    @property
    def is_well(self) -> bool:
        return self.state == FRESH and not self.failures and not self.drift


def portal_states(latest: Latest) -> list[PortalState]:
    """All portals that were ever crawled: the worst state first, then those with most to look at, then by id."""
    now, demanded, last = dt.datetime.now(dt.UTC), schedules(), last_crawls(latest)
    portals = [
        _state_of(name, known["last"], demanded.get(name, Schedule()), last.get(name, LastCrawls()), now)
        for name, known in latest.portals.items()
    ]
    return sorted(portals, key=_urgency)


def _urgency(portal: PortalState) -> tuple[int, int, int, str]:
    return STATES.index(portal.state), -sum(portal.drift.values()), -sum(portal.failures.values()), portal.id


def _state_of(
    name: str, report: Mapping[str, Any], schedule: Schedule, last: LastCrawls, now: dt.datetime
) -> PortalState:
    drift: collections.Counter[str] = collections.Counter()
    for counted, count in report["kinds"].items():
        kind = counted.partition(" ")[2]
        if kind not in set(Outcome):
            drift[kind] += count
    if last.trusted is None:
        state = NEVER
    elif last.tried != last.trusted:
        state = FAILING
    else:
        state = DUE if due(schedule, last, now).crawl else FRESH
    finished = report.get("finished")
    return PortalState(
        id=name,
        state=state,
        trusted=last.trusted,
        finished=dt.datetime.fromisoformat(finished) if finished else None,
        failures=report.get("failures") or {},
        drift=drift,
    )


def chosen_portals(
    portals: Sequence[PortalState], names: Sequence[str], problems: Sequence[str], states: Sequence[str]
) -> list[PortalState]:
    """Those of these names (with a slash at its end one stands for all below it), problems and states."""

    def is_named(portal: PortalState) -> bool:
        return any(portal.id == name or (name.endswith("/") and portal.id.startswith(name)) for name in names)

    return [
        portal
        for portal in portals
        if (not names or is_named(portal))
        and (not problems or any(kind in portal.failures or kind in portal.drift for kind in problems))
        and (not states or portal.state in states)
    ]
