"""The viewer on the demonstration's archive."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser

from gongkai.archive.archive import Archive
from gongkai.serving import shown_of
from gongkai.viewer.application import application
from gongkai.viewer.protection import Guard
from tests.browsers import Watched

AXE = "axe-core@4.14.1"
NPM = shutil.which("npm")


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


def until(true: Callable[[], bool]) -> None:
    """Wait for what comes in a second, and on a busy machine later."""
    for _ in range(600):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come")


@pytest.fixture(scope="session")
def viewer(demo_root: Path) -> Iterator[str]:
    """The address of a viewer on the demonstration's archive."""
    with served_at(demo_root) as address:
        yield address


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


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core."""
    if NPM is None:
        pytest.skip("needs npm, which fetches axe-core: install it (Debian: apt-get install npm)")
    folder = tmp_path_factory.mktemp("axe")
    found = subprocess.run([NPM, "pack", AXE], cwd=folder, capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip(f"npm cannot fetch {AXE}: {found.stderr[-200:]}")
    with tarfile.open(next(folder.glob("axe-core-*.tgz"))) as package:
        package.extractall(folder, filter="data")
    return (Path(folder) / "package" / "axe.min.js").read_text(encoding="utf-8")
