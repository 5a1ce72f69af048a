"""Rows of the registry: read strictly, found by name, laid over by a group's own."""

from __future__ import annotations

import dataclasses
import datetime as dt
from pathlib import Path

import pytest

from gongkai.crawler.errors import RegistryError, UnknownPlaceError
from gongkai.crawler.registry.places import (
    Place,
    State,
    as_csv,
    describes,
    find_places,
    known_places,
    read_places,
    without_file,
)
from gongkai.crawler.registry.portals import portal_of
from gongkai.crawler.report.latest import Latest
from gongkai.vocabulary.divisions import division

DAY = dt.date(2026, 11, 1)
QINGXIAN = Place(
    place="河北省/沧州市/青县",
    division_code="130922",
    level="county",
    url="http://a.gov.cn/",
    source="s",
    source_date=DAY,
)


def test_the_shipped_registry_is_whole_and_names_real_divisions() -> None:
    places = known_places()
    assert len(places) == 3215
    assert all(division(row.division_code) for row in places)
    assert all(row.url for row in places if row.state is not State.NONE_KNOWN)
    assert {row.province for row in places} >= {"北京市", "西藏自治区", "新疆维吾尔自治区"}


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "registry.csv"
    rows = [QINGXIAN, Place(place="河北省", division_code="130000", level="province", state=State.NONE_KNOWN)]
    file.write_text(as_csv(rows), encoding="utf-8")
    assert read_places(file) == rows[::-1]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a,b\n", "its columns"),
        (as_csv([QINGXIAN]).replace("unverified", "fine"), "line 2"),
        (as_csv([QINGXIAN, QINGXIAN]), "more than once"),
    ],
)
def test_a_faulty_registry_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "registry.csv").write_text(text, encoding="utf-8")
    with pytest.raises(RegistryError, match=reason):
        read_places(tmp_path / "registry.csv")


def test_places_are_found_by_as_much_of_their_name_as_is_needed() -> None:
    places = known_places()
    assert find_places(places, "沧州市/青县") == find_places(places, "青县")
    assert len(find_places(places, "沧州市/")) > 10
    with pytest.raises(UnknownPlaceError, match="2 places are named '朝阳区': 北京市/朝阳区"):
        find_places(places, "朝阳区")
    with pytest.raises(UnknownPlaceError, match="the closest are"):
        find_places(places, "清县")


def test_ones_own_rows_lie_over_the_shipped_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "registry.csv").write_text(as_csv([QINGXIAN]), encoding="utf-8")
    monkeypatch.setenv("GONGKAI_PORTALS", str(tmp_path))
    assert find_places(known_places(), "青县") == [QINGXIAN]
    assert len(known_places()) == 3215


def replaced(place: Place, **values: object) -> Place:
    return Place(**{name: getattr(place, name) for name in Place.__dataclass_fields__} | values)


def test_a_zone_is_not_described_by_the_portal_of_the_division_it_lies_in() -> None:
    portal = portal_of(dataclasses.replace(QINGXIAN, url="http://x.gov.cn/"), Latest({}))
    zone = dataclasses.replace(QINGXIAN, place="河北省/沧州市/青县/开发区", url="http://zone.gov.cn/")
    assert without_file([QINGXIAN, zone], [portal]) == [zone]
    assert (describes(portal, QINGXIAN), describes(portal, zone)) == (True, False)
    assert without_file([dataclasses.replace(zone, url="http://x.gov.cn/zone/")], [portal]) == []
