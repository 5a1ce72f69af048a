"""The pages of a place as files: whole, linked, and asking nobody."""

from __future__ import annotations

import html
import re
import urllib.parse
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.lake import connect
from gongkai.serving import shown_of
from gongkai.viewer.site import SiteRefusedError, write_site
from gongkai.viewer.site_files import Scope
from tests.viewer.test_application import fetched, opened

pytestmark = pytest.mark.slow

PLACE = "河北省/唐山市"


def exported(demo_root: Path, folder: Path, scope: Scope) -> int:
    archive = Archive.open(str(demo_root))
    with connect(archive.store) as lake:
        return write_site(shown_of(archive, None), lake, DirectoryStore(folder), scope, lambda _: None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, demo_root: Path) -> Path:
    """The site of one place of the demonstration."""
    folder = tmp_path_factory.mktemp("site") / "site"
    exported(demo_root, folder, Scope(PLACE, languages=("en",)))
    return folder


def links(page: Path) -> list[str]:
    found = re.findall(r'(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8"))
    return [html.unescape(address) for address in found]


def test_every_link_leads_to_a_file(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    broken = [
        (page.relative_to(site).as_posix(), address)
        for page in pages
        for address in links(page)
        if not address.startswith("#")
        and not (page.parent / urllib.parse.unquote(address.partition("#")[0])).resolve().is_file()
    ]

    assert len(pages) > 10
    assert broken == []


def test_nothing_names_a_server(site: Path) -> None:
    assert [
        address
        for page in site.rglob("*.html")
        for address in links(page)
        if address.startswith("/") or "://" in address
    ] == []
    assert not any("<form" in page.read_text(encoding="utf-8") for page in site.rglob("*.html"))


def test_an_anchor_is_on_the_page_it_leads_to(site: Path) -> None:
    anchors = [(page, address) for page in site.rglob("*.html") for address in links(page) if "#cell-" in address]

    assert anchors
    for page, address in anchors:
        file, _, anchor = address.partition("#")
        target = (page.parent / urllib.parse.unquote(file)).resolve()
        assert f'id="{anchor}"' in target.read_text(encoding="utf-8")


def test_data_are_those_of_the_server(site: Path, viewer: str) -> None:
    (written,) = site.glob("data/documents/河北省-唐山市-??????????/documents.csv")
    place = urllib.parse.quote(PLACE)

    _, served, _ = fetched(f"{opened(viewer)}/documents/documents.csv?place={place}")

    assert written.read_text(encoding="utf-8").splitlines() == served.splitlines()


def test_another_place_is_not_linked(site: Path) -> None:
    pages = {page.relative_to(site).as_posix() for page in site.rglob("*.html")}

    assert not any("秦皇岛" in name for name in pages)


def test_a_browser_shows_it_without_a_server(site: Path, browser: Browser) -> None:
    page = browser.new_page()
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    page.on("request", lambda request: None if request.url.startswith("file://") else errors.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.wait_for_url("**/start/**")
    page.get_by_role("link", name="Documents", exact=True).click()
    page.locator("tbody a").first.click()
    assert page.locator("h1").inner_text() != ""
    assert page.evaluate("getComputedStyle(document.querySelector('header')).display") == "flex"
    page.close()
    assert errors == []


def test_a_site_is_written_anew_in_its_place_and_nothing_else(tmp_path: Path, demo_root: Path) -> None:
    folder = tmp_path / "site"
    scope = Scope("河北省/秦皇岛市/海港区", languages=("zh",))
    pages = exported(demo_root, folder, scope)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / "zh" / "left-over.html").write_text("x")
    (folder / "UNFINISHED").write_text("x")

    assert exported(demo_root, folder, scope) == pages
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_a_folder_of_something_else_is_refused(tmp_path: Path, demo_root: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")

    with pytest.raises(SiteRefusedError, match=r"mine\.txt"):
        exported(demo_root, tmp_path, Scope(PLACE))
    assert (tmp_path / "mine.txt").read_text() == "x"


@pytest.mark.parametrize(("place", "told"), [("唐山", "such as '河北省/唐山市"), ("西藏自治区", "nothing is held")])
def test_a_place_is_told_from_its_province_on(tmp_path: Path, demo_root: Path, place: str, told: str) -> None:
    with pytest.raises(SiteRefusedError, match=told):
        exported(demo_root, tmp_path / "site", Scope(place))
