"""Crawls whose originals are kept in a process apart end as any other does: whole, stopped and killed."""

from __future__ import annotations

import signal
from pathlib import Path

from gongkai.archive import Archive, verify
from tests.crawler.crawling import crawl, originals, start_crawl, write_portal
from tests.crawler.site import Site, until
from tests.crawler.test_robustness import held, publish


def test_a_crawl_whose_originals_are_kept_apart_is_as_any_other(tmp_path: Path, site: Site) -> None:
    publish(site)
    portal = write_portal(tmp_path, site)
    crawl(tmp_path / "whole", [portal])
    crawled = crawl(tmp_path / "apart", [portal], apart=True)
    assert crawled.exit_code == 0, crawled.errors
    assert crawled.report["kept_apart"] == len(crawled.captures), "threads kept some"
    assert held(tmp_path / "apart") == held(tmp_path / "whole")
    assert originals(tmp_path / "apart") == originals(tmp_path / "whole")


def test_one_signal_ends_a_crawl_whose_originals_are_kept_apart(tmp_path: Path, site: Site) -> None:
    publish(site, 4)
    root = tmp_path / "apart"
    with site.holding(after=6):
        running = start_crawl(root, [write_portal(tmp_path, site)], apart=True)
        until(lambda: len(site.log) >= 6)
        running.signal(signal.SIGINT)
        until(lambda: running.noticed() > 0)
    report = running.finish()
    assert (report["interrupted"], report["exit_code"]) == (True, 130), running.errors
    assert report["kept_apart"] > 0
    assert not [problem for portal in report["portals"] for problem in portal["problems"]], running.errors
    assert originals(root) == set(held(root).values())


def test_killed_while_originals_are_kept_apart_the_next_crawl_completes_the_archive(tmp_path: Path, site: Site) -> None:
    publish(site, 4)
    portal = write_portal(tmp_path, site)
    crawl(tmp_path / "whole", [portal])
    root = tmp_path / "killed"
    start_crawl(root, [portal], apart=True, dies_at=("record", 1, "before")).died()
    assert crawl(root, [portal], apart=True).exit_code == 0
    assert list(verify(Archive.open(str(root)))) == []
    assert held(root) == held(tmp_path / "whole")
    assert originals(root) == originals(tmp_path / "whole")
