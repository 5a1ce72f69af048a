"""Crawls for tests, each in a process of its own as a reactor starts only once."""

from __future__ import annotations

import dataclasses
import json
import multiprocessing
import multiprocessing.process
import os
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from gongkai.archive import Archive, Capture
from tests.crawler import crawl_process
from tests.crawler.site import COLUMN, Site


@dataclasses.dataclass(frozen=True)
class Crawled:
    """What a crawl left: its report as JSON, and the captures of its run by portal and path."""

    report: dict[str, Any]
    captures: list[Capture]
    errors: str

    @property
    def exit_code(self) -> int:
        code: int = self.report["exit_code"]
        return code

    def portal(self, name: str = "test") -> dict[str, Any]:
        [found] = [portal for portal in self.report["portals"] if portal["portal"] == name]
        return dict(found)

    def problems(self, name: str = "test") -> set[str]:
        return {problem["kind"] for problem in self.portal(name)["problems"]}

    def outcomes(self, name: str = "test") -> dict[str, str]:
        """Outcome by path (and query) of each capture of a portal."""
        return {_path(capture.url): capture.outcome.value for capture in self.captures if capture.portal == name}

    def one(self, path: str) -> Capture:
        [found] = [capture for capture in self.captures if _path(capture.url) == path]
        return found


def _path(url: str) -> str:
    return "/" + url.partition("://")[2].partition("/")[2]


def write_portal(folder: Path, site: Site | str, name: str = "test", **facts: Any) -> Path:
    """A portal file for a site's column; further facts as given."""
    start = site if isinstance(site, str) else f"{site.url}{COLUMN}index.html"
    values = {
        "id": name,
        "name": "测试市人民政府",
        "family": "trs",
        "division_code": "990000",
        "start_urls": [start],
        "allow_loopback": True,
        "delay_seconds": 0,
        "verified": "unverified",
        **facts,
    }
    path = folder / f"{name}.yaml"
    path.write_text(yaml.safe_dump(values, allow_unicode=True), encoding="utf-8")
    return path


PATIENCE_SECONDS = 600
"""A crawl of these tests takes a second; one that takes so long hangs."""

# Forked from a process that has imported everything already: Scrapy takes a second to import, and a crawl a tenth.
PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.crawler.crawl_process", "scrapy.core.downloader.handlers.http11"])


@dataclasses.dataclass(frozen=True)
class Running:
    """A crawl under way in a process of its own."""

    process: multiprocessing.process.BaseProcess
    folder: Path

    def signal(self, number: int) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, number)

    def noticed(self) -> int:
        """How many signals it has taken note of."""
        told = self.folder / "signals"
        return told.stat().st_size if told.exists() else 0

    def kill(self) -> None:
        """Kill it, and see that it died of that and not of having come to its end."""
        self.signal(signal.SIGKILL)
        self.died()

    def died(self) -> None:
        """Wait for its end, and see that it was killed under way."""
        assert self.finish() == {}, "the crawl was over when it was killed"
        assert self.process.exitcode == -signal.SIGKILL, self.errors

    def finish(self) -> dict[str, Any]:
        """Wait for its end; its report, or an empty one when it left none."""
        self.process.join(timeout=PATIENCE_SECONDS)
        assert self.process.exitcode is not None, "the crawl did not end"
        report = self.folder / "report.json"
        return dict(json.loads(report.read_text(encoding="utf-8"))) if report.exists() else {}

    @property
    def errors(self) -> str:
        return (self.folder / "errors").read_text(encoding="utf-8")


def start_crawl(root: Path | str, portals: Sequence[Path], **options: Any) -> Running:
    folder = Path(tempfile.mkdtemp(dir=portals[0].parent))
    process = PROCESSES.Process(target=crawl_process.main, args=(folder, str(root), portals, options))
    process.start()
    return Running(process, folder)


def crawl(root: Path, portals: Sequence[Path], **options: Any) -> Crawled:
    """Crawl, wait for the end, and read what it left."""
    running = start_crawl(root, portals, **options)
    report = running.finish()
    assert report, running.errors
    run = report["run_id"]
    captures = [capture for capture in Archive.open(str(root)).captures() if capture.run_id == run]
    return Crawled(report, captures, running.errors)


def originals(root: Path) -> set[str]:
    return {sha256 for sha256, _ in Archive.open(str(root)).originals()}
