"""Every shipped portal file is understood, and says what it must of itself."""

from __future__ import annotations

import collections
import itertools
from pathlib import Path

import pytest
import yaml

from gongkai.crawler.errors import PortalFileError
from gongkai.crawler.portal.file import Portal
from gongkai.crawler.portal.shipped import PROVINCE_FOLDERS, check_portals, find_portals, portal_files
from gongkai.vocabulary.divisions import division, divisions, locate

SEEDS = ("hebei/caofeidian", "hebei/qinglong", "hebei/shuangqiao", "henan/jiyuan", "hebei/haigang")
"""The places of the first documents."""


def test_every_file_is_understood() -> None:
    assert check_portals() == []
    assert len(portal_files()) >= 55
    assert set(SEEDS) < set(portal_files())


@pytest.mark.parametrize("portal", find_portals(), ids=lambda portal: portal.id)
def test_a_shipped_portal_is_public_polite_and_says_where_its_facts_come_from(portal: Portal) -> None:
    assert not portal.allow_loopback
    assert portal.delay_seconds is None or portal.delay_seconds >= 1
    notes = portal.notes or ""
    assert portal.verified or len(notes) >= 80, "an unverified portal says where its facts come from"
    for host in portal.hosts:
        assert host.endswith(".gov.cn") or "gov.cn name" in notes, "another domain is remarked on"


@pytest.mark.parametrize("portal", find_portals(), ids=lambda portal: portal.id)
def test_a_portal_lies_where_its_division_does(portal: Portal) -> None:
    place = division(portal.division_code)
    assert place is not None
    assert place.valid_to is None, "a division of the present"
    assert portal.id.startswith(f"{PROVINCE_FOLDERS[portal.division_code[:2]]}/")
    if portal.site_id_code:
        assert portal.site_id_code.startswith(portal.division_code)
    named = locate(portal.name).division
    assert named is None or place.contains(named) or named.contains(place)


def test_names_of_one_place_are_names_of_one_division() -> None:
    """`foshan` and `foshan-fscz` are in 佛山: what stands before the hyphen names the division."""
    codes: dict[str, set[str]] = collections.defaultdict(set)
    for portal in find_portals():
        if "-" in portal.id:
            codes[portal.id.partition("-")[0]].add(portal.division_code)
    for portal in find_portals():
        if portal.id in codes:
            codes[portal.id].add(portal.division_code)
    assert {place: found for place, found in codes.items() if len(found) > 1} == {}


def test_no_two_portals_begin_at_one_address_and_a_shared_host_is_remarked_on() -> None:
    portals = find_portals()
    addresses = collections.Counter(start.url for portal in portals for start in portal.start_urls)
    assert [url for url, count in addresses.items() if count > 1] == []
    for one, other in itertools.combinations(portals, 2):
        if one.hosts & other.hosts:
            notes = f"{one.notes} {other.notes}"
            assert one.id in notes or other.id in notes, (one.id, other.id)


def test_every_province_of_the_mainland_has_a_folder_name() -> None:
    provinces = {place.code[:2] for place in divisions() if place.level == "province" and place.valid_to is None}
    assert provinces - set(PROVINCE_FOLDERS) == {"71", "81", "82"}  # 台湾, 香港, 澳门 publish under laws of their own
    assert len(set(PROVINCE_FOLDERS.values())) == len(PROVINCE_FOLDERS) == 31


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"division_code": "130999"}, "division_code is '130999'; GB/T 2260 has no such division"),
        ({"division_code": "430100"}, "division_code '430100' lies in 'hunan'; the id is 'hebei/caofeidian'"),
        ({"id": "hebei/other"}, "id is 'hebei/other'; its place under portals/ makes it 'hebei/caofeidian'"),
    ],
)
def test_a_shipped_file_in_the_wrong_place_is_refused(
    changes: dict[str, str], complaint: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = portal_files()["hebei/caofeidian"]
    values = {**yaml.safe_load(path.read_text(encoding="utf-8")), **changes}
    copy = tmp_path / "caofeidian.yaml"
    copy.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    monkeypatch.setattr("gongkai.crawler.portal.shipped.portal_files", lambda: {"hebei/caofeidian": copy})
    [error] = check_portals()
    assert isinstance(error, PortalFileError)
    assert complaint in str(error)
