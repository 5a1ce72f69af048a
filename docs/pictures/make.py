"""Makes the README's pictures anew: ``python docs/pictures/make.py``.

It runs the demonstration in a folder of its own, opens the viewer in a Chromium and keeps three pictures beside this
file.  It needs the extras ``viewer`` and ``browser`` and a Chromium, on a machine with a Chinese font.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import gongkai

HERE = Path(__file__).parent
PLACE = "河南省/济源市"
NUMBER = """
    SELECT line_item_id FROM line_items
    WHERE form = 'three_public' AND status = 'confirmed' AND page IS NOT NULL AND amount > 0
    ORDER BY line_item_id LIMIT 1
"""
WIDE, HIGH = 1280, 800


def main() -> None:
    """Write the three pictures."""
    with tempfile.TemporaryDirectory() as folder:
        root = f"{folder}/archive"
        subprocess.run([sys.executable, "-m", "gongkai", "--root", root, "demo"], check=True, capture_output=True)  # noqa: S603 - our own command
        with gongkai.open(root) as lake:
            ((number,),) = lake.sql(NUMBER).fetchall()
        (report,) = Path(root).glob("runs/*.html")
        serve = [sys.executable, "-m", "gongkai", "--root", root, "serve", "--port", "0"]
        with subprocess.Popen(serve, stderr=subprocess.PIPE, text=True) as server, sync_playwright() as playwright:  # noqa: S603 - as above
            address = next(word for word in (server.stderr or io.StringIO()).readline().split() if "://" in word)
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"] if os.geteuid() == 0 else []
            )
            page = browser.new_page(viewport={"width": WIDE, "height": HIGH}, locale="en-GB", color_scheme="light")
            page.goto(f"{address}en")
            publication = page.url.split("/")[4]
            _take(page, f"{address}en/{publication}/document?item={number}", "number")
            _take(page, f"{address}en/{publication}/place?place={PLACE}&level=group", "place")
            _take(page, report.as_uri(), "report")
            browser.close()
            server.terminate()


def _take(page: Page, address: str, name: str) -> None:
    """The upper part of a page, in a palette: a third of the bytes, and nobody sees it."""
    page.goto(address, wait_until="networkidle")
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.convert("RGB").quantize(128).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
