"""The viewer on the demonstration's archive, and a browser to look at it."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import threading
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Error, Page, sync_playwright

from gongkai.archive.archive import Archive
from gongkai.serving import shown_of
from gongkai.viewer.application import application
from gongkai.viewer.protection import Guard


@contextlib.contextmanager
def served_at(root: Path | str, guard: Guard | None = None, judgements: Path | None = None) -> Iterator[str]:
    """The address of a viewer on an archive, while it is looked at."""
    app = application(shown_of(Archive.open(str(root)), judgements), guard or Guard(frozenset({"test"})))
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="session")
def viewer(demo_root: Path) -> Iterator[str]:
    """The address of a viewer on the demonstration's archive."""
    with served_at(demo_root) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
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


@pytest.fixture
def watched(browser: Browser, viewer: str) -> Iterator[Watched]:
    """A page on the viewer of the demonstration; the test fails for an error of the console or an outside request."""
    page = browser.new_page(locale="en-GB")
    page.set_default_timeout(120_000)
    found = Watched(page, viewer)
    yield found
    page.close()
    assert found.errors == []
    assert found.outside == []
