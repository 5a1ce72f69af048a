"""Portals that share a host are crawled one after the other."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from typing import Any, cast

from gongkai.crawler.portal.shipped import find_portals
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.run import by_shared_host
from gongkai.crawler.visit import Run, Visit


class Reads:
    """How often the hosts of any portal were looked at."""

    count = 0


@dataclasses.dataclass
class Hosts:
    """A portal with nothing but hosts, each counted as it is looked at."""

    names: Sequence[str]
    reads: Reads

    @property
    def hosts(self) -> Iterator[str]:
        for name in self.names:
            self.reads.count += 1
            yield CountedHost.of(name, self.reads)


class CountedHost(str):
    """A host that counts how often it is looked up or compared."""

    reads: Reads

    @classmethod
    def of(cls, name: str, reads: Reads) -> CountedHost:
        host = cls(name)
        host.reads = reads
        return host

    def __hash__(self) -> int:
        self.reads.count += 1
        return super().__hash__()

    def __eq__(self, other: object) -> bool:
        self.reads.count += 1
        return super().__eq__(other)


@dataclasses.dataclass
class HasPortal:
    """What is grouped, with its place in the order given."""

    portal: Any
    number: int


def grouped(*hosts: str) -> list[list[int]]:
    visits = [HasPortal(Hosts(each.split(), Reads()), number) for number, each in enumerate(hosts)]
    return [[visit.number for visit in group] for group in by_shared_host(visits)]


def steps(portals: int, sharing: int) -> int:
    """Looks at hosts where so many of the portals stand on the one before them too."""
    reads = Reads()
    names = [[f"h{number}", *([f"h{number - 1}"] if 0 < number < sharing else [])] for number in range(portals)]
    by_shared_host(cast("list[HasPortal]", [HasPortal(Hosts(each, reads), at) for at, each in enumerate(names)]))
    return reads.count


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
    for few, many in ((steps(200, 0), steps(2000, 0)), (steps(200, 200), steps(2000, 2000))):
        assert many < 15 * few
