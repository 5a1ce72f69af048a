"""Every screen in a browser: nothing overflows, nothing is asked elsewhere, keys reach everything, axe finds nothing.

axe-core is fetched with npm for the run and is never part of this repository; its test is skipped without npm.
"""

from __future__ import annotations

import re
import time
import urllib.parse
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browsers import Watched
from tests.viewer.test_application import fetched, opened

pytestmark = pytest.mark.slow

ENTITY = "青龙满族自治县人力资源和社会保障局"
PLACE = "河北省/秦皇岛市/青龙满族自治县"
NUMBER = "44efd924c0f0"
ASKED: dict[str, dict[str, str]] = {
    "start": {},
    "place": {"place": PLACE},
    "department": {"entity": ENTITY, "place": PLACE},
    "compare": {"side1": f"{PLACE}/{ENTITY}", "side2": "河北省/唐山市/曹妃甸区/曹妃甸区人力资源和社会保障局"},
    "function": {"code": "208"},
    "documents": {},
    "document": {"sha256": NUMBER},
    "holdings": {},
    "contradictions": {},
    "three_public": {},
    "projects": {},
    "search": {"words": "三公"},
    "archive": {},
    "withdrawn": {},
}
"""A page of each screen that holds something on the demonstration."""

_WAITING = re.compile("load the page again|重新载入本页")
_WIDER = """() => [...document.querySelectorAll("body *")].filter(each => {
    const box = each.getBoundingClientRect();
    return box.right > innerWidth + 1 && box.width > 0 && !each.closest(".wide, .drawn, .unseen, .skip, svg")
        && getComputedStyle(each).position !== "absolute";
}).map(each => `${each.tagName}.${each.className}`).slice(0, 5)"""


def pages(viewer: str, language: str) -> Iterator[str]:
    base = opened(viewer, language)
    for screen, given in ASKED.items():
        yield f"{base}/{screen}?{urllib.parse.urlencode(given)}"


def settled(page: Page, address: str) -> None:
    """Open a page that may still be gathering what it shows."""
    for _ in range(120):
        page.goto(address)
        if not page.locator("p.notice", has_text=_WAITING).count():
            return
        time.sleep(1)


@pytest.mark.parametrize(("width", "scheme", "language"), [(390, "light", "zh"), (1280, "dark", "en")])
def test_no_page_is_wider_than_the_window(
    browser: Browser, viewer: str, width: int, scheme: str, language: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type] # one of its literals
    found = Watched(page, viewer)
    wide: dict[str, list[str]] = {}
    for address in pages(viewer, language):
        settled(page, address)
        if page.evaluate("document.scrollingElement.scrollWidth") > width:
            wide[address] = page.evaluate(_WIDER)
    page.close()

    assert wide == {}
    assert found.errors == []
    assert found.outside == []


def test_every_link_leads_to_a_page(viewer: str, browser: Browser) -> None:
    page = browser.new_page()
    links: set[str] = set()
    for address in pages(viewer, "en"):
        settled(page, address)
        links |= set(
            page.eval_on_selector_all(
                "main a[href], nav a[href]",
                "all => all.map(each => new URL(each.getAttribute('href'), location.href).href)",
            )
        )
    page.close()
    by_screen: dict[tuple[str, ...], str] = {}
    for link in sorted(links):
        parts = urllib.parse.urlsplit(link)
        kind = (parts.path, *sorted(urllib.parse.parse_qs(parts.query)))
        if f"{parts.scheme}://{parts.netloc}" == viewer:
            by_screen.setdefault(kind, link)

    failed = {link: status for link in by_screen.values() if (status := fetched(link)[0]) not in (200, 503)}
    assert len(by_screen) > 40
    assert failed == {}


def test_keys_reach_the_content_first_and_show_where_they_are(watched: Watched, viewer: str) -> None:
    page = watched.page
    page.goto(viewer)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


def test_paper_has_the_content_alone(watched: Watched, viewer: str) -> None:
    page = watched.page
    settled(page, next(iter(pages(viewer, "en"))))
    page.emulate_media(media="print")
    assert not page.locator("header").is_visible()
    assert page.locator("main h1").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_axe_finds_nothing(browser: Browser, viewer: str, axe: str, width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type] # one of its literals
        bypass_csp=True,  # for axe itself, which is no script of ours
    )
    page = context.new_page()
    found: dict[str, list[str]] = {}
    for address in pages(viewer, "en"):
        settled(page, address)
        page.evaluate(axe)
        violations = page.evaluate("async () => (await axe.run()).violations")
        told = [f"{each['id']}: {node['html'][:120]}" for each in violations for node in each["nodes"][:2]]
        if told:
            found[address] = told
    context.close()

    assert found == {}
