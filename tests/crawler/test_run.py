"""Portals that share a host are crawled one after the other."""

from __future__ import annotations

from gongkai.crawler.portal.shipped import find_portals
from gongkai.crawler.report.counts import PortalReport
from gongkai.crawler.run import by_shared_host
from gongkai.crawler.visit import Run, Visit


def test_portals_that_share_a_host_wait_for_each_other() -> None:
    portals = find_portals(["fujian/fuzhou", "guangdong/foshan"])
    run = Run.__new__(Run)
    visits = [Visit(run=run, portal=portal, report=PortalReport(portal=portal.id)) for portal in [*portals, *portals]]
    groups = by_shared_host(visits)
    assert [[visit.portal.id for visit in group] for group in groups] == [
        ["fujian/fuzhou"] * 2,
        ["guangdong/foshan"] * 2,
    ]
