"""Results of a verification, made where the portals can be reached, into the registry.

A file of results is a registry file with the rows that were looked at.  A result counts unless the registry knows a
newer one, or names another address than the one that was looked at.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from gongkai.crawler.registry.places import Place, State


@dataclasses.dataclass(frozen=True, slots=True)
class Adoption:
    """The registry with the results in it, the places whose state changed, and results refused with the reason."""

    rows: list[Place]
    changed: list[Place]
    refused: list[tuple[Place, str]]


def adopted(known: Sequence[Place], results: Iterable[Place]) -> Adoption:
    """Put results into the registry."""
    rows = {row.place: row for row in known}
    adoption = Adoption([], [], [])
    for result in results:
        before = rows.get(result.place)
        if reason := _refusal(before, result):
            adoption.refused.append((result, reason))
            continue
        after = dataclasses.replace(before or result, state=result.state, since=result.since, reason=result.reason)
        if after != before:
            rows[result.place] = after
            adoption.changed.append(after)
    adoption.rows.extend(rows.values())
    return adoption


def _refusal(before: Place | None, result: Place) -> str:
    """Why a result is not taken; empty where it is."""
    if result.state in {State.UNVERIFIED, State.NONE_KNOWN} or result.since is None:
        return "nothing was verified there"
    if before is None:
        return "" if result.url else "it names no address"
    if before.url and result.url != before.url:
        return f"it was found at {result.url!r}; the registry names {before.url!r}"
    if before.state is not State.UNVERIFIED and (before.since or dt.date.min) > result.since:
        return f"the registry knows a result of {before.since}"
    return ""
