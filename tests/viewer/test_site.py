"""The pages of a place as files: whole, linked, and asking nobody."""

from __future__ import annotations

import csv
import html
import io
import re
import urllib.parse
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

import gongkai
from gongkai.archive.archive import Archive
from gongkai.archive.directory_store import DirectoryStore
from gongkai.queries.connection import LakeConnection
from gongkai.queries.full_text.compared import words_of
from gongkai.queries.full_text.finding import Question as Asked
from gongkai.queries.full_text.search import search
from gongkai.queries.lake import connect
from gongkai.queries.sql_guard import run
from gongkai.serving import shown_of
from gongkai.viewer import site as site_module
from gongkai.viewer import site_search
from gongkai.viewer.screens import contradictions
from gongkai.viewer.site import Compared, SiteRefusedError, write_site
from gongkai.viewer.site_files import Scope, Site, SiteAddresses, Target
from gongkai.viewer.view import View
from tests.viewer.test_application import fetched, opened

pytestmark = pytest.mark.slow

PLACE = "河北省/唐山市"
BROKEN = "河北省/秦皇岛市"
"""A place whose documents contradict themselves."""


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


@pytest.fixture(scope="module")
def broken_site(tmp_path_factory: pytest.TempPathFactory, demo_root: Path) -> Path:
    """The site of a place with contradictions."""
    folder = tmp_path_factory.mktemp("site") / "site"
    exported(demo_root, folder, Scope(BROKEN, languages=("en",)))
    return folder


