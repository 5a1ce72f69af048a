"""Portals are found by id and by path, and misspelt ids are answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.crawler.errors import UnknownPortalError
from gongkai.crawler.portal.schedule import Schedule
from gongkai.crawler.portal.shipped import find_portals, schedules

NEEDED = """\
id: hunan/changsha
name: 长沙市人民政府
family: trs
division_code: "430100"
start_urls: [https://www.changsha.gov.cn/x/]
verified: unverified
"""
Write = Callable[[str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "portal.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return written


def test_portals_are_found_by_id_and_by_path(write: Write) -> None:
    assert [portal.id for portal in find_portals(["guangdong/foshan", "fujian/fuzhou", "guangdong/foshan"])] == [
        "guangdong/foshan",
        "fujian/fuzhou",
    ]
    assert [portal.id for portal in find_portals([str(write(NEEDED))])] == ["hunan/changsha"]


@pytest.mark.parametrize(("wrong", "close"), [("foshan", "guangdong/foshan"), ("fujian/fuzhuo", "fujian/fuzhou")])
def test_a_wrong_name_is_answered_with_the_closest(wrong: str, close: str) -> None:
    with pytest.raises(UnknownPortalError, match=f"{wrong!r}; the closest are .*{close}"):
        find_portals([wrong])


def test_schedules_are_read_from_the_files_that_state_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stated = {portal.id: portal.schedule for portal in find_portals() if portal.schedule != Schedule()}
    assert {name: schedule for name, schedule in schedules().items() if schedule != Schedule()} == stated
    folder = tmp_path / "hunan"
    folder.mkdir()
    (folder / "changsha.yaml").write_text(f"{NEEDED}schedule: {{budgets: 1}}\n", encoding="utf-8")
    (folder / "broken.yaml").write_text("[", encoding="utf-8")
    monkeypatch.setenv("GONGKAI_PORTALS", str(tmp_path))
    assert schedules()["hunan/changsha"].budgets == 1
