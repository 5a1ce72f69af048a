"""A job's processes: when one may start, what its end means for the next."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from gongkai.running.jobs import Job

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def ends_with(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Have jobs run a line of Python instead of gongkai."""
    popen = subprocess.Popen

    def run(line: str) -> None:
        monkeypatch.setattr(
            subprocess, "Popen", lambda _command, **options: popen([sys.executable, "-c", line], **options)
        )

    return run


def job(**more: Any) -> Job:
    return Job(name="parse", arguments=["parse"], environment=dict(os.environ), is_wanted=True, **more)


def end(one: Job, now: dt.datetime) -> list[str]:
    one.start("", now)
    assert (one.is_running, one.is_wanted) == (True, False)
    lines = one.poll(now, 60)
    assert lines is not None
    return lines


def test_it_starts_once_in_its_pause_and_only_where_it_is_wanted(ends_with: Any) -> None:
    ends_with("")
    one = job(pause=10 * MINUTE)
    assert one.may_start(NOW)
    end(one, NOW)
    assert (one.code, one.is_wanted, one.may_start(NOW + 60 * MINUTE)) == (0, False, False)
    one.is_wanted = True
    assert [one.may_start(NOW + minutes * MINUTE) for minutes in (0, 9, 10)] == [False, False, True]


@pytest.mark.parametrize("line", ["raise SystemExit(4)", "import os; os.kill(os.getpid(), 9)"])
def test_one_that_failed_is_tried_again_ever_later(ends_with: Any, line: str) -> None:
    ends_with(line)
    one, now, pauses = job(), NOW, []
    for _ in range(8):
        end(one, now)
        assert one.is_wanted
        assert one.earliest is not None
        pauses.append(one.earliest - now)
        now = one.earliest
    assert [pause / MINUTE for pause in pauses] == [1, 2, 4, 8, 16, 32, 60, 60]
    ends_with("raise SystemExit(3)")
    end(one, now)
    assert (one.failures, one.is_wanted, one.earliest) == (0, False, now)
    assert sum(one.ends.values()) == 9


def test_what_it_says_is_gathered_where_it_has_no_log(ends_with: Any) -> None:
    ends_with("import sys; print('out', flush=True); print('err', file=sys.stderr)")
    assert end(job(writes_log=False), NOW) == ["out", "err"]


def test_a_stop_reaches_it_and_a_ctrl_c_does_not(ends_with: Any) -> None:
    ends_with("import os, time; print(os.getpgid(0) == os.getpid(), flush=True); time.sleep(600)")
    one = job(writes_log=False)
    one.start("", NOW)
    assert one.poll(NOW) is None
    while not one._output or not os.fstat(one._output.fileno()).st_size:
        assert one.poll(NOW, 0.05) is None
    one.stop()
    assert one.poll(NOW, 60) == ["True"]
    assert one.code == -signal.SIGTERM


def test_one_that_the_system_has_no_room_for_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_command: object, **options: Any) -> None:
        outputs.append(options["stdout"])
        raise OSError(12, "Cannot allocate memory")

    outputs: list[Any] = []
    monkeypatch.setattr(subprocess, "Popen", refuse)
    one = job(writes_log=False)
    with pytest.raises(OSError, match="allocate"):
        one.start("", NOW)
    assert (one.is_running, one.is_wanted, one.code, one.earliest) == (False, True, None, NOW + MINUTE)
    assert outputs[0].closed


def test_of_what_it_says_the_end_is_kept(ends_with: Any) -> None:
    ends_with("import sys; sys.stdout.write('x' * 80 + chr(10)) ; sys.stdout.write(('y' * 1023 + chr(10)) * 3000)")
    lines = end(job(writes_log=False), NOW)
    assert (len(lines), set(lines)) == (1024, {"y" * 1023})
