"""Scrapy's own commands, each in a process of its own, in a folder with the project's `scrapy.cfg`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.crawler.site import COLUMN, Site, article, listing, pdf, row
from tests.places import ROOT

PATIENCE_SECONDS = 300
DOCUMENTS = 2


def fill(site: Site) -> None:
    """A column of two articles with a file each."""
    site.pages[f"{COLUMN}index.html"] = listing([row(f"{name}.html", f"{name}局2025年预算") for name in "ab"])
    for name in "ab":
        site.pages[f"{COLUMN}{name}.html"] = article(f"{name}局2025年预算", [(f"{name}.pdf", "预算.pdf")])
        site.pages[f"{COLUMN}{name}.pdf"] = pdf(name)


def scrapy(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `scrapy` with these arguments in a folder."""
    shutil.copy(ROOT / "scrapy.cfg", folder)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("GONGKAI_", "SCRAPY_"))}
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
