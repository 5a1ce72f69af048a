"""Who crawls a host keeps others waiting."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from gongkai.archive import Archive
from gongkai.archive.lock import Hold, is_locked, locked
from gongkai.archive.store import Store
from gongkai.crawler.spider import host_locks
from gongkai.crawler.spider.host_locks import HostLocks
from tests.crawler.crawling import start_crawl, write_portal
from tests.crawler.site import Site, until
from tests.crawler.test_crawl import publish


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(host_locks, "PAUSE_SECONDS", 0.01)
    return Archive.open(str(tmp_path)).store


def test_a_host_is_waited_for_until_the_other_crawl_leaves_it(store: Store) -> None:
    async def both() -> None:
        first, second = HostLocks(store, {"one.cn", "two.cn"}), HostLocks(store, {"two.cn", "three.cn"})
        assert not await first.hold()
        waiting = asyncio.create_task(second.hold())
        while not is_locked(store, "host-three.cn"):
            await asyncio.sleep(0.01)
        assert not waiting.done(), "both are at two.cn"
        await first.release()
        assert await waiting, "it had to wait"
        assert is_locked(store, "host-two.cn")
        assert not is_locked(store, "host-one.cn")
        await second.release()
        assert not is_locked(store, "host-two.cn")

    asyncio.run(both())


def test_other_hosts_are_not_waited_for(store: Store) -> None:
    async def both() -> None:
        assert not await HostLocks(store, {"one.cn"}).hold()
        assert not await HostLocks(store, {"two.cn"}).hold()

    asyncio.run(both())


def test_a_lock_that_is_being_taken_when_the_crawl_ends_is_given_back(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A thread goes on when whoever waits for it is cancelled; the host would be locked until the process ends."""
    taking, let_go = threading.Event(), threading.Event()

    @contextlib.contextmanager
    def slowly(store: Store, name: str) -> Iterator[Hold]:
        taking.set()
        let_go.wait(60)
        with locked(store, name) as hold:
            yield hold

    monkeypatch.setattr(host_locks, "locked", slowly)

    locks = HostLocks(store, {"one.cn"})  # kept until the end: what is forgotten is given back

    async def end() -> None:
        waiting = asyncio.create_task(locks.hold())
        await asyncio.to_thread(taking.wait, 60)
        waiting.cancel()
        releasing = asyncio.create_task(locks.release())
        await asyncio.sleep(0.1)
        let_go.set()
        await releasing
        await asyncio.get_running_loop().shutdown_default_executor()

    asyncio.run(end())
    assert not is_locked(store, "host-one.cn")


def test_a_crawl_holds_its_host_until_it_ends(tmp_path: Path, site: Site) -> None:
    publish(site)
    store = Archive.open(str(tmp_path / "archive")).store
    with site.holding(after=2):
        running = start_crawl(tmp_path / "archive", [write_portal(tmp_path, site)])
        until(lambda: len(site.log) > 2)
        assert is_locked(store, "host-127.0.0.1")
    report = running.finish()
    assert (report["exit_code"], report["portals"][0]["problems"]) == (0, [])
    assert not is_locked(store, "host-127.0.0.1")
