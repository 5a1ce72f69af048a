"""One holder at a time, on directories and on S3, and none left behind by a killed process."""

from __future__ import annotations

import multiprocessing
import signal
import threading
import time
from collections.abc import Callable

import pytest

from gongkai.archive import LockedError, Store, lock, locked, open_store

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


def test_a_killed_holder_leaves_no_lock_behind(root: str, monkeypatch: pytest.MonkeyPatch) -> None:
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
