"""How portals are, those that need a look first."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongkai.crawler.portal.health import chosen_portals, portal_states
from gongkai.crawler.report.latest import Latest

NOW = dt.datetime.now(dt.UTC)


def report(days_ago: int, **codes: int | tuple[int, dict[str, int], list[str]]) -> dict[str, Any]:
    finished = (NOW - dt.timedelta(days=days_ago)).isoformat()
    portals = []
    for name, given in codes.items():
        code, failures, kinds = given if isinstance(given, tuple) else (given, {}, [])
        problems = [{"kind": kind, "message": kind, "severity": "error", "url": None} for kind in kinds]
        named = {"portal": name.replace("_", "/"), "finished": finished, "exit_code": code}
        portals.append(named | {"failures": failures, "problems": problems})
    return {"run_id": finished, "exit_code": 0, "finished": finished, "portals": portals}


REPORTS = [
    report(60, hunan_down=0, hunan_old=0),
    report(1, hunan_down=3, hebei_new=(3, {"timeout": 2}, []), hebei_fresh=0),
    report(0, hebei_lacking=(1, {"timeout": 1}, ["site_changed", "site_changed", "timeout"])),
]


def test_the_worst_are_first_each_with_what_failed_and_what_differs() -> None:
    portals = portal_states(Latest.of_reports(REPORTS))
    assert [(portal.id, portal.state) for portal in portals] == [
        ("hunan/down", "failing"),
        ("hebei/new", "never-read-whole"),
        ("hunan/old", "due"),
        ("hebei/lacking", "fresh"),
        ("hebei/fresh", "fresh"),
    ]
    assert [portal.is_well for portal in portals] == [False, False, False, False, True]
    lacking = portals[3]
    assert (lacking.failures, lacking.drift) == ({"timeout": 1}, {"site_changed": 2})


def test_portals_are_chosen_by_name_problem_and_state() -> None:
    portals = portal_states(Latest.of_reports(REPORTS))

    def ids(*criteria: list[str]) -> list[str]:
        return [portal.id for portal in chosen_portals(portals, *criteria)]

    assert ids(["hunan/"], [], []) == ["hunan/down", "hunan/old"]
    assert ids(["hunan", "hebei/new"], [], []) == ["hebei/new"]
    assert ids([], ["timeout"], []) == ["hebei/new", "hebei/lacking"]
    assert ids([], ["site_changed", "timeout"], ["fresh"]) == ["hebei/lacking"]
    assert len(ids([], [], [])) == 5
