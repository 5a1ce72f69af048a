"""The status page, the metrics and the word for a health check; for loopback's own names alone."""

from __future__ import annotations

import datetime as dt
import http.client
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from gongkai.exits import Exit
from gongkai.running.jobs import Job
from gongkai.running.server import serving
from gongkai.running.state import State
from gongkai.session import CommandError
from gongkai.vocabulary.languages import speak

NOW = dt.datetime(2026, 3, 1, 2, 3, 4, tzinfo=dt.UTC)


@pytest.fixture
def state(tmp_path: Path) -> State:
    parse = Job(name="parse", arguments=[], environment={}, started=NOW, ended=NOW, code=1)
    parse.ends[1] = 2
    jobs = [Job(name="crawl", arguments=[], environment={}, is_wanted=True), parse]
    return State("/srv/<b>\u202e", NOW, jobs, tmp_path / "portals.prom")


@pytest.fixture
def address(state: State) -> Iterator[str]:
    with serving(state, 0) as address:
        yield address


def ask(address: str, path: str = "/", host: str | None = None, method: str = "GET") -> tuple[int, str]:
    connection = http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=60)
    connection.request(method, path, headers={} if host is None else {"Host": host})
    answer = connection.getresponse()
    assert answer.getheader("Content-Security-Policy", "").startswith("default-src 'none'")
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def test_the_page_says_how_jobs_and_store_are(address: str, state: State) -> None:
    status, text = ask(address)
    assert (status, "the store answers" in text, "&lt;b&gt;" in text, "\u202e" in text) == (200, True, True, False)
    assert "2026-03-01 02:03:04 UTC" in text
    state.portals.write_text('gongkai_last_crawl_exit_code{portal="a/<i>"} 3.0\n', encoding="utf-8")
    state.away, state.why = NOW, "no <route>"
    _, text = ask(address)
    assert "the store does not answer since 2026-03-01 02:03:04 UTC" in text
    assert "no &lt;route&gt;" in text
    assert "when the store answers" in text
    assert "a/&lt;i&gt;" in text


def test_it_speaks_chinese(address: str) -> None:
    speak("zh")
    try:
        _, text = ask(address)
    finally:
        speak("en")
    assert "lang='zh'" in text
    assert "the store answers" not in text
    assert "nothing to do" not in text


def test_the_metrics_are_its_own_and_those_of_the_portals(address: str, state: State) -> None:
    state.portals.write_text("gongkai_portals 7.0\n", encoding="utf-8")
    status, text = ask(address, "/metrics")
    assert status == 200
    lines = text.splitlines()
    for line in (
        "gongkai_run_store_away 0.0",
        'gongkai_run_job_wanted{job="crawl"} 1.0',
        'gongkai_run_job_ends{job="parse",exit_code="1"} 2.0',
        f'gongkai_run_job_last_end_timestamp_seconds{{job="parse"}} {NOW.timestamp()!r}',
        "gongkai_portals 7.0",
    ):
        assert line in lines
    assert all(line.startswith(("# ", "gongkai_")) for line in lines)


def test_whether_all_is_well_in_a_word(address: str, state: State) -> None:
    assert ask(address, "/healthy") == (200, "yes\n")
    state.jobs[1].failures = 1
    assert ask(address, "/healthy") == (503, "no\n")
    state.jobs[1].failures, state.asked = 0, NOW
    assert ask(address, "/healthy") == (503, "no\n"), "a store that lets a question wait so long is away"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:8780", "LOCALHOST", "[::1]:1"])
def test_names_of_loopback_are_answered(address: str, host: str) -> None:
    assert ask(address, "/healthy", host)[0] == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "10.0.0.1"])
def test_other_names_get_nothing(address: str, host: str) -> None:
    for path in ("/", "/metrics", "/healthy"):
        status, text = ask(address, path, host)
        assert (status, "srv" in text, len(text.splitlines())) == (403, False, 1)


def test_nothing_else_is_there_and_nothing_can_be_done(address: str) -> None:
    assert ask(address, "/../etc/passwd")[0] == 404
    assert ask(address, "/", method="HEAD") == (200, "")
    connection = http.client.HTTPConnection(str(urlsplit(address).netloc), timeout=60)
    connection.request("POST", "/", body=b"x")
    assert connection.getresponse().status == 501
    connection.close()


def test_only_loopback_is_listened_on_and_a_taken_port_is_named(address: str, state: State) -> None:
    port = urlsplit(address).port
    assert port is not None
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", port))
    with pytest.raises(CommandError, match=f"cannot have port {port} ") as refused, serving(state, port):
        pass
    assert refused.value.code == Exit.WRONG_USAGE
