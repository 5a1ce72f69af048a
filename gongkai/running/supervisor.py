"""The loop of ``gongkai run``: looks at the store, starts what is wanted, waits, and stops everything in order."""

from __future__ import annotations

import dataclasses
import datetime as dt
import time
from collections.abc import Sequence

from gongkai.archive import LockedError
from gongkai.archive.lock import Hold
from gongkai.archive.store import ArchiveError
from gongkai.crawler.pages.page import CHINA
from gongkai.exits import Exit
from gongkai.log import Log, complain
from gongkai.running.arrivals import Arrivals
from gongkai.running.jobs import Job
from gongkai.running.news import News
from gongkai.running.state import State
from gongkai.session import CommandError

LOCK = "run"
_TICK_SECONDS = 0.5
_LOOK, _LONGEST = dt.timedelta(seconds=5), dt.timedelta(minutes=2)
"""Between two looks at the store, and the longest pause where it does not answer."""
_ASSURE = dt.timedelta(minutes=1)
_SECONDS_BETWEEN_STOPS = 0.2


@dataclasses.dataclass(slots=True, kw_only=True)
class Jobs:
    """The commands; ``nightly`` are those wanted once a night."""

    crawl: Job
    parse: Job
    index: Job
    nightly: Sequence[Job]
    batch: dt.timedelta
    """A parse run that took so long has left something."""

    @property
    def all(self) -> list[Job]:
        return [self.crawl, self.parse, self.index, *self.nightly]


