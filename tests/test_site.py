"""The documentation's site: every page opens in a browser, asks no other host for anything and leads somewhere."""

from __future__ import annotations

import functools
import http.server
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, ViewportSize

from docs.site import build
from tests.browsers import Watched

PAGES = [f"{folder}{name}.html" for folder in ("", "zh/") for name in build.PAGES]
PHONE: ViewportSize = {"width": 390, "height": 844}
OPEN_SHADOWS = """
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) { return attach.call(this, {...how, mode: "open"}); };
"""
"""The hits of the search stand in a closed shadow tree, which nothing outside can read."""


class Silent(http.server.SimpleHTTPRequestHandler):
    """A server of files that tells nobody what it served."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "built"
    build.build(folder)
    return folder


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Silent, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@functools.cache
def document(site: Path, page: str) -> html.HtmlElement:
    return html.document_fromstring((site / page).read_bytes())


def test_every_file_of_the_documentation_is_a_page() -> None:
    files = {file for pair in build.PAGES.values() for file in pair}
    told = {str(path.relative_to(build.ROOT)) for path in (build.ROOT / "docs").rglob("*.md")}
    assert told - files == set()


@pytest.mark.parametrize("page", PAGES)
def test_links_of_a_page_lead_to_pages_and_their_headings(site: Path, page: str) -> None:
    for _, _, link, _ in document(site, page).iterlinks():
        parts = urllib.parse.urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        target = (site / page).parent / urllib.parse.unquote(parts.path) if parts.path else site / page
        assert target.is_file() or (target / "index.html").is_file(), link
        if parts.fragment and target.suffix == ".html":
            there = document(site, str(target.resolve().relative_to(site.resolve())))
            assert parts.fragment == "__top" or there.xpath("//*[@id=$id]", id=urllib.parse.unquote(parts.fragment)), (
                link
            )


def test_pages_have_no_errors_ask_nobody_else_and_fit_a_phone(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport=PHONE, color_scheme="dark")
    watched = Watched(context.new_page(), address)
    for page in PAGES:
        watched.page.goto(f"{address}/{page}", wait_until="load")
        width = watched.page.evaluate("document.documentElement.scrollWidth")
        assert width <= PHONE["width"], page
        assert watched.page.evaluate("document.body.dataset.mdColorScheme") == "slate", page
    context.close()
    assert (watched.outside, watched.errors) == ([], [])


@pytest.mark.parametrize(("page", "words"), [("index.html", "retention"), ("zh/index.html", "勾稽")])
def test_the_search_is_of_the_site_itself(browser: Browser, address: str, page: str, words: str) -> None:
    watched = Watched(browser.new_page(), address)
    watched.page.add_init_script(OPEN_SHADOWS)
    watched.page.goto(f"{address}/{page}")
    watched.page.locator(".md-search__button").click()
    watched.page.keyboard.type(words)
    # Hits of the letters typed so far come first: the one that says the whole word belongs to it.
    watched.page.get_by_role("option").filter(has_text=words).first.click(timeout=120_000)
    watched.page.wait_for_url(lambda url: url != f"{address}/{page}")
    assert words in watched.page.locator("article").inner_text()
    assert watched.page.url.removeprefix(f"{address}/").split("?")[0].split("#")[0] in PAGES
    assert (watched.outside, watched.errors) == ([], [])
    watched.page.close()


def test_each_page_leads_to_itself_in_the_other_language(site: Path) -> None:
    for name, (english, chinese) in build.PAGES.items():
        if english != chinese:
            for page, other in ((f"{name}.html", f"zh/{name}.html"), (f"zh/{name}.html", f"../{name}.html")):
                (link,) = document(site, page).xpath("//a[@class='other-language']/@href")
                assert link == other


def test_the_front_page_is_the_readme(site: Path) -> None:
    assert "./gongkai-data" in document(site, "index.html").text_content()
    assert "什么都不会下载两遍" in document(site, "zh/index.html").text_content()


def test_a_link_to_no_page_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(build.PAGES, "lake")
    with pytest.raises(build.LostPageError, match=r"docs/lake\.md"):
        build.page_text("index", "en")


@pytest.mark.parametrize("link", ["lake.md#no-such-heading", "#no-such-heading"])
def test_an_anchor_that_leads_nowhere_ends_the_build(
    link: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    written = build.page_text
    monkeypatch.setattr(build, "page_text", lambda name, language: f"{written(name, language)}\n\n[there]({link})\n")
    with pytest.raises(build.BrokenSiteError):
        build.build_language("en", tmp_path / "en")


@pytest.mark.parametrize("written", ["![a place]({})", '<img src="{}" alt="a place">', '<source srcset="{}">'])
def test_pictures_of_a_page_come_with_it(written: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    picture = tmp_path / "docs" / "pictures" / "place.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"PNG")
    for file in {file for pair in build.PAGES.values() for file in pair}:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("# A page\n")
    (tmp_path / "README.md").write_text(f"# A page\n\n{written.format('docs/pictures/place.png')}\n")
    (tmp_path / "docs" / "zh" / "lake.md").write_text(f"# 一页\n\n{written.format('../pictures/place.png')}\n")
    monkeypatch.setattr(build, "ROOT", tmp_path)
    for language in build.LANGUAGES:
        made = build.build_language(language, tmp_path / language)
        assert (made / "docs" / "pictures" / "place.png").read_bytes() == b"PNG"
        page = made / ("index.html" if language == "en" else "lake.html")
        assert "docs/pictures/place.png" in page.read_text(encoding="utf-8")
