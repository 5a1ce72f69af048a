"""Originals that arrive together are stored together, and each learns of its own failure; also in a process apart."""

from __future__ import annotations

import asyncio
import datetime as dt
import math
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import (
    Archive,
    ArchiveError,
    Arrival,
    Arrived,
    Capture,
    Original,
    OriginalAlteredError,
    Outcome,
    Role,
    new_capture_id,
)
from gongkai.archive.directory_store import DirectoryStore
from gongkai.archive.keeping import Keeper, KeepingProcess
from gongkai.archive.keys import original_key
from tests.crawler.crawl_process import keep_apart

Kept = list[Original | BaseException]
MANY = 40


def arrived(text: str) -> Arrived:
    arrival = Arrival()
    arrival.write(text.encode())
    return arrival.finish()


def captured(payload: Arrived) -> Capture:
    return Capture(
        capture_id=new_capture_id(),
        run_id="20261122T141500Z-3fa9",
        portal="test",
        role=Role.ATTACHMENT,
        url="https://czj.example.gov.cn/1.pdf",
        outcome=Outcome.CAPTURED,
        requested_at=dt.datetime(2026, 11, 22, 14, 15, tzinfo=dt.UTC),
        payload_sha256=payload.sha256,
    )


def keep_all(keeper: Keeper, *turns: list[Arrived], between: Callable[[], None] = lambda: None) -> Kept:
    """Keep the payloads of a turn together, one turn after the other; what came of each."""

    async def together() -> Kept:
        kept: Kept = []
        keeper.enter()
        for payloads in turns:
            kept += await asyncio.gather(*map(keeper.keep, payloads), return_exceptions=True)
            between()
        await keeper.leave()
        return kept

    return asyncio.run(together())


@pytest.fixture
def apart(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything is kept in a process apart; the hashes that it answered."""
    return keep_apart(monkeypatch.setattr)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes that are started."""
    begin, processes = subprocess.Popen, []

    def noted(*words: Any, **options: Any) -> subprocess.Popen[bytes]:
        processes.append(begin(*words, **options))
        return processes[-1]

    monkeypatch.setattr(subprocess, "Popen", noted)
    return processes


def test_every_payload_gets_the_original_that_holds_its_bytes(tmp_path: Path) -> None:
    archive = Archive.open(str(tmp_path))
    payloads = [arrived(f"预算 {number % 30}") for number in range(MANY)]
    kept = keep_all(Keeper(archive), payloads)
    assert [one.sha256 for one in kept if isinstance(one, Original)] == [payload.sha256 for payload in payloads]
    assert len(list(archive.originals())) == 30


def test_a_payload_that_cannot_be_stored_spoils_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive, keep = Archive.open(str(tmp_path)), Archive.keep_original

    def refuse_one(self: Archive, payload: Arrived) -> Original:
        if payload.head == b"refused":
            raise ArchiveError("the disk is full")
        return keep(self, payload)

    monkeypatch.setattr(Archive, "keep_original", refuse_one)
    kept = keep_all(Keeper(archive), [arrived(text) for text in ("一", "refused", "二")])
    assert [type(one) for one in kept] == [Original, ArchiveError, Original]


def test_what_comes_quickly_is_kept_in_a_process_apart_which_the_last_one_ends(
    tmp_path: Path, apart: list[str], started: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.open(str(tmp_path))
    payloads = [arrived(f"预算 {number % 30}") for number in range(MANY)]
    with monkeypatch.context() as patched:
        patched.setattr(Archive, "keep_original", lambda *_: pytest.fail("it was kept in a thread"))
        kept = keep_all(Keeper(archive), payloads)
    assert [one.sha256 for one in kept if isinstance(one, Original)] == [payload.sha256 for payload in payloads]
    assert sum(one.is_new for one in kept if isinstance(one, Original)) == 30
    assert len(apart) == MANY
    assert {sha256 for sha256, _ in archive.originals()} == set(apart)
    assert [process.poll() for process in started] == [0]
    asked: list[str] = []
    size = DirectoryStore.size

    def noted(store: DirectoryStore, key: str) -> int | None:
        asked.append(key)
        return size(store, key)

    monkeypatch.setattr(DirectoryStore, "size", noted)
    archive.record([captured(payload) for payload in payloads])
    assert not {original_key(payload.sha256) for payload in payloads} & set(asked)


def test_a_failure_in_the_process_apart_is_that_of_its_payload_alone(tmp_path: Path, apart: list[str]) -> None:
    archive = Archive.open(str(tmp_path))
    damaged = arrived("二")
    archive.store.write(original_key(damaged.sha256), b"too long for it")
    kept = keep_all(Keeper(archive), [arrived("一"), damaged, arrived("三")])
    assert [type(one) for one in kept] == [Original, OriginalAlteredError, Original]
    assert "holds 15 bytes where its name promises 3" in str(kept[1])
    assert len(apart) == 2


def test_what_the_process_apart_did_not_answer_is_kept_in_threads(
    tmp_path: Path, apart: list[str], started: list[subprocess.Popen[bytes]]
) -> None:
    archive = Archive.open(str(tmp_path))
    payloads = [arrived(f"预算 {number}") for number in range(MANY)]

    def kill() -> None:
        started[0].send_signal(signal.SIGSTOP)  # asked, it does not answer
        started[0].send_signal(signal.SIGKILL)

    kept = keep_all(Keeper(archive), payloads[:20], payloads[20:], between=kill)
    assert [type(one) for one in kept] == [Original] * MANY
    assert len(list(archive.originals())) == MANY
    assert len(apart) < MANY
    assert [process.poll() for process in started] == [-signal.SIGKILL], "no other is started"


def test_where_no_process_can_be_started_threads_keep_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeper, "QUICK", (1, math.inf))
    monkeypatch.setattr("sys.executable", str(tmp_path / "nowhere"))
    kept = keep_all(Keeper(Archive.open(str(tmp_path / "archive"))), [arrived("一")], [arrived("二")])
    assert [type(one) for one in kept] == [Original, Original]


def test_slow_arrivals_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Keeper, "QUICK", (10, -math.inf))
    monkeypatch.setattr(KeepingProcess, "start", lambda _: pytest.fail("a process was started"))
    kept = keep_all(Keeper(Archive.open(str(tmp_path))), [arrived(f"{number}") for number in range(MANY)])
    assert [type(one) for one in kept] == [Original] * MANY
