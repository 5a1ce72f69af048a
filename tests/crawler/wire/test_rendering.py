"""The browser lane: pages drawn by scripts, and that no rule of the crawler is left behind by the browser.

Most need the extra `browser` and a Chromium.  To run them: install gongkai[browser], then `playwright install chromium`
or the system's package `chromium`, or set GONGKAI_BROWSER_PATH.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive import Archive, Role
from gongkai.crawler.pages.address import clean_url, rendered_address, sent
from tests.crawler.crawling import Crawled, crawl, write_portal
from tests.crawler.simulator.content import sample
from tests.crawler.simulator.expectations import assert_archived
from tests.crawler.simulator.scripted import ScriptedPortal
from tests.crawler.site import Reply, Site

WHY = "Rows are drawn by a script from data that wants a token the script computes."
EXTRA = importlib.util.find_spec("scrapy_playwright") is not None
HOW = "needs gongkai[browser] and a browser: `playwright install chromium`, the package chromium, GONGKAI_BROWSER_PATH"


def _use_installed_browser() -> None:
    """Point the crawls of these tests to the system's Chromium where there is one; root cannot have its sandbox."""
    installed = shutil.which("chromium")
    if installed and "GONGKAI_BROWSER_PATH" not in os.environ:
        os.environ["GONGKAI_BROWSER_PATH"] = installed
        if os.geteuid() == 0:
            os.environ.setdefault("GONGKAI_BROWSER_ARGS", "--no-sandbox")


def has_browser() -> bool:
    if not EXTRA:
        return False
    _use_installed_browser()
    if path := os.environ.get("GONGKAI_BROWSER_PATH"):
        return Path(path).exists()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  of an optional extra

    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path).exists()


def rendering(test: Callable[..., None]) -> Callable[..., None]:
    """A test that starts a browser, which takes its time."""
    skipped: Callable[..., None] = pytest.mark.skipif(not has_browser(), reason=HOW)(test)
    marked: Callable[..., None] = pytest.mark.slow(skipped)
    return marked


def crawled(folder: Path, portal: ScriptedPortal, **browser: Any) -> Crawled:
    start = f"{portal.site.url}{portal.start}"
    stated = {"why": WHY, "wait_for": "#list li", **browser}
    file = write_portal(folder, start, parameters={"pager": "none"}, browser=stated)
    return crawl(folder / "archive", [file])


@rendering
def test_rows_drawn_by_scripts_are_archived_whole_beside_the_page_as_received(tmp_path: Path, site: Site) -> None:
    portal = ScriptedPortal(site, sample())
    first = crawled(tmp_path, portal)
    assert_archived(first, portal)
    received, rendered = first.one(portal.start), first.one(f"{portal.start}?__wb_rendered=dom")
    archive = Archive.open(str(tmp_path / "archive"))
    assert "<li>" not in archive.original(received.payload_sha256 or "").decode()
    assert archive.original(rendered.payload_sha256 or "").decode().count("<li>") == 7
    assert "Gongkai-Rendered" in dict(rendered.response_headers)
    assert "Gongkai-Rendered" not in dict(received.response_headers)
    site.forget()
    again = crawled(tmp_path, portal)
    assert (again.portal()["new"], again.portal()["changed"], again.portal()["unchanged"]) == (0, 0, 0)
    assert again.exit_code == 0


@rendering
def test_articles_drawn_by_scripts_give_their_files(tmp_path: Path, site: Site) -> None:
    portal = ScriptedPortal(site, sample(articles=3))
    portal.scripted_articles = True
    found = crawled(tmp_path, portal, articles=True)
    assert found.exit_code == 0, found.report
    files = [capture.payload_sha256 for capture in found.captures if capture.role is Role.ATTACHMENT]
    assert sorted(filter(None, files)) == sorted(file.sha256 for file in portal.content.files)


