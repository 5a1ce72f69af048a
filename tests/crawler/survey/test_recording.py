"""Recorded pages are read as a person agreed, and every change is told."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
import yaml

from gongkai.crawler.errors import PortalFileError
from gongkai.crawler.portal.file import load_portal
from gongkai.crawler.survey.proposal import Wishes, propose
from gongkai.crawler.survey.proposed_file import as_yaml
from gongkai.crawler.survey.recorded_page import RecordedPage
from gongkai.crawler.survey.recording import EXPECTED, differences, portal_file_of, record, recordings

TODAY = dt.date(2026, 3, 1)


def column(*, name: str = "某市人民政府", code: str = "4301000052", more: str = "", kind: str = "ColumnName") -> bytes:
    return f"""<html><head><title>部门预算</title><meta name="SiteName" content="{name}">
    <meta name="SiteIDCode" content="{code}"><meta name="{kind}" content="部门预决算"></head><body>
    <ul><li><a href="./202602/t20260209_1.html">某市某局2026年部门预算</a><span>2026-02-09</span></li>
    <li><a href="./202602/t20260208_2.html">某市另局2026年部门预算</a><span>2026-02-08</span></li></ul>{more}</body>
    """.encode()


def page(body: bytes, url: str = "http://www.example.gov.cn/yjs/index.html") -> RecordedPage:
    return RecordedPage.received(url, body)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """A recorded column and one of its articles."""
    body = column(more='<script>createPageHTML(3, 0, "index", "html");</script>')
    article = """<html><head><meta name="ArticleTitle" content="某市某局2026年部门预算"><meta name="PubDate"
        content="2026-2-9 17:25:23"></head><body><p>公开如下。</p><a href="./P020260209.pdf">预算.pdf</a></body>"""
    pages = [
        page(body),
        RecordedPage.received("http://www.example.gov.cn/yjs/202602/t20260209_1.html", article.encode()),
    ]
    file = tmp_path / "portals" / "hunan" / "example.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(as_yaml(propose(pages, TODAY, Wishes())), encoding="utf-8")
    folder = tmp_path / "tests" / "recorded" / "hunan_example"
    written = record(folder, file, load_portal(file), pages, TODAY)
    assert [path.name for path in written.paths] == [
        "1-listing.html", "2-article.html", "expected.yaml", "test_hunan_example.py",
    ]  # fmt: skip
    return folder


def test_a_recording_says_what_its_family_reads(recording: Path) -> None:
    expected = yaml.safe_load((recording / EXPECTED).read_text(encoding="utf-8"))
    assert expected["portal"] == "../../../portals/hunan/example.yaml"
    listing, article = (entry["reads"] for entry in expected["pages"])
    assert (listing["rows"], listing["pages"]) == (2, 3)
    assert listing["first_rows"][0]["title"] == "某市某局2026年部门预算"
    assert listing["next_pages"] == ["http://www.example.gov.cn/yjs/index_1.html"]
    assert (article["title"], article["published_on"]) == ("某市某局2026年部门预算", dt.date(2026, 2, 9))
    assert article["files"][0]["url"] == "http://www.example.gov.cn/yjs/202602/P020260209.pdf"
    assert differences(recording) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("1-listing.html", "2026-02-09", "2026-02-19", "first_rows reads"),
        ("1-listing.html", "createPageHTML(3", "createPageHTML(4", "pages reads 4; 3 is expected"),
        ("2-article.html", "P020260209.pdf", "P020260210.pdf", "files reads"),
        ("1-listing.html", "2026-02-09", "2026-02-19", "1-listing.html: sha256"),
        ("expected.yaml", "rows: 2", "rows: 3", "rows reads 2; 3 is expected"),
        ("../../../portals/hunan/example.yaml", "pager_base: 0", "pager_base: 1", "next_pages reads .*index_2"),
    ],
)
def test_whatever_changes_is_told(recording: Path, name: str, old: str, new: str, told: str) -> None:
    path = recording / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    assert any(re.search(told, difference) for difference in differences(recording))


def test_a_page_that_is_no_listing_of_the_family_is_recorded_as_refused(tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    wishes = Wishes(family="hebei", division_code="130100")
    empty = column(code="1301000001", name="石家庄市人民政府").replace(b"href", b"rel")
    pages = [page(empty)]
    file.write_text(as_yaml(propose(pages, TODAY, wishes)), encoding="utf-8")
    record(tmp_path / "recording", file, load_portal(file), pages, TODAY)
    expected = yaml.safe_load((tmp_path / "recording" / EXPECTED).read_text(encoding="utf-8"))
    assert "names no block" in expected["pages"][0]["reads"]["refused"]
    assert differences(tmp_path / "recording") == []


def test_a_family_that_finds_nothing_falls_back_to_the_rows_shown_and_says_so(tmp_path: Path) -> None:
    file = tmp_path / "example.yaml"
    pages = [page(column(code="1301000001", name="石家庄市人民政府"))]
    file.write_text(as_yaml(propose(pages, TODAY, Wishes(family="hebei", division_code="130100"))), encoding="utf-8")
    record(tmp_path / "recording", file, load_portal(file), pages, TODAY)
    reads = yaml.safe_load((tmp_path / "recording" / EXPECTED).read_text(encoding="utf-8"))["pages"][0]["reads"]
    assert (reads["rows"], reads["problems"]) == (2, ["family_fell_back"])


@pytest.mark.parametrize("text", ["", "pages: []", "[", "portal: x.yaml\npages: 3"])
def test_a_recording_that_cannot_be_read_is_an_error(recording: Path, text: str) -> None:
    (recording / EXPECTED).write_text(text, encoding="utf-8")
    with pytest.raises(PortalFileError):
        differences(recording)


def test_a_recording_is_never_overwritten(recording: Path) -> None:
    file = recording / "../../../portals/hunan/example.yaml"
    with pytest.raises(FileExistsError):
        record(recording, file, load_portal(file), [page(column())], TODAY)


def test_a_page_that_the_expectation_forgot_is_told(recording: Path) -> None:
    (recording / "3-listing.html").write_bytes(b"<html>")
    assert differences(recording) == ["3-listing.html: it is a page of which expected.yaml says nothing."]


def test_recordings_are_found_below_a_folder_with_the_portals_they_are_of(recording: Path, tmp_path: Path) -> None:
    assert recordings(tmp_path) == [recording]
    assert portal_file_of(recording) == tmp_path / "portals" / "hunan" / "example.yaml"
    (recording / EXPECTED).write_text("[", encoding="utf-8")
    assert recordings(tmp_path) == [recording], "a broken one is not passed over"
    with pytest.raises(PortalFileError, match="cannot be read"):
        portal_file_of(recording)