class Supervisor:
    """Keeps an archive up to date until it is interrupted."""

    def __init__(self, state: State, jobs: Jobs, news: News, log: Log, night: dt.time) -> None:
        self._state = state
        self._jobs = jobs
        self._news = news
        self._log = log
        self._night = night
        self._next_night = _after(state.started, night)
        self._asks_for_the_last_night = True
        self._last_turn = state.started
        self._arrivals = Arrivals(state.root)
        self._next_look = state.started
        self._next_assurance = state.started
        self._pause = _LOOK

    def run(self, hold: Hold) -> None:
        """Go on until KeyboardInterrupt, which passes once all children have ended.

        Raises CommandError where another process took the lock meanwhile.
        """
        try:
            while True:
                self._turn(dt.datetime.now(dt.UTC), hold)
                time.sleep(_TICK_SECONDS)
        finally:
            self._stop()

    def _turn(self, now: dt.datetime, hold: Hold) -> None:
        if now < self._last_turn:
            self._set_back(now)
        self._last_turn = now
        for job in self._jobs.all:
            if (lines := job.poll(now)) is not None:
                self._ended(job, lines, now)
        if now >= self._next_look:
            self.look(now, hold)
        if now >= self._next_night:
            self._next_night = _after(now, self._night)
            self._want_nightly()
        if self._state.away is None:
            self._start(now)
        if not any(job.is_running or job.is_wanted for job in (self._jobs.parse, self._jobs.index)) and (
            not self._jobs.crawl.is_running
        ):
            self._news.all_is_parsed()

    def _set_back(self, now: dt.datetime) -> None:
        """Go by a clock that was set back: what waits for a moment must not wait until it comes for the second time."""
        self._state.shift(now - self._last_turn)
        self._next_look = self._next_assurance = now
        self._next_night = _after(now, self._night)

    def _want_nightly(self) -> None:
        for job in (self._jobs.parse, *self._jobs.nightly):
            job.is_wanted = True

    def _start(self, now: dt.datetime) -> None:
        for job in self._jobs.all:
            if not job.may_start(now) or not (job is self._jobs.crawl or self._arrivals.has_captures):
                continue
            try:
                job.start(self._state.root, now)
            except OSError as error:
                why = error.strerror or type(error).__name__
                complain(self._log, "ended", f"gongkai {job.name} cannot be started ({why})", job=job.name)
                self._news.ended(job, [why])
            else:
                self._log.write("info", "started", f"gongkai {' '.join(job.arguments)}", job=job.name)

    def look(self, now: dt.datetime, hold: Hold) -> None:
        """Ask the store what is new; where it does not answer, note that, and ask less often.  Raises CommandError."""
        self._state.asked, began = now, time.monotonic()
        try:
            # Told once only: it is taken before anything that the store may fail at.
            has_news, reports = self._arrivals.look(now)
            self._jobs.parse.is_wanted = self._jobs.parse.is_wanted or has_news
            self._news.ended_runs(reports)
            if self._asks_for_the_last_night:
                self._make_up_for_the_last_night(now)
            if now >= self._next_assurance:
                hold.assure()
                self._next_assurance = now + _ASSURE
        except LockedError as error:
            raise CommandError(str(error), Exit.ARCHIVE_UNUSABLE) from error
        except ArchiveError as error:
            self._away(now, dt.timedelta(seconds=time.monotonic() - began), str(error))
        else:
            self._answered(now)
        finally:
            self._state.asked = None

    def _make_up_for_the_last_night(self, now: dt.datetime) -> None:
        """Have done what the last night was for, where no verification began since it.  Raises StoreError."""
        last = _after(now, self._night) - dt.timedelta(days=1)
        if self._arrivals.has_captures and not self._arrivals.was_verified_since(last):
            self._want_nightly()
        self._asks_for_the_last_night = False

    def _away(self, now: dt.datetime, waited: dt.timedelta, why: str) -> None:
        if self._state.away is None:
            self._state.away = now
            complain(self._log, "away", f"the store does not answer: {why}; nothing is begun until it does")
        self._state.why = why
        self._pause = min(2 * self._pause, _LONGEST)
        self._next_look = now + waited + self._pause
        self._news.away(self._state.away, why, now)

    def _answered(self, now: dt.datetime) -> None:
        if self._state.away is not None:
            complain(self._log, "back", "the store answers again: all goes on", level="warning")
            self._news.back(self._state.away)
        self._state.away, self._state.why = None, ""
        self._pause, self._next_look = _LOOK, now + _LOOK

    def _ended(self, job: Job, lines: Sequence[str], now: dt.datetime) -> None:
        jobs = self._jobs
        level = "error" if job.has_failed else "info"
        message = f"gongkai {job.name} ended with exit code {job.code}"
        if job.has_failed:
            complain(self._log, "ended", message, level=level, job=job.name)
        else:
            self._log.write(level, "ended", message, job=job.name)
        for line in lines:
            if job.code:
                complain(self._log, "said", f"{job.name}: {line}", level="warning", job=job.name)
            else:
                self._log.write("info", "said", line, job=job.name)
        self._news.ended(job, lines)
        if job is jobs.crawl:
            job.is_wanted = True
        elif job is jobs.parse and not job.has_failed:
            jobs.index.is_wanted = True
            job.is_wanted = job.is_wanted or (job.started is not None and now - job.started >= jobs.batch)
        # Its captures and reports are looked at now: the next batch must not wait for the next look.
        self._next_look = min(self._next_look, now) if self._state.away is None else self._next_look

    def _stop(self) -> None:
        """Have every child end in order, and wait for it; asked once more, they are told once more."""
        while True:
            try:
                self._end_all()
                break
            except KeyboardInterrupt:
                continue
        self._news.all_is_parsed()

    def _end_all(self) -> None:
        for job in self._jobs.all:
            job.stop()
        if not self._state.is_stopping:
            self._log.write("info", "stopping", "what is under way ends in order")
        self._state.is_stopping = True
        while running := [job for job in self._jobs.all if job.is_running]:
            if (lines := running[0].poll(dt.datetime.now(dt.UTC), _SECONDS_BETWEEN_STOPS)) is not None:
                self._ended(running[0], lines, dt.datetime.now(dt.UTC))


def _after(moment: dt.datetime, at: dt.time) -> dt.datetime:
    """The next time in China that the clock shows a time of day."""
    there = moment.astimezone(CHINA)
    today = dt.datetime.combine(there.date(), at, CHINA)
    return (today if today > there else today + dt.timedelta(days=1)).astimezone(dt.UTC)
