"""Every shipped portal file is understood, and says what it must of itself."""

from __future__ import annotations

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader
from scrapy.utils.misc import load_object

from crawler import settings
from crawler.families import FAMILIES
from crawler.portal import Portal, check_portals, find_portals, portal_files
from crawler.report import PortalReport
from crawler.run import by_shared_host
from crawler.visit import Run, Visit


def test_every_file_is_understood() -> None:
    assert check_portals() == []
    assert len(portal_files()) >= 4


@pytest.mark.parametrize("portal", find_portals(), ids=lambda portal: portal.id)
def test_a_shipped_portal_is_public_and_polite(portal: Portal) -> None:
    assert not portal.allow_loopback
    assert portal.delay_seconds is None or portal.delay_seconds >= 1
    assert all(host.endswith(".gov.cn") for host in portal.hosts)
    assert portal.notes or portal.verified, "an unverified portal says where its facts come from"


def test_every_family_has_its_spider_and_scrapy_finds_it() -> None:
    project = Settings()
    project.setmodule(settings)
    assert SpiderLoader.from_settings(project).list() == sorted(FAMILIES)
    for name, family in FAMILIES.items():
        assert load_object(family.spider).name == name


def test_portals_that_share_a_host_wait_for_each_other() -> None:
    portals = find_portals(["fujian/fuzhou", "guangdong/foshan"])
    run = Run.__new__(Run)
    visits = [Visit(run=run, portal=portal, report=PortalReport(portal=portal.id)) for portal in [*portals, *portals]]
    groups = by_shared_host(visits)
    assert [[visit.portal.id for visit in group] for group in groups] == [
        ["fujian/fuzhou"] * 2,
        ["guangdong/foshan"] * 2,
    ]
