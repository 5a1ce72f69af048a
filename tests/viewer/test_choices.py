"""Of a whole country a province is chosen first, and a page without a year says which it shows."""

from __future__ import annotations

import html
import re
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

import gongkai
from gongkai.archive.directory_store import DirectoryStore
from gongkai.viewer.screens import choices
from tests.queries.small_lake import write_lake
from tests.viewer.conftest import served_at
from tests.viewer.test_application import fetched, opened

SCREENS = ("place", "department", "projects", "three_public", "documents", "function", "source")


@pytest.fixture
def large(demo_root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A viewer of a lake that is too large to be shown at once."""
    monkeypatch.setitem(choices.MOST, "documents", 1)
    with served_at(demo_root) as address:
        yield opened(address)


def asked(base: str, screen: str, **parameters: object) -> str:
    status, page, _ = fetched(f"{base}/{screen}?{urllib.parse.urlencode(parameters)}")
    assert status == 200
    return html.unescape(page)


@pytest.mark.parametrize("screen", SCREENS)
def test_of_a_whole_country_a_province_is_chosen(large: str, screen: str) -> None:
    page = asked(large, screen, code="201", year=2025, fund="general")
    (chosen,) = re.findall(r'<li><a href="([^"]*)">河北省</a> · \d+ documents', page)

    assert "Choose a province" in page
    assert urllib.parse.parse_qs(urllib.parse.urlsplit(chosen).query)["year"] == ["2025"]
    assert "Choose a province" not in html.unescape(fetched(large[: large.index("/en/")] + chosen)[1])


def test_the_provinces_are_told_in_chinese_and_as_data(large: str) -> None:
    assert "选择省份" in asked(large.replace("/en/", "/zh/"), "projects")
    assert "河北省," in fetched(f"{large}/projects/provinces.csv")[1]


def test_documents_of_no_province_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(choices.MOST, "documents", 1)
    write_lake(DirectoryStore(tmp_path))  # three documents of Hebei, one of Henan, and one that tells nothing of itself
    with served_at(tmp_path) as address:
        page = asked(opened(address), "documents")

    assert re.findall(r"<li><a [^>]*>(\S+)</a> · (\d) documents", page) == [("河北省", "3"), ("河南省", "1")]
    assert "tell no province are on none of these pages: 1." in page


def test_a_whole_country_is_not_listed_for_comparing(large: str) -> None:
    assert re.findall(r'<option value="([^"]*)"></option>', asked(large, "compare")) == ["河北省", "河南省"]


def test_a_small_lake_is_shown_whole(viewer: str) -> None:
    assert "Choose a province" not in asked(opened(viewer), "projects")


def test_a_function_without_a_year_says_which_it_shows(viewer: str, demo_root: Path) -> None:
    base = opened(viewer)
    with gongkai.open(str(demo_root)) as lake:
        rows = lake.query("function_across_departments", code="208", place="河北省").arrow().to_pylist()
    newest = max(row["year"] for row in rows)
    page, of_year = asked(base, "function", code="208", place="河北省"), f"{newest}</h1>"

    assert of_year in page
    assert page.count("/document?") == sum(row["year"] == newest for row in rows)
    assert f"{newest - 1}</h1>" in asked(base, "function", code="208", place="河北省", year=newest - 1)


def test_the_newest_year_is_one_that_has_rows(viewer: str, demo_root: Path) -> None:
    """A place whose newest year has no line of a code shows the newest that has one."""
    with gongkai.open(str(demo_root)) as lake:
        rows = lake.sql("SELECT DISTINCT year, left(function_code, 3) AS code FROM function_leaves").arrow().to_pylist()
    newest = max(row["year"] for row in rows)
    of_newest = {row["code"] for row in rows if row["year"] == newest}
    code, year = max((row["code"], row["year"]) for row in rows if row["code"] not in of_newest)

    assert f"{year}</h1>" in asked(opened(viewer), "function", code=code)


@pytest.mark.parametrize(("screen", "rows"), [("projects", "projects"), ("documents", "documents")])
def test_of_a_large_place_one_year_is_shown(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch, screen: str, rows: str
) -> None:
    monkeypatch.setitem(choices.MOST, "documents", 2)
    with served_at(demo_root) as address, gongkai.open(str(demo_root)) as lake:
        base = opened(address)
        page = asked(base, screen, place="河北省")
        years = lake.sql(
            f"SELECT p.year, count(*) AS rows FROM {rows} AS p JOIN documents AS d"  # noqa: S608 - names of our own
            f" ON d.sha256 = p.{'sha256' if rows == 'documents' else 'document_sha256'}"
            " WHERE d.province = '河北省' AND NOT is_government(d.level) AND p.year IS NOT NULL"
            " GROUP BY ALL ORDER BY p.year DESC"
        ).fetchall()
        (newest, count), (earlier, _) = years[:2]
        data = fetched(f"{base}/{screen}/{rows}.csv?{urllib.parse.urlencode({'place': '河北省'})}")[1]

        (undated,) = lake.sql("SELECT count(*) FROM documents WHERE province = '河北省' AND year IS NULL").fetchall()[0]

        assert f"this is {newest}." in page
        assert (f"on none of these pages: {undated}." in page) == (undated > 0)
        assert len(data.splitlines()) == count + 1
        assert f"this is {earlier}." in asked(base, screen, place="河北省", year=earlier)
        assert f"year={earlier}" in page


def test_years_are_chosen_of_large_places_alone(viewer: str) -> None:
    assert "this is 20" not in asked(opened(viewer), "documents", place="河北省")
