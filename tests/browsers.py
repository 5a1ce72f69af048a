"""A Chromium, and what its pages ask for and complain of."""

from __future__ import annotations

import contextlib
import os
import shutil
import urllib.parse
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium: Debian's, or the one that ``playwright install chromium`` fetched."""
    path = shutil.which("chromium")
    arguments = ["--disable-background-networking", "--disable-component-update"]
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=path, args=arguments)
        except Error:
            pytest.skip("no Chromium here: apt-get install chromium, or playwright install chromium")
        yield started
        started.close()


class Watched:
    """A page of the browser, whose console and requests are looked at when the test ends."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.errors: list[str] = []
        self.outside: list[str] = []
        page.on("console", lambda told: self.errors.append(told.text) if told.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _asked(self, url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme != "data" and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.outside.append(url)
