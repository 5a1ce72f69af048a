"""One holder at a time, on directories and on S3, and none left behind by a killed process."""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.archive import LockedError, Store, lock, locked, open_store, processes
from tests.archive.conftest import FaultProxy

PROCESSES = multiprocessing.get_context("spawn")


def hold(root: str, ready: object) -> None:
    """Hold the lock until killed."""
    with locked(open_store(root), "crawl"):
        ready.set()  # type: ignore[attr-defined]
        threading.Event().wait()


def test_a_lock_has_one_holder_at_a_time(root: str) -> None:
    first, second = open_store(root), open_store(root)
    with locked(first, "crawl"):
        with pytest.raises(LockedError, match="another process"), locked(second, "crawl"):
            pass
        with locked(second, "other"):
            pass
    with locked(second, "crawl"):
        pass


def test_a_killed_holder_of_another_system_leaves_no_lock_behind(
    root: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(processes, "_PROC", tmp_path)  # this process sees no other
    ready = PROCESSES.Event()
    holder = PROCESSES.Process(target=hold, args=(root, ready), daemon=True)
    holder.start()
    assert ready.wait(300)
    store = open_store(root)
    with pytest.raises(LockedError), locked(store, "crawl"):
        pass
    holder.kill()
    holder.join()
    assert holder.exitcode == -signal.SIGKILL
    if root.startswith("s3://"):
        with pytest.raises(LockedError, match="last renewed"), locked(store, "crawl"):
            pass
        monkeypatch.setattr(lock, "EXPIRE_SECONDS", 1.0)
        time.sleep(2.5)  # a lease of one second, on a clock of whole seconds
    with locked(store, "crawl"):
        pass
    assert list(store.list("locks/")) == []


def test_a_killed_holder_of_this_system_leaves_no_lock_behind_at_once(root: str) -> None:
    ready = PROCESSES.Event()
    holder = PROCESSES.Process(target=hold, args=(root, ready), daemon=True)
    holder.start()
    assert ready.wait(300)
    store = open_store(root)
    assert lock.is_locked(store, "crawl")
    holder.kill()
    holder.join()
    assert not lock.is_locked(store, "crawl")
    with locked(store, "crawl"):
        assert lock.is_locked(store, "crawl")
    assert not lock.is_locked(store, "crawl")


def test_who_waits_gets_the_lock_when_it_is_free(root: str) -> None:
    order: list[str] = []

    def second() -> None:
        with locked(open_store(root), "lake", wait=True):
            order.append("second")

    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        with locked(open_store(root), "lake"):
            waiting = thread.submit(second)
            with pytest.raises(TimeoutError):
                waiting.result(0.3)
            order.append("first")
        waiting.result(300)
    assert order == ["first", "second"]


def test_a_lease_given_back_while_the_store_was_away_is_free(
    s3_root: str, proxy: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(s3_root)
    monkeypatch.setenv("GONGKAI_S3_ENDPOINT", f"http://{proxy.endpoint}")
    monkeypatch.setenv("GONGKAI_S3_ATTEMPTS", "1")
    with locked(open_store(s3_root), "copy"):
        proxy.fail("503", 1_000)
    assert len(list(store.list("locks/copy/"))) == 1
    assert not lock.is_locked(store, "copy")
    with locked(store, "copy"):
        assert lock.is_locked(store, "copy")


def test_a_lease_that_was_lost_is_noticed(s3_root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with locked(open_store(s3_root), "lake") as first:
        first.assure()
        monkeypatch.setattr(lock, "EXPIRE_SECONDS", -1.0)
        with locked(open_store(s3_root), "lake") as second:
            second.assure()
            with pytest.raises(LockedError, match="meanwhile"):
                first.assure()


def test_of_two_who_find_a_lease_expired_one_gets_it(s3_root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store: Store = open_store(s3_root)
    store.write("locks/crawl/000000000.json", b"{}")
    monkeypatch.setattr(lock, "EXPIRE_SECONDS", -1.0)
    is_over: Callable[..., bool] = lock._Lease._is_over

    def meanwhile(self: lock._Lease, last: object) -> bool:
        monkeypatch.setattr(lock._Lease, "_is_over", is_over)
        lock._Lease(open_store(s3_root), "crawl").take()
        return True

    monkeypatch.setattr(lock._Lease, "_is_over", meanwhile)
    with pytest.raises(LockedError, match="just now"), locked(store, "crawl"):
        pass


def test_a_lease_is_renewed_while_it_is_held(s3_root: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "RENEW_SECONDS", 0.1)
    store = open_store(s3_root)
    with locked(store, "crawl"):
        [taken] = store.list("locks/crawl/")
        deadline = time.monotonic() + 300
        while next(store.list("locks/crawl/")).modified == taken.modified:
            assert time.monotonic() < deadline
            time.sleep(0.1)
