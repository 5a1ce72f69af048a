"""What the status page and the metrics show; written by the supervisor, read by the server's threads."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from gongkai.running.jobs import Job

SLOW = dt.timedelta(seconds=15)
"""A store that lets a question wait for longer is away."""


@dataclasses.dataclass(slots=True)
class State:
    """The jobs, and how the store answers."""

    root: str
    started: dt.datetime
    jobs: Sequence[Job]
    portals: Path
    """The metrics of all portals, as the last crawl wrote them."""
    asked: dt.datetime | None = None
    """Since when an answer of the store is waited for."""
    away: dt.datetime | None = None
    """Since when it does not answer."""
    why: str = ""
    is_stopping: bool = False

    def shift(self, by: dt.timedelta) -> None:
        """Move all moments, as the clock was."""
        self.started += by
        self.away = self.away and self.away + by
        for job in self.jobs:
            job.shift(by)

    def away_since(self, now: dt.datetime) -> dt.datetime | None:
        """Since when the store does not answer, also where an answer is still waited for."""
        return self.away or (self.asked if self.asked is not None and now - self.asked > SLOW else None)
