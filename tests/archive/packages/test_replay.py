"""A WACZ replayed by ReplayWeb.page in a real Chromium, without the network: listing, article, file.

Needs npm, which fetches the viewer, and a Chromium; the viewer is never part of this repository.
"""

from __future__ import annotations

import functools
import hashlib
import http.server
import os
import re
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gongkai.archive.archive import Archive
from gongkai.archive.packages.wacz import write_wacz
from gongkai.archive.roots import open_store
from gongkai.archive.selection import Selection
from tests.archive.packages.captured import ASKED, HOST, LISTING, PDF, fill

VIEWER = "replaywebpage@2.4.6"
CHROMIUM = os.environ.get("GONGKAI_BROWSER_PATH") or shutil.which("chromium")
NPM = shutil.which("npm")
MINUTES = 60_000
FETCHED = """async (url) => {
    const answer = await fetch(url);
    const data = await answer.arrayBuffer();
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", data));
    return [answer.status, [...digest].map(byte => byte.toString(16).padStart(2, "0")).join("")];
}"""


@pytest.fixture
def viewer(tmp_path: Path) -> Path:
    """A folder to serve, with the viewer in it."""
    if NPM is None or CHROMIUM is None:
        pytest.skip("needs npm and chromium: install both (Debian: apt-get install npm chromium)")
    fetched = subprocess.run([NPM, "pack", VIEWER], cwd=tmp_path, capture_output=True, text=True, check=False)
    if fetched.returncode:
        pytest.skip(f"npm cannot fetch {VIEWER}: {fetched.stderr[-200:]}")
    with tarfile.open(next(tmp_path.glob("replaywebpage-*.tgz"))) as package:
        package.extractall(tmp_path, filter="data")
    served = tmp_path / "served"
    (served / "replay").mkdir(parents=True)
    shutil.copy(tmp_path / "package" / "ui.js", served)
    shutil.copy(tmp_path / "package" / "sw.js", served / "replay")
    return served


@pytest.fixture
def address(viewer: Path) -> Iterator[str]:
    handler = functools.partial(_Quiet, directory=str(viewer))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    """Serves parts of files too, as the viewer asks for them."""

    def do_GET(self) -> None:
        wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range", ""))
        if wanted is None:
            super().do_GET()
            return
        data = Path(self.translate_path(self.path)).read_bytes()
        first, last = int(wanted[1] or 0), min(int(wanted[2] or len(data)), len(data) - 1)
        if not wanted[1]:
            first, last = max(0, len(data) - int(wanted[2])), len(data) - 1
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {first}-{last}/{len(data)}")
        self.send_header("Content-Length", str(last - first + 1))
        self.end_headers()
        self.wfile.write(data[first : last + 1])

    def log_message(self, *_: Any) -> None:
        """Nobody reads it."""


@pytest.mark.slow
def test_listing_article_and_file_are_replayed_without_an_outside_request(
    tmp_path: Path, viewer: Path, address: str
) -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  of an optional extra

    archive = Archive.open(str(tmp_path / "archive"))
    fill(archive)
    write_wacz(archive, Selection(), open_store(str(viewer)), "a.wacz")
    (viewer / "index.html").write_text(
        f'<script src="ui.js"></script><replay-web-page source="/a.wacz" url="{LISTING}" style="height: 600px">'
        "</replay-web-page>"
    )
    outside: list[str] = []
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        context = browser.new_context()
        context.on("request", lambda request: None if request.url.startswith(address) else outside.append(request.url))
        page = context.new_page()
        page.goto(address)
        page.wait_for_function(
            "async () => (await navigator.serviceWorker.getRegistrations()).some(each => each.active)"
        )
        page.reload()  # a page loaded before its worker was at work shows nothing
        listing = _frame(page, "a#a", again=True)
        assert listing.locator("a#a").inner_text() == "预算公开"
        listing.locator("a#a").click()
        article = _frame(page, "a#f")
        assert article.locator("h1").inner_text() == "某局2025年部门预算"
        link = article.locator("a#f").evaluate("each => each.href")
        redirected = link.partition(HOST)[0] + ASKED
        answered = [article.evaluate(FETCHED, each) for each in (link, redirected)]
        browser.close()
    assert answered == [[200, hashlib.sha256(PDF).hexdigest()]] * 2, "the file, and the address that led to it"
    assert [url for url in outside if not url.startswith(("blob:", "data:"))] == []


def _frame(page: Any, selector: str, *, again: bool = False) -> Any:
    """The frame that shows a replayed page, once there is one; ``again`` loads a viewer anew that shows none."""
    for turn in range(1, MINUTES // 20):
        if again and turn % 100 == 0:  # on a busy machine its worker may come too late for the first load
            page.reload()
        for frame in page.frames:
            if "mp_/" in frame.url and frame.locator(selector).count():
                return frame
        page.wait_for_timeout(100)
    raise AssertionError(f"{selector!r} is shown by none of {[frame.url for frame in page.frames]}")
