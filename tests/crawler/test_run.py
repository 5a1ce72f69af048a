"""Portals that share a host are crawled one after the other."""

from __future__ import annotations

import dataclasses
import sys
import types
from collections.abc import Sequence
from typing import Any

from gongkai.crawler.portal.shipped import find_portals
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.run import by_shared_host
from gongkai.crawler.visit import Run, Visit


@dataclasses.dataclass
class Hosts:
    """A portal with nothing but hosts."""

    hosts: Sequence[str]


@dataclasses.dataclass
class HasPortal:
    """What is grouped, with its place in the order given."""

    portal: Any
    number: int


def grouped(*hosts: str) -> list[list[int]]:
    visits = [HasPortal(Hosts(each.split()), number) for number, each in enumerate(hosts)]
    return [[visit.number for visit in group] for group in by_shared_host(visits)]


def steps(portals: int, sharing: int) -> int:
    """Instructions run where so many of the portals stand on the host of the one before them too."""
    names = [[f"h{number}", *([f"h{number - 1}"] if 0 < number < sharing else [])] for number in range(portals)]
    visits = [HasPortal(Hosts(each), number) for number, each in enumerate(names)]
    count = 0

    def counted(frame: types.FrameType, event: str, _argument: object) -> Any:
        nonlocal count
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return counted

    before = sys.gettrace()
    sys.settrace(counted)
    try:
        by_shared_host(visits)
    finally:
        sys.settrace(before)
    return count


def test_portals_that_share_a_host_wait_for_each_other() -> None:
    portals = find_portals(["fujian/fuzhou", "guangdong/foshan"])
    run = Run.__new__(Run)
    visits = [Visit(run=run, portal=portal, report=PortalReport(portal=portal.id)) for portal in [*portals, *portals]]
    groups = by_shared_host(visits)
    assert [[visit.portal.id for visit in group] for group in groups] == [
        ["fujian/fuzhou"] * 2,
        ["guangdong/foshan"] * 2,
    ]


def test_a_portal_of_two_hosts_joins_all_that_stand_on_either_in_the_order_given() -> None:
    assert grouped("a", "b", "c", "b a", "d", "c") == [[0, 1, 3], [2, 5], [4]]
    assert grouped("a b", "c d", "e f", "d e", "f a") == [[0, 1, 2, 3, 4]]


def test_grouping_ten_times_as_many_portals_takes_hardly_more_than_ten_times_the_steps() -> None:
    for few, many in ((steps(100, 0), steps(1000, 0)), (steps(100, 100), steps(1000, 1000))):
        assert many < 15 * few
