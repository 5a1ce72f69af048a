"""Portals made of registry rows."""

from __future__ import annotations

import dataclasses

import pytest

from gongkai.crawler.errors import UnknownPlaceError
from gongkai.crawler.portal.file import PORTAL_ID
from gongkai.crawler.registry.portals import learnt_minimum, portal_of
from gongkai.crawler.report.latest import Latest
from tests.crawler.registry.test_places import QINGXIAN


def test_a_place_becomes_a_portal_of_its_province() -> None:
    portal = portal_of(QINGXIAN, Latest({}))
    assert (portal.id, portal.name, portal.division_code) == ("hebei/130922-a-gov-cn", QINGXIAN.place, "130922")
    assert PORTAL_ID.fullmatch(portal.id)
    with pytest.raises(UnknownPlaceError, match="no address"):
        portal_of(dataclasses.replace(QINGXIAN, url=""), Latest({}))


def test_expectations_are_learnt_from_the_last_whole_crawl() -> None:
    days: list[int] = []

    def report(documents: int, code: int = 0, **values: object) -> dict[str, object]:
        days.append(documents)
        finished = f"2026-01-{len(days):02d}"
        return {"portals": [{"portal": "a", "finished": finished, "exit_code": code, "documents": documents, **values}]}

    assert learnt_minimum("a", Latest.of_reports([])) is None
    assert learnt_minimum("a", Latest.of_reports([report(100), report(10, 3), report(5, limit_reached=True)])) == 80
    assert learnt_minimum("a", Latest.of_reports([report(100), report(50)])) == 40
    assert learnt_minimum("b", Latest.of_reports([report(100)])) is None
