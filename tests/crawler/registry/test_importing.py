"""Lists of other people become unverified rows, and never undo what was verified."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from gongkai.crawler.errors import RegistryError
from gongkai.crawler.registry.importing import contradictions, merged, read_list
from gongkai.crawler.registry.places import State
from tests.crawler.registry.test_places import DAY, QINGXIAN, replaced


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
