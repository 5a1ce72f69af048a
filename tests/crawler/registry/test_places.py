"""Rows of the registry: read strictly, found by name, laid over by a group's own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gongkai.crawler.errors import RegistryError, UnknownPlaceError
from gongkai.crawler.registry.adoption import adopted
from gongkai.crawler.registry.importing import contradictions, merged, read_list
from gongkai.crawler.registry.places import Place, State, as_csv, find_places, known_places, read_places
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


def listed(folder: Path, *rows: str) -> Path:
    file = folder / "list.tsv"
    file.write_text("\n".join(["province\tcity\tcounty\tbudget_url\treachable", *rows]), encoding="utf-8")
    return file


def test_a_list_becomes_unverified_rows(tmp_path: Path) -> None:
    file = listed(
        tmp_path, "河北省\t沧州市\t青县\thttp://b.gov.cn/\tno", "新疆维吾尔自治区\t新疆生产建设兵团\t石河子市\t\t"
    )
    county, without = read_list(file, "s", DAY)
    assert (county.place, county.division_code, county.state) == ("河北省/沧州市/青县", "130922", State.UNVERIFIED)
    assert county.reason == "reachable no"
    assert (without.division_code, without.state) == ("659001", State.NONE_KNOWN)


@pytest.mark.parametrize("row", ["火星\t\t\thttp://a/\t", "河北省\t\t\tftp://a/\t", "\t\t\thttp://a/\t"])
def test_a_row_that_is_not_understood_is_refused(tmp_path: Path, row: str) -> None:
    with pytest.raises(RegistryError, match="line 2"):
        read_list(listed(tmp_path, row), "s", DAY)


def replaced(place: Place, **values: object) -> Place:
    return Place(**{name: getattr(place, name) for name in Place.__dataclass_fields__} | values)


def test_an_import_keeps_what_was_verified_and_names_contradictions() -> None:
    seen = replaced(QINGXIAN, state=State.VERIFIED, since=DAY, reason="12 rows")
    newer = replaced(QINGXIAN, url="http://b.gov.cn/", source="t", source_date=dt.date(2026, 12, 1))
    [kept] = merged([seen], [newer])
    assert (kept.url, kept.state) == (seen.url, State.VERIFIED)
    assert list(contradictions([kept])) == [kept]
    assert kept.contradicted_by == "http://b.gov.cn/ (t, 2026-12-01)"
    [taken] = merged([QINGXIAN], [newer])
    assert (taken.url, taken.contradicted_by) == ("http://b.gov.cn/", "http://a.gov.cn/ (s, 2026-11-01)")
    assert merged([QINGXIAN], [QINGXIAN]) == [QINGXIAN]


def test_results_are_adopted_unless_older_or_of_another_address() -> None:
    found = replaced(QINGXIAN, state=State.VERIFIED, since=DAY, reason="12 rows")
    adoption = adopted([QINGXIAN], [found])
    assert (adoption.rows, adoption.changed, adoption.refused) == ([found], [found], [])
    older = replaced(found, state=State.BROKEN, since=dt.date(2026, 10, 1))
    elsewhere = replaced(found, url="http://c.gov.cn/")
    again = adopted([found], [older, elsewhere, QINGXIAN])
    assert (again.rows, again.changed) == ([found], [])
    assert [reason.split(" ")[0] for _, reason in again.refused] == ["the", "it", "nothing"]