def text_of(page: Path) -> str:
    return html.unescape(page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    found = re.findall(r'(?:href|src)="([^"]*)"', page.read_text(encoding="utf-8"))
    return [html.unescape(address) for address in found]


def test_every_link_leads_to_a_file(site: Path, broken_site: Path) -> None:
    pages = sorted([*site.rglob("*.html"), *broken_site.rglob("*.html")])
    broken = [
        (page.as_posix(), address)
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


@pytest.fixture
def from_disk(browser: Browser) -> Iterator[Page]:
    """A page of a browser; the test fails for an error of its console, or a request elsewhere than to the disk."""
    page = browser.new_page()
    page.set_default_timeout(120_000)
    errors: list[str] = []
    page.on("console", lambda told: errors.append(told.text) if told.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: None if request.url.startswith("file://") else errors.append(request.url))
    yield page
    page.close()
    assert errors == []


def test_every_contradiction_has_both_sides_beside_each_other(broken_site: Path) -> None:
    (listed,) = broken_site.glob("data/contradictions/*/contradictions.csv")
    rows = list(csv.DictReader(io.StringIO(listed.read_text(encoding="utf-8-sig"))))
    pages = {path: text_of(path) for path in broken_site.glob("en/contradictions/*.html")}

    assert len(rows) == 4
    for row in rows:
        (page,) = (text for path, text in pages.items() if row["contradiction"] in path.name)
        stated, found = re.findall(r'<h3 id="side-\d">\w+: <span class="number">([^<]*)<', page)
        assert [stated, found] == [f"{Decimal(row[side]):,.2f}" for side in ("stated", "found")]


def test_of_a_large_lake_the_documents_of_one_year_are_compared(
    demo_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive.open(str(demo_root))
    asked: list[Mapping[str, Any]] = []

    def noted(lake: LakeConnection, sql: str, parameters: Mapping[str, Any], **of: Any) -> Any:
        asked.append(parameters)
        return run(lake, sql, parameters, **of)

    monkeypatch.setattr(site_module, "run", noted)
    with connect(archive.store) as lake:
        site = Site(Scope(BROKEN), lake)
        publication = lake.manifest.publication if lake.manifest else ""
        compared = Compared(archive, site, publication)

        def shown(**given: str) -> Mapping[str, Any]:
            target = Target("en", "contradictions", tuple(sorted({"place": BROKEN, **given}.items())))
            addresses = SiteAddresses(site, target)
            given = dict(target.parameters)
            view = View(target.screen, "en", publication, given, addresses, archive, lake, gathering=compared)
            return contradictions.show(view).values

        whole = shown()["inbox"].rows
        monkeypatch.setattr(contradictions, "is_large", lambda _: True)
        by_year = {year: shown(year=str(year))["inbox"].rows for year in shown()["years"]}

    assert len(whole) > 0
    assert sorted(each["contradiction"] for each in whole) == sorted(
        each["contradiction"] for rows in by_year.values() for each in rows
    )
    assert [(of["province"], of["year"]) for of in asked] == [
        (None, None),
        *((BROKEN.partition("/")[0], year) for year in by_year),
    ]


def test_bodies_of_a_year_stand_side_by_side(broken_site: Path, demo_root: Path) -> None:
    pages = [text_of(path) for path in broken_site.glob("en/compare/*.html")]
    with gongkai.open(str(demo_root)) as lake:
        asked = "SELECT entity, expenditure FROM document_totals WHERE city = '秦皇岛市'"
        totals = lake.sql(asked).fetchall()

    assert len(totals) == 2
    for entity, expenditure in totals:
        assert any(entity in page and f">{expenditure:,.2f}</a>" in page for page in pages)
    assert not any("side1=" in page for page in pages)


def test_words_are_found_without_a_server(site: Path, demo_root: Path, from_disk: Page) -> None:
    (page,) = site.glob("en/search/*.html")
    from_disk.goto(page.as_uri())
    field, status = from_disk.get_by_label("Words"), from_disk.locator("[role=status]")
    told: dict[str, str] = {}
    for words in ("就业补助", "“三公” 经费", '"部门预算公开表"', "表", "支出", "没有这样的词", "__proto__"):
        field.fill(words)
        from_disk.get_by_role("button", name="Search").click()
        expect(status).not_to_have_text(re.compile("^(searching|)$"), timeout=60_000)
        told[words] = status.inner_text()

    store = Archive.open(str(demo_root)).store
    wanted = {words: search(store, Asked(words_of(words), PLACE, limit=1000)).hits for words in told}
    assert told == {
        words: f"the first 50 of at most {len(hits)} hits"
        if len(hits) > 50
        else f"{len(hits)} hits"
        if hits
        else "No passage holds all of these words."
        for words, hits in wanted.items()
    }
    assert any(len(hits) > 50 for hits in wanted.values())


def test_a_hit_leads_to_its_page_and_is_marked(site: Path, from_disk: Page) -> None:
    (page,) = site.glob("en/search/*.html")
    from_disk.goto(f"{page.as_uri()}#words={urllib.parse.quote('就业补助')}")
    hit = from_disk.locator("ol.hits li").last

    assert hit.locator("mark").inner_text() == "就业补助"
    hit.locator("a").click()
    from_disk.wait_for_url("**/document/**")
    assert "就业补助" in from_disk.locator("main").inner_text()


def test_documents_are_listed_where_no_script_runs(site: Path, browser: Browser) -> None:
    (path,) = site.glob("en/search/*.html")
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(120_000)
    page.goto(path.as_uri())

    assert page.locator("#find").is_hidden()
    page.locator("#part-documents ~ ul a").first.click()
    assert "document/" in page.url
    page.context.close()


def test_pieces_of_the_index_are_small_and_bounded(demo_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_search, "MOST_BYTES", 6000)
    monkeypatch.setattr(site_search, "PIECE_BYTES", 1000)
    index = site_search.Index()
    with connect(Archive.open(str(demo_root)).store) as lake:
        made = site_search.index_files(Site(Scope(BROKEN, languages=("en",)), lake), index)
        files = {key: data for each in made for key, data in each.items()}

    passages = [len(data) for key, data in files.items() if "passages-" in key]
    assert index.is_cut
    assert index.passages > 3
    assert len(passages) > 1
    assert sum(passages) < 7000


def test_pages_allow_nothing_but_their_own_files(site: Path) -> None:
    pages = [page for page in site.rglob("*.html") if page.name != "index.html"]
    assert all("default-src 'none'; script-src 'self'" in text_of(page) for page in pages)
    assert not any(re.search(r"<script(?! src=)|<[^>]* (?:style|on\w+)=", text_of(page)) for page in pages)


def test_axe_finds_nothing_in_a_site(browser: Browser, broken_site: Path, axe: str) -> None:
    page = browser.new_context(bypass_csp=True).new_page()
    page.set_default_timeout(120_000)
    found: dict[str, list[str]] = {}
    for screen in ("search", "compare", "contradictions"):
        for path in sorted(broken_site.glob(f"en/{screen}/*.html"))[:3]:
            page.goto(path.as_uri())
            if screen == "search":
                page.get_by_label("Words").fill("预算")
                page.get_by_label("Words").press("Enter")
                page.locator("ol.hits li").first.wait_for()
            page.evaluate(axe)
            violations = page.evaluate("async () => (await axe.run()).violations")
            if violations:
                found[path.name] = [f"{each['id']}: {each['nodes'][0]['html'][:120]}" for each in violations]
    page.context.close()

    assert found == {}


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
