"""Addresses that lead nowhere, workers that are refused, and the window of tasks."""

from __future__ import annotations

import gc
import itertools
import sys
from collections.abc import Generator
from pathlib import Path
from typing import cast

import pytest
from distributed import Client, Future
from distributed.comm.core import CommClosedError

from gongkai.__main__ import run
from gongkai.archive import Archive
from gongkai.cluster import connection
from gongkai.cluster.connection import Cluster, connected
from gongkai.cluster.terms import Terms, marked
from gongkai.session import CommandError
from tests.cluster.clusters import RunningCluster, kill
from tests.crawler.crawling import write_portal
from tests.places import DEMO_SITE

XLSX = DEMO_SITE / "202502" / "W020250210391746205001.xlsx"


def parse_refused(root: Path, address: str, capsys: pytest.CaptureFixture[str], *options: str) -> str:
    """The one sentence with which parsing is refused before it begins."""
    assert run(["--root", str(root), "parse", "--cluster", address, *options]) == 2
    captured = capsys.readouterr()
    [sentence] = captured.err.splitlines()
    assert captured.out == ""
    return sentence


@pytest.fixture
def root(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert run(["--root", str(tmp_path / "root"), "add", str(XLSX)]) == 0
    capsys.readouterr()
    return tmp_path / "root"


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "local:0", "local:x", "nowhere", "http://127.0.0.1"])
def test_an_address_without_a_scheduler_is_named(
    root: Path, address: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 1)
    assert repr(address) in parse_refused(root, address, capsys)


def test_the_number_of_local_workers_goes_with_no_cluster(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "--workers" in parse_refused(root, "local:1", capsys, "--workers", "2")


def test_a_crawl_by_a_cluster_writes_no_file_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    portal = write_portal(tmp_path, "http://127.0.0.1:1/index.html")
    feeds = "FEEDS={'a.jsonl': {'format': 'jsonlines'}}"
    assert run(["crawl", str(portal), "--cluster", "local:1", "--set", feeds]) == 2
    assert "FEEDS" in capsys.readouterr().err


def test_without_the_extra_one_sentence_says_how_to_get_it(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("gongkai.cluster.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert "pip install 'gongkai[cluster]'" in parse_refused(root, "local:1", capsys)


@pytest.mark.slow
def test_a_worker_of_another_parser_or_without_one_is_refused(
    root: Path, cluster: RunningCluster, capsys: pytest.CaptureFixture[str]
) -> None:
    other = cluster.add_worker("--preload", "import gongkai.cluster.terms as terms; terms.PARSER_VERSION = '0'")
    assert "parser version is '0', not '" in parse_refused(root, cluster.address, capsys)
    kill(other)
    cluster.add_worker("--preload", "import sys; sys.modules['gongkai'] = None")
    assert "it has no gongkai like this one" in parse_refused(root, cluster.address, capsys)


class Answering:
    """A client whose workers answer as they are told."""

    def __init__(self, answers: dict[str, object]) -> None:
        self._answers = answers

    def run(self, *_: object, **__: object) -> dict[str, object]:
        return self._answers


def test_a_worker_that_goes_away_while_it_is_asked_is_not_refused() -> None:
    def assure(answers: dict[str, object]) -> None:
        Cluster(cast("Client", Answering(answers)), "tcp://scheduler", cast("Terms", None)).assure()

    assure({"tcp://gone": CommClosedError("Stream is closed"), "tcp://here": None})
    with pytest.raises(CommandError, match="tcp://other of tcp://scheduler is refused"):
        assure({"tcp://gone": CommClosedError("Stream is closed"), "tcp://other": ModuleNotFoundError("gongkai")})


def doubled(_terms: Terms, number: int) -> int:
    return 2 * number


@pytest.mark.slow
def test_tasks_are_taken_as_they_are_done_and_not_all_at_once(tmp_path: Path, cluster: RunningCluster) -> None:
    cluster.add_worker()
    taken: list[int] = []

    def take() -> int:
        taken.append(len(taken))
        return taken[-1]

    with marked(Archive.open(str(tmp_path)).store, "parse") as terms, connected(cluster.address, terms) as served:
        results = cast("Generator[tuple[int, Future[int]], None, None]", served.each(doubled, take, per_thread=3))
        for done, (number, future) in enumerate(itertools.islice(results, 50)):
            assert future.result() == 2 * number
            assert len(taken) <= done + 3
        results.close()


def test_a_client_that_did_not_connect_closes_nothing_when_its_memory_is_freed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "CONNECT_SECONDS", 1)
    closed: list[Client] = []
    gc.collect()  # clients of other tests are closed as they are
    monkeypatch.setattr(Client, "close", lambda self, *_, **__: closed.append(self))
    with marked(Archive.open(str(tmp_path)).store, "parse") as terms:
        with pytest.raises(CommandError), connected("tcp://127.0.0.1:1", terms):
            raise AssertionError("nobody listens there")
        gc.collect()
    assert closed == []
