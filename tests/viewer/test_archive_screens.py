"""Holdings, the archive, its runs, and what was withdrawn."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest

from gongkai import serving
from gongkai.archive.archive import Archive
from gongkai.archive.verifications import Asked, verify_recorded
from gongkai.viewer.screens import archive
from tests.viewer.conftest import served_at
from tests.viewer.test_application import fetched, opened


@pytest.fixture(scope="module")
def verified(tmp_path_factory: pytest.TempPathFactory, demo_root: Path) -> Iterator[str]:
    """A viewer on a copy of the demonstration that was verified once."""
    root = tmp_path_factory.mktemp("verified") / "archive"
    Archive.open(str(root)).store  # noqa: B018 - makes the folder
    for path in sorted(demo_root.rglob("*")):
        if path.is_file():
            copied = root / path.relative_to(demo_root)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(path.read_bytes())
    assert list(verify_recorded(Archive.open(str(root)), Asked())) == []
    with served_at(root) as address:
        yield address


def rows(address: str) -> list[dict[str, str]]:
    """The rows of a data file."""
    status, text, _ = fetched(address)
    assert status == 200
    return list(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))))


def test_the_map_counts_each_body_once(viewer: str) -> None:
    held = rows(f"{opened(viewer)}/holdings/holdings.csv")

    by_year = {(row["province"], row["year"]): row for row in held}
    assert by_year["河北省", "2025"]["published"] == "3"
    assert int(by_year["河北省", "2025"]["known"]) >= 3
    assert all(
        int(row["known"]) == int(row["published"]) + int(row["missing"])
        and int(row["published"]) == sum(int(row[name]) for name in ("read", "read_in_part", "unreadable"))
        for row in held
    )


def test_a_place_on_the_map_leads_to_its_documents(viewer: str) -> None:
    _, page, _ = fetched(f"{opened(viewer)}/holdings")
    address = re.search(r'shade-[1-4]"><a href="([^"]+)"', page)
    assert address

    status, listed, _ = fetched(viewer + address[1].replace("&amp;", "&"))

    assert status == 200
    assert "<tbody>" in listed


def test_runs_lead_to_what_each_did(viewer: str) -> None:
    base = opened(viewer)
    _, page, _ = fetched(f"{base}/archive")
    runs = re.findall(r'href="([^"]+/run\?run=[^"]+)"', page)

    assert [fetched(viewer + run)[0] for run in runs] == [200] * len(runs)
    assert len(runs) == len(rows(f"{base}/archive/runs.csv")) == 2
    assert fetched(f"{base}/run?run=../../x")[0] == 404
    assert fetched(f"{base}/run")[0] == 404


def test_what_was_verified_shows(verified: str, viewer: str) -> None:
    shares = {row["days"]: row["share_percent"] for row in rows(f"{opened(verified)}/archive/read_within.csv")}

    assert shares["1"] == "100.0"
    assert {row["share_percent"] for row in rows(f"{opened(viewer)}/archive/read_within.csv")} == {"0.0"}
    assert len(rows(f"{opened(verified)}/archive/verifications.csv")) == 1


def test_parts_without_sql_offer_none(viewer: str) -> None:
    base = opened(viewer)
    _, page, _ = fetched(f"{base}/archive")

    assert "/archive/runs.csv" in page
    assert ".sql" not in page
    assert fetched(f"{base}/archive/runs.sql")[0] == 404


@pytest.mark.parametrize("screen", ["start", "documents", "holdings", "archive", "withdrawn"])
def test_headings_are_chinese_on_chinese_pages(viewer: str, screen: str) -> None:
    _, page, _ = fetched(f"{opened(viewer, 'zh')}/{screen}")

    headings = re.findall(r"<th scope=\"col\"[^>]*>([^<]*)<", page)
    assert [heading for heading in headings if re.fullmatch(r"[A-Za-z_ ]+", heading)] == []


def test_many_rows_are_turned_page_by_page(demo_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = [f"portal-{number}" for number in range(5)]
    monkeypatch.setattr(serving, "_portals", lambda _: pa.table({"portal": named}))
    monkeypatch.setattr(archive, "ROWS", 2)
    with served_at(demo_root) as address:
        page = f"{opened(address)}/archive"
        shown, turns = [], []
        for first in ("", "?first=2", "?first=5", "?first=99"):
            _, text, _ = fetched(page + first)
            shown.append(re.findall(r"portal-\d", text))
            turns.append(re.findall(r'rel="(\w+)" href="[^"]*archive([^"]*)"', text))
        held = rows(f"{page}/portals.csv?first=2")

    assert shown == [named[:2], named[2:4], named[4:], named[4:]]
    assert turns[:2] == [[("next", "?first=2")], [("prev", ""), ("next", "?first=4")]]
    assert turns[2:] == [[("prev", "?first=2")]] * 2
    assert [row["portal"] for row in held] == named
