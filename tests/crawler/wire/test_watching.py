"""Whoever looks on hears of each portal, and sees the hosts as the downloader holds them."""

from __future__ import annotations

import time
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.core.downloader import Slot
from scrapy.exceptions import NotConfigured

from gongkai.crawler.errors import HostRestingError
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.wire.watching import Watching
from tests.crawler.offline import portal_of, visit_to

HOST = "www.example.gov.cn"


class Watcher:
    def __init__(self) -> None:
        self.calls: list[str] = []

    def begun(self, portal: str, hosts: Any) -> None:
        self.calls.append(f"begun {portal}")

    def ended(self, report: PortalReport) -> None:
        self.calls.append(f"ended {report.portal}")


def crawler_of(visit: Any, slots: dict[str, Slot]) -> Any:
    connected: dict[object, Any] = {}
    signals = SimpleNamespace(connect=lambda receiver, signal: connected.update({signal: receiver}))
    engine = SimpleNamespace(downloader=SimpleNamespace(slots=slots))
    return SimpleNamespace(spider=SimpleNamespace(visit=visit), signals=signals, engine=engine, connected=connected)


def test_portals_begin_and_end_and_hosts_say_what_they_wait_for() -> None:
    visit, watcher = visit_to(portal_of()), Watcher()
    visit.run.watcher = watcher
    slot, idle = Slot(1, 10.0), Slot(1, 10.0)
    request = Request(f"http://{HOST}/a")
    slot.active.add(request)
    slot.lastseen = time.monotonic() - 4
    visit.sent(request.url)
    crawler = crawler_of(visit, {HOST: slot, "idle": idle})
    extension = Watching.from_crawler(crawler)
    for receiver in crawler.connected.values():
        receiver(None)
    assert watcher.calls == [f"begun {visit.portal.id}", f"ended {visit.portal.id}"]

    [state] = extension.hosts()
    assert state.next_in == pytest.approx(6, abs=1)
    assert (state.host, state.state, state.requests) == (HOST, "waiting", 1)
    visit.run.silent_hosts[HOST] = HostRestingError
    assert [state.state for state in extension.hosts()] == ["left alone"]
    slot.transferring.add(request)
    assert [(state.state, state.next_in) for state in extension.hosts()] == [("receiving", None)]
    crawler.engine = None
    assert extension.hosts() == []


def test_without_anybody_who_looks_on_nothing_is_told() -> None:
    visit = visit_to(portal_of())
    visit.run.watcher = None
    with pytest.raises(NotConfigured):
        Watching.from_crawler(crawler_of(visit, {}))