@rendering
def test_scripts_reach_nothing_but_what_the_crawler_fetches_for_them(
    tmp_path: Path, site: Site, new_site: Callable[..., Site]
) -> None:
    portal, elsewhere = ScriptedPortal(site, sample()), new_site()
    portal.elsewhere = elsewhere.url.replace("127.0.0.1", "localhost")
    assert crawled(tmp_path, portal).exit_code == 0
    assert elsewhere.log == [], "another host was asked"
    assert "/spa/logo.png" not in site.paths(), "a picture was fetched"
    asked = next(line for line in site.log if line.path.endswith("rows.json"))
    assert "passed" not in asked.headers.get("cookie", ""), "a cookie that a script set left the browser"
    assert asked.headers["user-agent"].startswith("gongkai/")
    assert asked.headers["referer"] == f"{site.url}{portal.start}"


@rendering
def test_a_second_host_is_asked_where_the_portals_file_names_it_and_is_public(
    tmp_path: Path, site: Site, new_site: Callable[..., Site]
) -> None:
    portal, elsewhere = ScriptedPortal(site, sample()), new_site()
    portal.elsewhere = elsewhere.url.replace("127.0.0.1", "localhost")
    found = crawled(tmp_path, portal, hosts=["localhost"])
    assert elsewhere.log == [], "loopback is allowed to the portal's own hosts only"
    assert_archived(found, portal)
    assert found.problems() == {"rendered_without"}


@rendering
def test_what_robots_forbids_is_not_fetched_for_scripts_either(tmp_path: Path, site: Site) -> None:
    portal = ScriptedPortal(site, sample())
    rules = b"User-agent: *\nDisallow: /spa/*/rows.json\n"
    site.pages["/robots.txt"] = Reply(rules, media_type="text/plain")
    found = crawled(tmp_path, portal, wait_for="#over")
    assert (found.problems(), found.exit_code) == ({"listing_empty", "rendered_without"}, 3)
    assert not [path for path in site.paths() if path.endswith("rows.json")]


CHALLENGE = Reply(
    b"<html><script>$_ts=window['$_ts'];$_ts.nsd=1;document.cookie='a=1';location.reload()</script></html>"
)


@rendering
@pytest.mark.parametrize("place", ["/spa/100/", "/spa/100/rows.json"])
def test_a_challenge_is_never_answered_wherever_it_is_met(tmp_path: Path, site: Site, place: str) -> None:
    portal = ScriptedPortal(site, sample())
    site.pages[place] = CHALLENGE
    found = crawled(tmp_path, portal, wait_for="#over")
    assert "challenged" in found.problems()
    assert found.exit_code == 3
    assert site.paths().count(place) == 1
    assert site.paths()[-1] == place, "the host was asked again after its challenge"


@rendering
def test_a_page_whose_rows_never_come_is_an_empty_listing(tmp_path: Path, site: Site) -> None:
    portal = ScriptedPortal(site, sample())
    site.pages["/spa/100/rows.json"] = Reply(b"{", media_type="application/json")
    found = crawled(tmp_path, portal, wait_for=None)
    assert (found.problems(), found.exit_code) == ({"listing_empty"}, 3)


@pytest.mark.skipif(EXTRA, reason="the extra is installed: what is said without it cannot be seen")
def test_without_the_extra_a_portal_that_needs_it_says_what_to_install(tmp_path: Path, site: Site) -> None:
    found = crawled(tmp_path, ScriptedPortal(site, sample()))
    assert (found.problems(), found.exit_code) == ({"browser_missing"}, 3)
    assert "install gongkai[browser]" in found.portal()["problems"][0]["message"]
    assert site.log == []


def test_a_rendered_page_has_an_address_of_its_own_under_which_nothing_is_asked() -> None:
    for url in ("https://www.example.gov.cn/a/", "https://www.example.gov.cn/?a=1"):
        address = rendered_address(url)
        assert address == clean_url(address) != url
        assert sent(address).url == url
