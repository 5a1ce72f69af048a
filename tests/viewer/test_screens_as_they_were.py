"""Every screen looks as it did when somebody last looked: ``looks`` says what that means, and takes it anew."""

from __future__ import annotations

import importlib.resources

import pytest
from playwright.sync_api import Browser

from tests.viewer.looks import SCHEMES, WINDOWS, differences, kept_looks, look, looks
from tests.viewer.test_application import opened
from tests.viewer.test_looks import ASKED

pytestmark = pytest.mark.slow


def test_every_screen_looks_as_it_did(browser: Browser, viewer: str) -> None:
    kept = kept_looks()
    found = dict(looks(browser, viewer))
    assert found.keys() == kept.keys() == {f"{screen} {width}" for screen in ASKED for width in WINDOWS}
    told = {name: told for name in kept if (told := differences(kept[name], found[name]))}
    assert told == {}, "python -m tests.viewer.looks takes them anew, once somebody looked at them"


BROKEN = {
    "grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);": "",
    "@media (prefers-color-scheme: dark)": "@media (prefers-color-scheme: none)",
    ".chart { width: 100%; display: block; }": ".chart { width: 40%; }",
    "main { max-width: 80rem;": "main { max-width: 60rem;",
}
"""Declarations without which pages are broken, and what stands in their place."""


@pytest.mark.parametrize("declaration", list(BROKEN))
def test_a_broken_style_is_seen(browser: Browser, viewer: str, declaration: str) -> None:
    style = (importlib.resources.files("gongkai.viewer") / "static" / "viewer.css").read_text(encoding="utf-8")
    assert declaration in style
    page = browser.new_page(viewport={"width": 1280, "height": WINDOWS[1280][1]})
    broken = style.replace(declaration, BROKEN[declaration])
    page.route("**/viewer.css*", lambda route: route.fulfill(body=broken, content_type="text/css"))
    screen = "place" if ".chart" in declaration else "document"
    given = "&".join(f"{name}={value}" for name, value in ASKED[screen].items())
    page.goto(f"{opened(viewer, 'en')}/{screen}?{given}")
    told = differences(kept_looks()[f"{screen} 1280"], look(page))
    page.close()
    assert told
    assert "dark" not in declaration or {line.partition(":")[0] for line in told} <= set(SCHEMES)
