"""The loop with a store that answers or not, and jobs that start nothing: what is wanted when, and who is told."""

from __future__ import annotations

import datetime as dt
import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import Archive
from gongkai.archive.lock import Hold, LockedError
from gongkai.archive.store import StoreUnavailableError
from gongkai.log import Log
from gongkai.running.jobs import Job
from gongkai.running.news import News
from gongkai.running.state import State
from gongkai.running.supervisor import Jobs, Supervisor
from gongkai.session import CommandError

NOW = dt.datetime(2026, 3, 1, 18, 0, tzinfo=dt.UTC)
"""Two in the morning in China."""
SECOND, MINUTE, HOUR = dt.timedelta(seconds=1), dt.timedelta(minutes=1), dt.timedelta(hours=1)


class Stage:
    """A supervisor whose store and processes are ours."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.started: list[str] = []
        self.looks: list[dt.datetime] = []
        self.answer: Any = (False, [])
        self.told = root / "told"
        tell = f"sh -c 'cat >> {self.told}'"
        made = {name: Job(name=name, arguments=[], environment={}) for name in ("crawl", "parse", "search", "verify")}
        made["crawl"].is_wanted = True
        named = {"crawl": made["crawl"], "parse": made["parse"], "index": made["search"]}
        jobs = Jobs(**named, nightly=[made["verify"]], batch=HOUR)
        self.jobs, self.log = made, io.StringIO()
        self.state = State(str(root / "archive"), NOW, jobs.all, root / "none")
        news = News([tell], always=False)
        self.supervisor = Supervisor(self.state, jobs, news, Log(self.log), dt.time(3))
        self.verified = NOW
        self.refused: Exception | None = None
        arrivals = self.supervisor._arrivals
        arrivals.has_captures = True
        monkeypatch.setattr(arrivals, "look", self._look)
        monkeypatch.setattr(arrivals, "was_verified_since", lambda moment: self.verified >= moment)
        monkeypatch.setattr(Job, "start", lambda job, _root, now: self._start(job, now))

    def _look(self, now: dt.datetime) -> Any:
        self.looks.append(now)
        if isinstance(self.answer, Exception):
            raise self.answer
        answer, self.answer = self.answer, (False, [])
        return answer

    def _start(self, job: Job, now: dt.datetime) -> None:
        if self.refused is not None:
            job.code, job.started, job.ended = None, now, now
            job.failures += 1
            raise self.refused
        self.started.append(job.name)
        job.is_wanted, job.started = False, now

    def turn(self, after: dt.timedelta = dt.timedelta(), hold: Hold | None = None) -> list[str]:
        """One turn of the loop; the names of the jobs it started."""
        self.started = []
        self.supervisor._turn(NOW + after, hold or Hold())
        return self.started

    def end(self, name: str, code: int, after: dt.timedelta) -> None:
        job = self.jobs[name]
        job.code, job.failures = code, 0 if code in (0, 1) else job.failures + 1
        self.supervisor._ended(job, [], NOW + after)

    def notices(self) -> list[dict[str, Any]]:
        lines = self.told.read_text().splitlines() if self.told.exists() else []
        return [json.loads(line) for line in lines if line.startswith("{")]


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    return Stage(tmp_path, monkeypatch)


def test_what_arrived_is_parsed_then_indexed_and_at_night_all_is_verified(stage: Stage) -> None:
    assert stage.turn() == ["crawl"]
    stage.answer = (True, [])
    assert stage.turn(5 * SECOND) == ["parse"]
    stage.end("parse", 0, 9 * SECOND)
    assert stage.turn(10 * SECOND) == ["search"]
    assert stage.turn(59 * MINUTE) == []
    assert stage.turn(HOUR) == ["parse", "verify"]
    assert stage.turn(25 * HOUR - SECOND) == []
    assert stage.turn(25 * HOUR) == ["parse", "verify"]


def test_a_parse_run_that_had_to_stop_for_time_is_followed_by_another(stage: Stage) -> None:
    stage.answer = (True, [])
    assert stage.turn() == ["crawl", "parse"]
    stage.end("parse", 0, HOUR)
    assert "parse" in stage.turn(HOUR)


def test_nothing_is_begun_while_the_store_is_away_and_it_is_asked_ever_less_often(stage: Stage) -> None:
    stage.answer = away = StoreUnavailableError("no answer")
    for second in range(900):
        assert stage.turn(second * SECOND) == []
    assert len(stage.looks) < 15
    assert stage.state.away is not None
    assert stage.state.why == "no answer"
    assert [notice["why"] for notice in stage.notices()] == [str(away)], "told once, when it was away for a while"
    stage.answer = (True, [])
    assert stage.turn(20 * MINUTE) == ["crawl", "parse"]
    assert stage.state.away_since(NOW + 20 * MINUTE) is None
    assert len(stage.notices()) == 2
    assert stage.log.getvalue().count(" away: ") == stage.log.getvalue().count(" back: ") == 1


def test_a_killed_process_is_told_once_and_small_batches_together(stage: Stage) -> None:
    stage.turn()
    for _ in range(3):
        stage.end("search", -9, MINUTE)
    assert [notice["exit_code"] for notice in stage.notices()] == [-9]
    stage.jobs["search"].is_wanted = False
    stage.jobs["crawl"]._process = Alive()  # type: ignore[assignment]
    reports = [{"command": "parse", "parsed": 2, "issues": 1}, {"command": "crawl"}]
    for at in (2, 3):
        stage.answer = (False, reports)
        stage.turn(at * MINUTE)
    assert len(stage.notices()) == 1, "small batches are no news while a crawl goes on"
    stage.jobs["crawl"]._process = None
    stage.turn(4 * MINUTE)
    stage.turn(5 * MINUTE)
    [_, parsed] = stage.notices()
    assert (parsed["command"], parsed["parsed"], parsed["issues"]) == ("parse", 4, 2)


def test_a_night_that_this_process_did_not_see_is_made_up_for(stage: Stage) -> None:
    """The machine was off, or the process began anew: no verification began since three in the morning of yesterday."""
    stage.verified = NOW - 23 * HOUR - SECOND
    assert stage.turn() == ["crawl", "parse", "verify"]
    stage.end("verify", 0, MINUTE)
    assert "verify" not in stage.turn(2 * MINUTE)


def test_a_night_that_was_seen_is_not_made_up_for(stage: Stage) -> None:
    stage.verified = NOW - 23 * HOUR
    assert stage.turn() == ["crawl"]


def test_an_archive_that_is_empty_yet_has_no_night_to_make_up_for(stage: Stage) -> None:
    stage.verified = NOW - 99 * HOUR
    stage.supervisor._arrivals.has_captures = False
    stage.turn()
    stage.supervisor._arrivals.has_captures = True
    assert stage.turn(6 * SECOND) == []


def test_news_is_not_lost_where_the_store_fails_right_behind_the_look(stage: Stage) -> None:
    class Unsure(Hold):
        def assure(self) -> None:
            raise StoreUnavailableError("no answer")

    stage.answer = (True, [])
    assert stage.turn(hold=Unsure()) == []
    assert "parse" in stage.turn(MINUTE)


def test_a_clock_that_is_set_back_stops_nothing(stage: Stage) -> None:
    day = 24 * HOUR
    stage.turn(8 * day)  # a machine that thinks so until it is told
    assert stage.turn(8 * day + SECOND) == []
    stage.end("crawl", 0, 8 * day + MINUTE)
    stage.jobs["crawl"].pause = 15 * MINUTE
    looks = len(stage.looks)
    assert stage.turn() == []
    assert len(stage.looks) == looks + 1
    assert stage.turn(14 * MINUTE) == []
    assert stage.turn(15 * MINUTE) == ["crawl"]
    assert "verify" in stage.turn(HOUR), "the night comes by the clock as it is"


def test_a_system_without_room_for_a_process_is_waited_for(stage: Stage) -> None:
    stage.refused = OSError(12, "Cannot allocate memory")
    for second in (0, 1, 2, 61):
        assert stage.turn(second * SECOND) == []
    assert stage.log.getvalue().count("crawl cannot be started (Cannot allocate memory)") == 2
    assert [notice["command"] for notice in stage.notices()] == ["crawl"]
    stage.refused = None
    assert stage.turn(5 * MINUTE) == ["crawl"]


def test_a_second_stop_amid_the_first_leaves_no_child_behind(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def stop(job: Job) -> None:
        told.append(job.name)
        if len(told) == 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(Job, "stop", stop)
    stage.supervisor._stop()
    assert told == ["crawl", "crawl", "parse", "search", "verify"]


class Alive:
    """A process that goes on."""

    def wait(self, _seconds: float) -> int:
        raise subprocess.TimeoutExpired("", 0)


def test_a_lock_that_was_lost_ends_it(stage: Stage) -> None:
    class Lost(Hold):
        def assure(self) -> None:
            raise LockedError("another process took the lock")

    with pytest.raises(CommandError, match="took the lock"):
        stage.turn(hold=Lost())


def test_an_archive_without_captures_is_only_crawled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(tmp_path, monkeypatch)
    Archive.open(stage.state.root)
    stage.supervisor._arrivals.has_captures = False
    assert stage.turn(2 * HOUR) == ["crawl"]
